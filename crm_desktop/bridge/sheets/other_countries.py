"""Headers of countries that are none of an address: where a visa is for, where one was born."""

from __future__ import annotations

import re

_COUNTRY = re.compile(
    r"\bcountr(?:y|ies)\b|\bpais(?:es)?\b|\bpays\b|\bland\b|\bpaese\b|\bnazione\b|"
    r"国家|[^外全各本中]国$|국가|\bстран[аы]\b"
)
# What else than an address a country may be of.
_PURPOSE = re.compile(
    r"\bvisas?\b|\bvisto\b|\bvisado\b|\bvisum\b|\bвиз|签证|签注|査証|비자|"
    r"\bdestin|\bziel|\breise|\btravel|\btrip\b|\bviagem|\bviaje|\bvoyage\b|\bviaggio|назначения|"
    r"目的|目标|前往|去往|渡航|旅游|旅行(?!社)|出境|出国|출국|방문|목적|"
    r"\bbirth|\bnascimento|\bnacimiento|\bnaissance|\bnascita|\bgeburt|рождения|出生|출생|"
    r"\bpass(?:port|aporte|eport|aporto)?\b|\bpasaporte|护照|发证|签发|旅券|여권|"
    r"\bissu(?:e|ing|ed)\b|\bemiss|\bemisor|\bexpedi|"
    r"\borigin|\borigem|\borigen|\bherkunft|\bprovenien|происхождения|原产|产地|원산지|"
    r"\bcitizen|\bnationalit|\bnacionalid|\bnazionalit|гражданства|国籍|籍贯|국적|"
    r"\bapplied|\bapplication|办理|申请|申办|代办|신청|留学|移民|유학|"
    r"\bexport|\bimport|\bmanufactur|\bfabric|出口|进口|수출|수입|\btarget|意向|\binterest|\bvisited"
)
_WHEN = re.compile(r"\bdate\b|\bdata\b|\bfecha\b|\bdatum\b|日期|\bdob\b")
_AT_HOME = re.compile(
    r"\baddress|\bmorada|\bendereco|\bdireccion|\badresse|\banschrift|\bindirizzo|地址|адрес|住所|주소|"
    r"\bresid|\bdomicil|\bwohn|проживания|居住|所在|常住|现居|거주|\bwhere\b|\blive|\bonde\b|\bdonde\b"
)
# What says whose country it is, or that it is one.
_PLAIN = re.compile(
    r"\b(?:of|the|your|which|in|d[aeo]s?|del?|des?|du|l|d|della?|di|von|and|or|e|y|et|o|ou|und|"
    r"customer|client|guest|member|contact|user|buyer|owner|company|firm|cliente|contacto|contato|"
    r"empresa|socio|kunden?|firma|societe|entreprise|azienda|name|nome|nom|code|iso|"
    r"bill(?:ing)?|ship(?:ping)?|mail(?:ing)?|postal|post|delivery|invoice|sede|siege|fiscal|"
    r"entrega|facturacion|faturacao|livraison|facturation|envoi|envio|lieferung|rechnung|"
    r"region|regiao|regione|province|state|city|territory|area|\d{1,2})\b|"
    r"客户|客人|顾客|旅客|会员|联系人?|公司|单位|企业|收货人?|收件人?|邮寄|寄送|通讯|注册|所属|归属|"
    r"名称?|代码|编码|地区|区域|省份?|城市|[或与和及的]|\s+"
)


def is_of_something_else(words: str) -> bool:
    """Whether a header names a country and what that is of, which is no address.

    Args:
        words: the header, folded by `header_words`.
    """
    if not _COUNTRY.search(words) or _AT_HOME.search(words) or _WHEN.search(words):
        return False
    return _PURPOSE.search(words) is not None


def is_of_an_address(words: str) -> bool:
    """Whether a header that names a country says nothing that no address has: "País do sócio"."""
    if _AT_HOME.search(words):
        return True
    return not _PLAIN.sub("", _COUNTRY.sub("", words))
