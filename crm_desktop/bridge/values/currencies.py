"""Signs and words of currencies to ISO 4217."""

from __future__ import annotations

import re

# Words are folded: no case, no accents. A sign of several currencies has no code of its own.
_CODES = (
    "EUR USD GBP CNY JPY BRL CHF HKD MOP TWD KRW INR AUD NZD CAD SGD SEK NOK DKK ISK PLN CZK HUF "
    "RON BGN RUB UAH TRY AOA MZN CVE ZAR MXN ARS CLP COP PEN UYU AED SAR ILS THB VND IDR MYR PHP "
    "EGP MAD PTE ESP DEM FRF ITL XOF XAF"
)
_WORDS = {
    "EUR": "€ euro euros eur. 欧元 歐元 ユーロ 유로",
    "USD": "us$ usd$ u$s dolar dolares dollar dollars dolar$ 美元 美金 米ドル 달러",
    "GBP": "£ libra libras pound pounds sterling 英镑 英鎊",
    "CNY": "元 圆 圓 块 块钱 元整 圆整 圓整 元正 圆正 人民币 人民幣 rmb yuan cn¥ rmb¥ renminbi",
    "JPY": "円 日元 日圆 日圓 jp¥ iene ienes yen",
    "BRL": "r$ real reais 雷亚尔",
    "CHF": "fr. sfr sfr. franco suico 瑞士法郎",
    "HKD": "hk$ 港币 港幣 港元",
    "MOP": "mop$ pataca patacas 澳门元 澳門元 澳门币 葡币",
    "TWD": "nt$ 台币 台幣 新台币 新台幣 新臺幣",
    "KRW": "₩ 원 won 韩元 韓元",
    "INR": "₹ rs rs. rupee rupees",
    "AUD": "a$ au$ 澳元",
    "NZD": "nz$",
    "CAD": "c$ ca$ 加元",
    "SGD": "s$ 新加坡元",
    "RUB": "₽ руб руб. рублей р.",
    "UAH": "₴ грн",
    "PLN": "zł zl",
    "CZK": "kč",
    "HUF": "ft",
    "TRY": "₺ tl",
    "AOA": "kz kwanza kwanzas akz",
    "MZN": "mt mtn metical meticais",
    "ILS": "₪",
    "VND": "₫ đ",
    "THB": "฿ baht",
    "ZAR": "rand",
    "MXN": "mx$ mex$",
    "PTE": "escudo escudos esc. $00",
    "$": "$",
    "¥": "¥",
    "kr": "kr kr.",
}
CURRENCIES: dict[str, str] = {code.lower(): code for code in _CODES.split()} | {
    word: code for code, words in _WORDS.items() for word in words.split()
}
# What a sign of several currencies means in a country; elsewhere the first.
_AMBIGUOUS = {
    "$": {
        "": "USD",
        **{"AU": "AUD", "CA": "CAD", "NZ": "NZD", "HK": "HKD", "SG": "SGD", "TW": "TWD"},
        **{"MO": "MOP", "MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "CV": "CVE"},
        **{"UY": "UYU", "BR": "BRL"},
    },
    "¥": {"": "CNY", "JP": "JPY"},
    "kr": {"": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"},
}
_EURO = "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK AD MC SM VA ME XK"
_OWN = (
    "US:USD GB:GBP CN:CNY JP:JPY BR:BRL CH:CHF HK:HKD MO:MOP TW:TWD KR:KRW IN:INR AU:AUD NZ:NZD "
    "CA:CAD SG:SGD SE:SEK NO:NOK DK:DKK IS:ISK PL:PLN CZ:CZK HU:HUF RO:RON BG:BGN RU:RUB UA:UAH "
    "TR:TRY AO:AOA MZ:MZN CV:CVE ZA:ZAR MX:MXN AR:ARS CL:CLP CO:COP PE:PEN UY:UYU AE:AED SA:SAR "
    "IL:ILS TH:THB VN:VND ID:IDR MY:MYR PH:PHP EG:EGP MA:MAD LI:CHF ST:STN GW:XOF TL:USD"
)
_HOME = dict(pair.split(":") for pair in _OWN.split()) | dict.fromkeys(_EURO.split(), "EUR")
_ONE = "|".join(re.escape(word) for word in sorted(CURRENCIES, key=len, reverse=True))
# "FT 100" is the number of a Portuguese invoice: forints stand behind their figures.
BEFORE = re.compile(
    rf"(?!ft\b)(?P<word>{_ONE})\s*(?=[\d.,+\-一二三四五六七八九十百千万两壹贰叁肆伍陆柒捌玖])",
    re.IGNORECASE,
)
AFTER = re.compile(rf"\s*(?<![^\W\d_])(?P<word>{_ONE})", re.IGNORECASE)
HELD = re.compile(rf"(?<![^\W\d_])(?:{_ONE})(?![^\W\d_])", re.IGNORECASE)


def currency_code(word: str, country: str = "") -> str:
    """The code of a sign or word; a sign of several currencies is read as its country does.

    "$" is read as in the United States, "¥" as in China and "kr" as in Sweden elsewhere.
    """
    found = CURRENCIES.get(word.casefold(), "")
    meanings = _AMBIGUOUS.get(found)
    return found if meanings is None else meanings.get(country, meanings[""])


def currency_in(text: str, country: str = "") -> str:
    """The currency that a header names, as in "Valor (€)" or 金额（元）; "" for none."""
    signs = [m.group() for m in HELD.finditer(text)]
    # "Length (ft)" is in feet: forints are written "Ft", but at home.
    codes = {currency_code(sign, country) for sign in signs if sign != "ft" or country == "HU"}
    return codes.pop() if len(codes) == 1 else ""


def home_currency(country: str) -> str:
    """The currency that is paid with in a country, by its ISO code; "" for one not known here."""
    return _HOME.get(country, "")
