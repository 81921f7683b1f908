"""How each country lays a postal address out.

The orders are those of the Universal Postal Union, as Google's libaddressinput has them. The
one package that carries that data asks for an HTTP client; the orders alone are a page.
"""

from __future__ import annotations

import re

from crm_desktop.domain.customers import Address

# A: street, Z: postcode, C: city, S: region; "|" begins a line. What a part's absence leaves of
# the signs around it is taken away.
_USUAL = "A|Z C|S"
_ORDERS = {
    "A|Z C|S": "",  # every country that is not listed
    "A|C|Z": "AC AF AI FK GB IM IO KE LK NA PN SD SH SZ TA TC VG GG JE GI GS ZA IE",
    "A|C Z|S": "BH BM BN BT GU IL JO KH LB LS MT MV NP SA VC IN PE NG NZ",
    "A|C S Z": "AS CA FM MH MP PW UM VI AU CC CX HM NF PR",
    "A|Z C S": "EE ES IT PF UY LT",
    "A|C, S Z": "US BB SO",
    "A|C - S|Z": "BR",
    "A|Z C, S": "MX",
    "A|Z C/S": "TR",
    "A|C Z, S": "VE",
    "A|C, S, Z": "CO",
    "A|C|S|Z": "EG RU UA",
    "A|C|S Z": "ID MN VN TH PH",
    "A|C|S": "PA SC SR TV HK MO AE",
    "A|C-Z|S": "PK",
    "C|A|Z": "HU",
    "A|Z S C": "RO",
    "A|C - Z|S": "BD",
    "A|C S|Z": "CU",
    "A|S, C|Z": "CR",
}
_ORDER_OF = {code: order for order, codes in _ORDERS.items() for code in codes.split()}
# Written from the large to the small in their own script, without spaces.
_BIG_TO_SMALL = {
    "CN": "Z|SCA",
    "TW": "Z|SCA",
    "KP": "Z|SCA",
    "HK": "S C|A",
    "MO": "A",
    "JP": "〒Z|SCA",
    "KR": "S C A|Z",
}
# The same countries in Latin letters.
_LATIN = {
    "CN": "A|C|S, Z",
    "TW": "A|C, S Z",
    "KP": "A|C|S, Z",
    "HK": "A|C|S",
    "MO": "A|C",
    "JP": "A, C, S|Z",
    "KR": "A|C|S|Z",
}
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_FREE_NAMES = {
    "中国": "CN",
    "中國": "CN",
    "台湾": "TW",
    "台灣": "TW",
    "香港": "HK",
    "澳门": "MO",
    "澳門": "MO",
    "日本": "JP",
    "대한민국": "KR",
    "portugal": "PT",
    "brasil": "BR",
    "brazil": "BR",
    "china": "CN",
    "españa": "ES",
    "spain": "ES",
    "france": "FR",
    "deutschland": "DE",
    "germany": "DE",
    "italia": "IT",
    "italy": "IT",
    "united kingdom": "GB",
    "uk": "GB",
    "united states": "US",
    "usa": "US",
    "japan": "JP",
}


def country_code(address: Address, home: str = "") -> str:
    """ISO 3166 code of the country whose order an address follows, "" where nobody knows.

    Args:
        address: its country may be a code, a name or missing.
        home: code of the country of those without one.
    """
    country = address.country.strip()
    if not country:
        return home.upper()
    if len(country) == 2 and country.isascii() and country.isalpha():
        return country.upper()
    return _FREE_NAMES.get(country.casefold(), "")


def address_lines(address: Address, *, country: str = "", home: str = "") -> list[str]:
    """An address as it stands on an envelope, a line each, in its country's order.

    Args:
        address: in parts; lines of the street stay lines.
        country: the country's name as the reader calls it; "" leaves it out.
        home: code of the country of addresses that name none.
    """
    code = country_code(address, home)
    street, postcode, city, region = (part.strip() for part in address[:4])
    in_ideographs = bool(_IDEOGRAPH.search(street + city + region))
    order = _ORDER_OF.get(code, _USUAL)
    if code in _BIG_TO_SMALL or (in_ideographs and not code):
        order = _BIG_TO_SMALL.get(code, "Z|SCA") if in_ideographs else _LATIN[code]
        if in_ideographs and street == city + street[len(city) :]:
            city = region = ""  # the street's own text says it all
    if region == city:
        region = ""  # 上海上海, Porto Porto
    parts = {"A": street, "Z": postcode, "C": city, "S": region}
    lines = [line for piece in order.split("|") for line in _line(piece, parts).splitlines()]
    if country:
        lines.insert(0, country) if order.startswith(("Z|S", "〒", "S C")) else lines.append(
            country
        )
    return [line for line in lines if line]


def _line(order: str, parts: dict[str, str]) -> str:
    """One line of an order: signs between two parts stand only where both do."""
    text, pending = "", ""
    for sign in order:
        if sign not in parts:
            pending += sign
        elif value := parts[sign]:
            leading = pending if text or pending == "〒" else ""
            text += leading + value
            pending = ""
        elif not text:
            pending = ""
    return text
