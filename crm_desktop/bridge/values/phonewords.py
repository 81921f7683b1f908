"""Words beside telephone numbers in a cell: whose or which number it is, and its extension."""

from __future__ import annotations

import re
from functools import lru_cache

from crm_desktop.bridge.sheets.synonyms import find_label, header_words

_LABELS = {
    "home": "casa home residencia residencial res particular domicilio domicile maison prive "
    "privado privada privat zuhause h 宅 家 宅电 家里 家庭 住宅 宅電",
    "work": "work office off trabalho trab emprego escritorio esc loja oficina bureau travail "
    "trabajo arbeit buro buero geschaftlich dienstlich w o 办 办公 办公室 公司 单位 辦 辦公室 公",
    "mobile": "mobile mob cell cel tlm tlmv tm telem telemovel movil movel portable handy mobil "
    "gsm mobiltelefon celular m c 手机 手機 移动 手提",
    "fax": "fax telefax f 传真 傳真",
    "whatsapp": "whatsapp wa zap wpp whats",
}
_LABEL_OF = {word: label for label, words in _LABELS.items() for word in words.split()}
# They say only that a number follows.
_PLAIN = frozenset(
    "tel tele tels telefone telefones telefono telefonos telephone telephones telefon phone phones "
    "ph tlf tf tlfn telf fone fon nr num numero number contacto contato contact contactos call "
    "xx xxx "  # "0xx11": any carrier
    "电话 電話 联系电话 号码 號碼 电".split()
)
# They stand between such a word and a name: "Tel. da Ana", "T: …".
_LINKING = frozenset(
    "t n no of de da do das dos del di von der the d para a o e y and und et or ou".split()
)
# Between digits and words; "x12" and "#12" only right behind a number.
_EXTENSION = re.compile(
    r"[\s,;(]*(?:(?<![^\W\d_])(?:;?ext(?:ension|ensión|ensão|ensao|n)?|ramal|interno|int|anexo|"
    r"durchwahl|dw|poste|esterno)(?![^\W\d_])|(?<=[\d\s)])[x#]|分机号?|分機|[转轉]|[内內][线線])"
    r"\s*[.:=：]?\s*(\d{1,6})\s*\)?(?!\d)",
    re.IGNORECASE,
)


def take_extensions(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Take the extensions out of a text.

    Returns:
        The text without them, and each one with its place in that text.
    """
    found: list[tuple[int, str]] = []
    parts: list[str] = []
    size = end = 0
    for match in _EXTENSION.finditer(text):
        before = text[end : match.start()]
        if not any(c.isdigit() for c in "".join(parts) + before):
            continue
        parts.append(before)
        size += len(before)
        found.append((size, match.group(1)))
        end = match.end()
    return "".join([*parts, text[end:]]), found


def label_words(words: list[str]) -> str:
    """The words beside a number that say something of it: "Tel. da Ana" gives "Ana"."""
    first, last = 0, len(words)
    while first < last and _says_nothing(words[first]):
        first += 1
    while last > first and _says_nothing(words[last - 1]):
        last -= 1
    return " ".join(words[first:last])[:40]


def _says_nothing(word: str) -> bool:
    folded = header_words(word)
    return folded in _PLAIN or folded in _LINKING


@lru_cache(maxsize=4096)
def phone_label(words: str) -> str:
    """The label that words mean ("casa" is "home"), the words themselves where they mean none."""
    folded = header_words(words)
    if not folded:
        return ""
    if label := _LABEL_OF.get(folded.replace(" ", "")):
        return label
    for word in folded.split():
        if len(word) > 1 and (label := _LABEL_OF.get(word)):
            return label
    return find_label(words) or words


def is_phone_word(word: str) -> bool:
    """Whether a word beside a number says which number it is, not whose."""
    folded = header_words(word).replace(" ", "")
    if len(folded) == 1 and folded.isascii():
        return False
    return folded in _PLAIN or folded in _LABEL_OF


_LONGEST = 40
_SAME = frozenset(
    "same idem mesmo mesma mismo misma igual iguais gleich gleiche gleicher meme identique stesso "
    "stessa uguale".split()
)
_AS = frozenset(("as", "como", "wie", "comme", "come"))
_BESIDE_SAME = frozenset(
    "o a e el la le lo is it as to the your my that que do da de ao al del della dem der com como "
    "wie comme come es ist est n no nr num numero number in".split()
)
_SAME_CJK = re.compile(
    r"(?:微信|whatsapp)?(?:号码?)?(?:[同即]|就?是|[与和跟])?(?:本人)?左?的?(?:联系|移动)?(?:手机|电话)?"
    r"(?:号码?)?(?:相?同(?:步|号码?)?|一样|一致)?"
)
_SAYS_SAME_CJK = re.compile("[同即]|一样|一致|手机|电话")


@lru_cache(maxsize=4096)
def is_same_as_phone(text: str) -> bool:
    """Whether a cell of an account says that it is the phone number: 同手机, "o mesmo", "="."""
    if len(text) > _LONGEST or any(map(str.isdigit, text)):
        return False  # as most accounts are, and all numbers
    folded = header_words(text)
    if not folded:
        return text.strip() == "="
    words = folded.split()
    if not folded.isascii():
        bare = "".join(words)
        return bool(_SAME_CJK.fullmatch(bare) and _SAYS_SAME_CJK.search(bare))
    phones = [word for word in words if is_phone_word(word)]
    is_as = words[0] in _AS or text.lstrip().startswith("=")
    said = any(word in _SAME for word in words) or (is_as and bool(phones))
    return said and all(w in _SAME or w in _BESIDE_SAME or w in phones for w in words)
