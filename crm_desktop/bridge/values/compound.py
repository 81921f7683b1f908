"""Columns whose cells hold several things at once: "王秀英 13800138000", `Ana <ana@x.pt>`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from crm_desktop.bridge.sheets.cities import is_place
from crm_desktop.bridge.sheets.profile import is_person_name, looks_like_organisation
from crm_desktop.bridge.values.emails import take_emails
from crm_desktop.bridge.values.names import split_flipped
from crm_desktop.bridge.values.organisations import is_organisation_name
from crm_desktop.bridge.values.phones import read_phones
from crm_desktop.bridge.values.phonewords import is_phone_word, phone_label
from crm_desktop.bridge.values.postal import Postal, narrow_marks, split_address, split_place
from crm_desktop.bridge.values.squeezed import take_apart
from crm_desktop.bridge.values.text import Value, cell_text, has_cjk, is_blank, tidy_text
from crm_desktop.domain.fields import Compound

_MOST_VALUES = 200
_BOTH = 0.6  # cells that hold all the parts, where the others hold one of them at least
_SOME = 0.9
_LONGEST = 160
_SQUEEZED = 14  # characters that a number and an address have together at least
_PHONES = re.compile(r"[+(]*\d[\d\s().\-/+]{4,}\d")
_MARKS = re.compile(r"[()\[\]{}<>:;|\"“”\n/]")
_AROUND = " \t\n,;:/|<>()[]{}\"'“”-–—_.，；：（）"
# Before an address that is taken out already they say nothing.
_MAIL_WORDS = re.compile(
    r"(?<!\w)(?:e-?mails?|mail|correio(?: elec?tr[oó]nico)?|correo|courriel|邮箱|电邮)"
    r"\s*(?:[:：.]|$)",
    re.IGNORECASE,
)
# A number beside it says that it is somebody, whatever his surname.
_SHORT_HAN = re.compile(r"[\u3400-\u9fff]{2,4}")
_REMARKED = re.compile(r"([^\s()\d][^()\d]*?)\s*\([^()\d]{1,20}\)")
_BETWEEN = re.compile(r"[\s,]+")
_PARTICLES = frozenset(
    "da de do das dos e di del della dela van von der den ter la le las los du des al el bin ibn y "
    "zu af av".split()
)
_SUFFIXES = frozenset("jr junior júnior filho neto sobrinho sr ii iii".split())
_DOUBLE_SURNAMES = frozenset(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 司徒 东方 東方 夏侯 皇甫 尉迟 尉遲 公孙 公孫 慕容 "
    "令狐 长孙 長孫 宇文 端木 百里 呼延 南宫 南宮 独孤 獨孤".split()
)


class Parts(NamedTuple):
    """A cell taken apart, by the field that each part feeds; "" for what it does not have."""

    name: str = ""
    phone: str = ""
    email: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    notes: str = ""


class Combined(NamedTuple):
    """A column's kind, and the share (0 to 1) of its filled cells that hold all the parts."""

    kind: Compound
    share: float


_OF_PLACES = (Compound.ADDRESS, Compound.POSTCODE_CITY)
_PLACE = ("street", "postcode", "city", "region", "country")
_NEEDS = {
    Compound.NAME_PHONE_EMAIL: ("name", "phone", "email"),
    Compound.NAME_PHONE: ("name", "phone"),
    Compound.NAME_EMAIL: ("name", "email"),
    Compound.PHONE_EMAIL: ("phone", "email"),
    Compound.POSTCODE_CITY: ("postcode", "city"),
    Compound.PHONE_ADDRESS: ("phone", "street"),
}


# The fields of `Parts` that a kind of column may fill.
PARTS = {
    **_NEEDS,
    Compound.ADDRESS: _PLACE,
    Compound.PHONE_ADDRESS: ("phone", *_PLACE, "notes"),
    Compound.POSTCODE_CITY: ("postcode", "city", "region", "country"),
}


def detect(values: Sequence[Value], countries: tuple[str, ...] = ()) -> Combined | None:
    """Tell whether a column as a whole holds several things in each cell.

    Args:
        values: its cells, a sample where the column is long.
        countries: ISO codes that phone numbers are read in, the likeliest first.
    """
    texts = [cell_text(v) for v in values if not is_blank(v)]
    texts = texts[:: max(1, len(texts) // _MOST_VALUES)]
    enough = _BOTH * len(texts)
    if not texts or sum(1 for t in texts if len(t) > 7) < enough:
        return None
    # Counting characters is quick; taking every cell apart in five ways is not.
    at = sum(1 for t in texts if "@" in t) >= enough
    figures = sum(1 for t in texts if sum(map(str.isdigit, t)) > 5) >= enough
    long = sum(1 for t in texts if any(map(str.isdigit, t)) and any(map(str.isalpha, t))) >= enough
    # Houses in the country have names: "Seaview, Enniscrone, Co. Sligo".
    placed = sum(1 for t in texts if t.count(",") + t.count("\n") >= 2) >= enough
    may_be = {
        Compound.NAME_PHONE_EMAIL: at and figures,
        Compound.NAME_PHONE: figures and long and not at,
        Compound.NAME_EMAIL: at and not figures,
        Compound.PHONE_EMAIL: at and figures,
        Compound.ADDRESS: (long or placed) and not at,
        Compound.POSTCODE_CITY: long and not at,
        Compound.PHONE_ADDRESS: figures and long and sum(map(len, texts)) >= _SQUEEZED * len(texts),
    }
    found = [share_of(texts, kind, countries) for kind in Compound if may_be[kind]]
    sure = [c for c in found if c is not None]
    return max(sure, key=lambda c: c.share, default=None)


def share_of(
    texts: Sequence[str], kind: Compound, countries: tuple[str, ...] = ()
) -> Combined | None:
    """The share of a column's texts that hold all the parts; None where they are too few."""
    if kind is Compound.ADDRESS:
        # A place below a street is the rest of the address above: it says nothing against it.
        texts = [text for text in texts if _place_alone(narrow_marks(tidy_text(text))) is None]
    if not texts:
        return None
    both = some = 0
    for text in texts:
        parts = split(text, kind, countries)
        if parts is not None:
            some += 1
            both += all(getattr(parts, need) for need in _NEEDS.get(kind, ("street",)))
    share = both / len(texts)
    fits = share >= _BOTH and (kind in _OF_PLACES or some >= _SOME * len(texts))
    return Combined(kind, share) if fits else None


def split(text: str, kind: Compound, countries: tuple[str, ...] = ()) -> Parts | None:
    """Take a cell apart.

    Args:
        text: the cell.
        kind: what the column holds; a cell may hold one part alone.
        countries: ISO codes that phone numbers are read in, the likeliest first.

    Returns:
        None where the cell holds anything else besides: then its text is to be kept whole.
    """
    tidy = narrow_marks(tidy_text(text))
    if not tidy or len(tidy) > _LONGEST:
        return None
    if kind is Compound.ADDRESS:
        found = split_address(tidy) or _place_alone(tidy)
        return None if found is None else Parts(**found._asdict())
    if kind is Compound.POSTCODE_CITY:
        place = split_place(tidy)
        return None if place is None else Parts(**place._asdict())
    if kind is Compound.PHONE_ADDRESS:
        return _squeezed(tidy, countries)
    needs = _NEEDS[kind]
    rest, emails = take_emails(tidy) if "@" in tidy else (tidy, [])
    if (emails and "email" not in needs) or "@" in rest:
        return None
    phone = after = ""
    if any(c.isdigit() for c in rest):
        if "phone" not in needs:
            return None
        runs = list(_PHONES.finditer(rest))
        if len(runs) != 1:
            return None
        phone = runs[0].group().strip()
        if phone.count("(") != phone.count(")"):
            phone = phone.strip("() ")
        if not all(p.value for p in read_phones(phone, countries)):
            return None
        rest, after = rest[: runs[0].start()], rest[runs[0].end() :]
    named = _name(rest, after)
    if named is None or (named[0] and "name" not in needs):
        return None
    name, label = named
    if label and not phone:
        return None
    phone = f"{label} {phone}".strip()
    if not (name or phone or emails):
        return None
    return Parts(name=name, phone=phone, email="; ".join(emails))


def _squeezed(tidy: str, countries: tuple[str, ...]) -> Parts | None:
    found = take_apart(tidy, countries)
    if found is None:
        address = split_address(tidy)
        return None if address is None else Parts(**address._asdict())
    place = found.address._asdict() if found.address is not None else {}
    return Parts(phone=found.reached, notes=found.rest, **place)


def _place_alone(text: str) -> Postal | None:
    """What a text says that is a place and no street; None for any other."""
    return split_place(text) or (Postal("", city=text) if is_place(text) else None)


def _name(before: str, after: str) -> tuple[str, str] | None:
    """The name before or after a number, and the words beside it that label it.

    None for what is no name.
    """
    words, behind = _words(before), _words(after)
    labels: list[str] = []
    while words and is_phone_word(words[-1]):
        labels.insert(0, words.pop())
    if behind and all(map(is_phone_word, behind)):
        labels.extend(behind)
        behind = []
    if words and behind:
        return None
    label = " ".join(word for word in labels if phone_label(word) != word)
    name = _whole(after, behind) if behind else _whole(before, words)
    if not name:
        return "", label
    if any(c.isdigit() for c in name):
        return None
    if _is_name(name):
        return name, label
    if not behind and (remark := _REMARKED.fullmatch(before.strip())) and _is_name(remark.group(1)):
        return remark.group(), label  # 宋丹丹(妈妈)
    return None


def _is_name(text: str) -> bool:
    if is_person_name(text) or looks_like_organisation(text) or is_organisation_name(text):
        return True
    return _SHORT_HAN.fullmatch(text) is not None


def _words(text: str) -> list[str]:
    pieces = _BETWEEN.split(_MARKS.sub(" ", _MAIL_WORDS.sub(" ", text)))
    return [word for piece in pieces if (word := piece.strip(_AROUND)) or piece == "&"]


def _whole(text: str, words: list[str]) -> str:
    """The words with what stands between them, as long as it stands in one piece."""
    if not words:
        return ""
    start, end = text.find(words[0]), text.rfind(words[-1])
    name = text[start : end + len(words[-1])]
    if _MARKS.search(name):
        return " ".join(words)
    behind = text[end + len(words[-1]) :]
    return name + "." if behind.startswith(".") and len(words) > 1 else name


def split_name(name: str, language: str = "") -> tuple[str, str] | None:
    """Given and family name of a whole name, as the name's own language orders them.

    王秀英 is 秀英 and 王, "Maria da Silva" is "Maria" and "da Silva"; Spanish names (`language`
    "es") have two surnames. None for firms and for names of one word.
    """
    tidy = tidy_text(name)
    if is_organisation_name(tidy):
        return None
    if flipped := split_flipped(tidy):
        return flipped
    if has_cjk(tidy):
        return _split_eastern(tidy)
    words = tidy.split()
    if len(words) < 2:
        return None
    start = len(words) - 1
    if start > 1 and words[start].casefold().strip(".") in _SUFFIXES:
        start -= 1
    start = _with_particles(words, start)
    if language[:2] == "es" and start > 1:
        start = _with_particles(words, start - 1)
    return " ".join(words[:start]), " ".join(words[start:])


def _with_particles(words: list[str], start: int) -> int:
    while start > 1 and words[start - 1].casefold().strip("'") in _PARTICLES:
        start -= 1
    return start


def _split_eastern(name: str) -> tuple[str, str] | None:
    family, blank, given = name.partition(" ")
    if blank:
        return (given, family) if " " not in given and has_cjk(given) else None
    if not is_person_name(name):
        return (
            (name[2:], name[:2]) if len(name) in (3, 4) and name[:2] in _DOUBLE_SURNAMES else None
        )
    size = 2 if len(name) > 2 and name[:2] in _DOUBLE_SURNAMES else 1
    return (name[size:], name[:size]) if len(name) > size else None


__all__ = ["PARTS", "Combined", "Compound", "Parts", "detect", "share_of", "split", "split_name"]
