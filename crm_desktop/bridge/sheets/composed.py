"""Headers that are put together of a field, a label and a number: "Business Street 2"."""

from __future__ import annotations

import re
from typing import NamedTuple

# Longer phrases first: "country region" is one field.
_FIELD_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("country", re.compile(
        r"\bcountry(?: (?:or )?region)?\b|\bland(?: region)?\b|\bpais(?: regiao)?\b|\bpays\b|"
        r"\bpaese\b|国家(?: ?(?:或|/)? ?地区)?"
    )),
    ("postcode", re.compile(
        r"\b(?:postal|post|zip) ?code\b|\bzip\b|\bpostleitzahl\b|\bplz\b|\bcep\b|"
        r"\b(?:codigo|cod) postal\b|\bcode postal\b|邮政编码|邮编"
    )),
    ("region", re.compile(
        r"\bst(?:ate)?(?: (?:or )?province)?\b|\bprovince\b|\bregion\b|\bcounty\b|"
        r"\bbundesland(?: kanton)?\b|\bkanton\b|\bestado\b|\bdistrito\b|\bprovincia\b|"
        r"省 ?市 ?自治区|省 ?直辖市|省份|\b省\b"
    )),
    ("city", re.compile(
        r"\bcity\b|\btown\b|\bort\b|\bstadt\b|\bcidade\b|\blocalidade\b|\bciudad\b|\bville\b|"
        r"\bcitta\b|市 ?县|县 ?市|城市"
    )),
    ("email", re.compile(
        r"\be ?mail(?: address| adresse)?\b|(?:\b(?:endereco|direccion) (?:de )?)?\b(?:e ?mail|"
        r"correio (?:electronico|eletronico)|correo electronico)\b|电子邮件(?: ?地址)?|"
        r"电邮(?:地址)?"
    )),
    ("fax", re.compile(r"\b(?:tele)?fax\b|传真(?:号码?)?")),
    ("mobile", re.compile(
        r"\bmobile(?: (?:phone|number))?\b|\bmobiltelefon\b|\bhandy\b|\btelemovel\b|"
        r"\btelefone celular\b|\bcelular\b|移动电话|手机(?:号码?)?"
    )),
    ("phone", re.compile(
        r"\b(?:tele)?phone(?: number)?\b|\bph\b|\btelefone?\b|\btelefono\b|\btel\b|电话(?:号码?)?"
    )),
    ("street", re.compile(
        r"\bstreet(?: address)?\b|\bstrasse\b|\brua\b|\bmorada\b|\blogradouro\b|\bcalle\b|"
        r"\brue\b|街道(?: ?地址)?"
    )),
)  # fmt: skip
_LABEL_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("work", re.compile(
        r"\bbusiness\b|\bwork\b|\boffice\b|\bcompany(?: main)?\b|\bgeschaftlich\b|\bdienstlich\b|"
        r"\bfirma\b|\bcomercial\b|\bemprego\b|\btrabalho\b|\bempresa\b|\bprofissional\b|"
        r"\btrabajo\b|\bprofessionnel(?:le)?\b|商务|单位(?:主要)?|公司|办公|工作"
    )),
    ("home", re.compile(
        r"\bhome\b|\bprivate?\b|\bresidencial\b|\bresidencia\b|\bcasa\b|\bpessoal\b|"
        r"\bdomicile\b|\bparticular\b|住宅|家庭"
    )),
    ("other", re.compile(r"\bother\b|\bweiter(?:es? r|es? e|er|es|e)\b|\boutr[oa]\b|其他|其它")),
    ("billing", re.compile(r"\bbill(?:ing| to)\b|\binvoice\b|\bfaturacao\b|\bcobranca\b|账单")),
    ("shipping", re.compile(
        r"\bship(?:ping)?(?: to)?\b|\bdeliver(?:y|y to| to)\b|\bentrega\b|送货"
    )),
)  # fmt: skip
_FILL_WORDS = re.compile(
    r"\b(?:address|adresse|endereco|d[aeo]|of|the|e|number|no|nr|principal)\b|地址|\s+"
)
_NUMBER = re.compile(r"(?<!\d)[1-9](?!\d)")


class Parts(NamedTuple):
    """What the words of a header say.

    Attributes:
        fields: those that they name.
        label: "work", "home" …; "" for none.
        rest: the words that say nothing of this.
        number: of several columns of a kind, 1 without one.
    """

    fields: list[str]
    label: str
    rest: str
    number: int


def parts_of(words: str) -> Parts:
    """Take a header, folded by `header_words`, apart."""
    number = 1
    if found := _NUMBER.search(words):
        number = int(found.group(0))
        words = _NUMBER.sub(" ", words, count=1)
    fields = []
    for field, pattern in _FIELD_WORDS:
        words, count = pattern.subn(" ", words)
        if count:
            fields.append(field)
    label = ""
    for name, pattern in _LABEL_WORDS:
        words, count = pattern.subn(" ", words)
        if count and not label:
            label = name
    return Parts(fields, label, _FILL_WORDS.sub(" ", words).strip(), number)


def composed(words: str) -> tuple[str, str] | None:
    """Field and label of headers put together: `Business Street 2`, `Ort privat`, `住宅电话`.

    Nothing else may stand in them, so that they are as sure as a known header.

    Args:
        words: of the header, folded by `header_words`.
    """
    fields, label, rest, number = parts_of(words)
    if rest or len(fields) != 1 or not (label or number > 1):
        return None
    field = fields[0]
    if field == "fax":
        return "phone", "fax"
    if field == "mobile":
        return "phone", "mobile"
    if field == "street" and number > 1:
        return "street2", label
    return field, label
