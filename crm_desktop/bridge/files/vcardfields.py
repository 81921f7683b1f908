"""What the properties of an address card say, as an entry of an address book."""

from __future__ import annotations

import re
from urllib.parse import unquote

from crm_desktop.bridge.files import addressbook
from crm_desktop.bridge.files.addressbook import Entry
from crm_desktop.bridge.files.vcard import Property, RawCard
from crm_desktop.i18n import N_, _

_SEMICOLON = re.compile(r"(?<!\\)((?:\\\\)*);")
_COMMA = re.compile(r"(?<!\\)((?:\\\\)*),")
_ESCAPE = re.compile(r"\\([nN\\,;:])")
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?")
_YEARLESS = re.compile(r"--(\d\d)-?(\d\d)(?:[T ].*)?")
_NO_YEAR = ("1604", "0000", "0001")  # what telephones write for a birthday without its year

_SERVICES = {
    "wechat": "WeChat",
    "weixin": "WeChat",
    "qq": "QQ",
    "mqq": "QQ",
    "telegram": "Telegram",
    "tg": "Telegram",
    "skype": "Skype",
    "skype-username": "Skype",
    "line": "LINE",
    "signal": "Signal",
    "kakaotalk": "KakaoTalk",
    "kakao": "KakaoTalk",
    "aim": "AIM",
    "icq": "ICQ",
    "jabber": "Jabber",
    "xmpp": "Jabber",
    "msn": "MSN",
    "msnim": "MSN",
    "yahoo": "Yahoo",
    "ymsgr": "Yahoo",
    "gtalk": "Google Talk",
    "google-talk": "Google Talk",
    "googletalk": "Google Talk",
    "facebookmessenger": "Messenger",
    "whatsapp": "WhatsApp",
    "viber": "Viber",
    "dingtalk": "DingTalk",
    "zalo": "Zalo",
}
_PHONE_TYPES = (
    ("fax", "fax"),
    ("whatsapp", "whatsapp"),
    ("cell", "mobile"),
    ("mobile", "mobile"),
    ("iphone", "mobile"),
    ("pager", "pager"),
    ("car", "car"),
    ("work", "work"),
    ("home", "home"),
    ("other", "other"),
)
_PLACE_TYPES = (("work", "work"), ("home", "home"), ("other", "other"))
_NO_LABELS = frozenset(
    "voice internet pref msg video textphone text isdn modem bbs x400 prodigy aol main dom intl "
    "postal parcel x-internet uri smtp".split()
)


def to_entry(card: RawCard) -> Entry:
    """Make an entry of a card."""
    entry = Entry()
    labels = {
        p.group: _label(p.value) for p in card.properties if p.name == "X-ABLABEL" and p.group
    }
    for found in card.properties:
        if found.value.strip():
            _take(entry, found, labels.get(found.group, "") if found.group else "")
    for stray in card.strays:
        entry.add_text(addressbook.NOTES, stray)
    texts = entry.texts
    name, firm = texts.get(addressbook.FULL_NAME, ""), texts.get(addressbook.ORGANISATION, "")
    has_parts = addressbook.GIVEN_NAME in texts or addressbook.FAMILY_NAME in texts
    if firm and name == firm and not has_parts:
        texts[addressbook.KIND] = "Organisation"
    if texts.get(addressbook.KIND) == "Organisation" and firm and not name:
        texts[addressbook.FULL_NAME] = firm
    return entry


def _take(entry: Entry, found: Property, label: str) -> None:
    name, text = found.name, _plain(found.value)
    if name in _WHOLE:
        if _WHOLE[name] not in entry.texts:
            entry.texts[_WHOLE[name]] = text
    elif name == "N":
        _take_name(entry, found.value)
    elif name == "ORG":
        parts = [t for p in _split(found.value, _SEMICOLON) if (t := _plain(p))]
        if parts and addressbook.ORGANISATION not in entry.texts:
            entry.texts[addressbook.ORGANISATION] = parts[0]
            parts = parts[1:]
        if parts:
            entry.extras.append((_("Department"), " / ".join(parts)))
    elif name == "TEL":
        entry.points.append(("phone", label or _type_label(found, _PHONE_TYPES), _number(text)))
    elif name == "EMAIL":
        address = text[7:] if text[:7].lower() == "mailto:" else text
        entry.points.append(("email", label or _type_label(found, _PLACE_TYPES), address))
    elif name == "ADR":
        _take_address(entry, found, label)
    elif name == "BDAY":
        entry.texts.setdefault(addressbook.BIRTHDAY, _date(found, text))
    elif name == "CATEGORIES":
        tags = [_plain(t) for t in _split(found.value, _COMMA)]
        entry.add_text(addressbook.TAGS, "; ".join(filter(None, tags)), "; ")
    elif name in ("KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS"):
        if text.lower() in ("org", "organization", "company"):
            entry.texts[addressbook.KIND] = "Organisation"
    elif name == "IMPP" or name == "X-SOCIALPROFILE":
        _take_account(entry, found, text, label)
    elif name.startswith("X-") and (service := service_of(name[2:])):
        _add_account(entry, service, text)
    else:
        _take_other(entry, found, text, label)


_EXTRAS = {
    "TITLE": N_("Job title"),
    "ROLE": N_("Role"),
    "NICKNAME": N_("Nickname"),
    "URL": N_("Website"),
    "ANNIVERSARY": N_("Anniversary"),
    "X-ANNIVERSARY": N_("Anniversary"),
    "X-EVOLUTION-ANNIVERSARY": N_("Anniversary"),
    "GENDER": N_("Gender"),
    "X-GENDER": N_("Gender"),
}
_WHOLE = {"FN": addressbook.FULL_NAME, "NOTE": addressbook.NOTES}


def _take_name(entry: Entry, value: str) -> None:
    parts = [" ".join(_plain(p) for p in _split(v, _COMMA)) for v in _split(value, _SEMICOLON)]
    family, given, middle, prefix, suffix = (*(p.strip() for p in parts), *[""] * 5)[:5]
    if addressbook.GIVEN_NAME in entry.texts or addressbook.FAMILY_NAME in entry.texts:
        return  # the same name in another script
    entry.texts |= {
        k: v for k, v in ((addressbook.GIVEN_NAME, given), (addressbook.FAMILY_NAME, family)) if v
    }
    for header, text in (
        (_("Middle name"), middle),
        (_("Prefix"), prefix),
        (_("Suffix"), suffix),
    ):
        if text:
            entry.extras.append((header, text))


def _take_address(entry: Entry, found: Property, label: str) -> None:
    parts = [_plain(p).replace("\n", ", ") for p in _split(found.value, _SEMICOLON)]
    if len(parts) == 1:  # all in one: no semicolons at all
        parts = ["", "", parts[0]]
    box, more, street, city, region, postcode, country = (*parts, *[""] * 7)[:7]
    street = ", ".join(filter(None, (p.strip(" ,") for p in (street, more, box))))
    address = tuple(p.strip(" ,") for p in (street, postcode, city, region, country))
    if any(address):
        where = label or _type_label(found, _PLACE_TYPES)
        entry.addresses.append((where, address))  # type: ignore[arg-type]


def _take_account(entry: Entry, found: Property, text: str, label: str) -> None:
    """An account: `skype:ana.silva`, or a social network's address with its kind as a type."""
    scheme, colon, rest = text.partition(":")
    said = [found.params.get("X-SERVICE-TYPE", ""), *found.types, label, scheme if colon else ""]
    service = next((s for t in said if (s := service_of(t))), "")
    account = rest.lstrip("/") if colon and scheme.lower() not in ("http", "https") else text
    account = found.params.get("X-USER") or unquote(account)
    if service:
        _add_account(entry, service, account)
    elif found.name == "X-SOCIALPROFILE":
        network = next((t for t in found.types if t not in _NO_LABELS), "") or label
        entry.extras.append((network.capitalize() or _("Website"), text))
    else:
        network = found.params.get("X-SERVICE-TYPE") or label or (scheme if colon else "")
        entry.points.append(("im", network, account))


def service_of(text: str) -> str:
    """The messenger that a word means, "" where it is none we know."""
    return _SERVICES.get(text.lower().replace(" ", ""), "")


def _add_account(entry: Entry, service: str, account: str) -> None:
    if service == "WhatsApp":
        entry.points.append(("phone", "whatsapp", account))
    elif account:
        entry.points.append(("im", service, account))


def _take_other(entry: Entry, found: Property, text: str, label: str) -> None:
    name = found.name
    if name in _EXTRAS:
        header = _(_EXTRAS[name])
        if name in ("GENDER", "X-GENDER"):
            text = text.replace(";", " ").strip()
        elif name in ("ANNIVERSARY", "X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY"):
            text = _date(found, text)
    elif name in ("RELATED", "X-ABRELATEDNAMES", "AGENT"):
        kind = label or next((t for t in found.types if t not in _NO_LABELS), "")
        header = kind.capitalize() or _("Related")
    elif name == "X-ABDATE":
        header, text = label.capitalize() or _("Date"), _date(found, text)
    elif name == "X-ANDROID-CUSTOM":
        _take_android(entry, found.value)
        return
    elif name in ("VERSION", "X-ABLABEL", "N", "LANG") or name.startswith("X-MS-OL-"):
        return
    else:
        header = name.removeprefix("X-").replace("-", " ").capitalize()
    if text:
        entry.extras.append((header, text))


def _take_android(entry: Entry, value: str) -> None:
    """`vnd.android.cursor.item/nickname;Bob;1;;`: a kind, what it says, its type and label."""
    kind, *rest = (_plain(p) for p in _split(value, _SEMICOLON))
    kind = kind.rpartition("/")[2]
    text = rest[0] if rest else ""
    if not text:
        return
    if kind == "nickname":
        entry.extras.append((_("Nickname"), text))
    elif kind == "contact_event":
        if rest[1:2] == ["3"]:
            entry.texts.setdefault(addressbook.BIRTHDAY, _iso(text))
        else:
            header = (rest[2] if len(rest) > 2 else "") or _("Anniversary")
            entry.extras.append((header, _iso(text)))
    else:
        header = (rest[2] if len(rest) > 2 else "") or _("Related")
        entry.extras.append((header, text))


# --- parts of values -----------------------------------------------------------------------------


def _split(value: str, at: re.Pattern[str]) -> list[str]:
    """Cut a value where a separator is not escaped."""
    pieces, start = [], 0
    for match in at.finditer(value):
        pieces.append(value[start : match.end() - 1])
        start = match.end()
    pieces.append(value[start:])
    return pieces


def _plain(value: str) -> str:
    if "\\" in value:
        value = _ESCAPE.sub(lambda m: "\n" if m.group(1) in "nN" else m.group(1), value)
    return value.replace("\r\n", "\n").strip()


def _label(value: str) -> str:
    match = _APPLE_LABEL.fullmatch(value.strip())
    return _plain(match.group(1) if match else value)


def _type_label(found: Property, known: tuple[tuple[str, str], ...]) -> str:
    for kind, label in known:
        if kind in found.types:
            return label
    for kind in found.types:
        plain = kind.removeprefix("x-")
        if plain and kind not in _NO_LABELS and not plain.startswith("pref"):
            return plain
    return ""


def _number(text: str) -> str:
    if text[:4].lower() != "tel:":
        return text
    number, *params = text[4:].split(";")
    extension = next((p[4:] for p in params if p.lower().startswith("ext=")), "")
    return f"{number} ext. {extension}" if extension else number


def _date(found: Property, text: str) -> str:
    iso = _iso(text)
    if found.params.get("X-APPLE-OMIT-YEAR") == iso[:4]:
        return f"--{iso[5:]}"
    return iso


def _iso(text: str) -> str:
    """A date as ISO writes it; other text stays."""
    text = text.strip()
    if match := _DATE.fullmatch(text):
        year, month, day = match.groups()
        return f"--{month}-{day}" if year in _NO_YEAR else f"{year}-{month}-{day}"
    if match := _YEARLESS.fullmatch(text):
        return f"--{match.group(1)}-{match.group(2)}"
    return text
