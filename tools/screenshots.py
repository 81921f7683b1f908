"""Pictures of every page in light and dark: `python tools/screenshots.py` fills docs/screenshots.

They are taken of the real window on a sample archive, made in a temporary folder; `--only
customers` takes one page, `--theme dark` one theme, `--language pt` another language. The guide's
pictures (docs/guide/pictures, light only) are taken along; `--guide` takes no others.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import catalogue_pictures
import file_pictures
import guide_fields
import guide_lists
import guide_pictures
import lookup_pictures
import order_pictures
import sales_pictures
import survey_pictures
import target_pictures
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QDialog
from sample_day import fill_day

from crm_desktop import i18n
from crm_desktop.app import build_window
from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    CustomerListQuery,
    InteractionKind,
    Stage,
)
from crm_desktop.domain.settings import Firm
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.demo import fill_demo, sample_workbook
from crm_desktop.ui.shell import Shell
from crm_desktop.ui.theme import Theme

HERE = Path(__file__).resolve().parent.parent
SIZE = (1280, 800)
# Beside the sample's customers, those that show every script at the head of the list.
WORLD = (
    ("王秀英", "上海东方贸易有限公司", "上海", "+86 21 5888 1024", Stage.CUSTOMER),
    ("João da Conceição", "Lisboa Têxteis, Lda.", "Lisboa", "+351 912 345 678", Stage.PROSPECT),
    ("Иванов Сергей", "ООО «Северный Ветер»", "Москва", "+7 495 123-45-67", Stage.POTENTIAL),
    ("Zoë Müller", "Alpenwerk GmbH", "München", "+49 89 1234567", Stage.CUSTOMER),
    ("محمد عبد الله", "شركة النور للتجارة", "دبي", "+971 4 123 4567", Stage.PROSPECT),
    ("김민준", "한빛소프트", "서울", "+82 2 312 3456", Stage.POTENTIAL),
    ("Maria Inês Ferreira", "Café do Porto", "Porto", "+351 912 000 111", Stage.CUSTOMER),
    ("陳大文", "永盛實業股份有限公司", "台北", "+886 2 2312 3456", Stage.PROSPECT),
    ("田中 太郎", "株式会社さくら", "東京", "+81 3-1234-5678", Stage.CUSTOMER),
    ("Ελένη Παπαδοπούλου", "Αιγαίο ΑΕ", "Αθήνα", "+30 210 123 4567", Stage.FORMER),
    ("Nguyễn Thị Ánh", "Sao Mai JSC", "Hà Nội", "+84 24 1234 5678", Stage.PROSPECT),
    ("דוד כהן", "נמל חיפה", "חיפה", "+972 4 123 4567", Stage.CUSTOMER),
)


def main() -> int:
    """Take the pictures."""
    options = _options()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    i18n.choose_language(options.language)
    app = QApplication([*sys.argv[:1], *Theme.ARGUMENTS])
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if not options.guide:
            take_pages(app, work, options)
        if "light" in options.theme:
            take_guide(app, work, options)
    return 0


def take_pages(app: QApplication, work: Path, options: argparse.Namespace) -> None:
    """Every page, in each theme."""
    archive = work / "Viagens Aurora.crm"
    chosen = make_archive(archive, work / "data")
    for theme in options.theme:
        with window(app, work / "data", theme, options.language) as shell:
            suffix = "" if theme == "light" else f"-{theme}"
            for name, picture in scenes(shell, archive, chosen):
                if options.only in ("", name):
                    target = options.out / f"{name}{suffix}.png"
                    picture().save(str(target))
                    print(target)


def take_guide(app: QApplication, work: Path, options: argparse.Namespace) -> None:
    """The guide's pictures."""
    options.guide_out.mkdir(parents=True, exist_ok=True)
    with window(app, work / "guide-window", "light", options.language) as shell:
        for name, picture in guide_pictures.scenes(shell, work, settle):
            if options.only in ("", name):
                target = options.guide_out / f"{name}.png"
                guide_pictures.save(picture(), target)
                print(target)


@contextmanager
def window(app: QApplication, data_dir: Path, theme: str, language: str) -> Iterator[Shell]:
    """The started window."""
    built = build_window(app, data_dir=data_dir, theme=theme, language=language)
    shell = built.shell
    shell.resize(*SIZE)
    shell.show()
    yield shell
    shell.close()
    settle(lambda: not shell.isVisible())
    built.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE / "docs" / "screenshots")
    parser.add_argument("--guide-out", type=Path, default=HERE / "docs" / "guide" / "pictures")
    parser.add_argument("--guide", action="store_true", help="only the guide's pictures")
    parser.add_argument("--only", default="")
    parser.add_argument("--theme", action="append", choices=("light", "dark"))
    parser.add_argument("--language", default="en", choices=tuple(i18n.LANGUAGES))
    options = parser.parse_args()
    options.out, options.guide_out = options.out.resolve(), options.guide_out.resolve()
    options.theme = options.theme or ["light", "dark"]
    return options


def make_archive(path: Path, data_dir: Path) -> CustomerId:
    """The sample archive with customers of every script; returns the one who is chosen."""
    fill_demo(path, data_dir=data_dir)
    now = datetime.now(UTC)
    with Workspace.open(path, data_dir=data_dir) as workspace:
        listed = list(workspace.customers.ids(CustomerListQuery()))
        guide_fields.fill(workspace, [CustomerId(number) for number in listed[:4]])
        catalogue_pictures.fill(workspace)
        workspace.settings.save_firm(
            Firm(
                name="Viagens Aurora",
                address="Rua das Flores 12\n1200-001 Lisboa",
                phone="+351 213 456 789",
                email="ola@viagensaurora.example",
                website="viagensaurora.example",
            )
        )
        customers = workspace.customers
        made: list[CustomerId] = []
        for name, firm, city, phone, stage in WORLD:
            points = (
                ContactPoint(ContactKind.PHONE.value, phone, None, ""),
                ContactPoint(ContactKind.EMAIL.value, f"customer{len(made)}@example.org", None),
            )
            made.append(
                customers.create(
                    CustomerDraft(
                        name=name,
                        organisation=firm,
                        stage=stage.value,
                        contact_points=points,
                        addresses=(Address(city=city),),
                        birthday="1984-04-12" if len(made) == 0 else None,
                        tags=("vip", "groups") if len(made) == 0 else (),
                        notes="Prefers morning flights and a window seat."
                        if len(made) == 0
                        else "",
                    )
                )
            )
        for kind, text, hours in (
            (
                InteractionKind.CALL,
                "Discussed the 2026 contract; wants a quote by Friday. 客户希望延长付款期限。",
                2,
            ),
            (InteractionKind.MESSAGE, "“报价单 2026-118” with 2 attachments", 26),
            (InteractionKind.VISIT, "With 李伟 and finance. Next: revised terms.", 24 * 15),
        ):
            customers.log_interaction(made[0], kind, text, at=now - timedelta(hours=hours))
        for line, who in (
            ("Send the terms 1/11/2026", 0),
            ("Confirm the flights today 23:59", 1),
            ("明天下午3点打电话", 0),
            ("Ask for the deposit in 5 days", 3),
            ("Think about a new letterhead", None),
        ):
            workspace.tasks.add(line, customer_id=None if who is None else made[who])
        fill_day(workspace, datetime.now())
        workspace.backups.make()
        workspace.close(backup=False)
    return made[0]


def scenes(
    shell: Shell, archive: Path, chosen: CustomerId
) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    """Each page, brought to the front, with its name and how to take it."""
    from crm_desktop.ui.pages.customers import CustomersPage
    from crm_desktop.ui.palette import Palette

    shell.preferences.set_text("recent", "")  # a folder of this very run
    shell.show_welcome()
    settle()
    yield "welcome", shell.grab
    shell.open_archive(archive)
    settle(lambda: shell.session is not None)
    settle(lambda: not shell.operations.busy)
    shell.toasts.clear()
    settle()
    yield "today", shell.grab
    shell.hand_over()
    settle(lambda: not shell.operations.busy)
    sheet = shell.findChildren(QDialog)[-1]
    yield "hand-over", sheet.grab
    sheet.close()
    shell.show_page("customers")
    page = shell.page("customers")
    assert isinstance(page, CustomersPage)
    settle(lambda: page.model.whole)
    page.order._head_clicked("updated")  # the last changed first: every script in sight
    settle(lambda: page.model.whole and not shell.operations.busy)
    yield "customers-list", shell.grab
    page.open_customer(chosen)
    settle(lambda: page.panel.customer is not None and not shell.operations.busy)
    page.table.setFocus()
    yield "customers", shell.grab
    shell.commands.palette.trigger()
    palette = shell.findChildren(Palette)[-1]
    palette.field.setText("an")
    settle(lambda: len(palette.choices()) > 3 and not shell.operations.busy)
    yield "palette", shell.grab
    palette.leave()
    page.close_panel()
    yield from guide_lists.scenes(shell, settle)
    shell.new_customer()
    settle()
    yield "new-customer", shell.grab
    page.close_panel()
    for name in ("tasks", "history", "settings"):
        shell.show_page(name)
        settle(lambda: not shell.operations.busy)
        yield name, shell.grab
    guide_fields.show(shell, settle)
    yield "settings-fields", shell.grab
    page.table.choose_row(1)
    page.delete_selected()
    settle(lambda: not shell.operations.busy)
    shell.show_page("trash")
    settle(lambda: not shell.operations.busy)
    yield "trash", shell.grab
    shell.undo_step(shell.session.workspace.history.can_undo().id)  # type: ignore[union-attr]
    settle(lambda: not shell.operations.busy)
    shell.toasts.clear()
    yield from lookup_pictures.scenes(shell, settle, chosen)
    yield from file_pictures.scenes(shell, settle)
    yield from catalogue_pictures.scenes(shell, settle)
    yield from sales_pictures.scenes(shell, settle)
    yield from order_pictures.scenes(shell, settle)
    yield from survey_pictures.scenes(shell, settle)
    yield from target_pictures.scenes(shell, settle)
    yield from import_scenes(shell)
    yield from print_scene(shell, chosen)


def import_scenes(shell: Shell) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    """The wizard, step by step, with a workbook that the archive does not hold yet."""
    from crm_desktop.ui.pages.import_page import ImportPage
    from crm_desktop.ui.pages.import_wizard.steps import Step

    shell.open_import([])
    settle(lambda: not shell.operations.busy)
    yield "import", shell.grab
    page = shell.page("import")
    assert isinstance(page, ImportPage)
    own = sample_workbook()
    shell.open_import([next(p for p in sorted(own.parent.glob("*.xlsx")) if p != own)])
    settle(lambda: page.step is Step.COLUMNS and not page.busy)
    yield "import-columns", shell.grab
    page.next.click()
    settle(lambda: page.step is Step.CHECK and not page.busy)
    yield "import-check", shell.grab
    page.next.click()
    settle(lambda: page.step is Step.RESULT)
    yield "import-result", shell.grab
    page.undo()
    settle(lambda: page.result_step.undo.isHidden() and not shell.operations.busy)


def print_scene(shell: Shell, chosen: CustomerId) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    """The print preview."""
    shell.show_page("customers")
    shell.print_customers([chosen])
    settle(lambda: not shell.operations.busy)
    dialog = shell.findChildren(QDialog)[-1]
    settle()
    yield "print-preview", dialog.grab
    dialog.close()


def settle(ready: Callable[[], bool] = lambda: True, *, seconds: float = 60) -> None:
    """Run the window until something is so, and then until it is painted."""
    app = QApplication.instance()
    assert app is not None
    end = time.monotonic() + seconds
    while not ready() and time.monotonic() < end:
        app.processEvents()
    if not ready():
        raise SystemExit("the window did not get ready in time")
    paint = time.monotonic() + 0.25
    while time.monotonic() < paint:
        app.processEvents()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    raise SystemExit(main())
