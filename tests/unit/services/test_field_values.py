"""Values of own fields as the archive keeps them and as people read and write them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.fields import FieldKind as K
from crm_desktop.i18n import choose_language
from crm_desktop.services.field_values import shown, typed
from crm_desktop.services.workspace import Workspace


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    choose_language("en")


@pytest.mark.parametrize(
    ("kind", "value", "english", "portuguese", "chinese"),
    [
        (K.DATE, "2019-03-05", "5 Mar 2019", "5 de mar. de 2019", "2019年3月5日"),
        (K.DATE, "--03-05", "5 Mar", "5 de mar.", "3月5日"),
        (K.DATE, "2019-03", "Mar 2019", "mar. de 2019", "2019年3月"),
        (
            K.DATE,
            "2019-03-05 14:30:00",
            "5 Mar 2019 14:30",
            "5 de mar. de 2019 14:30",
            "2019年3月5日 14:30",
        ),
        (K.NUMBER, "1234567.50", "1,234,567.50", "1.234.567,50", "1,234,567.50"),
        (K.NUMBER, "-3", "-3", "-3", "-3"),
        (K.MONEY, "1234.5", "1,234.50", "1.234,50", "1,234.50"),
        (K.MONEY, "12.5 EUR", "€12.50", "€ 12,50", "€12.50"),
        (K.MONEY, "0.125 EUR", "0.125 EUR", "0,125 EUR", "0.125 EUR"),
        (K.YES_NO, "yes", "Yes", "Sim", "是"),
        (K.YES_NO, "no", "No", "Não", "否"),
        (K.PHONE, "+351912345678", *["+351 912 345 678"] * 3),
        (K.CHOICE, "Ouro", *["Ouro"] * 3),
    ],
)
def test_values_read_as_people_write_them(
    kind: K, value: str, english: str, portuguese: str, chinese: str
) -> None:
    for language, expected in (("en", english), ("pt", portuguese), ("zh_CN", chinese)):
        choose_language(language)
        assert shown(kind, value) == expected


@pytest.mark.parametrize("kind", [k for k in K if k is not K.PHONE])
@pytest.mark.parametrize("text", ["ver ficha", "2019-13-45", "--99-01", "1.2.3", "", "talvez"])
def test_a_text_that_was_kept_stays_as_it_is(kind: K, text: str) -> None:
    assert shown(kind, text) == text


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (K.DATE, "5/3/2019", "2019-03-05"),
        (K.DATE, "2019-03-05", "2019-03-05"),
        (K.DATE, "no verão", "no verão"),
        (K.NUMBER, "1.234,5", "1234.5"),
        (K.NUMBER, "1.234", "1.234"),
        (K.MONEY, "12,50 €", "12.50 EUR"),
        (K.YES_NO, "Não", "no"),
        (K.YES_NO, "talvez", "talvez"),
        (K.LINK, "www.x.pt", "https://www.x.pt"),
        (K.TEXT, "5/3/2019", "5/3/2019"),
        (K.DATE, "", ""),
    ],
)
def test_what_is_typed_is_kept_in_the_writing_of_its_kind(
    kind: K, text: str, expected: str
) -> None:
    choose_language("pt")
    assert typed(kind, text, "PT") == expected


@pytest.mark.parametrize("language", ["en", "pt", "zh_CN"])
@pytest.mark.parametrize(
    ("kind", "value"),
    [(K.DATE, "2019-03-05"), (K.NUMBER, "1234.5"), (K.YES_NO, "no"), (K.MONEY, "7.50 EUR")],
)
def test_what_is_shown_or_edited_is_taken_back(language: str, kind: K, value: str) -> None:
    choose_language(language)
    country = {"en": "GB", "pt": "PT", "zh_CN": "CN"}[language]
    assert typed(kind, value, country) == value
    if kind is not K.DATE:  # typed in the stored writing, as birthdays are
        assert typed(kind, shown(kind, value), country) == value


def test_a_field_that_exists_takes_what_is_typed_by_its_kind(workspace: Workspace) -> None:
    number = workspace.customers.create(CustomerDraft("Ana Silva"))
    workspace.customers.set_custom(number, "Since", "5/3/2019")
    # A field that somebody makes by hand is one of text.
    assert workspace.customers.get(number).custom == {"Since": "5/3/2019"}
    assert workspace.customers.get(number).custom_kinds == {}
