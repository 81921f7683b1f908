"""What shows that a customer is an organisation: its legal form, its office, its tax number."""

from __future__ import annotations

import re

from crm_desktop.bridge.values.institutions import is_institution
from crm_desktop.bridge.values.text import narrow

_LEGAL_FORMS = frozenset(
    (
        *(
            "lda",
            "ltda",
            "limitada",
            "sa",
            "unipessoal",
            "sociedade",
            "eireli",
            "crl",
            "s/a",
            "a/s",
        ),
        *("ltd", "limited", "inc", "llc", "llp", "plc", "corp", "corporation", "pty"),
        *("gmbh", "ag", "kg", "ohg", "ug", "ev", "srl", "spa", "sl", "slu", "sarl", "sas", "eurl"),
        *("gbr", "kgaa", "mbh", "snc", "sll", "sasu", "asbl", "cooperativa"),
        *("bv", "nv", "oy", "oyj", "ab", "as", "aps", "bhd", "company", "sprl", "bvba"),
        *("(haftungsbeschränkt)", "scop", "srls", "scarl", "sgps", "pllc"),
    )
)
# Their letters are names and words too: Anna Ek, Jose Co. Only as they are written here do they
# make a firm: with points, in capitals behind a name, or behind an ampersand.
_AS_WRITTEN = re.compile(
    r"[\s,](?:e\. ?[KV]\.?|e\.? ?K(?:fm|fr)\.?|eK|e\. ?U\.?|eU|C\. ?B\.?|S\. ?A\. ?U\.?|"
    r"S\. ?L\. ?P\.?|Co\.|CO\.)$|"
    r",\s*(?:C\.?B|S\.?C|S\.?A\.?U|S\.?L\.?P)\.?$|"
    r"(?:&|\b[ey]t?) ?(?:[Cc]o|CO|[Cc]ie|CIE|[Cc][ií]a|C[IÍ]A)\.?$"
)
# "Mar Alto S. A."; other letters apart are the initials of a person.
_APART = frozenset(("sa", "sl"))
# What `_AS_WRITTEN` and `_PARTNERS` end in, without points.
_LAST_LETTERS = frozenset(
    (
        *("k", "ek", "ekfm", "ekfr", "u", "eu", "v", "ev", "b", "cb", "c", "sc", "sau", "slp", "p"),
        *("co", "cia", "cía", "cie"),
    )
)
_LEGAL_FORMS_CJK = (
    "公司",
    "集团",
    "集團",
    "企业",
    "企業",
    "株式会社",
    "有限会社",
    "주식회사",
    "合伙企业",
)
_PARTNERS = re.compile(r"\S (?:&|[ey]|et|und) (?:c(?:[ií]a|ie|o)?\.?)$|\be\. ?k\.?$", re.IGNORECASE)
# Brazilian forms that are also names of people, who are written in capitals on some lists.
_BRAZILIAN = re.compile(r"(.*?\S) +(- *)?(ME|MEI|EPP)\.?")
_BRAZILIAN_ENDS = ("ME", "MEI", "EPP", "ME.", "MEI.", "EPP.")
_LEADING = re.compile(
    # Acronyms stand in capitals: Earl and Sci are names.
    r"(?:(?:S\.?A\.?R\.?L|E\.?A\.?R\.?L(?=.*[a-zà-ÿ]|\.? (?:D|L[AE]))|"
    r"E\.?U\.?R\.?L|S\.?C\.?I|S\.?C\.?E\.?A|S\.?A\.?S\.?U?|"
    r"S\.?E\.?L\.?A\.?R\.?L|G\.?A\.?E\.?C|S\.?N\.?C|SCOP|CUMA|ETS|Ets|Éts|CEIP|IES)\.?"
    r"|(?i:sarl|eurl|gaec|[ée]tablissements|mairie|communaut[ée] (?:de communes|d.agglom\w+)|"
    r"(?:commune|ville|comune|citt[àa]|city|munic[ií]pio|municipalit[àa]|conc[ei]jo) "
    r"(?:de|du|des|di|do|da|of)|commune d['’]\w*|"
    r"conseil (?:municipal|d[ée]partemental|r[ée]gional)|"
    r"c[âa]mara municipal|junta de freguesia|prefeitura|santa casa da miseric[óo]rdia|"
    r"bombeiros volunt[áa]rios|agrupamento de escolas|"
    r"(?:excmo\.? )?ayuntamiento|ayto\.?|diputaci[óo]n|"
    r"comunidad de (?:propietarios|vecinos|bienes)|"
    r"gemeinde|kirchengemeinde|stadtverwaltung|stadt|landratsamt|landkreis|kreisverwaltung|"
    r"freiwillige feuerwehr|fa\.|firma|ditta|"
    r"associa[çc][ãa]o|asociaci[óo]n|association|associazione|"
    r"funda[çc][ãa]o|fundaci[óo]n|fondation|fondazione))"
    r" +\w"
)  # fmt: skip
_TAX_WORDS = re.compile(
    r"\bcnpj\b|\bcpf\b|\bnif\b|\bnipc\b|contribuinte|\bcif\b|税号|纳税人|信用代码|"
    r"^(?:n )?doc(?:umento)?$|tax (?:id|n)"
)
_CNPJ = re.compile(r"\d{2}\.\d{3}\.\d{3}/\d{4}-?\d{2}|\d{14}")
_CNPJ_WEIGHTS = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
_CIF = re.compile(r"[A-HJNP-SUVW]\d{7}[0-9A-J]")
# Portugal's firms and public bodies; Angola's have a figure more.
_NIPC = re.compile(r"(?:PT)?(?:[56]\d{8}|5\d{9})")
_NIF_LENGTH, _CPF_LENGTH = 9, 11
_CREDIT_CODE = re.compile(r"[159ANY][1-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_CHINESE_CARD = re.compile(r"\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dX]")


def is_organisation_name(text: str) -> bool:
    """Whether a name is surely an organisation's: by its legal form, its office, or its trade."""
    if not text.isascii() and text.endswith(_LEGAL_FORMS_CJK):
        return True
    words = text.casefold().replace(",", " ").split()
    if len(words) < 2:
        return not text.isascii() and is_institution(text, words)
    last = words[-1].replace(".", "")
    if len(last) == 1 and len(before := words[-2].replace(".", "")) == 1:
        last = before + last if before + last in _APART else last
    if last in _LEGAL_FORMS or ("-" in last and not _LEGAL_FORMS.isdisjoint(last.split("-"))):
        return True
    if last.lstrip("&") in _LAST_LETTERS and (
        _PARTNERS.search(text) or _AS_WRITTEN.search(text.strip())
    ):
        return True
    if _LEADING.match(text) or is_institution(text, words):
        return True
    return text.endswith(_BRAZILIAN_ENDS) and _is_brazilian(text)


def _is_brazilian(text: str) -> bool:
    found = _BRAZILIAN.fullmatch(text)
    if found is None:
        return False
    name, dash, form = found.groups()
    if dash or not name.isupper() or is_organisation_name(name):
        return True
    return form != "MEI" and " " in name


def holds_tax_numbers(header_words: str) -> bool:
    """Whether a header, folded to words, stands over numbers that tell firms from persons."""
    return _TAX_WORDS.search(header_words) is not None


def is_firm_number(text: str, header_words: str) -> bool:
    """Whether a tax number is one that only organisations have.

    Args:
        text: a cell.
        header_words: its column's header, folded to words.
    """
    if len(text) == _NIF_LENGTH and text[0] not in "56" and text.isdecimal():
        return False  # a person's in Portugal, and nobody's elsewhere: most cells of most lists
    plain = narrow(text).strip().upper()
    bare = re.sub(r"[\s./-]", "", plain)
    if _CNPJ.fullmatch(plain) or ("cnpj" in header_words and _is_short_cnpj(bare)):
        return True
    if "信用代码" in header_words or "税" in header_words:
        return _CREDIT_CODE.fullmatch(bare) is not None and not _CHINESE_CARD.fullmatch(bare)
    if _CIF.fullmatch(bare):
        return True
    portuguese = re.search(r"\bnif\b|\bnipc\b|contribuinte", header_words)
    return portuguese is not None and _NIPC.fullmatch(bare) is not None


def is_person_number(text: str, header_words: str) -> bool:
    """Whether a tax number is one that only persons have, by its check digits: CPF, NIF.

    Args:
        text: a cell.
        header_words: its column's header, folded to words.
    """
    bare = re.sub(r"[\s./-]", "", narrow(text))
    if not bare.isdecimal():
        return False
    if "cpf" in header_words and 9 <= len(bare) <= _CPF_LENGTH:  # Excel takes leading zeros
        return _is_cpf(bare.zfill(_CPF_LENGTH))
    portuguese = re.search(r"\bnif\b|contribuinte", header_words)
    if portuguese is None or len(bare) != _NIF_LENGTH or bare[0] not in "123":
        return False
    rest = sum(int(c) * w for c, w in zip(bare, range(9, 1, -1), strict=False)) % 11
    return int(bare[-1]) == (0 if rest < 2 else 11 - rest)


def _is_cpf(figures: str) -> bool:
    digits = [int(c) for c in figures]
    if len(set(digits)) == 1:
        return False
    for place in (9, 10):
        weights = range(place + 1, 1, -1)
        rest = sum(d * w for d, w in zip(digits[:place], weights, strict=True)) * 10 % 11
        if digits[place] != rest % 10:
            return False
    return True


def _is_short_cnpj(figures: str) -> bool:
    """Whether a CNPJ stands here whose leading zeros Excel took: its check digits tell."""
    if not figures.isdecimal() or not 12 <= len(figures) <= 14:
        return False
    digits = [int(c) for c in figures.zfill(14)]
    for place in (12, 13):
        weights = _CNPJ_WEIGHTS[13 - place :]
        rest = sum(d * w for d, w in zip(digits[:place], weights, strict=True)) % 11
        if digits[place] != (0 if rest < 2 else 11 - rest):
            return False
    return True
