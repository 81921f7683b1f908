"""What a fifteenth round of unseen books taught: trades' words for firms, a second number."""

from __future__ import annotations

from datetime import date

import pytest
from archives import Bring

from crm_desktop.bridge.sheets.synonyms import meanings
from crm_desktop.bridge.values.date_columns import DateColumn, Why

FIRMS = [
    ["Tasca do Malhadal, Lda", "510334113", "261864511", "Higino Pascoal", "919701511"],
    ["Mercearia Dona Amélia", "213445123", "261312512", "Amélia Fanha", "936701512"],
    ["Hotel Vila Serena, S.A.", "504556134", "261869513", "Gonçalo Trancoso", "965701513"],
]


@pytest.mark.parametrize("word", ["Estabelecimento", "Boutique"])
def test_firms_under_a_word_of_the_trade(bring: Bring, word: str) -> None:
    header = [word, "NIPC", "Telefone", "Pessoa de contacto", "Telemóvel"]
    found = bring([header, *FIRMS], country="PT")
    kinds = {name: c["kind"] for name, c in found.by_name.items()}
    assert kinds == {
        **{row[0]: "organisation" for row in FIRMS},
        **{row[3]: "person" for row in FIRMS},
    }
    assert found.phones("Mercearia Dona Amélia") == ["+351261312512"]
    assert found.phones("Amélia Fanha") == ["+351936701512"]
    assert found.result.relations == 3


def test_who_answers_for_dogs_and_parties_is_the_customer(bring: Bring) -> None:
    for header, names in (("Pet", ["Bobi", "Farrusco", "Lassie"]),
                          ("Evento", ["Casamento", "Baptizado", "Bodas de ouro"])):  # fmt: skip
        rows = [[header, "Pessoa de contacto", "Telemóvel"]]
        rows += [[n, f[3], f[4]] for n, f in zip(names, FIRMS, strict=True)]
        found = bring(rows, country="PT")
        assert sorted(found.by_name) == sorted(f[3] for f in FIRMS)


@pytest.mark.parametrize(
    "header",
    ["Outro fone", "Outro celular", "Other mobile", "Alternative number", "备用手机",
     "其他联系电话", "Otro móvil", "2º telemóvel", "Fone recado"],
)  # fmt: skip
def test_a_second_number(header: str) -> None:
    assert meanings(header)[0].field == "phone"


def test_what_is_another_but_no_way_to_reach_anybody() -> None:
    for header in ("Outro animal", "Other costs", "其他", "Outras observações"):
        assert all(m.field not in ("phone", "email", "im") for m in meanings(header))


def test_one_text_among_typed_dates_stands_in_order_by_chance() -> None:
    column = DateColumn(country="BR", language="pt")
    typed = [date(2026, 9, 15), "07/10/2026", date(2026, 2, 10), date(2025, 10, 28)]
    column.feed(typed)
    decision = column.decide()
    assert (decision.order, decision.why) == ("DMY", Why.LOCALE)
