"""The fast path says what phonenumbers says, and cells are taken apart right."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.bridge.values.e164 import by_phonenumbers, is_surely_none
from crm_desktop.bridge.values.phones import (
    Phone,
    e164,
    fast_e164,
    is_damaged_by_excel,
    looks_like_phone,
    read_phones,
    writing_at_home,
)

REGIONS = [
    *("PT", "CN", "BR", "US", "GB", "DE", "FR", "ES", "IT", "HK", "TW", "CA", "AR", "MX", "MO"),
    *("RU", "KZ", "JP", "IN", "AU", "AO", "CH", "GG", "SM", "HU", "NL", "SG", "BY", "LT", "UA"),
]


def _examples(region: str) -> list[str]:
    meta = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    assert meta is not None
    descs = (meta.mobile, meta.fixed_line, meta.toll_free)
    return [d.example_number for d in descs if d is not None and d.example_number]


EXAMPLES = {region: _examples(region) for region in REGIONS}


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A number near a valid one, in some writing, and the region it is read in."""
    region, other = draw(st.sampled_from(REGIONS)), draw(st.sampled_from(REGIONS))
    digits = list(draw(st.sampled_from(EXAMPLES[draw(st.sampled_from([region, region, other]))])))
    for _n in range(draw(st.integers(0, 4))):
        digits[draw(st.integers(0, len(digits) - 1))] = draw(st.sampled_from("0123456789"))
    code = str(phonenumbers.country_code_for_region(other))
    prefix = draw(
        st.sampled_from(["", "", "+" + code, f"+{code} (0)", "00" + code, code, "0", "1", "8", "9"])
    )
    text = list(prefix + "".join(digits))
    for _n in range(draw(st.integers(0, 3))):
        text.insert(draw(st.integers(0, len(text))), draw(st.sampled_from(" -.()")))
    return "".join(text), region


@settings(max_examples=1500)
@given(written())
def test_fast_path_equals_phonenumbers(case: tuple[str, str]) -> None:
    text, region = case
    fast = fast_e164(text, region)
    if fast is not None and fast != by_phonenumbers(text, region):
        # Two zeros stand for a plus also where calls abroad are begun otherwise.
        digits = "".join(filter(str.isdigit, text))
        assert text.lstrip("(").startswith("0")
        assert digits.startswith("00")
        assert fast == by_phonenumbers(f"+{digits[2:]}", region)


@pytest.mark.parametrize(
    ("text", "region", "value"),
    [
        ("005551959776893", "BR", "+5551959776893"),
        ("00886978366210", "TW", "+886978366210"),
        ("00886 978 366 210", "TW", "+886978366210"),
        ("0061421717788", "AU", "+61421717788"),
        ("00351 222 327 938", "BR", "+351222327938"),
        ("0011 44 20 7946 0958", "AU", "+442079460958"),
    ],
)
def test_two_zeros_stand_for_a_plus_everywhere(text: str, region: str, value: str) -> None:
    assert e164(text, region) == value


@settings(max_examples=3000)
@given(written())
def test_what_is_surely_no_number_is_none(case: tuple[str, str]) -> None:
    text, region = case
    if is_surely_none(text, region):
        assert by_phonenumbers(text, region) is None


@pytest.mark.parametrize(
    ("text", "region"), [("900000001", "PT"), ("+351 900 000 001", "CN"), ("12-34", "PT")]
)
def test_some_are_surely_none(text: str, region: str) -> None:
    assert is_surely_none(text, region)


@pytest.mark.parametrize("region", ["PT", "CN", "GB", "US", "ES", "FR", "DE", "TW", "HK", "BR"])
def test_fast_path_knows_the_plain_writings(region: str) -> None:
    code = phonenumbers.country_code_for_region(region)
    for example in EXAMPLES[region]:
        known = by_phonenumbers(example, region)
        assert known is not None
        assert fast_e164(f"+{code}{example}", region) == known
        assert fast_e164(f"+{code} {example[:2]} {example[2:]}", region) == known


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("912 345 678", "PT", "+351912345678"),
        ("(21) 345-67-89", "PT", "+351213456789"),
        ("00351 912 345 678", "PT", "+351912345678"),
        ("351912345678", "PT", "+351912345678"),
        ("13800138000", "CN", "+8613800138000"),
        ("021-5555 0500", "CN", "+862155550500"),
        ("020 7946 0123", "GB", "+442079460123"),
        ("(202) 555-0123", "US", "+12025550123"),
        ("+49 (0)30 123456", "PT", "+4930123456"),
        ("12345", "PT", None),
        ("abc", "PT", None),
        ("000000000", "PT", None),
        ("", "PT", None),
    ],
)
def test_e164(text: str, country: str, expected: str | None) -> None:
    assert e164(text, country) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("912 345 678 / 21 345 67 89", ["+351912345678", "+351213456789"]),
        ("912345678/213456789", ["+351912345678", "+351213456789"]),
        ("912345678; 213456789", ["+351912345678", "+351213456789"]),
        ("912345678、913456789", ["+351912345678", "+351913456789"]),
        ("912 345 678 ou 913 456 789", ["+351912345678", "+351913456789"]),
        ("912345678\n913456789", ["+351912345678", "+351913456789"]),
        ("９１２３４５６７８", ["+351912345678"]),
        ("213456789 ext. 12", ["+351213456789"]),
        ("913456789 12345", [None]),
        ("pedir à Ana", [None]),
        ("9.12E+08", [None]),
    ],
)
def test_cells(text: str, expected: list[str | None]) -> None:
    assert [phone.value for phone in read_phones(text, ("PT",))] == expected


def test_words_become_labels_and_nothing_is_lost() -> None:
    assert read_phones("casa: 213456789", ("PT",)) == [
        Phone("casa: 213456789", "+351213456789", "casa")
    ]
    assert read_phones("13800138000（手机）", ("CN",))[0].label == "手机"
    both = read_phones("912345678, ver notas", ("PT",))
    assert [(p.raw, p.value) for p in both] == [
        ("912345678", "+351912345678"),
        ("ver notas", None),
    ]
    assert read_phones("  ", ("PT",)) == []


def test_second_country_helps_only_where_home_fails() -> None:
    assert read_phones("13800138000", ("PT", "CN"))[0].value == "+8613800138000"
    assert read_phones("912345678", ("PT", "ES"))[0].value == "+351912345678"


def test_damage_and_shape() -> None:
    assert is_damaged_by_excel("1.38E+10")
    assert not is_damaged_by_excel("13800138000")
    assert looks_like_phone("+351 912 345 678")
    assert not looks_like_phone("12-03")
    assert not looks_like_phone("Rua 12")


@pytest.mark.parametrize(
    ("country", "value", "shown"),
    [
        ("PT", "+351912345678", "912 345 678"),
        ("GB", "+442079460958", "020 7946 0958"),
        ("CN", "+8613800138000", "138 0013 8000"),
        ("CN", "+862158881024", "021 5888 1024"),
        ("US", "+14155550132", "(415) 555-0132"),
        ("PT", "+442079460958", "+44 20 7946 0958"),
        ("pt", "+8613800138000", "+86 138 0013 8000"),
        ("", "+351912345678", "+351 912 345 678"),
        ("PT", "912 345", "912 345"),
        ("PT", "+351 912345678 (casa)", "+351 912345678 (casa)"),
        ("PT", "+999123456", "+999123456"),
        ("PT", "", ""),
    ],
)
def test_numbers_are_written_as_at_home(country: str, value: str, shown: str) -> None:
    assert writing_at_home(country)(value) == shown


def test_stored_numbers_are_written_as_the_library_writes_them() -> None:
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        example = phonenumbers.example_number(region)
        stored = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
        parsed = phonenumbers.parse(stored)
        national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
        assert writing_at_home(region)(stored) == national, region
