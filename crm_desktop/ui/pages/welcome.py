"""The page without an archive: drop a sheet, open what was open, start anew, try the sample."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.i18n import _
from crm_desktop.ui.drops import SHEETS
from crm_desktop.ui.pages.base import Page
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import ElidedLabel, Icon, button, column, label, row

if TYPE_CHECKING:
    from crm_desktop.ui.shell import Shell

_WIDTH = 620


class DropZone(QFrame):
    """Where a sheet is dropped; a click lets the user choose one."""

    def __init__(self, page: WelcomePage) -> None:
        super().__init__(page)
        self.setObjectName("drop")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._page = page
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.xl, SPACE.xl)
        box.setSpacing(SPACE.s)
        box.addWidget(Icon("file-spreadsheet", "accent", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        head = label(_("Drop your Excel sheet here"), "section")
        under = label(_("A new archive is made and every row becomes a customer."), "mute")
        self.choose = button(_("Choose a file…"), "folder-open", clicked=page.choose_sheet)
        for part in (head, under, self.choose):
            box.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The whole zone is a button."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._page.choose_sheet()
        super().mouseReleaseEvent(event)


class WelcomePage(Page):
    """Four ways in."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        archives = shell.archives
        inner = QWidget()
        inner.setFixedWidth(_WIDTH)
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, SPACE.xxl, 0, SPACE.xxl)
        box.setSpacing(SPACE.l)
        titles = column(
            label(_("Welcome to CRM Desktop"), "title"),
            label(
                _("Everything your firm knows about its customers, in one file on this computer."),
                "mute",
                wrap=True,
            ),
            spacing=SPACE.xs,
        )
        head = row(Icon("layers", "accent", 44), spacing=SPACE.l)
        head.addLayout(titles, 1)
        self.drop = DropZone(self)
        tiles = QGridLayout()
        tiles.setSpacing(SPACE.m)
        self.new_tile = _tile(_("New archive…"), "file-plus", "Ctrl+Shift+N")
        self.open_tile = _tile(_("Open archive…"), "folder-open", "Ctrl+O")
        self.sample_tile = _tile(_("Try the sample"), "sparkles", "")
        self.new_tile.clicked.connect(archives.ask_new)
        self.open_tile.clicked.connect(archives.ask_open)
        self.sample_tile.clicked.connect(archives.open_sample)
        for place, tile in enumerate((self.new_tile, self.open_tile, self.sample_tile)):
            tiles.addWidget(tile, 0, place)
        box.addStretch(1)
        box.addLayout(head)
        box.addSpacing(SPACE.s)
        box.addWidget(self.drop)
        box.addLayout(tiles)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        box.addLayout(self._recent)
        self._fill_recent(shell.preferences.recent())
        box.addStretch(2)
        centred = QWidget()
        line = QHBoxLayout(centred)
        line.addStretch(1)
        line.addWidget(inner)
        line.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(centred)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def choose_sheet(self) -> None:
        """Let the user choose a sheet to import."""
        dialog = QFileDialog(self._shell, _("Choose a file to import"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{s}" for s in SHEETS)
        dialog.setNameFilters(
            [_("Spreadsheets ({kinds})").format(kinds=patterns), _("All files (*)")]
        )
        dialog.filesSelected.connect(self._sheets_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _sheets_chosen(self, paths: list[str]) -> None:
        self._shell.open_import([Path(p) for p in paths])

    def _fill_recent(self, paths: list[Path]) -> None:
        if not paths:
            return
        self._recent.addSpacing(SPACE.s)
        self._recent.addWidget(label(_("Recent"), "section"))
        for path in paths[:4]:
            made = QPushButton()
            made.setProperty("kind", "recent")
            made.setAccessibleName(_("Open {name}").format(name=path.stem))
            made.setProperty("path", str(path))
            made.setCursor(Qt.CursorShape.PointingHandCursor)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            inside = QHBoxLayout(made)
            inside.setContentsMargins(10, 0, 10, 0)
            inside.setSpacing(SPACE.m)
            inside.addWidget(Icon("database", "mute", 16))
            name = label(path.stem, "strong")
            inside.addWidget(name)
            where = ElidedLabel(str(path.parent), "secondary")
            inside.addWidget(where, 1)
            made.clicked.connect(self._recent_clicked)
            self._recent.addWidget(made)

    def _recent_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._shell.open_recent(str(sender.property("path")))


def _tile(text: str, icon: str, keys: str) -> QPushButton:
    made = button(text, icon, kind="tile", tip=f"{text.rstrip('…')} ({keys})" if keys else text)
    made.setAccessibleName(text)
    return made
