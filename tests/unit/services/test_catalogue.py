"""The catalogue's use cases: each a step that can be undone, each bad input told at its field."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from crm_desktop.domain.catalogue import CategoryId, Price, ProductId, ProductKind, price_on
from crm_desktop.domain.customers import CustomerDraft, CustomerKind
from crm_desktop.domain.errors import UserError
from crm_desktop.services.workspace import Workspace


@pytest.fixture
def visa(workspace: Workspace) -> ProductId:
    workspace.settings.set_home_country("PT")
    return workspace.catalogue.create("Visto de turismo", category="Vistos / Schengen")


def names(workspace: Workspace, text: str = "", category: tuple[str, ...] = ()) -> list[str]:
    return [p.product.name for p in workspace.catalogue.search(text, category=category)]


def categories(workspace: Workspace) -> dict[tuple[str, ...], int]:
    return {one.path: one.products for one in workspace.catalogue.categories()}


def test_a_product_with_everything(workspace: Workspace, visa: ProductId) -> None:
    catalogue = workspace.catalogue
    for field, value in (("kind", "resource"), ("code", " V-1 "), ("unit", "pessoa"),
                         ("cost", "60 USD"), ("tax_rate", "23 %"), ("offered", "0")):  # fmt: skip
        assert catalogue.update(visa, field, value) is not None
    catalogue.add_price(visa, "80,00", valid_from="1/1/2026", valid_to="31/12/2026")
    hotel = workspace.customers.create(CustomerDraft("Hotel Mar", CustomerKind.ORGANISATION))
    catalogue.add_supplier(visa, hotel)
    catalogue.add_supplier(visa, hotel)  # noted already
    whole = catalogue.get(visa)
    product = whole.product
    assert (product.kind, product.code, product.unit) == (ProductKind.RESOURCE, "V-1", "pessoa")
    assert (product.cost, product.cost_currency, product.tax_rate) == (6000, "USD", 23_000)
    assert not product.offered
    assert whole.category == ("Vistos", "Schengen")
    assert [p.money.amount for p in whole.prices] == [8000]
    assert whole.suppliers == [(hotel, "Hotel Mar")]
    assert [p.name for p in catalogue.supplied_by(hotel)] == ["Visto de turismo"]
    assert catalogue.update(visa, "code", "V-1") is None


def test_every_change_is_undone_and_done_again(workspace: Workspace, visa: ProductId) -> None:
    catalogue = workspace.catalogue
    catalogue.add_price(visa, "80")
    [price] = catalogue.get(visa).prices
    assert price.id is not None
    seen = [catalogue.get(visa)]
    changes = [
        lambda: catalogue.update(visa, "name", "Visto"),
        lambda: catalogue.update(visa, "category", "Papéis"),
        lambda: catalogue.update_price(price.id, "amount", "90 USD"),
        lambda: catalogue.update_price(price.id, "valid_to", "2026-12-31"),
        lambda: catalogue.add_price(visa, "70"),
        lambda: catalogue.remove_price(price.id),
    ]
    for change in changes:
        change()
        seen.append(catalogue.get(visa))
    for before in reversed(seen[:-1]):
        workspace.history.undo()
        assert _said(catalogue.get(visa)) == _said(before)
    for after in seen[1:]:
        workspace.history.redo()
        assert _said(catalogue.get(visa)) == _said(after)


def _said(whole: object) -> str:
    import re

    return re.sub(r"updated_at=datetime[^)]*\)[^)]*\)", "", repr(whole))


def test_the_price_of_a_day() -> None:
    usual = Price("EUR", 100, id=1)  # type: ignore[arg-type]
    summer = Price("EUR", 150, date(2026, 6, 1), date(2026, 9, 30), id=2)  # type: ignore[arg-type]
    dollars = Price("USD", 120, date(2026, 1, 1), id=3)  # type: ignore[arg-type]
    all_ = [summer, usual, dollars]
    assert price_on(all_, date(2026, 7, 1), "EUR") is summer
    assert price_on(all_, date(2026, 9, 30), "EUR") is summer
    assert price_on(all_, date(2026, 10, 1), "EUR") is usual
    assert price_on(all_, date(2025, 12, 31), "USD") is None
    assert price_on(all_, date(2026, 2, 1)) is dollars
    assert price_on([], date(2026, 2, 1)) is None


def test_found_by_any_of_its_words(workspace: Workspace, visa: ProductId) -> None:
    catalogue = workspace.catalogue
    guide = catalogue.create("导游服务", category="服务")
    catalogue.update(guide, "notes", "Falar com o Rui antes de Maio")
    catalogue.update(visa, "code", "SCH-90")
    assert names(workspace, "turismo vis") == ["Visto de turismo"]
    assert names(workspace, "sch-90") == ["Visto de turismo"]
    assert names(workspace, "schengen") == ["Visto de turismo"]
    assert names(workspace, "daoyou") == ["导游服务"]
    assert names(workspace, "rui maio") == ["导游服务"]
    assert names(workspace, "nada") == []
    assert names(workspace, category=("Vistos",)) == ["Visto de turismo"]
    catalogue.update(visa, "name", "Autorização")
    assert names(workspace, "turismo") == []


def test_the_tree_of_categories(workspace: Workspace, visa: ProductId) -> None:
    catalogue = workspace.catalogue
    catalogue.create("Visto de trabalho", category="vistos / Trabalho")  # folds to the same one
    catalogue.create("Hotel", category="Alojamento")
    assert categories(workspace) == {
        ("Alojamento",): 1, ("Vistos",): 2, ("Vistos", "Schengen"): 1, ("Vistos", "Trabalho"): 1,
    }  # fmt: skip
    numbers = {one.path: one.id for one in catalogue.categories()}
    catalogue.rename_category(numbers["Vistos",], "Documentos")
    catalogue.move_category(numbers["Vistos", "Schengen"], numbers["Alojamento",])
    assert categories(workspace) == {
        ("Alojamento",): 2, ("Alojamento", "Schengen"): 1, ("Documentos",): 1,
        ("Documentos", "Trabalho"): 1,
    }  # fmt: skip
    with pytest.raises(UserError, match="below itself"):
        catalogue.move_category(numbers["Alojamento",], numbers["Vistos", "Schengen"])
    catalogue.remove_category(numbers["Alojamento",])
    assert catalogue.get(visa).category == ("Schengen",)
    assert names(workspace, category=("Alojamento",)) == []
    for _ in range(3):
        workspace.history.undo()
    assert catalogue.get(visa).category == ("Vistos", "Schengen")
    workspace.history.redo()
    assert catalogue.get(visa).category == ("Documentos", "Schengen")


def test_a_category_that_takes_the_name_of_another_goes_into_it(
    workspace: Workspace, visa: ProductId
) -> None:
    catalogue = workspace.catalogue
    other = catalogue.create("Other", category="Visas / Schengen / Old")
    numbers = {one.path: one.id for one in catalogue.categories()}
    catalogue.rename_category(numbers["Visas",], "Vistos")
    assert set(categories(workspace)) == {
        ("Vistos",), ("Vistos", "Schengen"), ("Vistos", "Schengen", "Old"),
    }  # fmt: skip
    assert catalogue.get(other).category == ("Vistos", "Schengen", "Old")
    assert catalogue.get(visa).category == ("Vistos", "Schengen")
    workspace.history.undo()
    assert catalogue.get(other).category == ("Visas", "Schengen", "Old")


def test_categories_that_are_too_deep(workspace: Workspace, visa: ProductId) -> None:
    catalogue = workspace.catalogue
    with pytest.raises(UserError, match="levels deep"):
        catalogue.update(visa, "category", " / ".join("abcdefghi"))
    catalogue.update(visa, "category", " / ".join("abcdefgh"))
    numbers = {one.path: one.id for one in catalogue.categories()}
    with pytest.raises(UserError, match="levels deep"):
        catalogue.move_category(numbers["a",], numbers["Vistos",])
    with pytest.raises(UserError, match="not there"):
        catalogue.remove_category(CategoryId(999))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("name", " ", "needs a name"), ("cost", "-1", "below zero"), ("tax_rate", "120", "between"),
     ("kind", "pet", "pet"), ("unit", "x" * 600, "longer")],
)  # fmt: skip
def test_bad_values_are_told_at_their_fields(
    workspace: Workspace, visa: ProductId, field: str, value: str, words: str
) -> None:
    before = workspace.catalogue.get(visa)
    with pytest.raises(UserError, match=words) as raised:
        workspace.catalogue.update(visa, field, value)
    assert raised.value.field == field
    assert workspace.catalogue.get(visa) == before


def test_bad_prices(workspace: Workspace, visa: ProductId) -> None:
    catalogue = workspace.catalogue
    for amount, first, last, field in (
        ("", "", "", "amount"), ("x", "", "", "amount"), ("5", "31/31/2026", "", "valid_from"),
        ("5", "2026-02-01", "2026-01-31", "valid_to"),
    ):  # fmt: skip
        with pytest.raises(UserError) as raised:
            catalogue.add_price(visa, amount, valid_from=first, valid_to=last)
        assert raised.value.field == field
    number = catalogue.add_price(visa, "5", valid_from="2026-02-01")
    with pytest.raises(UserError, match="before the first"):
        catalogue.update_price(number, "valid_to", "2026-01-01")
    with pytest.raises(UserError, match="costs"):
        catalogue.update_price(number, "amount", "")


def test_no_two_products_have_one_code(workspace: Workspace, visa: ProductId) -> None:
    catalogue = workspace.catalogue
    catalogue.update(visa, "code", "V1")
    other = catalogue.create("Other")
    with pytest.raises(UserError, match="Visto de turismo"):
        catalogue.update(other, "code", "V1")
    catalogue.delete([visa])
    assert catalogue.update(other, "code", "V1") is not None


def test_the_trash(workspace: Workspace, visa: ProductId) -> None:
    catalogue = workspace.catalogue
    catalogue.add_price(visa, "80")
    catalogue.delete([visa])
    assert names(workspace) == []
    assert [one.name for one in catalogue.trashed()] == ["Visto de turismo"]
    with pytest.raises(UserError, match="not there"):
        catalogue.get(visa)
    catalogue.restore([visa])
    assert len(catalogue.get(visa).prices) == 1
    workspace.history.undo()
    workspace.history.undo()
    assert names(workspace) == ["Visto de turismo"]


def test_erased_for_good(workspace: Workspace, visa: ProductId) -> None:
    catalogue = workspace.catalogue
    hotel = workspace.customers.create(CustomerDraft("Hotel Mar", CustomerKind.ORGANISATION))
    catalogue.update(visa, "name", "A secret")
    catalogue.update(visa, "notes", "Another secret")
    catalogue.add_price(visa, "4711")
    catalogue.add_price(visa, "4712")
    [price, _other] = catalogue.get(visa).prices
    assert price.id is not None
    catalogue.remove_price(price.id)
    catalogue.add_supplier(visa, hotel)
    kept = catalogue.create("Kept")
    assert catalogue.erase([kept]) == 0  # it is not in the trash
    catalogue.delete([visa])
    catalogue.delete([kept])
    assert catalogue.erase([visa]) == 1
    assert [one.name for one in catalogue.trashed()] == ["Kept"]
    told = [step.name for step in workspace.history.steps()]
    assert not [name for name in told if "secret" in name or "Visto" in name]
    workspace.close(backup=False)
    written = workspace.path.read_bytes()
    assert b"secret" not in written
    assert b"4711" not in written
    with Workspace.open(workspace.path, data_dir=workspace.path.parent / "again") as again:
        assert again.backups.check().messages == ()
        assert again.catalogue.erase() == 1
        assert again.catalogue.erase() == 0


def test_suppliers_stay_with_merged_erased_and_reverted_customers(
    workspace: Workspace, visa: ProductId
) -> None:
    catalogue = workspace.catalogue
    one = workspace.customers.create(CustomerDraft("Hotel Mar", CustomerKind.ORGANISATION))
    two = workspace.customers.create(CustomerDraft("Hotel do Mar", CustomerKind.ORGANISATION))
    catalogue.add_supplier(visa, two)
    # Whom a product comes from is not undone away with the step that made him.
    assert workspace.history.steps()[1].name.endswith("Hotel do Mar")
    workspace.duplicates.merge(one, two)
    assert catalogue.get(visa).suppliers == [(one, "Hotel Mar")]
    workspace.history.undo()
    assert catalogue.get(visa).suppliers == [(two, "Hotel do Mar")]
    workspace.customers.delete([two])
    assert catalogue.get(visa).suppliers == []
    workspace.history.undo()
    assert catalogue.get(visa).suppliers == [(two, "Hotel do Mar")]
    workspace.customers.delete([two])
    workspace.customers.erase([two])
    assert catalogue.get(visa).suppliers == []
    assert workspace.backups.check().messages == ()


def test_what_was_edited_since_an_import_stays_when_that_is_taken_back(
    workspace: Workspace, visa: ProductId, tmp_path: Path
) -> None:
    workspace.catalogue.add_price(visa, "80")
    workspace.catalogue.create("Hotel")
    workspace.exports.export(tmp_path / "a.json")
    with Workspace.open(tmp_path / "b.crm", create=True, data_dir=tmp_path) as other:
        other.imports.import_files([tmp_path / "a.json"])
        [imported] = [s for s in other.history.steps() if s.name.startswith("Import")]
        [kept] = other.catalogue.search("visto")
        [price] = kept.prices
        assert price.id is not None
        other.catalogue.update_price(price.id, "amount", "90")
        other.history.undo_step(imported.id)
        assert names(other) == ["Visto de turismo"]
        assert [p.amount for p in other.catalogue.search()[0].prices] == [9000]
        assert other.backups.check().messages == ()


def test_a_category_within_one_of_its_own_name(workspace: Workspace) -> None:
    catalogue = workspace.catalogue
    for path in ("A / Visas / Visas / Old", "A / Visas / Other", "A / Visas"):
        catalogue.create(path, category=path)
    numbers = {one.path: one.id for one in catalogue.categories()}
    catalogue.remove_category(numbers["A", "Visas"])
    assert categories(workspace) == {
        ("A",): 3, ("A", "Other"): 1, ("A", "Visas"): 1, ("A", "Visas", "Old"): 1,
    }  # fmt: skip


def test_a_code_that_another_has_by_now(workspace: Workspace, visa: ProductId) -> None:
    catalogue = workspace.catalogue
    catalogue.update(visa, "code", "V1")
    catalogue.delete([visa])
    catalogue.update(catalogue.create("Other"), "code", "V1")
    with pytest.raises(UserError, match="Other"):
        catalogue.restore([visa])


def test_a_product_that_says_otherwise_elsewhere_is_another(
    workspace: Workspace, visa: ProductId, tmp_path: Path
) -> None:
    workspace.exports.export(tmp_path / "a.json")
    workspace.imports.import_files([tmp_path / "a.json"])
    assert len(names(workspace)) == 1
    workspace.catalogue.update(visa, "notes", "New here")
    workspace.imports.import_files([tmp_path / "a.json"])
    assert sorted(p.product.notes for p in workspace.catalogue.search()) == ["", "New here"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("tax_rate", 10**7), ("cost", -1), ("cost", 10**20), ("category", ["x"] * 9),
     ("category", [" "]), ("prices", [{"currency": "EUR", "amount": 10**19}])],
)  # fmt: skip
def test_a_file_that_was_changed_by_hand(
    workspace: Workspace, visa: ProductId, tmp_path: Path, field: str, value: object
) -> None:
    workspace.catalogue.update(visa, "cost", "5 EUR")
    workspace.exports.export(tmp_path / "a.json")
    found = json.loads((tmp_path / "a.json").read_text("utf-8"))
    found["products"][0][field] = value
    (tmp_path / "b.json").write_text(json.dumps(found), "utf-8")
    with pytest.raises(UserError):
        workspace.imports.import_files([tmp_path / "b.json"])
    assert names(workspace) == ["Visto de turismo"]
