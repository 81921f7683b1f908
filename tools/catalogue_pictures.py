"""Pictures of the catalogue, filled as a travel agency would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPixmap

from crm_desktop.domain.catalogue import ProductId, ProductKind
from crm_desktop.domain.customers import CustomerDraft, CustomerKind
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.shell import Shell

Settle = Callable[..., None]
Scene = tuple[str, Callable[[], QPixmap]]

# The page beside the rail is 1000 wide then.
_GUIDE = (1216, 760)
_VISA = "Schengen visa, tourism, up to 90 days"
# Name, kind, category, fields, and prices: an amount, its first and last day.
PRODUCTS: tuple[
    tuple[str, ProductKind, str, dict[str, str], tuple[tuple[str, str, str], ...]], ...
] = (
    (
        _VISA,
        ProductKind.SERVICE,
        "Visas / Schengen",
        {
            "code": "V-SCH-90",
            "unit": "person",
            "cost": "90 EUR",
            "tax_rate": "23",
            "description": "Application, appointment and translation of the papers.\n"
            "- consulate's fee **included**\n- decision within 15 days",
            "notes": "Children below six pay *half*. Appointments in June are gone by April.",
        },
        (
            ("160 EUR", "", ""),
            ("1280 CNY", "", ""),
            ("185 EUR", "{year}-06-01", "{year}-12-31"),
            ("26500 JPY", "{next}-01-01", ""),
        ),
    ),
    (
        "Schengen visa, business, several entries",
        ProductKind.SERVICE,
        "Visas / Schengen",
        {"code": "V-SCH-B", "unit": "person"},
        (("240 EUR", "", ""),),
    ),
    (
        "中国旅游签证（加急）",
        ProductKind.SERVICE,
        "Visas / 中国",
        {"code": "V-CN-L", "unit": "人", "cost": "140 EUR"},
        (("210 EUR", "", ""), ("1680 CNY", "", "")),
    ),
    (
        "Hotel Mar Azul, quarto duplo com vista para o mar e pequeno-almoço",
        ProductKind.RESOURCE,
        "Hotels / Algarve",
        {"code": "H-MAR-2", "unit": "noite", "cost": "71.50 EUR", "tax_rate": "6"},
        (("96 EUR", "", ""), ("148 EUR", "{year}-06-15", "{year}-09-15")),
    ),
    (
        "京都・町家の宿 さくら",
        ProductKind.RESOURCE,
        "Hotels / 日本",
        {"code": "H-KYO-1", "unit": "night"},
        (("42000 JPY", "", ""),),
    ),
    (
        "导游服务（中文、葡文），全天",
        ProductKind.RESOURCE,
        "Guides",
        {"code": "G-ZH-1", "unit": "day", "cost": "150 EUR"},
        (("220 EUR", "", ""), ("1750 CNY", "", "")),
    ),
    (
        "Guia de montanha, Serra da Estrela",
        ProductKind.RESOURCE,
        "Guides",
        {"unit": "dia"},
        (("180 EUR", "", ""),),
    ),
    (
        "Route of the Douro: Porto, Régua, Pinhão, with wine tasting and a day on the river",
        ProductKind.SERVICE,
        "Routes / Portugal",
        {"code": "R-DOU-3", "unit": "person"},
        (("690 EUR", "", ""), ("5450 CNY", "", "")),
    ),
    ("Old town of Lisbon on foot", ProductKind.SERVICE, "Routes / Portugal", {"offered": "0"}, ()),
    ("Travel adapter, world", ProductKind.GOOD, "", {"code": "A-01"}, (("14.90 EUR", "", ""),)),
)


def fill(workspace: Workspace) -> ProductId:
    """Write the catalogue; gives the product that is shown."""
    catalogue, customers = workspace.catalogue, workspace.customers
    years = {"year": date.today().year, "next": date.today().year + 1}
    made: dict[str, ProductId] = {}
    for name, kind, category, fields, prices in PRODUCTS:
        number = made[name] = catalogue.create(name, kind, category=category)
        for field, value in fields.items():
            catalogue.update(number, field, value)
        for amount, first, last in prices:
            catalogue.add_price(
                number, amount, valid_from=first.format(**years), valid_to=last.format(**years)
            )
    for supplier in ("Visa Centre Lisboa, Lda.", "上海签证服务中心"):
        draft = CustomerDraft(supplier, CustomerKind.ORGANISATION)
        catalogue.add_supplier(made[_VISA], customers.create(draft))
    return made[_VISA]


def scenes(shell: Shell, settle: Settle) -> Iterator[Scene]:
    """The picture's name and how to take it."""

    def quiet() -> bool:
        return not shell.operations.busy

    session = shell.session
    assert session is not None
    catalogue = session.workspace.catalogue
    if catalogue.search():  # of the other theme's round
        [number] = [p.product.id for p in catalogue.search() if p.product.name == _VISA]
        assert number is not None
    else:
        number = fill(session.workspace)
    settle(quiet)
    shell.show_product(number)
    settle(quiet)
    shell.toasts.clear()
    settle(quiet)
    yield "catalogue", shell.grab


def guide_scenes(shell: Shell, folder: Path, settle: Settle) -> Iterator[Scene]:
    """The guide's picture, in a firm of its own."""
    archive = folder / "Viagens Aurora catalogue.crm"
    with Workspace.open(archive, create=True, data_dir=folder / "catalogue-data") as workspace:
        workspace.settings.set_home_country("PT")
        workspace.close(backup=False)
    before = shell.session
    shell.open_archive(archive)
    settle(lambda: shell.session not in (None, before) and not shell.operations.busy)
    for name, _take in scenes(shell, settle):
        shell.resize(*_GUIDE)
        settle(lambda: not shell.operations.busy)
        page = shell.page("catalogue")
        box = QRect(page.mapTo(shell, QPoint(0, 0)), page.size())
        yield name, lambda box=box: shell.grab(box)
