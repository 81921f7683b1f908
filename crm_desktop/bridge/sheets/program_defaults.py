"""Columns of address books' exports in which every row has what the program itself puts there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from crm_desktop.bridge.sheets.neighbours import Column
from crm_desktop.bridge.sheets.synonyms import header_key, header_words

# Outlook's headers in English, German, Portuguese and Chinese, and what it writes by default.
_DEFAULTS = (
    (
        re.compile(
            r"e ?mail(?: \d)? ?(?:type|typ)|tipo de (?:e ?mail|correio eletronico)(?: \d)?|"
            r"电子邮件(?: ?\d)? ?类型"
        ),
        {"smtp", "ex"},
    ),
    (
        re.compile(r"priority|prioritat|prioridade|优先级"),
        {"normal", "标准", "普通"},
    ),
    (re.compile(r"private|privat|particular|privado|私有|私密"), {"false", "aus", "falso", "否"}),
    (
        re.compile(r"sensitivity|vertraulichkeit|sensibilidade|confidencialidade|敏感度"),
        {"normal", "普通"},
    ),
    (
        re.compile(r"gender|geschlecht|sexo|genero|性别"),
        {"unspecified", "keine angabe", "não especificado", "未指定"},
    ),
    (
        re.compile(r"(?:wedding )?anniversary|jahrestag|aniversario de casamento|纪念日"),
        {"0/0/00", "0.0.00", "00/00/00", "0-0-00"},
    ),
)
_INITIALS = re.compile(r"initials|initialen|iniciais|缩写")
_SHORT = re.compile(r"(?:[^\W\d_]\.\s?){1,5}")
# The headers of names to be shown beside addresses, of Outlook and others.
_DISPLAYED = re.compile(
    r"display name|displayname|angezeigter name|anzeigename|nome (?:a apresentar|para exibicao|"
    r"de exibicao|de apresentacao)|nom (?:complet|affiche|d affichage)|nombre para mostrar|"
    r"显示名称?|显示为|显示姓名"
)
_FEWEST = 2


def default_columns(columns: Collection[Column]) -> set[int]:
    """The places of columns that say nothing of anybody; none where it is no such export."""
    found = {column.position for column in columns if _is_default(column)}
    repeating = {column.position for column in columns if _repeats(column, columns)}
    if len(found) < _FEWEST:
        return repeating
    return found | repeating | {column.position for column in columns if _holds_initials(column)}


def _repeats(column: Column, columns: Collection[Column]) -> bool:
    """Whether a "display name" says nothing but the names and addresses of the same row."""
    if not _DISPLAYED.search(header_words(column.header)) or not any(column.texts):
        return False
    others = [
        c for c in columns if c is not column and not _DISPLAYED.search(header_words(c.header))
    ]
    return all(
        _is_said(text, (c.texts[i] for c in others if i < len(c.texts)))
        for i, text in enumerate(column.texts)
    )


def _is_said(text: str, cells: Iterable[str]) -> bool:
    """Whether a text is made of other cells, in any order."""
    rest = header_key(text)
    for key in sorted(map(header_key, cells) if rest else (), key=len, reverse=True):
        if len(key) > 1 or not key.isascii():
            rest = rest.replace(key, "", 1)
    return not rest


def _is_default(column: Column) -> bool:
    words, texts = header_words(column.header), {t.casefold() for t in column.texts if t}
    return bool(texts) and any(
        head.fullmatch(words) and texts <= values for head, values in _DEFAULTS
    )


def _holds_initials(column: Column) -> bool:
    texts = [t for t in column.texts if t]
    if not texts or not _INITIALS.fullmatch(header_words(column.header)):
        return False
    return all(_SHORT.fullmatch(t) for t in texts)
