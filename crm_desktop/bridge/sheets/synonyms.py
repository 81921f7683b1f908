"""What column headers mean, in English, Portuguese, Chinese, Spanish, French, German, Italian.

Keys are folded by `header_key`: no case, width, accents, blanks, punctuation; traditional
characters that occur in headers are made simplified. Pseudo-fields, resolved by `mapping`:
`contact_person` (a person beside an organisation), `contact` (name, phone or e-mail: the values
tell), `custom` (surely none of our fields, so that its values are never mistaken for one), and
those of `words_facts`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from crm_desktop.bridge.sheets import other_countries
from crm_desktop.bridge.sheets import words as vocabulary
from crm_desktop.bridge.sheets import words_facts as facts
from crm_desktop.bridge.sheets import words_more as more
from crm_desktop.bridge.sheets import words_people as people
from crm_desktop.bridge.sheets import words_trades as trades
from crm_desktop.bridge.sheets.composed import composed, parts_of
from crm_desktop.bridge.sheets.endings import without_gender
from crm_desktop.bridge.values.text import narrow, strip_marks, tidy_line
from crm_desktop.domain.imports import FACTS


class Meaning(NamedTuple):
    """One thing that a header may mean; weight 0 to 1."""

    field: str
    weight: float
    label: str = ""


_VOCABULARIES = (vocabulary.HEADERS, more.HEADERS, trades.HEADERS, people.HEADERS)
_SIMPLIFY = str.maketrans(vocabulary.TRADITIONAL, vocabulary.SIMPLIFIED)
_FACTS = frozenset((*FACTS, "in_charge", "grade"))
_PERSONS = frozenset(("name", "contact_person"))
_WAYS = frozenset(("phone", "email", "im"))
_NAMED = frozenset(("name", "given_name", "family_name", "organisation"))
_KEEP = re.compile(r"[\W_]+", re.UNICODE)
_CUT = re.compile(r"([^\W\d_]{3,})\.")
_TAIL_NUMBER = re.compile(r"(?<=\D)\d{1,2}$")
_BRACKETS = re.compile(r"[(（\[【<「]([^)）\]】>」]*)[)）\]】>」]")
_PARTS = re.compile(r"\s*[/|\\\n·•:：]\s*|\s+-\s+")
_TWO = re.compile(r"\s*[/&+]\s*|\s+(?:-|and|e|y|et|und)\s+|[及和]", re.IGNORECASE)
_SCRIPTS = re.compile(r"([\u3400-\u9fff][\u3400-\u9fff\d]*)")

_PHONE_WORDS = re.compile(
    r"phone(?!t)|telefon|telephon|telemov|celular|cellular|mobile|movil|handy|tel\b|电话|手机|座机|"
    r"固话|tlm|cellulare|\bfones?\b|"
    # Cut short, before whose it is: "Cel. responsável", "Tfno. tutor".
    r"^(?:cel|telem|tlf|tlfno|telf|tfno|mob|mov|hdy|port|portable)\b"
)
_EMAIL_WORDS = re.compile(r"e ?mail|correio e|邮箱|电子邮|电邮|courriel|correo e")
_STREET_WORDS = re.compile(
    r"\baddress\b|\bstreet\b|morada|enderec|direccion|地址|住址|adresse|anschrift|indirizzo"
)
_POST_WORDS = re.compile(
    r"post ?code|postal code|\bzip\b|cod\w* postal|\bcep\b|邮编|邮政编码|postleitzahl|"
    r"code postal"
)
_CITY_WORDS = re.compile(r"\bcity\b|cidade|localidade|城市|ciudad|\bville\b|\bstadt\b|citta")
_COUNTRY_WORDS = re.compile(r"\bcountry\b|\bpais\b|国家|\bpays\b")
_BIRTH_WORDS = re.compile(
    r"birth ?(?:day|date)|date of birth|nascimento|生日|出生日期|geburts|naissance|nacimiento|"
    r"nascita"
)
_NOTE_WORDS = re.compile(
    r"\bnotes?\b|\bnotas?\b|\bobs\b|observa|备注|bemerk|remark|comment|comentario"
)
_ORGANISATION_WORDS = re.compile(
    r"company name|nome (?:da )?empresa|公司名称|单位名称|razao social|raison sociale|firmenname"
)
_GIVEN_WORDS = re.compile(r"\b(?:first|given|fore) ?names?$|\bprimeiro nome\b|\bnome proprio\b")
_FAMILY_WORDS = re.compile(r"\b(?:last|family) ?names?$|\bsurname$|\bultimo nome\b|\bsobrenome\b")
_NAME_WORDS = re.compile(
    r"(?:customer|client|guest|passenger|full|contact)s? ?name|nome (?:completo|do cliente|"
    r"do hospede|do passageiro)|"
    r"(?:客户|客人|顾客|旅客|会员|学员|车友|宾客)(?:姓名|称呼|名字)|姓名"
)
_FOREIGN_WORDS = re.compile(
    r"emergenc|agent|agencia|hotel|guide|guia|spouse|conjuge|father|mother|\bpai\b|\bmae\b|"
    r"assist|referr|invoice no|助理|经理姓名|"
    r"紧急|导游|配偶|父亲|母亲|推荐|介绍|销售|bank|banco|passp|ip addr|web|valid|verified|opt|"
    r"\bsent\b|birth ?place|birth ?city|"
    r"naturalidade|local de nasc|place of birth|出生地|\bcode\b|area code|区号|type|tipo|类型|"
    r"since|desde|date added|last |ultim|最近|上次"
)
# Something about a phone, an address, a birthday, that is none.
_ABOUT_WORDS = re.compile(
    r"\bmodel|modelo|机型|機型|型号|型號|品牌|operador|contract|套餐|月租|到期|回访|回訪|parking|"
    r"city tax|城市税|城市稅|\bnota (?:fiscal|d[aeo] )|note value|enviad|已(?:送|领|領|印|兑|兌)|"
    r"折扣|优惠|優惠|是否|autoriza|incluso|viagem|\bshow\b|笔划|筆劃|颜色|顏色"
)
_SUPPLIER_WORDS = re.compile(
    r"\b(?:suppliers?|vendors?|fornecedor\w*|proveedor\w*|fournisseurs?|lieferant\w*|fornitor[ei])\b|"
    r"поставщик|供应|供货|厂商|仕入|공급"
)
# What stands beside a number or an address in exports, and is neither.
_BESIDE_WORDS = re.compile(
    r"display name|angezeigter name|exibicao|nome a apresentar|显示名称|显示为|"
    r"\btype?\b|\btipo\b|类型|assist|secretar|助理|manager|vorgesetz|经理|telex|电报"
)
_PO_BOX_WORDS = re.compile(
    r"\bp ?o box\b|postfach|caixa postal|\bapartado\b|boite postale|邮政信箱"
)
# Our own address books' columns: `Phone “weekend house” 2`.
_QUOTED_LABEL = re.compile(r"(.{1,60}?) “([^“”]{1,60})”(?: \d{1,2})?")
_LABELS: tuple[tuple[re.Pattern[str], str], ...] = (
    # Whose number it is says more than what kind it is.
    (re.compile(r"\bemerg|\bnotfall|\burgence|\bsos\b|紧急|緊急"), "emergency"),
    (re.compile(r"\bfamily (?:phone|tel|mobile|cell|number|contact)|家属|家屬"), "family"),
    (re.compile(r"\bfax|telefax|传真"), "fax"),
    (re.compile(r"whats ?app"), "whatsapp"),
    (
        re.compile(
            r"mobile|\bmob\b|\bcell|\bcel\b|celular|\btelem\b|telemov|\btlm\b|\bmov\b|movil|\bmovel|"
            r"\bhdy\b|handy|mobil|手机|移动|行动|手提|portable"
        ),
        "mobile",
    ),
    (
        re.compile(
            r"\bhome\b|\bcasa\b|residenc|domicil|privat|pessoal|personal|家庭|住宅|宅|个人|landline|"
            r"fixo|fijo|fisso|festnetz"
        ),
        "home",
    ),
    (
        re.compile(
            r"\bwork|office|business|company|trabalho|emprego|empresa|escritorio|comercial|办公|"
            r"公司|单位|工作|profission|trabajo|oficina|bureau|ufficio|lavoro|dienst|geschaft"
        ),
        "work",
    ),
    (re.compile(r"billing|faturacao|invoice|账单|发票"), "billing"),
)
# A second way to reach somebody is one like the first.
_ANOTHER = re.compile(
    r"(?:outr[ao]s?|other|another|second|2nd|alt|alternat(?:e|ive)|otr[ao]s?|autres?|altr[aoie]|"
    r"weitere[rsn]?|2[ao]?|segund[ao]) (.+)|(?:其他|其它|另外?|另一个?|备用|第二)(.+)"
)
# The customer himself, by the trade's word; what is said of him is what the other words say.
_HIS = re.compile(
    r"(?:customer|client|guest|patient|member|student|pupil|donor|volunteer|visitor|owner|buyer)s? "
    r"(?P<en>.+)|"
    r"(?P<pt>.+?) d[aeo]s? (?:client\w*|soci\w*|alun\w*|utente|hospede|paciente|formand\w*|"
    r"contat?c?to|comprador\w*|membro)|"
    r"(?:客户|会员|會員|客人|顾客|学员|住客|业主|贵宾|宾客|旅客|患者)"
    r"(?:的|所在)?(?P<zh>.+)"
)
_OF_HIS = frozenset(
    "name given_name family_name birthday tags stage notes street postcode city region country"
    " email im".split()
)
# Scripts, and Chinese characters' words that only Japanese has.
_SCRIPT_HINTS = (
    (
        "ja",
        re.compile(r"[\u3040-\u30ff]|氏名|番号|携帯|会社名|都道府県|市区町村|生年月日|備考|顧客"),
    ),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_LANGUAGE_HINTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("pt", re.compile(
        r"nome|telemov|morada|apelido|contribuinte|nascimento|localidade|observac|codigo postal|"
        r"telefone|sobrenome|endereco|celular|correio|cidade|pais\b|cliente|fone\b|telef|tlm\b|"
        r"ultim[ao]\b|proxim[ao]\b|data\b|dt\b|nasc\b|valor|veiculo|bairro|concelho|freguesia|"
        r"municipio|contat?c?to|empresa|socio|aluno|utente|paciente|preco|quantidade"
    )),
    ("es", re.compile(
        r"apellido|nombre|direccion|correo|poblacion|nacimiento|ciudad|calle|telefono|tfno|"
        r"cliente|movil\b|ultim[ao]\b|proxim[ao]\b|fecha|valor|contacto|empresa|socio|alumno|"
        r"paciente|precio|cantidad|municipio"
    )),
    ("fr", re.compile(r"prenom|\bnom\b|adresse|ville|naissance|courriel|code postal|societe")),
    ("de", re.compile(r"vorname|nachname|strasse|ort\b|plz|geburts|telefon\b|firma\b")),
    ("it", re.compile(
        r"cognome|indirizzo|citta|nascita|cellulare|azienda|cliente|nome|telefono|ultim[ao]\b"
    )),
    ("en", re.compile(r"name|phone|address|birth|city|company|email|notes")),
)  # fmt: skip


def header_words(header: str) -> str:
    """Fold a header to plain lower-case words of one gender, with single blanks between them."""
    text = without_gender(strip_marks(narrow(tidy_line(header)).replace("ß", "ss"))).casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)  # Korean syllables, which lost no marks
    return _KEEP.sub(" ", text.translate(_SIMPLIFY)).strip()


def header_key(header: str) -> str:
    """Fold a header to the key of the synonym table: words without blanks."""
    return header_words(header).replace(" ", "")


def _entries(text: str) -> list[tuple[str, list[str]]]:
    """The lines of a vocabulary: what stands before the bar, and the words behind it."""
    lines = re.sub(r"\n\s+", " ", text.strip()).split("\n")
    parts = (line.partition("|") for line in lines)
    return [(head.strip(), words.split(",")) for head, _bar, words in parts]


def _headers() -> list[tuple[str, list[str]]]:
    return [entry for text in (*_VOCABULARIES, facts.HEADERS) for entry in _entries(text)]


def _build() -> dict[str, tuple[Meaning, ...]]:
    table: dict[str, list[Meaning]] = {}
    for head, listed in _headers():
        field, weight, *label = head.split()
        meaning = Meaning(field, float(weight), label[0] if label else "")
        for word in listed:
            if not (key := header_key(word)):
                continue
            # Before its values have agreed, a header of facts is none of our fields.
            unknown = [Meaning("custom", 1.0)] if field in _FACTS else []
            meanings = table.setdefault(key, unknown)
            if all(m.field != field for m in meanings):
                meanings.append(meaning)
    return {key: tuple(meanings) for key, meanings in table.items()}


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[Meaning, ...]]:
    """The synonym table: what each known header key may mean."""
    return _build()


@lru_cache(maxsize=1)
def head_words() -> frozenset[str]:
    """The known headers as they are mostly written, in lower case: a quick look, not a sure one."""
    listed = [word.strip() for _head, words in _headers() for word in words]
    back = str.maketrans(vocabulary.SIMPLIFIED, vocabulary.TRADITIONAL)
    return frozenset((*listed, *(word.translate(back) for word in listed)))


@lru_cache(maxsize=4096)
def meanings(header: str) -> tuple[Meaning, ...]:
    """All that a header may mean, the likeliest first; empty for one that says nothing to us."""
    known = table()
    words = header_words(header)
    key = words.replace(" ", "")
    if not key:
        return ()
    if found := known.get(key) or known.get(_TAIL_NUMBER.sub("", key)):
        if found[0].field == "organisation" and {"name", "organisation"} == set(_slashed(header)):
            return (Meaning("name", 0.9),)  # "Firma / Name" is not the name of a firm
        return _with_label(found, words)
    if (quoted := _QUOTED_LABEL.fullmatch(header)) and (
        found := known.get(header_key(quoted.group(1)))
    ):
        return tuple(m._replace(label=quoted.group(2)) for m in found)
    if (his := _HIS.fullmatch(words)) and (
        found := known.get(header_key(his["en"] or his["pt"] or his["zh"]))
    ) and found[0].field in _OF_HIS:  # fmt: skip
        return _with_label(found, words, 0.95)
    if (another := _ANOTHER.fullmatch(words)) and (
        found := known.get(header_key(another.group(1) or another.group(2)))
    ) and found[0].field in _WAYS:  # fmt: skip
        return tuple(m._replace(label=m.label or "other") for m in _with_label(found, words))
    if _PO_BOX_WORDS.search(words) or (
        _BESIDE_WORDS.search(words) and (_reaches(words) or parts_of(words).fields)
    ):
        return (Meaning("custom", 0.9),)
    if other_countries.is_of_something_else(words):
        return (Meaning("custom", 0.9),)
    if (made := composed(words)) is not None:
        return (Meaning(made[0], 1.0, made[1]),)
    if holds_region_and_postcode(header):
        return (Meaning("postcode", 0.9, find_label(words)),)
    outside = _BRACKETS.sub(" ", narrow(header))
    outer = header_words(outside)
    if found := known.get(outer.replace(" ", "")) or known.get(
        _TAIL_NUMBER.sub("", outer.replace(" ", ""))
    ):
        return _with_label(found, words, 0.95)
    if found := _numbered(outside):
        return _with_label(found, words, 0.95)
    pieces = [p for p in _PARTS.split(outside) if p]
    pieces += [b for b in _BRACKETS.findall(narrow(header)) if b]
    pieces += _split_scripts(outside)
    found_pieces = [known[k] for p in pieces if (k := header_key(p)) in known]
    if found_pieces:
        fields = {m[0].field for m in found_pieces}
        if "organisation" in fields and fields & _PERSONS:
            return (Meaning("name", 0.9),)  # 单位/联系人: now the one, now the other
        if holds_city_and_region(header):
            return _with_label(known[header_key(header.partition("/")[0])], words, 0.9)
        best = max(found_pieces, key=lambda m: (m[0].field != "custom", m[0].weight))
        return _with_label(best, words, 0.9)
    return _by_words(words) or _shortened(header)


def _slashed(header: str) -> list[str]:
    """The fields of a header's parts between slashes; "" for one that nobody knows."""
    found = (table().get(header_key(part)) for part in header.split("/"))
    return [meanings[0].field if meanings else "" for meanings in found]


@lru_cache(maxsize=1024)
def holds_city_and_region(header: str) -> bool:
    """Whether a header names a city and then its region: "Município / Província"."""
    return "/" in header and _slashed(header) == ["city", "region"]


@lru_cache(maxsize=1024)
def names_contacts(header: str) -> bool:
    """Whether a header speaks of who answers, or of how he does: "Attn / Tel", 联系人."""
    return any(m.field in ("contact", "contact_person") for m in meanings(header)[:1])


def names_suppliers(header: str) -> bool:
    """Whether a header speaks of those whom the firm buys from."""
    return _SUPPLIER_WORDS.search(header_words(header)) is not None


@lru_cache(maxsize=1024)
def holds_region_and_postcode(header: str) -> bool:
    """Whether a header names both: "County/Postcode", "Distrito e código postal"."""
    found = (table().get(header_key(part)) for part in _TWO.split(header))
    return sorted(m[0].field if m else "" for m in found) == ["postcode", "region"]


def _shortened(header: str) -> tuple[Meaning, ...]:
    """What a word cut short with a point may mean ("Localid.", "Aniv."), where all agree."""
    match = _CUT.fullmatch(header.strip())
    if match is None:
        return ()
    key = header_key(match.group(1))
    longer = [found for word, found in _single_words() if word.startswith(key) and word != key]
    if len(key) < 3 or len({found[0].field for found in longer}) != 1:
        return ()
    return tuple(m._replace(weight=0.9 * m.weight) for m in longer[0])


@lru_cache(maxsize=1)
def _single_words() -> tuple[tuple[str, tuple[Meaning, ...]], ...]:
    """The known headers of one word."""
    known = table()
    words = {w.strip() for _head, entry in _headers() for w in entry if " " not in w.strip()}
    return tuple((key, known[key]) for w in sorted(words) if (key := header_key(w)) in known)


def names_phones(words: str) -> bool:
    """Whether a header, folded by `header_words`, speaks of phones."""
    return bool(_PHONE_WORDS.search(words))


def _reaches(words: str) -> bool:
    """Whether a header speaks of a way to reach somebody."""
    return bool(_EMAIL_WORDS.search(words)) or names_phones(words)


def _numbered(header: str) -> tuple[Meaning, ...]:
    """Headers of exported address books: `E-mail 1 - Value`, `Address 1 - City`."""
    whole, dash, part = header.rpartition(" - ")
    if not dash:
        return ()
    key = header_key(part)
    if key in ("label", "type"):
        return (Meaning("custom", 1.0),)
    if key == "value":
        return table().get(_TAIL_NUMBER.sub("", header_key(whole)), ())
    return table().get(key, ())


def _split_scripts(text: str) -> list[str]:
    """The Chinese and the Latin part of a bilingual header such as `姓名 Name`."""
    chinese = "".join(_SCRIPTS.findall(text))
    latin = _SCRIPTS.sub(" ", text)
    return [chinese, latin] if chinese and latin.strip() else []


def _with_label(found: tuple[Meaning, ...], words: str, factor: float = 1.0) -> tuple[Meaning, ...]:
    label = find_label(words)
    return tuple(Meaning(m.field, m.weight * factor, m.label or label) for m in found)


def _by_words(words: str) -> tuple[Meaning, ...]:
    """What single words in a header suggest; less certain than a known header."""
    foreign = _FOREIGN_WORDS.search(words)
    # "Last visit" is none of our fields, "Guest last name" is.
    if foreign and not (foreign.group() == "last " and _FAMILY_WORDS.search(words)):
        return (Meaning("custom", 0.6),)
    label = find_label(words)
    if _STREET_WORDS.search(words) and _POST_WORDS.search(words):
        # 地址及邮编: the values tell whether it is the one or both.
        return (Meaning("postcode", 0.7, label), Meaning("street", 0.69, label))
    for pattern, field in (
        (_EMAIL_WORDS, "email"),
        (_PHONE_WORDS, "phone"),
        (_POST_WORDS, "postcode"),
        (_STREET_WORDS, "street"),
        (_BIRTH_WORDS, "birthday"),
        (_ORGANISATION_WORDS, "organisation"),
        (_GIVEN_WORDS, "given_name"),
        (_FAMILY_WORDS, "family_name"),
        (_NAME_WORDS, "name"),
        (_CITY_WORDS, "city"),
        (_COUNTRY_WORDS, "country"),
        (_NOTE_WORDS, "notes"),
    ):
        if pattern.search(words):
            abroad = field == "country" and not other_countries.is_of_an_address(words)
            if abroad or _ABOUT_WORDS.search(words):
                return (Meaning("custom", 0.6),)
            return (Meaning(field, 0.7, label if field not in _NAMED else ""),)
    return ()


def find_label(words: str) -> str:
    """The label that words name: mobile, home, work, fax, whatsapp, billing; "" for none."""
    folded = header_words(words)
    for pattern, label in _LABELS:
        if pattern.search(folded):
            return label
    return ""


def find_language(headers: list[str]) -> str:
    """The language that a header row is written in: zh, ja, ko, ru, pt, es, fr, de, it, en, ""."""
    folded = [header_words(h) for h in headers if h]
    for language, script in _SCRIPT_HINTS:
        if sum(1 for h in headers if script.search(h)) * 3 >= max(len(folded), 1):
            return language
    chinese = sum(1 for h in folded if any("\u3400" <= c <= "\u9fff" for c in h))
    if folded and chinese * 3 >= len(folded):
        return "zh"
    best, most = "", 0
    for language, pattern in _LANGUAGE_HINTS:
        count = sum(1 for h in folded if pattern.search(h))
        if count > most:
            best, most = language, count
    return best


def is_known(header: str) -> bool:
    """Whether a text is a header we have a meaning for."""
    return bool(meanings(header))


# --- words that stand in cells -------------------------------------------------------------


def _coded(text: str) -> dict[str, str]:
    return {header_key(w): head for head, words in _entries(text) for w in words}


STAGES = _coded(vocabulary.STAGES)
KINDS = _coded(vocabulary.KINDS)
_BESIDE_OTHERS = _coded(vocabulary.STAGES_BESIDE_OTHERS)
_BESIDE_ACTIVE = _coded(vocabulary.STAGES_BESIDE_ACTIVE)
_ACTIVE = _coded(vocabulary.ACTIVE)


def stages_beside(texts: Iterable[str]) -> Mapping[str, str]:
    """The stages that words of a column mean, by their keys.

    "Closed" is one where "Active" stands in the column, "Em curso" where all else are such words.

    Args:
        texts: cells of the column.
    """
    keys = set(map(header_key, texts)) - {""}
    found = STAGES
    if not keys.isdisjoint(STAGES) and keys <= STAGES.keys() | _BESIDE_OTHERS.keys():
        found = found | _BESIDE_OTHERS
    if not keys.isdisjoint(_ACTIVE) and not keys.isdisjoint(_BESIDE_ACTIVE):
        found = found | _BESIDE_ACTIVE
    return found
