"""Matches columns to fields, by their headers and by what the whole columns hold.

Nothing is dropped: what fits no field becomes a custom field under its header.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from crm_desktop.bridge.sheets import facts
from crm_desktop.bridge.sheets.addresses import settle_addresses, settle_spread
from crm_desktop.bridge.sheets.fit import fit_of
from crm_desktop.bridge.sheets.name_parts import settle_name_parts
from crm_desktop.bridge.sheets.neighbours import (
    ADDRESS,
    Choice,
    Column,
    address_by_values,
    asks_for_contact,
    best,
    names_a_job,
    names_firms_contacts,
    settle_animals,
    settle_firms,
    settle_halves,
    settle_house_numbers,
    settle_insurers,
    settle_states,
    settle_suppliers,
    settle_third_name,
)
from crm_desktop.bridge.sheets.other_names import settle_other_names
from crm_desktop.bridge.sheets.profile import Profile, is_person_name
from crm_desktop.bridge.sheets.program_defaults import default_columns
from crm_desktop.bridge.sheets.relatives import settle_relatives
from crm_desktop.bridge.sheets.synonyms import (
    Meaning,
    find_label,
    find_language,
    header_words,
    holds_region_and_postcode,
    meanings,
)
from crm_desktop.bridge.sheets.tax_numbers import tax_number
from crm_desktop.bridge.sheets.workplaces import settle_workplaces
from crm_desktop.bridge.values.dates import default_order
from crm_desktop.bridge.values.duewords import is_weekday
from crm_desktop.bridge.values.nothing import says_none
from crm_desktop.bridge.values.phonewords import is_same_as_phone
from crm_desktop.bridge.values.text import column_letter, has_cjk, tidy_line
from crm_desktop.domain.imports import CUSTOM_PREFIX, FACTS, SKIP, ColumnMapping

_SINGLE = frozenset(
    (
        "name",
        "given_name",
        "family_name",
        "organisation",
        "birthday",
        "stage",
        "kind",
        "contact_person",
        *FACTS,
    )
)
_IDENTITY = frozenset(("name", "given_name", "family_name", "organisation", "phone", "email"))
_PERSONS = frozenset(("name", "given_name", "family_name"))
_SURE = 0.5
# "Guia" is beside a name somebody else, and without any name the one who is listed.
_PERHAPS_OTHERS = Choice(0.6, "custom", "")
_ALL = 0.95
_FEWEST = 4
_MOSTLY = 0.75
_MANY_CELLS, _FEW_WORDS, _SHORT = 20, 6, 5
# Words that mean a field in one language only: who pays, and how, is no country; what is
# commercial is no salesman.
_FALSE_FRIENDS = {"pays": "fr", "commercial": "fr"}
# Who signs for a firm, as its register names him.
_SIGNS = frozenset(
    "法人|法人代表|法人姓名|法定代表人|法定代表人姓名|法定代表|負責人|代表者|대표자|"
    "legal representative|representante legal|representant legal|rappresentante legale|"
    "legale rappresentante|gesetzlicher vertreter".split("|")
)
_WEEKDAY = re.compile(r"(?:周|週|星期|礼拜|禮拜)[一二三四五六日天末]?")
_ASIDE = re.compile(r"\s*(?:[(（][^()（）]*[)）]|-\s.*|<[^<>]*@[^<>]*>|[,;/|\s]\s*\S+@\S+)$")
_CODE = re.compile(r"[A-Z./-]*\d[A-Z\d./-]*")
_OWNED = re.compile(r"(.+?) (?:d[aeo]s?|del|de la|du|della?|of(?: the)?) (.+)")


def map_columns(
    columns: Sequence[Column],
    *,
    sheet: str = "",
    country: str = "",
    towns: Collection[str] = (),
) -> tuple[ColumnMapping, ...]:
    """Propose what each column feeds.

    Args:
        columns: those with a header or a value.
        sheet: the sheet's name; "Empresas" says what an unnamed kind of name is.
        country: home country, for the order of dates where the values do not tell.
        towns: places that other tables of the file name, folded by `header_words`.
    """
    language = find_language([c.header for c in columns])
    chosen: dict[int, Choice] = {}
    defaults = default_columns(columns)
    for column in columns:
        if column.position in defaults:
            chosen[column.position] = Choice(0.9, SKIP, "")
            continue
        choices = _choices(column, towns)
        if language and _FALSE_FRIENDS.get(header_words(column.header), language) != language:
            continue
        if choices and choices[0].score >= _SURE:
            chosen[column.position] = choices[0]
    by_index = {c.position: c for c in columns}
    facts.settle_in_charge(chosen, by_index)
    _settle_names(chosen, by_index, sheet)
    _settle_owned(chosen, by_index)
    settle_firms(chosen, by_index)
    settle_insurers(chosen, by_index)
    settle_workplaces(chosen, by_index)
    settle_halves(chosen, by_index)
    _settle_single(chosen, by_index)
    settle_name_parts(chosen, by_index)
    settle_house_numbers(chosen, by_index)
    settle_states(chosen, by_index)
    settle_spread(chosen, by_index)
    settle_addresses(chosen, by_index)
    settle_other_names(chosen, by_index, country)
    settle_relatives(chosen, by_index)
    _find_missing_name(chosen, by_index, sheet)
    _find_manager(chosen, by_index)
    names = _custom_names(columns, chosen)
    order = default_order(country, language)
    return tuple(_mapping(c, chosen.get(c.position), names, order) for c in columns)


def has_identity(mappings: Sequence[ColumnMapping]) -> bool:
    """Whether rows mapped so can make customers at all."""
    return any(m.field in _IDENTITY for m in mappings)


def _mapping(
    column: Column, choice: Choice | None, names: dict[int, str], order: str
) -> ColumnMapping:
    letter = column_letter(column.position)
    if choice is None or choice.field == "custom":
        confidence = choice.score if choice else 0.5
        field = CUSTOM_PREFIX + names[column.position]
        return ColumnMapping(column.position, letter, column.header, field, round(confidence, 2))
    return ColumnMapping(
        column.position,
        letter,
        column.header,
        choice.field,
        round(min(choice.score, 1.0), 2),
        choice.label,
        order if choice.field == "birthday" else "",
    )


def _custom_names(columns: Sequence[Column], chosen: dict[int, Choice]) -> dict[int, str]:
    """Names of custom fields, unique within the sheet."""
    taken: set[str] = set()
    names = {}
    for column in columns:
        name = custom_name(column.header, column.position)
        choice = chosen.get(column.position)
        if choice is None or choice.field == "custom":
            if name.casefold() in taken:
                name = f"{name} ({column_letter(column.position)})"
            taken.add(name.casefold())
        names[column.position] = name
    return names


def custom_name(header: str, index: int) -> str:
    """The custom field that a column's leftovers go to: its header, or its letter."""
    return tidy_line(header)[:100] or column_letter(index)


# --- one column ------------------------------------------------------------------------------


def _choices(column: Column, towns: Collection[str] = ()) -> list[Choice]:
    """What a column may feed, the likeliest first; header and values both have a say."""
    found = meanings(column.header)
    held = column.profile
    if not held.filled or _says_nothing(found, column):
        known = [m for m in found if m.field not in ("contact", "contact_person", "street2")]
        return [Choice(m.weight, m.field, m.label) for m in known[:1]]
    if not found:
        return _by_values(column, towns) if not column.header else _by_strong_values(column)
    choices: list[Choice] = []
    for meaning in found:
        if meaning.field == "contact":
            choices.extend(_contact(held, meaning, column.texts))
        elif meaning.field in FACTS or meaning.field == "grade":
            field = "rating" if meaning.field == "grade" else meaning.field
            score = meaning.weight * facts.fit(meaning.field, column)
            choices.append(Choice(score, field, ""))
        elif meaning.field != "in_charge":  # see `settle_in_charge`
            # "Kent TN1 2AB" looks like no postcode, and its header says that it has one.
            both = meaning.field == "postcode" and holds_region_and_postcode(column.header)
            fit = 1.0 if both or _names_phones(meaning, column) else fit_of(meaning.field, held)
            if meaning.field == "notes" and _are_few_words(held):
                fit = 0.0  # how far he is, in the firm's own words: a field of choices
            if meaning.field in ("contact_person", "organisation") and _are_codes(column):
                fit = 0.0  # A/C is "ao cuidado de", too; an account, a firm or its number
            choices.append(Choice(meaning.weight * fit, meaning.field, _label(meaning)))
    # Of two that are as likely, the one whose values have agreed.
    choices.sort(key=lambda c: (-c.score, c.field not in FACTS))
    if choices[0].score < _SURE:
        choices = sorted([*choices, *_by_strong_values(column)], key=lambda c: -c.score)
    return choices


def _says_nothing(found: Sequence[Meaning], column: Column) -> bool:
    """Whether a column of contacts has nothing but words for none: 无, n/a."""
    reaching = any(m.field in ("phone", "email", "im") for m in found[:1])
    return reaching and all(says_none(text) for text in column.texts if text)


def _are_few_words(held: Profile) -> bool:
    """Whether a column has the same few short words over and over, as no notes have."""
    return (
        held.filled >= _MANY_CELLS
        and held.distinct * held.filled <= _FEW_WORDS
        and held.length <= _SHORT
    )


def _are_codes(column: Column) -> bool:
    """Whether nearly all texts are capitals and figures in a single word, as nobody is called."""
    texts = [text for text in column.texts if text]
    codes = sum(1 for text in texts if _CODE.fullmatch(text))
    return len(texts) >= _FEWEST and codes >= _ALL * len(texts)


def _names_phones(meaning: Meaning, column: Column) -> bool:
    """Whether a column of WhatsApp says that it is the phone's number, instead of the number."""
    if meaning.label != "whatsapp":
        return False
    same = sum(1 for text in column.texts if text and is_same_as_phone(text))
    return same / column.profile.filled + column.profile.phones >= 0.3


def _label(meaning: Meaning) -> str:
    return meaning.label if meaning.field in ("phone", "email", "im", *ADDRESS, "street2") else ""


def _contact(held: Profile, meaning: Meaning, texts: Sequence[str]) -> list[Choice]:
    """A header "contact": the values tell whether it means a number, an address or a person."""
    persons = max(held.persons, _bare_persons(texts), 0.9 * held.cjk * (held.length < 5))
    named = [text for text in texts if "@" in text and _ASIDE.sub("", text) != text]
    if len(named) * 2 >= sum(1 for text in texts if text):
        # "Vera Falcato <vera@…>" says who it is, and how to write to her.
        return [Choice(0.95 * persons, "contact_person", "")]
    return [
        Choice(0.9 * held.phones, "phone", meaning.label),
        Choice(0.9 * held.emails, "email", meaning.label),
        Choice(0.8 * persons, "contact_person", ""),
    ]


def _bare_persons(texts: Sequence[str]) -> float:
    """The share of names of persons, whatever is said of them behind: "Vera Couto (office)"."""
    names = [_ASIDE.sub("", text) for text in texts if text]
    return sum(1 for name in names if name and is_person_name(name)) / max(1, len(names))


def _by_strong_values(column: Column) -> list[Choice]:
    """A header that names no field: only values that cannot be anything else count."""
    held, label = column.profile, find_label(column.header)
    if held.emails >= 0.6:
        return [Choice(0.85 * held.emails, "email", label)]
    if held.phones >= 0.8 and held.valid_phones >= 0.6 and held.marked_phones >= 0.6:
        return [Choice(0.7, "phone", label)]
    return []


def _holds_weekdays(column: Column) -> bool:
    """Whether most texts are days of a week, one of which begins with a surname: 周一."""
    days = sum(1 for text in column.texts if _WEEKDAY.fullmatch(text))
    return days * 2 > column.profile.filled


def _are_weekdays(columns: Iterable[Column]) -> bool:
    """Whether two columns or more stand for days of a week, by their headers or first texts."""
    firsts = ((c.header, next(filter(None, c.texts), "")) for c in columns)
    return sum(1 for said in firsts if any(map(is_weekday, said))) > 1


def _by_values(column: Column, towns: Collection[str]) -> list[Choice]:
    """A column without a header."""
    held = column.profile
    if _holds_weekdays(column):
        return []
    if strong := _by_strong_values(column):
        return strong
    if (
        held.phones >= 0.8
        and held.valid_phones >= 0.8
        and held.tax_numbers < 0.5
        and held.filled >= 3
        and held.distinct > 0.7
    ):
        return [Choice(0.6, "phone", "")]
    found = address_by_values(column, towns)
    return [] if found is None else [found]


# --- columns against each other ----------------------------------------------------------------


def _settle_names(chosen: dict[int, Choice], columns: dict[int, Column], sheet: str) -> None:
    """Decide which names are whole, given or family names, and which belong to organisations."""
    settle_animals(chosen, columns)
    settle_suppliers(chosen, columns)
    _resolve_contact_person(chosen, columns)
    name = best(chosen, "name")
    organisation = best(chosen, "organisation")
    given, family = best(chosen, "given_name"), best(chosen, "family_name")
    if name is not None and given is None and family is not None:
        if not _contains(columns[name], columns[family]):
            chosen[name] = chosen[name]._replace(field="given_name")
    elif name is not None and family is None and given is not None:
        if not _contains(columns[name], columns[given]):
            chosen[name] = chosen[name]._replace(field="family_name")
    elif name is not None and given is not None and family is not None:
        settle_third_name(chosen, columns, (name, given, family))
    elif (
        name is not None
        and organisation is None
        and given is None
        and family is None
        and _holds_organisations(columns[name], chosen, sheet)
    ):
        chosen[name] = chosen[name]._replace(field="organisation")


def _settle_owned(chosen: dict[int, Choice], columns: dict[int, Column]) -> None:
    """What is said of the customer by his column's word: "Aniversário do tutor" beside "Tutor"."""
    name = best(chosen, "name")
    if name is None:
        return
    own = header_words(columns[name].header.partition("(")[0])
    for index, column in columns.items():
        said = None if index in chosen else _OWNED.fullmatch(header_words(column.header))
        if said is None or said.group(2) != own:
            continue
        choices = _choices(column._replace(header=said.group(1)))
        if choices and choices[0].score >= _SURE:
            chosen[index] = choices[0]


def _resolve_contact_person(chosen: dict[int, Choice], columns: dict[int, Column]) -> None:
    """A contact person is the customer's name where the other name is that of his firm.

    Without another name, he is the customer; a guardian is, too. Who signs for firms of which the
    sheet has the registered numbers is what a register says of them: they are the customers.
    """
    firm = best(chosen, "organisation")
    registered = firm is not None and any(tax_number(c.header) for c in columns.values())
    in_parts = any(c.field in ("given_name", "family_name") for c in chosen.values())
    asked = [(-c.score, i) for i, c in chosen.items() if c.field == "contact_person"]
    for _score, index in sorted(asked):  # 联系人 before 法人代表
        choice = chosen[index]
        name = best(chosen, "name")
        signs = registered and header_words(columns[index].header) in _SIGNS
        if name is None and (in_parts or signs):
            chosen[index] = Choice(0.6, "custom", "")
        elif name is None and firm is None and (
            (theirs := _firms_before(chosen, columns, index)) is not None
        ):  # fmt: skip
            chosen[theirs] = Choice(0.6, "organisation", "")
            chosen[index] = choice._replace(field="name")
        elif name is None and (served := _who_is_served(chosen, columns, index)) is not None:
            chosen[served] = Choice(0.6, "name", "")
            chosen[index] = Choice(0.6, "custom", "")
        elif name is None:
            chosen[index] = choice._replace(field="name")
        elif columns[name].profile.suffixes + columns[name].profile.organisations > 0.8 or (
            best(chosen, "organisation") is None
            and (
                columns[name].profile.organisations >= 0.4
                or names_firms_contacts(columns[name], columns[index])
            )
        ):
            if best(chosen, "organisation") is None:
                chosen[name] = chosen[name]._replace(field="organisation")
            chosen[index] = choice._replace(field="name")
        else:
            chosen[index] = Choice(0.6, "custom", "")


def _firms_before(
    chosen: dict[int, Choice], columns: dict[int, Column], contact: int
) -> int | None:
    """The sheet's first column, of firms under a word of the trade's: "Boutique | Contact"."""
    first = min((i for i, column in columns.items() if column.profile.filled), default=contact)
    column, held = columns[first], columns[first].profile
    if (
        first >= contact
        or not asks_for_contact(columns[contact].header)
        or (first in chosen and chosen[first].field != "custom")
        or meanings(column.header)
        or held.distinct < _ALL
        or held.numbers > 0
    ):
        return None
    registered = any(tax_number(other.header) for other in columns.values())
    telling = max(held.suffixes, held.organisations)
    return first if telling >= (0.2 if registered else 0.4) else None


def _who_is_served(
    chosen: dict[int, Choice], columns: dict[int, Column], guardian: int
) -> int | None:
    """A column of whole names left of that of who answers for them, whatever it is called."""
    if asks_for_contact(columns[guardian].header):
        return None  # those are a firm's
    for index in sorted(columns):
        if index >= guardian:
            break
        column = columns[index]
        texts = [text for text in column.texts if text]
        taken = index in chosen and chosen[index].field != "custom"
        if taken or meanings(column.header) or not texts:
            continue
        whole = sum(1 for text in texts if is_person_name(text) and (" " in text or has_cjk(text)))
        if min(whole, len(set(texts))) * 5 >= len(texts) * 4:
            return index
    return None


def _holds_organisations(column: Column, chosen: dict[int, Choice], sheet: str) -> bool:
    held = column.profile
    if held.suffixes >= 0.6 or held.organisations >= 0.8:
        return True
    about = {m.field for m in meanings(sheet)}
    has_person_facts = any(c.field == "birthday" for c in chosen.values())
    # 客户名称 says name and organisation alike; a sheet "Empresas" tips it.
    of_firms = "organisation" in about or header_words(sheet) in _FIRM_SHEETS
    return of_firms and not has_person_facts and (held.persons < 0.9 or held.organisations > 0.2)


_FIRM_SHEETS = frozenset(
    (
        "empresas",
        "firmas",
        "entidades",
        "clientes empresa",
        "clientes empresas",
        "companies",
        "organisations",
        "organizations",
        "business",
        "corporate",
        "corporate clients",
        "business clients",
        "firmen",
        "公司",
        "企业",
        "单位",
        "企业客户",
        "公司客户",
    )
)


def _contains(whole: Column, part: Column) -> bool:
    """Whether one column's names hold the other's, row by row."""
    pairs = [(w, p) for w, p in zip(whole.texts, part.texts, strict=True) if w and p]
    if not pairs:
        return False
    return sum(1 for w, p in pairs if p.casefold() in w.casefold() and p != w) * 2 > len(pairs)


def _settle_single(chosen: dict[int, Choice], columns: dict[int, Column]) -> None:
    """No two columns feed one field that has room for one value; the weaker becomes custom."""
    for field in _SINGLE:
        rivals = sorted((-c.score, i) for i, c in chosen.items() if c.field == field)
        filled = [(s, i) for s, i in rivals if columns[i].profile.filled] or rivals
        for _score, index in rivals:
            if index != filled[0][1]:
                chosen[index] = Choice(0.5, "custom", "")


def _find_person(chosen: dict[int, Choice], columns: dict[int, Column]) -> None:
    """Before the firms, under a header that nobody knows, stand those who work there."""
    index = next((i for i in sorted(columns) if columns[i].profile.filled), None)
    if index is None or index in chosen or meanings(columns[index].header):
        return
    held = columns[index].profile
    sure = min(held.persons, held.distinct) >= _ALL and held.suffixes == 0 and held.words >= 2
    if held.filled >= _FEWEST and sure and held.organisations < 0.1 and held.streets < 0.1:
        chosen[index] = Choice(0.6, "name", "")


def _find_manager(chosen: dict[int, Choice], columns: dict[int, Column]) -> None:
    """Whoever has a phone or an address by his own word works there: "Manager | Manager mobile"."""
    fields = {c.field for c in chosen.values()}
    if fields & _PERSONS or "organisation" not in fields:
        return
    if (index := _with_a_job(chosen, columns)) is not None:
        chosen[index] = Choice(0.7, "name", "")
        return
    for index, column in columns.items():
        words, held = header_words(column.header), column.profile
        if (
            not words
            or held.persons < _ALL
            or (index in chosen and chosen[index].field != "custom")
        ):
            continue
        his = {
            i: Choice(0.7, found.field, found.label)
            for i, other in columns.items()
            if (rest := header_words(other.header)).startswith(f"{words} ")
            and (found := next(iter(meanings(rest.removeprefix(f"{words} "))), None))
            and found.field in ("phone", "email")
        }
        if his:
            chosen[index] = Choice(0.7, "name", "")
            chosen.update(his)
            return


def _with_a_job(chosen: dict[int, Choice], columns: dict[int, Column]) -> int | None:
    """A column of persons right before that of what they are there: "管事的 | 职务"."""
    for index, column in columns.items():
        beside, held = columns.get(index + 1), column.profile
        taken = index in chosen and chosen[index].field != "custom"
        if beside is None or taken or not names_a_job(beside.header):
            continue
        names = max(held.persons, _short_han(held))
        if names >= _MOSTLY and held.distinct >= _MOSTLY and held.organisations < 0.2:
            return index
    return None


def _short_han(held: Profile) -> float:
    """How surely a column holds Chinese names, rare surnames and pet names among them."""
    named = held.cjk >= 0.9 and 2 <= held.length <= 4 and held.distinct >= 0.8 and held.words == 1
    return 0.75 if named and held.filled >= 3 and held.streets < 0.3 else 0.0


def _find_missing_name(chosen: dict[int, Choice], columns: dict[int, Column], sheet: str) -> None:
    """Without any column of names, take the leftmost that holds names, if one does."""
    fields = {c.field for c in chosen.values()}
    if not fields & _PERSONS and "organisation" in fields:
        _find_person(chosen, columns)
    if fields & {*_PERSONS, "organisation"}:
        return
    if any(map(_holds_weekdays, columns.values())) or _are_weekdays(columns.values()):
        return  # a plan of the week
    reached = any(c.field in ("phone", "email") for c in chosen.values())
    for index in sorted(columns):
        held = columns[index].profile
        if index in chosen and chosen[index] != _PERHAPS_OTHERS:
            continue
        if held.filled < 1 or held.distinct < 0.6:
            continue
        if columns[index].header and not reached:
            continue
        names = max(held.persons, held.suffixes, _short_han(held))
        if names >= 0.7 and held.streets < 0.5:
            field = "organisation" if held.suffixes > 0.5 else "name"
            chosen[index] = Choice(0.6 * names, field, "")
            return
    del sheet
