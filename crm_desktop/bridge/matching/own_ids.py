"""Numbers that name one customer and nobody else: tax number, identity card, customer number."""

from __future__ import annotations

import re
from functools import lru_cache

from crm_desktop.bridge.sheets.synonyms import header_words
from crm_desktop.bridge.values.organisations import is_person_number
from crm_desktop.bridge.values.text import has_cjk

_KINDS = (
    (
        "tax",
        re.compile(
            r"\bnif\b|contribuinte|\bnipc\b|\bcpf\b|\bcnpj\b|\bcif\b|\bnie\b|\btin\b|\bein\b|"
            r"tax (?:id|n)|\bvat (?:id|n)|steuer|ust ?id|partita iva|\bp ?iva\b|codice fiscale|"
            r"siret|税号|纳税人|信用代码|统一编号|инн|사업자등록번호|사업자번호"
        ),
    ),
    (
        "card",
        re.compile(
            r"身[份分]证|\bdni\b|cartao (?:de )?cidadao|bilhete de identidade|identity card|"
            r"id card|national id|\bssn\b|social security|personalausweis|주민등록번호|снилс"
        ),
    ),
    (
        "passport",
        re.compile(
            r"(?:passport|passaporte|pasaporte|passeport|reisepass|passaporto)(?: n\w*)?$|"
            r"n\w* (?:de |do )?(?:passport|passaporte|pasaporte|passeport)|"
            r"护照(?:号码?)?$|旅券番号|パスポート番号|여권번호|загранпаспорт"
        ),
    ),
    (
        "customer",
        re.compile(
            r"(?:customer|client|member) (?:id|no|n|nr|number|code)\b|"
            r"(?:n|no|n o|nr|num|numero|cod|codigo|id)(?: d[eo])? (?:cliente|socio)\b|"
            r"\b(?:cliente|socio|client|customer) (?:n|no|n o|nr|num|numero)$|"
            r"客户(?:编号|代码|号)|会员(?:编?号|卡号)|kunden ?(?:nummer|nr)|"
            r"顧客(?:番号|コード)|会員番号|고객번호|회원번호|(?:код|номер) клиента|"
            r"(?:codice|numero|n) client[ei]?\b"
        ),
    ),
)
# "证件号码" may be a card's, a passport's or a permit's: the number itself says which.
DOCUMENT = "document"
_CPF = 11  # figures
_DOCUMENTS = re.compile(
    r"(?:有效)?证件(?:编?号码?|编码)|(?:identity|identification) (?:document|doc)(?: n\w*)?|"
    r"id (?:n|no|nr|num|number|doc|document)(?: n\w*)?|identity (?:no|nr|number)|"
    r"doc(?:umento)?(?: n\w*)?(?: d[eo])?(?: (?:identi\w+|id))?|n\w*(?: o)? d[eo] (?:doc|documento)"
    r"(?: d[eo] identi\w+)?|(?:n|no|nr|n o|num|numero) (?:doc|documento)|bi cc|cc bi|bi|cc|n cc|rg|"
    r"cedula(?: d[eo] identi\w+)?"
)
# As China and Taiwan number their people.
_CARD = re.compile(
    r"\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dX]|[A-Z][1289]\d{8}"
)
# A column that merely numbers its rows: it tells somebody only by a code, such as XJ001.
_ROW_CODE = re.compile(
    r"(?:(?:client|customer|file|card|ficha|processo) )?(?:n|no|nr|num|numero|number|id|cod|codigo|"
    r"code|ref|reference|referencia|ficha|processo)(?: (?:ficha|processo|cliente))?|"
    r"(?:客户|档案|卡片?)?(?:编号|编码|代码|号码)|番号|번호"
)
# Of what is one customer's: a car, an animal. Whoever has the same name and the same is the same.
_OF_A_THING = re.compile(
    r"(?:n\w* )?(?:de |da |do )?(?:matricula|placa|plate|reg(?:istration)? (?:n\w*|plate|number)|"
    r"(?:license|licence|number) plate|vrm|vin|chassis?|n\w* (?:de |do )?chassis?|"
    r"microchip|chip)(?: (?:n\w*|number))?|"
    r"车牌号?码?|車牌號?碼?|车牌|車牌|车架号?|車架號?|车辆识别[代号]码?|芯片号?|晶片號?"
)
_THING = re.compile(r"(?=.*\d)[0-9A-Z]{4,20}")
CODE = "code:"
_CODE = re.compile(r"[A-Z]{1,4}[0-9]{2,7}")
# Nobody has two of these.
_STATE_ISSUED = frozenset(("tax", "card"))
_VALUE = re.compile(r"[^0-9A-Za-z]+")
# What shops enter for those who give none.
_NOBODY = frozenset(("999999990", "123456789", "000000000", "111111111111111111"))


@lru_cache(maxsize=1024)
def id_kind(field: str) -> str:
    """Which kind of own number a custom field holds, by its name; "" for none."""
    words = header_words(field)
    found = next((kind for kind, pattern in _KINDS if pattern.search(words)), "")
    return found or (DOCUMENT if _DOCUMENTS.fullmatch(words) else "")


@lru_cache(maxsize=1024)
def is_row_code(field: str) -> bool:
    """Whether a custom field, by its name, may hold codes of customers: 编号, Ref, Nº ficha."""
    return _ROW_CODE.fullmatch(header_words(field)) is not None


@lru_cache(maxsize=1024)
def is_of_a_thing(field: str) -> bool:
    """Whether a custom field, by its name, holds numbers of cars or of animals' chips."""
    return _OF_A_THING.fullmatch(header_words(field)) is not None


@lru_cache(maxsize=1024)
def tells_somebody(field: str) -> bool:
    """Whether a custom field, by its name, may tell its customer from others."""
    return bool(id_kind(field)) or is_row_code(field) or is_of_a_thing(field)


def code_key(field: str, value: str) -> str:
    """A key to compare codes of a field by, whose equal names alone make one customer.

    XJ001, CL-0042 of a list, the plate of a car; "" for a mere figure, which counts rows, and
    for a field that holds no codes.
    """
    if is_row_code(field):
        plain = _VALUE.sub("", value).upper()
        return f"{CODE}{plain}" if _CODE.fullmatch(plain) else ""
    if is_of_a_thing(field):
        plain = _VALUE.sub("", value).upper()
        # The province's sign of a Chinese plate tells it from another one's.
        said = "".join(filter(has_cjk, value))[:2]
        return f"{CODE}{said}{plain}" if _THING.fullmatch(plain) else ""
    return ""


def id_key(kind: str, value: str) -> str:
    """A key to compare own numbers by; "" for one that says nothing, such as 0 or n/a."""
    plain = value
    if not (value.isascii() and value.isdigit()):
        plain = _VALUE.sub("", value).upper()
    figures = len(plain) if plain.isdigit() else sum(c.isdigit() for c in plain)
    least = 1 if kind == "customer" else 5
    if figures < least or len(set(plain)) < 2 or plain in _NOBODY:
        return ""
    if kind == DOCUMENT:
        # One list has the card under its own name, the next whatever paper somebody showed.
        kind = "tax" if len(plain) == _CPF and is_person_number(plain, "cpf") else "card"
    return f"{kind}:{plain}"


def is_state_issued(kind: str, key: str) -> bool:
    """Whether two different numbers of a kind are two customers'.

    Args:
        kind: of the field, by its name (`id_kind`).
        key: of the number (`id_key`).
    """
    if kind == DOCUMENT:  # he may have shown his passport in another year
        return key.startswith("tax:") or _CARD.fullmatch(key.partition(":")[2]) is not None
    return kind in _STATE_ISSUED
