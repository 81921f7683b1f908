"""What a column's neighbours say of it: parts of an address, firms and who answers there."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import NamedTuple

from crm_desktop.bridge.matching.own_ids import id_kind
from crm_desktop.bridge.sheets.cities import is_place
from crm_desktop.bridge.sheets.profile import (
    Profile,
    is_person_name,
    looks_like_organisation,
)
from crm_desktop.bridge.sheets.synonyms import header_words, meanings, names_suppliers
from crm_desktop.bridge.values.institutions import names_trade
from crm_desktop.bridge.values.organisations import is_organisation_name
from crm_desktop.bridge.values.postal import BRAZILIAN_STATES
from crm_desktop.bridge.values.text import has_cjk

ADDRESS = ("street", "postcode", "city", "region", "country")
_CONTACTS = frozenset(("contact", "contact_person"))
# These stand over the register's name of a firm.
_LEGAL_NAMES = re.compile(
    r"\b(?:razao social|(?:designacao|denominacao) (?:social|comercial)|razon social|"
    r"denominacion social|ragione sociale|denominazione sociale|raison sociale|legal name)\b"
)
_HOUSE = frozenset(
    ("n policia", "no policia", "n", "no", "nr", "num", "numero", "n porta", "no porta")
)
_LAST_HALF = frozenset(
    ("cp3", "cp ext", "cp 3", "codigo postal 3", "cod postal 3", "cod postal ext")
)
_DIALLED = frozenset(
    ("ddd", "ddd tel", "ddd cel", "indicativo", "ind", "area", "area code", "prefixo", "prefijo")
)
_INSURERS = frozenset(("companhia", "cia", "compania", "compagnie", "compagnia"))
_BREEDS = frozenset(
    (
        *("raca", "especie", "especie raca", "raza", "breed", "species", "species breed", "espece"),
        *("rasse", "tierart", "razza", "specie", "品种", "порода"),
    )
)
_BARE_NAMES = frozenset(("nome", "nombre", "name", "nom", "名字", "名称", "кличка"))
_HOUSE_NUMBER = re.compile(r"\d{1,5}(?:[ -]?[a-z])?|s ?/? ?n[oº°]?", re.IGNORECASE)
_STATUS = re.compile(
    r"\b(?:em curso|pendente|pend\w*|pag[oa]|por pagar|fechad[oa]|abert[oa]|conclui\w*|perdid[oa]|"
    r"ganh[oa]|ativ[oa]|activ[oa]|inativ[oa]|inactiv[oa]|cancelad[oa]|suspens[oa]|novo|antigo|"
    r"tratad[oa]|resolvid[oa]|em espera|agendad[oa]|enviad[oa]|entregue|lead|cliente|"
    r"en curso|pendiente|cerrad[oa]|abiert[oa]|pagad[oa]|terminad[oa]|bom|mau|otimo|novo|usado|"
    r"open|closed|pending|done|paid|cancel\w*|bueno|malo|nuevo|solteir[oa]|casad[oa]|divorciad[oa])\b"
)
# Of the law, of work, or of a country.
# Whom to ask for at a firm.
_ASKED_FOR = re.compile(
    r"\bcontact(?! details| info)|\battn\b|\battention\b|in charge|\bbuyer\b|contacto|contato|"
    r"interlocut|ansprechpartner|kontaktperson|contatto|referente|"
    r"联系人|联络人|经办人|对接人|负责人|窗口|担当者|담당자|контактное лицо"
)
_CUSTOMERS = frozenset(("name", "given_name", "family_name", "organisation"))
_REACHED = frozenset(("phone", "email", "im", "street", "city"))
_PERSONS_ENOUGH = 0.6
_LONGEST_HAN = 4  # letters of a person's name
_AREAS = frozenset(("area", "areas"))
_SURE = 0.5
_FEW = 0.4
_FEWEST = 3
_LONGEST_CODE = 6


class Column(NamedTuple):
    """A column as far as the mapping is concerned."""

    position: int
    header: str
    profile: Profile
    texts: tuple[str, ...]


class Choice(NamedTuple):
    """A field that a column may feed, and how sure that is."""

    score: float
    field: str
    label: str


def best(chosen: Mapping[int, Choice], field: str) -> int | None:
    """The column that surely feeds a field, the leftmost of equals; None for none."""
    found = [(-c.score, index) for index, c in chosen.items() if c.field == field]
    return min(found)[1] if found else None


def address_by_values(column: Column, towns: Collection[str] = ()) -> Choice | None:
    """The part of an address that a column without a header holds, if its values surely are.

    Args:
        column: without a header.
        towns: places that other tables of the file name, folded by `header_words`.
    """
    held, texts = column.profile, [t for t in column.texts if t]
    if len(texts) < 3:
        return None
    if held.postcodes >= 0.9 and sum(1 for t in texts if "-" in t) >= 0.9 * len(texts):
        return Choice(0.6, "postcode", "")
    if sum(1 for t in texts if is_place(t) or header_words(t) in towns) >= _SURE * len(texts):
        return Choice(0.6, "city", "")
    if held.streets >= 0.7 and held.persons < 0.5 and held.suffixes < 0.2 and held.length < 80:
        return Choice(0.6, "street", "")
    return None


def settle_firms(chosen: dict[int, Choice], columns: Mapping[int, Column]) -> None:
    """Where each row is another firm, by its register's name, it is the customer.

    The person who answers there becomes an own field. Where firms come again, once for each of
    their people, or a row has no firm, the people are the customers and work there; where the
    sheet has the firms' addresses or tax numbers, both are customers (`firm_cells`).
    """
    firm, name = best(chosen, "organisation"), best(chosen, "name")
    if firm is None or name is None:
        return
    said = meanings(columns[name].header)
    if not said or said[0].field not in _CONTACTS:
        return
    if any(c.field == "street" for c in chosen.values()):
        return
    if any(id_kind(c.header) == "tax" for c in columns.values()):
        return
    texts = columns[firm].texts
    filled = [t.casefold() for t in texts if t]
    named = [f for f, n in zip(texts, columns[name].texts, strict=True) if n]
    if not filled or not all(named) or len(set(filled)) < 0.9 * len(filled):
        return
    if _LEGAL_NAMES.search(header_words(columns[firm].header)):
        chosen[name] = Choice(0.6, "custom", "")


def settle_suppliers(chosen: dict[int, Choice], columns: Mapping[int, Column]) -> None:
    """Suppliers are customers only in a table of theirs, which says how they are reached.

    Beside a customer, or an article, they are a field of his.
    """
    suppliers = [
        index
        for index, choice in chosen.items()
        if choice.field == "organisation" and names_suppliers(columns[index].header)
    ]
    if not suppliers:
        return
    others = {choice.field for index, choice in chosen.items() if index not in suppliers}
    if others & _CUSTOMERS or not others & _REACHED:
        chosen.update(dict.fromkeys(suppliers, Choice(0.6, "custom", "")))


# What somebody is in a firm.
_JOB = re.compile(
    r"cargo|funcao|posicao|job|job title|position|role|puesto|fonction|poste|funktion|ruolo|"
    r"职务|职位|职称|岗位|役職|직위|должность"
)


def names_a_job(header: str) -> bool:
    """Whether a header says what somebody is in a firm."""
    return _JOB.fullmatch(header_words(header)) is not None


def asks_for_contact(header: str) -> bool:
    """Whether a header speaks of whom to ask for at a firm; guardians have other words."""
    return _ASKED_FOR.search(header_words(header)) is not None


def names_firms_contacts(name: Column, contact: Column) -> bool:
    """Whether a column of persons, headed as those to ask for, stands beside one of firms.

    Parents and others who answer for a person have other headers.
    """
    words = header_words(contact.header)
    if contact.profile.persons < _PERSONS_ENOUGH or not _ASKED_FOR.search(words):
        return False
    firms = persons = perhaps = 0
    pairs = [(t, a) for t, a in zip(name.texts, contact.texts, strict=True) if t]
    asked_of = [t for t, a in pairs if a and a != t]
    if len(asked_of) > 1 and sum(map(_names_firm, asked_of)) * 4 >= len(asked_of) * 3:
        return all(a != t for t, a in pairs)  # private customers stand among them, and answer
    for text, asked in pairs:
        if _names_firm(text):
            firms += 1
        elif not asked or asked == text or (is_person_name(text) and not text.isascii()):
            persons += 1
        elif " " in text and is_person_name(text):
            perhaps += 1  # "Riverbend Lodge" has the shape of a person's name
    return firms > 0 and firms >= 2 * persons and 2 * firms >= perhaps


def _names_firm(text: str) -> bool:
    if looks_like_organisation(text) or is_organisation_name(text) or names_trade(text):
        return True
    return len(text) > _LONGEST_HAN and text.isalpha() and has_cjk(text)


def settle_third_name(
    chosen: dict[int, Choice], columns: Mapping[int, Column], places: tuple[int, int, int]
) -> None:
    """A whole name beside given and family names is the same person's, or somebody else's."""
    name, given, family = places
    texts = zip(columns[name].texts, columns[given].texts, columns[family].texts, strict=True)
    rows = [(w.casefold(), f"{g} {f}".casefold().split()) for w, g, f in texts if w and (g or f)]
    if sum(1 for whole, parts in rows if any(p in whole for p in parts)) * 2 >= len(rows):
        return
    firms = columns[name].profile
    is_free = best(chosen, "organisation") is None
    is_firm = is_free and firms.suffixes + firms.organisations > 0.8
    field = "organisation" if is_firm else "custom"
    chosen[name] = Choice(0.6, field, "")


def settle_animals(chosen: dict[int, Choice], columns: Mapping[int, Column]) -> None:
    """Beside a species or a breed, a bare "Name" is the animal's, if another column has names."""
    if not is_of_animals(columns):
        return
    named = [i for i, c in chosen.items() if c.field in ("name", "contact_person")]
    bare = [i for i in named if header_words(columns[i].header) in _BARE_NAMES]
    if len(bare) < len(named):
        chosen.update(dict.fromkeys(bare, Choice(0.6, "custom", "")))


def is_of_animals(columns: Mapping[int, Column]) -> bool:
    """Whether a column says of which species or breed something is."""
    return any(header_words(column.header) in _BREEDS for column in columns.values())


def settle_insurers(chosen: dict[int, Choice], columns: Mapping[int, Column]) -> None:
    """A few companies over and over beside many names are whose goods were sold, no employers."""
    firm, name = best(chosen, "organisation"), best(chosen, "name")
    if firm is None or name is None:
        return
    few = columns[firm].profile.distinct <= _FEW * columns[name].profile.distinct
    if few and header_words(columns[firm].header) in _INSURERS:
        chosen[firm] = Choice(0.6, "custom", "")


def settle_halves(chosen: dict[int, Choice], columns: Mapping[int, Column]) -> None:
    """Columns that hold a part of the next one or the one before: area codes, ends of postcodes."""
    for before, index in pairwise(sorted(columns)):
        first, second = chosen.get(before), chosen.get(index)
        column = columns[index]
        if first and first.field == "postcode" and header_words(column.header) in _LAST_HALF:
            chosen[index] = Choice(0.9, "postcode2", first.label)
        elif second and second.field == "phone" and is_dialled_before(columns[before]):
            chosen[before] = Choice(0.9, "phone", second.label)


def is_dialled_before(column: Column) -> bool:
    """Whether a column holds the area codes of the phone numbers right of it."""
    texts = [t for t in column.texts if t]
    return is_dialling_header(column.header) and all(
        t.strip("()+ ").isdigit() and len(t) <= _LONGEST_CODE for t in texts
    )


def is_dialling_header(header: str) -> bool:
    """Whether a header speaks of area codes."""
    return header_words(header).rstrip("0123456789 ") in _DIALLED


def settle_house_numbers(chosen: dict[int, Choice], columns: Mapping[int, Column]) -> None:
    """A column of short numbers right behind streets without any belongs to them."""
    order = sorted(columns)
    for before, index in pairwise(order):
        street = chosen.get(before)
        if street is None or street.field not in ("street", "street2") or street.label:
            continue
        column = columns[index]
        if header_words(column.header) not in _HOUSE or not column.profile.filled:
            continue
        pairs = [(s, n) for s, n in zip(columns[before].texts, column.texts, strict=True) if n]
        bare = sum(1 for s, _n in pairs if not s[-1:].isdigit())
        short = sum(1 for _s, n in pairs if _HOUSE_NUMBER.fullmatch(n))
        if pairs and bare >= 0.7 * len(pairs) and short >= 0.9 * len(pairs):
            chosen[index] = Choice(0.8, "street2", street.label)


def settle_states(chosen: dict[int, Choice], columns: Mapping[int, Column]) -> None:
    """Estado: a state beside a city or a postcode, elsewhere what something has come to."""
    order = sorted(columns)
    for place, index in enumerate(order):
        choice, column = chosen.get(index), columns[index]
        before = chosen.get(order[place - 1]) if place else None
        if before is not None and before.field == "city" and _is_brazilian(column):
            chosen[index] = Choice(0.8, "region", before.label)
            continue
        if choice is None or choice.field != "region":
            continue
        if not column.profile.filled:
            continue
        if header_words(column.header) in _AREAS:
            places = sum(1 for t in column.texts if is_place(t))
            if places * 3 < column.profile.filled:
                chosen[index] = Choice(0.6, "custom", "")
            continue
        if all(m.field != "stage" for m in meanings(column.header)):
            continue
        beside = [chosen.get(i) for i in order[max(0, place - 1) : place + 2] if i != index]
        placed = any(c is not None and c.field in ADDRESS for c in beside)
        texts = [header_words(t) for t in column.texts if t]
        status = sum(1 for t in texts if _STATUS.search(t))
        if not placed or status * 5 >= len(texts):
            chosen[index] = Choice(0.6, "custom", "")


def _is_brazilian(column: Column) -> bool:
    texts = [t for t in column.texts if t]
    return len(texts) >= _FEWEST and all(t.upper() in BRAZILIAN_STATES for t in texts)
