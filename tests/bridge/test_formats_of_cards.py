"""Number formats of a form's columns, which are not those of the list that its cards become."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from archives import PEOPLE, import_file

from crm_desktop.domain.fields import FieldKind
from crm_desktop.services.workspace import Workspace


def test_a_field_takes_no_currency_from_the_column_of_its_letter(tmp_path: Path) -> None:
    path = tmp_path / "fichas.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        euros = book.add_format({"num_format": "#,##0.00 €"})
        for number, name in enumerate(PEOPLE, start=1):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Nome:", name, "Telefone:", f"91234567{number}"])
            sheet.write_row(1, 0, ["Ficha:", number, "Localidade:", "Porto"])
            sheet.write_row(3, 0, ["Data", "Obra", "Valor"])
            sheet.write_row(4, 0, ["2024-05-06", "Escada"])
            sheet.write_number(4, 2, 4900, euros)
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path / "d") as workspace:
        workspace.settings.set_home_country("PT")
        found = import_file(workspace, path)

    assert [c["custom"]["Ficha"] for c in found.customers] == ["1", "2", "3", "4"]


def test_a_cells_own_currency_makes_money_of_its_field_alone(tmp_path: Path) -> None:
    path = tmp_path / "fichas.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        euros = book.add_format({"num_format": "#,##0.00 €"})
        for number, name in enumerate(PEOPLE, start=1):
            sheet = book.add_worksheet(name)
            sheet.write_column(0, 0, ["Nome:", "Telefone:", "Localidade:", "Saldo:", "Peso:"])
            sheet.write_column(0, 1, [name, f"91234567{number}", "Porto"])
            sheet.write_number(3, 1, 30.5 + number, euros)
            sheet.write_number(4, 1, 50.25 + number)
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path / "d") as workspace:
        workspace.settings.set_home_country("PT")
        found = import_file(workspace, path)

    own = [(c["custom"]["Saldo"], c["custom"]["Peso"]) for c in found.customers]
    assert own == [(f"{30.5 + n} EUR", f"{50.25 + n}") for n in range(1, 5)]
    kinds = {c.header: c.kind for c in found.sheets[0].columns}
    assert (kinds["Saldo"], kinds["Peso"]) == (FieldKind.MONEY, FieldKind.NUMBER)
