"""The guide's pictures: the import as it reads a sheet of each kind (`guide_samples`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import catalogue_pictures
import file_pictures
import guide_fields
import guide_lists
import guide_lookup
import guide_tasks
import guide_today
import order_pictures
import sales_pictures
import survey_pictures
import target_pictures
from guide_files import write_formats
from guide_samples import write_sheets
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPixmap

from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.pages.import_page import ImportPage
from crm_desktop.ui.pages.import_wizard.sheet_list import sheet_title
from crm_desktop.ui.pages.import_wizard.sources import each_sheet
from crm_desktop.ui.pages.import_wizard.steps import Step
from crm_desktop.ui.shell import Shell

Settle = Callable[..., None]
Scene = tuple[str, Callable[[], QPixmap]]
# The page beside the rail is 1276 wide then; nothing but blank lines is lost in lower windows.
SIZE = (1500, 850)
_LOW, _SHORT = 620, 540
_HEIGHTS = {"list": 850, "combined": 660, "phones-and-dates": 620, "families": 620}


def save(picture: QPixmap, target: Path) -> None:
    """Write a picture as small as it gets without a loss."""
    picture.toImage().convertToFormat(QImage.Format.Format_RGB888).save(str(target), quality=0)


def scenes(shell: Shell, folder: Path, settle: Settle) -> Iterator[Scene]:
    """Each picture's name and how to take it, in an archive of its own."""
    shell.resize(*SIZE)
    archive = folder / "Viagens Aurora guide.crm"
    with Workspace.open(archive, create=True, data_dir=folder / "guide-data") as workspace:
        workspace.settings.set_home_country("PT")
        workspace.close(backup=False)
    shell.open_archive(archive)
    settle(lambda: shell.session is not None)
    sheets = write_sheets(folder / "sheets")
    guide = _Guide(shell, settle)
    yield from _kinds(guide, sheets)
    yield from _formats(guide, folder / "formats")
    yield from _put_right(guide, sheets["putting-right"])
    yield from _known(guide, sheets["putting-right"])
    settle(lambda: not shell.operations.busy)
    yield from guide_tasks.scenes(shell, folder, settle)
    settle(lambda: not shell.operations.busy)
    yield from guide_fields.scenes(shell, folder, settle)
    yield from guide_today.scenes(shell, folder, settle)
    yield from guide_lookup.scenes(shell, folder, settle)
    settle(lambda: not shell.operations.busy)
    yield from guide_lists.guide_scenes(shell, folder, settle)
    settle(lambda: not shell.operations.busy)
    yield from file_pictures.guide_scenes(shell, folder, settle)
    settle(lambda: not shell.operations.busy)
    yield from catalogue_pictures.guide_scenes(shell, folder, settle)
    settle(lambda: not shell.operations.busy)
    yield from sales_pictures.guide_scenes(shell, folder, settle)
    yield from order_pictures.guide_scenes(shell, folder, settle)
    yield from survey_pictures.guide_scenes(shell, folder, settle)
    yield from target_pictures.guide_scenes(shell, folder, settle)
    settle(lambda: not shell.operations.busy)


class _Guide:
    """The wizard, and how to lead it."""

    def __init__(self, shell: Shell, settle: Settle) -> None:
        self.shell = shell
        self.settle = settle
        shell.open_import([])
        settle(lambda: not shell.operations.busy)
        page = shell.page("import")
        assert isinstance(page, ImportPage)
        self.page = page

    def open(self, *paths: Path) -> None:
        self.page.start_over()
        self.settle(lambda: self.page.step is Step.FILE)
        self.shell.open_import(list(paths))
        self.settle(lambda: self.page.step is Step.COLUMNS and not self.page.busy)
        self.still()

    def sheet(self, name: str) -> None:
        """Show the sheet whose title begins so."""
        for file, sheet in each_sheet(self.page.files):
            if sheet_title(file, sheet).startswith(name):
                self.page.columns_step.sheets.go_to(sheet)
                break
        else:
            raise SystemExit(f"there is no sheet {name}")
        self.still()

    def choose_country(self, code: str) -> None:
        """Say where the phone numbers are from; the file is read anew."""
        self.page.columns_step.country_chosen.emit(code)
        self.settle(lambda: self.page.step is Step.COLUMNS and not self.page.opening.busy)
        self.still()

    def go_on(self, step: Step) -> None:
        self.settle(lambda: self.page.next.isEnabled())
        self.page.next.click()
        self.settle(lambda: self.page.step is step and not self.page.busy)
        self.still()

    def still(self) -> None:
        self.settle(lambda: not self.page.asking.busy and not self.shell.operations.busy)

    def grab(self, height: int = SIZE[1]) -> Callable[[], QPixmap]:
        """The page without the rail, in a window of this height."""

        def take() -> QPixmap:
            self.shell.resize(SIZE[0], height)
            self.settle()
            page = self.page
            corner = page.mapTo(self.shell, QPoint(0, 0))
            picture = self.shell.grab(QRect(corner, page.size()))
            self.shell.resize(*SIZE)
            self.settle()
            return picture

        return take


def _kinds(guide: _Guide, sheets: dict[str, Path]) -> Iterator[Scene]:
    shown = {"cards": "", "sales": "Bookings", "years": "2024"}
    for name, path in sheets.items():
        if name in ("putting-right", "japanese-years"):
            continue
        guide.open(path)
        if name == "other-years":
            guide.choose_country("TW")
        if shown.get(name):
            guide.sheet(shown[name])
        yield name, guide.grab(_HEIGHTS.get(name, _SHORT))
        if name in ("phones-and-dates", "years"):
            guide.go_on(Step.CHECK)
            yield f"{name}-check", guide.grab(660 if name == "phones-and-dates" else _SHORT)
        if name == "other-years":
            guide.choose_country("PT")


def _formats(guide: _Guide, folder: Path) -> Iterator[Scene]:
    files = write_formats(folder)
    page = guide.page
    page.start_over()
    guide.shell.open_import(files)
    guide.settle(lambda: not page.opening.busy)
    guide.still()
    yield "formats", guide.grab(800)


def _put_right(guide: _Guide, path: Path) -> Iterator[Scene]:
    guide.open(path)
    step = guide.page.columns_step
    yield "dates-question", guide.grab(660)
    step.next_spellings()
    guide.still()
    yield "spellings", guide.grab(660)
    step.spellings.hide()
    step.dates.buttons[0].click()
    guide.still()
    guide.go_on(Step.CHECK)
    yield "check", guide.grab(_LOW)
    guide.go_on(Step.RESULT)
    yield "result", guide.grab(_LOW)


def _known(guide: _Guide, path: Path) -> Iterator[Scene]:
    """The same workbook again, its customers known by now."""
    guide.open(path)
    yield "remembered", guide.grab(690)
    guide.page.columns_step.grid.open_chooser(1)
    guide.still()
    yield "policies", guide.grab(800)
    guide.page.columns_step.grid.popup.close_now()
    guide.go_on(Step.CHECK)
    yield "only-what-changed", guide.grab(_LOW)
