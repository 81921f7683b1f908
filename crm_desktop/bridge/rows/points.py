"""Columns of phone numbers, e-mail addresses and messenger accounts to contact points."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, pairwise

from crm_desktop.bridge.rows.batch import MEMORY, Batch, Memo
from crm_desktop.bridge.sheets.mapping import custom_name
from crm_desktop.bridge.sheets.neighbours import is_dialling_header
from crm_desktop.bridge.sheets.synonyms import names_contacts
from crm_desktop.bridge.values.countries import country_code
from crm_desktop.bridge.values.emails import is_email, read_emails, take_emails
from crm_desktop.bridge.values.nothing import says_none
from crm_desktop.bridge.values.phones import Phone, dialled, fast_e164, read_phones
from crm_desktop.bridge.values.phonewords import is_same_as_phone, phone_label
from crm_desktop.bridge.values.text import tidy_line, tidy_text
from crm_desktop.domain.customers import ContactKind
from crm_desktop.domain.imports import ColumnMapping
from crm_desktop.i18n import _

# A contact point as plain tuple: kind, raw, value, label, no id.
Point = tuple[str, str, str | None, str, None]
Columns = Mapping[str, Sequence[tuple[int, ColumnMapping]]]

_MESSENGERS = {
    "微信": "WeChat",
    "we": "WeChat",
    "qq": "QQ",
    "li": "LINE",
    "te": "Telegram",
    "sk": "Skype",
}
_ACCOUNT_HINT = re.compile(r"微信|wechat|weixin|qq|line|telegram|skype", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"(?<![A-Za-z])(微信|wechat|weixin|qq|line|telegram|skype)\s*(?:id|号码?|號碼?|账号|帳號)?\s*[:：]\s*"
    r"@?([A-Za-z0-9][\w.\-]{3,39})(?![\w@])",
    re.IGNORECASE | re.ASCII,
)
_WHATSAPP = "whatsapp"
_SHORTEST = 6
_ROUNDED = "000000"  # what Excel's damage may end with; `read_phones` has a closer look


class PointCleaner:
    """Cleans the contact columns of one sheet."""

    def __init__(
        self,
        columns: Columns,
        countries: tuple[str, ...],
        own: Sequence[tuple[int, ColumnMapping]] = (),
    ) -> None:
        """Compile the cleaners.

        Args:
            columns: place in the row and mapping, by field.
            countries: ISO codes that national numbers are read in, the likeliest first.
            own: columns of own fields; those of contact persons may hold numbers, too.
        """
        self._columns = dict(columns)
        self._countries = countries
        phones = list(columns.get("phone", ()))
        # An area code in the column before is a part of the number.
        self._codes = {
            j: before
            for (before, code), (j, column) in pairwise(phones)
            if column.index == code.index + 1 and is_dialling_header(code.header)
        }
        self._columns["phone"] = [p for p in phones if p[0] not in self._codes.values()]
        self._contacts = [j for j, column in own if names_contacts(column.header)]
        self._contact_memo = Memo(lambda text: _numbers_within(text, countries))
        self._account = Memo(lambda text: "" if says_none(text) else tidy_line(text))
        self._bad: dict[int, dict[str, str]] = {}
        self._phone_memos = {
            j: Memo(self._phone_reader(column, self._bad.setdefault(j, {})))
            for j, column in self._columns.get("phone", ())
        }
        self._email_memos = {
            j: Memo(self._email_reader(column, self._bad.setdefault(j, {})))
            for j, column in self._columns.get("email", ())
        }

    def clean(self, batch: Batch) -> list[tuple[Point, ...]]:
        """The contact points of each row, each value once."""
        self._name_phones(batch)
        columns = [*self._phones(batch), *self._emails(batch), *self._ims(batch)]
        memo = self._contact_memo
        columns += [
            [memo[t] if len(t) > _SHORTEST else () for t in batch.columns[j]]
            for j in self._contacts
        ]
        return _join_points(columns, batch.size)

    def _name_phones(self, batch: Batch) -> None:
        """Put the phone's number where an account says that it is the same: 同手机."""
        phones = self._columns.get("phone", ())
        own = [p for p in phones if p[1].label != _WHATSAPP]
        for j, _column in (*(p for p in phones if p not in own), *self._columns.get("im", ())):
            texts = batch.columns[j]
            same = {text for text in set(texts) if text and is_same_as_phone(text)}
            if same:
                found = [t if t not in same else self._phone_of(batch, i, own) or t
                         for i, t in enumerate(texts)]  # fmt: skip
                batch.columns[j] = found

    def _phone_of(self, batch: Batch, i: int, phones: Sequence[tuple[int, ColumnMapping]]) -> str:
        """A row's number as it stands, that of its mobile phone rather; "" for none."""
        found = [
            (phone_label(phone.label) or column.label, phone.raw)
            for j, column in phones
            for phone in read_phones(batch.columns[j][i], self._countries)
            if phone.value
        ]
        mobile = next((raw for label, raw in found if label == "mobile"), "")
        return mobile or next((raw for label, raw in found if label != "fax"), "")

    def _phones(self, batch: Batch) -> list[list[tuple[Point, ...]]]:
        result = []
        home = self._countries[0] if self._countries else ""
        for j, before in self._codes.items():
            codes = batch.columns[before]
            batch.columns[j] = list(map(dialled, codes, batch.columns[j]))
        for j, column in self._columns.get("phone", ()):
            if names_contacts(column.header):
                self._keep_names(batch, j, column)
            memo, bad = self._phone_memos[j], self._bad[j]
            label, kind = column.label, ContactKind.PHONE.value
            points: list[tuple[Point, ...]] = [
                ((kind, t, e, label, None),)
                if t and t[-1] != " " and t[-6:] != _ROUNDED and (e := fast_e164(t, home))
                else memo[t]
                for t in batch.columns[j]
            ]
            if bad:
                self._retry_abroad(batch, j, column, points)
            result.append(points)
        return result

    @staticmethod
    def _keep_names(batch: Batch, j: int, column: ColumnMapping) -> None:
        """Below "Attn / Tel" a name without a number is no telephone; it stays an own field's."""
        texts = batch.columns[j]
        names = {t for t in set(texts) if "@" not in t and not any(map(str.isdigit, t))} - {""}
        if not names:
            return
        batch.columns[j] = ["" if t in names else t for t in texts]
        field = custom_name(column.header, column.index)
        for i, text in enumerate(texts):
            if text in names and (kept := tidy_text(text)):
                batch.extras.setdefault(i, []).append((field, kept))

    def _retry_abroad(
        self, batch: Batch, j: int, column: ColumnMapping, points: list[tuple[Point, ...]]
    ) -> None:
        """What is no number at home may be one in the row's own country."""
        bad = self._bad[j]
        countries = self._columns.get("country")
        for i, text in enumerate(batch.columns[j]):
            if text not in bad:
                continue
            if countries and (abroad := country_code(batch.columns[countries[0][0]][i])):
                again, problem = _read_cell(text, (abroad,), column.label)
                if not problem:
                    points[i] = again
                    continue
            batch.report(i, column, text, bad[text])

    def _phone_reader(
        self, column: ColumnMapping, bad: dict[str, str]
    ) -> Callable[[str], tuple[Point, ...]]:
        countries, label = self._countries, column.label

        def read(text: str) -> tuple[Point, ...]:
            points, problem = _read_cell(text, countries, label)
            if problem:
                if len(bad) >= MEMORY:
                    bad.clear()
                bad[text] = problem
            return points

        return read

    def _emails(self, batch: Batch) -> list[list[tuple[Point, ...]]]:
        result: list[list[tuple[Point, ...]]] = []
        for j, column in self._columns.get("email", ()):
            memo, bad = self._email_memos[j], self._bad[j]
            label, kind = column.label, ContactKind.EMAIL.value
            result.append(
                [
                    ((kind, t, t.lower(), label, None),) if is_email(t) else memo[t]
                    for t in batch.columns[j]
                ]
            )
            if bad:
                for i, text in enumerate(batch.columns[j]):
                    if text in bad:
                        batch.report(i, column, text, bad[text])
        return result

    def _email_reader(
        self, column: ColumnMapping, bad: dict[str, str]
    ) -> Callable[[str], tuple[Point, ...]]:
        label, kind, countries = column.label, ContactKind.EMAIL.value, self._countries

        def read(text: str) -> tuple[Point, ...]:
            tidy = tidy_line(text)
            if not tidy or says_none(tidy):
                return ()
            points: list[Point] = []
            for raw, address in read_emails(tidy):
                phones = () if address or "@" in raw else read_phones(raw, countries)
                if any(phone.value for phone in phones):
                    points.extend(_phone_points(phones, ""))
                    continue
                points.append((kind, raw, address, label, None))
                if address is None:
                    if len(bad) >= MEMORY:
                        bad.clear()
                    bad[text] = _("This is not a valid e-mail address.")
            return tuple(points)

        return read

    def _ims(self, batch: Batch) -> list[list[tuple[Point, ...]]]:
        kind, line, email = ContactKind.IM.value, self._account, ContactKind.EMAIL.value
        return [
            [
                ((email, s, s.lower(), "", None),)
                if (s := line[t]) and column.label == "QQ" and is_email(s)  # below "QQ/邮箱"
                else ((kind, s, s, column.label, None),)
                if s
                else ()
                for t in batch.columns[j]
            ]
            for j, column in self._columns.get("im", ())
        ]


def _read_cell(text: str, countries: tuple[str, ...], label: str) -> tuple[tuple[Point, ...], str]:
    """The points of a cell of phone numbers, e-mail addresses among them, and what is wrong."""
    if says_none(text):
        return (), ""
    tidy, accounts = _take_accounts(tidy_text(text), countries)
    if accounts and not any(c.isalnum() for c in tidy):
        return accounts, ""
    addresses: list[str] = []
    if "@" in tidy:
        tidy, addresses = take_emails(tidy)
    points = tuple((ContactKind.EMAIL.value, a, a.lower(), "", None) for a in addresses) + accounts
    if addresses and not any(c.isdigit() for c in tidy):
        # Only the words around an address: they stay with it.
        return (_with_raw(points[0], tidy_text(text)), *points[1:]), ""
    phones = read_phones(tidy, countries)
    problem = ""
    if any(phone.damaged for phone in phones):
        problem = _("This number was damaged by Excel; its last digits are lost.")
    elif any(phone.value is None for phone in phones):
        problem = _("This is not a valid phone number.")
    return _phone_points(phones, label) + points, problem


def _numbers_within(text: str, countries: tuple[str, ...]) -> tuple[Point, ...]:
    """The numbers of a cell that stays as it is, with whose they are: 司机老冯13570301102."""
    if sum(map(str.isdigit, text)) <= _SHORTEST:
        return ()
    phones = read_phones(tidy_text(text), countries)
    return _phone_points([phone for phone in phones if phone.value], "")


def _take_accounts(text: str, countries: tuple[str, ...]) -> tuple[str, tuple[Point, ...]]:
    """Take messengers' accounts out of a cell: "手机：13655550001 微信：zyt_99"."""
    found: list[Point] = []

    def taken(match: re.Match[str]) -> str:
        name, account = match.groups()
        label = _MESSENGERS[name[:2].casefold()]
        # WeChat's account is often the number itself, and somebody will ring it.
        if label != "QQ" and any(phone.value for phone in read_phones(account, countries)):
            return match.group()
        found.append((ContactKind.IM.value, account, account, label, None))
        return " "

    if not _ACCOUNT_HINT.search(text):
        return text, ()
    rest = _ACCOUNT.sub(taken, text)
    return (rest.strip(" ,;/，；、|") if found else text), tuple(found)


def _with_raw(point: Point, raw: str) -> Point:
    return (point[0], raw, point[2], point[3], point[4])


def _phone_points(phones: Sequence[Phone], label: str) -> tuple[Point, ...]:
    kind = ContactKind.PHONE.value
    return tuple((kind, phone.raw, phone.value, _label(phone, label), None) for phone in phones)


def _label(phone: Phone, column: str) -> str:
    """The label that the cell gives, else the column's; the number's extension behind it."""
    label = (phone_label(phone.label) if phone.label else "") or column
    if not phone.extension:
        return label
    extension = _("ext. {number}").format(number=phone.extension)
    return f"{label} {extension}" if label else extension


def _join_points(columns: list[list[tuple[Point, ...]]], size: int) -> list[tuple[Point, ...]]:
    """Put the contact points of a row's columns together, each value once."""
    if not columns:
        return [()] * size
    if len(columns) == 1:
        rows = columns[0]
    else:
        rows = [tuple(chain.from_iterable(row)) for row in zip(*columns, strict=True)]
    return [_once(points) if len(points) > 1 else points for points in rows]


def _once(points: tuple[Point, ...]) -> tuple[Point, ...]:
    keys = {(p[0], p[2] or p[1]) for p in points}
    if len(keys) == len(points):
        return points
    first: dict[tuple[str, str], Point] = {}
    for point in points:
        key = (point[0], point[2] or point[1])
        known = first.setdefault(key, point)
        if point[0] == ContactKind.PHONE.value and _WHATSAPP in (known[3], point[3]) and (
            known[3] != point[3]
        ):  # fmt: skip
            # The number that is rung and the one that is written to: neither of them is lost.
            first[key] = point if known[3] == _WHATSAPP else known
            account = (ContactKind.IM.value, *point[1:3], "WhatsApp", None)
            first.setdefault((account[0], key[1]), account)
    return tuple(first.values())
