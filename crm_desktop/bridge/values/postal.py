"""Whole addresses in one cell: "Rua X 5, 1000-001 Lisboa", 广东省深圳市南山区科技路5号."""

from __future__ import annotations

import re
from typing import NamedTuple

from crm_desktop.bridge.values.countries import country_code
from crm_desktop.bridge.values.text import has_cjk, tidy_text

BRAZILIAN_STATES = frozenset(
    "AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO".split()
)
_LONGEST = 200
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: " "}

# --- Chinese and Japanese -------------------------------------------------------------------

_MAINLAND = re.compile(r"^(?:中国|中华人民共和国|中華人民共和國|日本国?|台灣|台湾)[,\s]*(?=.)")
_POST_FIRST = re.compile(
    r"^(?:邮编[:\s]*|郵遞區號[:\s]*|〒\s*)?(\d{3}-\d{4}|\d{5,6}|\d{3})(?=\D)[,\s]*"
)
_POST_LAST = re.compile(r"[,;\s(]*(?:(?:邮编|邮政编码|郵編)[:\s]*)?(?<!\d)(\d{6})\)?$")
_PROVINCES = (
    "河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 "
    "四川 贵州 云南 陕西 甘肃 青海"
).replace(" ", "|")
_REGION = re.compile(
    r"(广西壮族自治区|宁夏回族自治区|新疆维吾尔自治区|内蒙古自治区|西藏自治区|广西|宁夏|新疆|内蒙古|西藏|"
    rf"(?:{_PROVINCES})省?|台[湾灣]省|[^省市区县路街]{{2,3}}省)[,\s]*"
)
_CITY = re.compile(
    r"((?:北京|上海|天津|重庆|重慶)市?|(?:香港|澳门|澳門)(?:特别行政区|特別行政區)?|"
    r"[^省市区县縣路街道号\d\s,]{2,6}?市|[^省市区县路街号\d\s,]{2,8}?(?:自治州|地区|盟)|"
    r"[^市路街\d\s,]{2,4}?[縣县](?=.*[路街号村镇鎮乡鄉]))[,\s]*"
)
_JAPAN = re.compile(
    r"(東京都|北海道|(?:京都|大阪)府|[^\d\s]{2,3}県)\s*([^\d\s]{1,5}?[市区郡][^\d\s]{0,3}?(?=[^市区町村]))(.+)"
)
_STREET_CJK = re.compile(r"[路街巷弄道段号號楼樓室村镇鎮乡鄉里园園座]|\d|胡同|丁目")

# --- elsewhere ------------------------------------------------------------------------------

_SEGMENTS = re.compile(r"\s*[,;\n]\s*|\s+[-–]\s+")
_SURE = re.compile(r"(?<![\w-])(\d{4}-\d{3}|\d{5}-\d{3})(?![\w-])")
_BRITISH = re.compile(
    r"(?:^|(?<=\s))([A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|"
    # Of Ireland; the second half of A12 ROAD has no figure.
    r"[A-Z]\d[\dW]\s?(?=[A-Z]*\d)[A-Z\d]{4})$",
    re.IGNORECASE,
)
_AMERICAN = re.compile(r"(?:(.*[^\W\d])\s+)?([A-Z]{2})\.?\s+(\d{5}(?:-\d{4})?)")
_AUSTRALIAN = re.compile(
    r"(?:(.*[^\W\d])\s+)?(NSW|VIC|QLD|SA|WA|TAS|ACT|NT)\.?\s+(\d{4})", re.IGNORECASE
)
_COUNTIES = frozenset(
    "bedfordshire berkshire buckinghamshire cambridgeshire cheshire cornwall cumbria derbyshire "
    "devon dorset essex gloucestershire hampshire herefordshire hertfordshire kent "
    "lancashire leicestershire lincolnshire merseyside middlesex norfolk northamptonshire "
    "northumberland nottinghamshire oxfordshire rutland shropshire somerset staffordshire suffolk "
    "surrey sussex warwickshire wiltshire worcestershire yorkshire beds berks bucks cambs derbys "
    "glos hants herts lancs leics lincs middx northants notts oxon salop staffs wilts worcs yorks "
    "gwynedd powys dyfed gwent clwyd ceredigion pembrokeshire carmarthenshire monmouthshire "
    "flintshire denbighshire fife angus perthshire aberdeenshire ayrshire lanarkshire "
    "argyll stirlingshire midlothian renfrewshire antrim armagh down fermanagh tyrone "
    # Of Ireland, those after which no town is called.
    "mayo kerry laois offaly westmeath meath leitrim".split()
)
_COUNTY = re.compile(
    r"(?:(?:north|south|east|west|mid|n|s|e|w)\.?\s+)?([a-z]+)|(?:co|county)\.?\s+[a-z]+",
    re.IGNORECASE,
)
_WIDER = frozenset(("greater manchester", "west midlands", "isle of wight", "tyne and wear"))
# Six figures behind the town, as in India and Singapore.
_SIX = re.compile(r"([^\W\d][^\d,]*?)[\s\-–]+(\d{6}|\d{3} \d{3})")
_SINGAPORE = re.compile(r"(.*\S)[\s,]+(Singapore|S)\s?\(?(\d{6})\)?", re.IGNORECASE)
_INDIAN = frozenset(
    state.replace("_", " ")
    for state in "andhra_pradesh arunachal_pradesh assam bihar chhattisgarh goa gujarat haryana "
    "himachal_pradesh jharkhand karnataka kerala madhya_pradesh maharashtra manipur meghalaya "
    "mizoram nagaland odisha orissa punjab rajasthan sikkim tamil_nadu telangana tripura "
    "uttar_pradesh uttarakhand west_bengal".split()
)
_CANADIAN = frozenset("AB BC MB NB NL NS NT NU ON PE QC SK YT".split())
# Figures of postcodes that may begin with a zero, which numbers lose.
_FIGURES = {"US": 5, "CN": 6, "DE": 5, "FR": 5, "ES": 5, "IT": 5, "MX": 5, "KR": 5, "JP": 7}
_BEFORE_CITY = re.compile(
    r"(\d{4}\s?[A-Z]{2}(?=\s)|(?:[A-Z]{1,3}-)?\d{4,5}|\d{3}\s\d{2}|\d{2}-\d{3})\s+([^\W\d].*)"
)
_ALONE = re.compile(
    r"(?:CEP:?\s*)?(\d{4}-\d{3}|\d{5}-\d{3}|\d{4,6}|\d{4}\s?[A-Z]{2})", re.IGNORECASE
)
_PLACE = re.compile(r"[^\W\d][^\d,]*")
_IN_BRACKETS = re.compile(r"^(.*\S)\s*\(([^()]+)\)$")
_PROVINCE_BEHIND = re.compile(r"^(.*[^\W\d])[\s/]+([A-Z]{2})$")
_CITY_UF = re.compile(
    r"(.+)(?:\s+[-–]\s*|[,;\n]\s*|\.\s+)([^\W\d][^\d,;/\n]*?)\s*(?:/|,|\s[-–]\s?|-)\s*([A-Z]{2})"
    r"(?:[\s,.;–-]*(?:CEP\s*[:.]?\s*)?(\d{2}\.?\d{3}-\d{3}))?(?:[\s,.;–-]+(Bra[sz]il))?",
    re.DOTALL,
)
_CEP_LAST = re.compile(r"[\s,;–-]*(?:CEP\s*[:.]?\s*)?(\d{2}\.?\d{3}-\d{3})")
_LABEL = re.compile(
    r"^(?:address|morada|endere[cç]o|direcci[oó]n|adresse|地址|住址)\s*[:：]\s*", re.I
)


class Postal(NamedTuple):
    """The parts of an address; "" for what it does not have."""

    street: str
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""


def narrow_marks(text: str) -> str:
    """Make full-width letters, digits and marks narrow, and nothing else: 2º stays 2º."""
    return text if text.isascii() else text.translate(_WIDE)


def split_address(text: str) -> Postal | None:
    """Take a whole address apart.

    Returns:
        None where the text does not surely have a street and a place: a street alone too.
    """
    tidy = _LABEL.sub("", narrow_marks(tidy_text(text))).strip(" ,;.")
    if not 6 <= len(tidy) <= _LONGEST or "@" in tidy:
        return None
    if has_cjk(tidy):
        return _eastern(tidy)
    return _western(tidy)


_POSTCODE = r"(?:[A-Z]{1,2}-)?\d{4,6}|\d{4}-\d{3}|\d{5}-\d{3}"
_CITY_FIRST = re.compile(rf"([^\W\d][^\d,;]*?)[\s,/-]+({_POSTCODE})")
_CITY_LAST = re.compile(rf"({_POSTCODE})(?:[\s,/-]+|(?=[\u3400-\u9fff]))([^\W\d][^\d,;]*)")
_CITY_STATE = re.compile(r"([^\W\d][^\d,]*),\s*([A-Z]{2,3})")
_PLAIN = re.compile(r"([0-9]{4,5}-[0-9]{3}) ([A-Za-zÀ-ɏ]+(?: [A-Za-zÀ-ɏ]+)*)")


def split_place(text: str) -> Postal | None:
    """Take a place with its postcode apart: "4000-123 Porto", "Palo Alto, CA 94301".

    Returns:
        None where the text is neither these two, nor a city and its state, nor a postcode alone;
        the street is "".
    """
    if len(text) <= _LONGEST and (match := _PLAIN.fullmatch(text)):
        return Postal("", *match.groups())  # as nearly all do: nothing is there to be tidied
    tidy = narrow_marks(tidy_text(text)).strip(" ,;.")
    if not 4 <= len(tidy) <= _LONGEST:
        return None
    segments = [s for s in _SEGMENTS.split(tidy) if s]
    # A street before it makes it an address, of which the readers of those know all countries.
    if (found := _by_postcode(["", "", *segments])) and not found.street.strip(" ,") and found.city:
        return None if any(map(str.isdigit, found.region)) else found._replace(street="")
    if match := _CITY_LAST.fullmatch(tidy) or _BEFORE_CITY.fullmatch(tidy):
        return Postal("", match.group(1), match.group(2).strip())
    if match := _CITY_FIRST.fullmatch(tidy):
        return Postal("", match.group(2), match.group(1).strip())
    if match := _CITY_STATE.fullmatch(tidy):
        return Postal("", "", match.group(1).strip(), match.group(2))
    if match := _ALONE.fullmatch(tidy):
        return Postal("", match.group(1))
    return None


def split_region(text: str) -> Postal | None:
    """Take a region with its postcode apart: "Kent TN1 2AB", "TX 75001"; or either alone.

    Returns:
        None where the text has figures that are no postcode; the street is "".
    """
    tidy = narrow_marks(tidy_text(text)).strip(" ,;.")
    if match := _BRITISH.search(tidy):
        return Postal("", match.group(1), region=tidy[: match.start()].strip(" ,;-/"))
    if place := split_place(tidy):
        return place if place.region else place._replace(city="", region=place.city)
    return None if not tidy or any(map(str.isdigit, tidy)) else Postal("", region=tidy)


def _eastern(text: str) -> Postal | None:
    country = ""
    if match := _MAINLAND.match(text):
        country, text = match.group().strip(" ,"), text[match.end() :]
    postcode = ""
    if match := _POST_FIRST.match(text):
        postcode, text = match.group(1), text[match.end() :]
    elif match := _POST_LAST.search(text):
        postcode, text = match.group(1), text[: match.start()]
    if match := _JAPAN.fullmatch(text):
        region, city, street = match.groups()
        return Postal(street.strip(), postcode, city, region, country)
    region = city = ""
    if match := _REGION.match(text):
        region, text = match.group(1), text[match.end() :]
    if match := _CITY.match(text):
        city, text = match.group(1), text[match.end() :]
    street = text.strip(" ,")
    if not (city or (region and postcode)) or not _STREET_CJK.search(street):
        return None
    return Postal(street, postcode, city, region, country)


def _western(text: str) -> Postal | None:
    if (found := _brazilian(text)) is not None:
        return found
    segments = [s for s in _SEGMENTS.split(text) if s]
    country = ""
    if len(segments) > 2 and country_code(segments[-1]):
        country = segments.pop()
    found = _by_postcode(segments) or _by_county(segments) or _in_one_piece(text, country)
    if found is None and country and len(segments) == 2:
        # "12 Main St, Leeds, UK"
        street, city = segments
        found = Postal(street, city=city) if _PLACE.fullmatch(city) else None
    if found is None or not any(c.isalpha() for c in found.street):
        return None
    if not (any(c.isdigit() for c in found.street) or found.postcode or found.region):
        return None
    return found._replace(street=_as_written(text, found.street), country=country or found.country)


def _brazilian(text: str) -> Postal | None:
    """An address that ends in a city and its state: "Rua A, 1 - Centro - Blumenau/SC - CEP …"."""
    match = _CITY_UF.fullmatch(text)
    if match is None or match.group(3) not in BRAZILIAN_STATES:
        return None
    street, city, state, postcode, country = match.groups(default="")
    if not postcode and (before := _CEP_LAST.search(street)):
        if before.end() < len(street.rstrip(" ,;-–")):
            return None
        street, postcode = street[: before.start()], before.group(1)
    street = street.rstrip(" ,;-–")
    if not _PLACE.fullmatch(city) or not any(map(str.isalpha, street)):
        return None
    return Postal(street, postcode.replace(".", ""), city, state, country)


def _by_postcode(segments: list[str]) -> Postal | None:
    """An address in segments, one of which holds the postcode."""
    for index in range(len(segments) - 1, 0, -1):
        segment = segments[index]
        before, after = segments[:index], segments[index + 1 :]
        if match := _BEFORE_CITY.fullmatch(segment):
            return _placed(before, match.group(1), match.group(2), after)
        if match := _ALONE.fullmatch(segment):
            if after and _PLACE.fullmatch(after[0]):
                return _placed(before, match.group(1), after[0], after[1:])
            if len(before) > 1 and not after:
                return _before_postcode(before, match.group(1))
            return None
        if not after and (match := _SIX.fullmatch(segment)):
            return _before_postcode([*before, match.group(1)], match.group(2))
        if match := _AMERICAN.fullmatch(segment) or _AUSTRALIAN.fullmatch(segment):
            city, region, postcode = match.groups()
            if city is None and len(before) > 1:
                city = before.pop()
            if city and _PLACE.fullmatch(city) and not after:
                return Postal(", ".join(before), postcode, city, region)
        if match := _BRITISH.search(segment):
            region, city = "", segment[: match.start()].strip()
            if len(before) > 1 and (is_county(city) or city.rstrip(".") in _CANADIAN):
                region, city = city, ""
            if not city and len(before) > 1:
                city = before.pop()
            if not region and len(before) > 1 and is_county(city):
                region, city = city, before.pop()
            if city and _PLACE.fullmatch(city) and not after:
                return Postal(", ".join(before), match.group(1), city, region)
    return None


def _by_county(segments: list[str]) -> Postal | None:
    """An address whose postcode stands elsewhere: "4 Kiln Close, Ludlow, Shropshire"."""
    if len(segments) < 3 or not is_county(segments[-1]) or not _PLACE.fullmatch(segments[-2]):
        return None
    return Postal(", ".join(segments[:-2]), city=segments[-2], region=segments[-1])


def is_county(text: str) -> bool:
    """Whether a text is a county of Britain or Ireland: "W Yorks", "Co. Down"."""
    match = _COUNTY.fullmatch(text.strip())
    if match is None:
        return text.casefold() in _WIDER
    return match.group(1) is None or match.group(1).casefold() in _COUNTIES


def with_zeros(postcode: str, country: str) -> str:
    """A postcode with the zeros at its beginning that a spreadsheet's number has lost."""
    size = _FIGURES.get(country)
    if size is None or not postcode.isdecimal():
        return postcode
    lost = size - len(postcode)
    return postcode.zfill(size) if lost == 1 or (lost == 2 and country == "US") else postcode


def _before_postcode(before: list[str], postcode: str) -> Postal | None:
    """Order of Brazil and India: street, district, city, state, the postcode behind all of them."""
    region = ""
    is_state = len(before[-1]) == 2 and before[-1].isupper()
    if len(before) > 2 and (is_state or before[-1].casefold() in _INDIAN):
        region = before.pop()
    city = before.pop()
    if match := _PROVINCE_BEHIND.fullmatch(city):
        city, region = match.groups()
    return Postal(", ".join(before), postcode, city, region) if _PLACE.fullmatch(city) else None


def _placed(before: list[str], postcode: str, city: str, after: list[str]) -> Postal | None:
    region = ""
    if match := _IN_BRACKETS.fullmatch(city) or _PROVINCE_BEHIND.fullmatch(city):
        city, region = match.groups()
    if len(after) > 1 or not _PLACE.fullmatch(city):
        return None
    country = ""
    if after and not region:
        if country_code(after[0]):
            country = after[0]
        else:
            region = after[0]
    elif after:
        return None
    return Postal(", ".join(before), postcode, city, region, country)


def _in_one_piece(text: str, country: str) -> Postal | None:
    """Without a comma before the postcode, only those that are nothing else."""
    if match := _SINGAPORE.fullmatch(text):
        return Postal(match.group(1).rstrip(" ,"), match.group(3), "Singapore")
    found = list(_SURE.finditer(text))
    if len(found) != 1:
        return None
    street = text[: found[0].start()].strip(" ,;-–\n")
    rest = [s for s in _SEGMENTS.split(text[found[0].end() :].strip(" ,;-–\n")) if s]
    if country and rest and rest[-1] == country:
        rest.pop()
    return _placed([street], found[0].group(1), rest[0], rest[1:]) if rest and street else None


def _as_written(text: str, street: str) -> str:
    """The street with the marks that stood between its pieces, not with commas for all."""
    if street in text or not text.startswith(street.partition(", ")[0]):
        return street
    end = text.find(street.rpartition(", ")[2])
    last = street.rpartition(", ")[2]
    return text[: end + len(last)].replace("\n", ", ") if end >= 0 else street
