"""Cells that hold all by which somebody is reached: "13905881102 微信 bao_66 温州市信河街33号"."""

from __future__ import annotations

import re
from typing import NamedTuple

from crm_desktop.bridge.values.emails import take_emails
from crm_desktop.bridge.values.phones import read_phones
from crm_desktop.bridge.values.postal import Postal, split_address
from crm_desktop.bridge.values.text import has_cjk

# Whose number it is, before it; any other word belongs to the address.
_RUN = re.compile(
    r"(?P<label>(?:[\u3400-\u9fff]{0,4}(?:电话|手机|号码|座机|固话|联系方式)|"
    r"\b(?:tel|telef|telefone|phone|mobile|cell|mob|tlm|telem|celular|cel|fone)\b\.?)?)[\s:]*"
    r"(?P<number>[+(]*\d[\d\s().\-/+]{4,}\d)(?P<same>\s*[(]?微信同(?:号|步)[)]?)?",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?P<name>微信|wx|wechat|weixin|vx|qq)\s*(?:id|号码?|账号)?\s*[:]?\s*"
    r"(?P<account>[A-Za-z][\w\-]{4,29})(?![\w@])",
    re.IGNORECASE | re.ASCII,
)
_NAMES = {"q": "QQ"}
# What only says what stands beside it, or that there is none.
_WORDS = re.compile(
    r"(?:收货|送货|通讯|家庭|联系)?(?:地址|住址)|"
    r"(?:联系)?(?:电话|手机|方式|号码|微信号?)(?=[\s:,;/|()]|$)|"  # 手机城 is a place
    r"[(]?(?:没有?|无)(?:电话|手机|微信)[)]?|"
    r"\b(?:address|addr|morada|endere[cç]o|direcci[oó]n|tel|phone|mobile|tlm|telem[oó]vel|cel)\b\.?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,;/|()]+")
_EDGE = " \t\n,;:/|.-()"


class Squeezed(NamedTuple):
    """Such a cell taken apart.

    Attributes:
        reached: numbers, accounts and e-mail addresses with their words, `; ` between them.
        address: None where there is none.
        rest: what is neither.
    """

    reached: str
    address: Postal | None
    rest: str


def take_apart(text: str, countries: tuple[str, ...]) -> Squeezed | None:
    """Take a cell apart; None where nobody is reached by it.

    Args:
        text: the cell, tidy and with narrow marks.
        countries: ISO codes that phone numbers are read in, the likeliest first.
    """
    found: list[str] = []

    def account(match: re.Match[str]) -> str:
        name = _NAMES.get(match["name"][0].casefold(), "微信")
        found.append(f"{name}: {match['account']}")
        return ";"

    def number(match: re.Match[str]) -> str:
        phones = read_phones(match["number"], countries)
        if not phones or not all(phone.value for phone in phones):
            return match.group()
        label = match["label"] if not _WORDS.fullmatch(match["label"]) else ""
        same = (match["same"] or "").strip(_EDGE)
        found.append(f"{label} {match['number'].strip()} {same}".strip())
        return ";"

    rest, emails = take_emails(text) if "@" in text else (text, [])
    rest = _RUN.sub(number, _ACCOUNT.sub(account, rest))
    found += emails
    if not found:
        return None
    rest = _WORDS.sub(" ", rest).strip(_EDGE)
    if not has_cjk(rest):
        address = split_address(rest) if rest else None
        return Squeezed("; ".join(found), address, "" if address else rest)
    pieces = [piece for one in _BETWEEN.split(rest) if (piece := one.strip(_EDGE))]
    for place, piece in enumerate(pieces):
        if (address := split_address(piece)) is not None:
            others = (*pieces[:place], *pieces[place + 1 :])
            return Squeezed("; ".join(found), address, ", ".join(others))
    return Squeezed("; ".join(found), None, ", ".join(pieces))
