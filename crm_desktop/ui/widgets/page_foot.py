"""The line below a document's pages: which page, how large."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import SPACE, icons
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.basic import button, label, row
from crm_desktop.ui.widgets.edit import LineEdit
from crm_desktop.ui.widgets.page_view import PageView


class PageFoot(QWidget):
    """Leads through the pages of a view and changes their size; follows what it does itself."""

    def __init__(self, view: PageView) -> None:
        super().__init__()
        self._view = view
        self._count = 0
        self.number = LineEdit(name=_("Page"))
        self.number.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.number.setFixedWidth(64)
        self.number.takes_enter = True
        self.number.returnPressed.connect(self._number_typed)
        self.number.editingFinished.connect(self._number_left)
        self.of = label("", "mute")
        self.before = _tool("chevron-up", _("Page before (Page Up)"), self._page_before)
        self.after = _tool("chevron-down", _("Next page (Page Down)"), self._page_after)
        self.smaller = _tool("zoom-out", _("Smaller (Ctrl+−)"), view.zoom_out)
        self.larger = _tool("zoom-in", _("Larger (Ctrl++)"), view.zoom_in)
        self.percent = label("", "secondary")
        self.percent.setFixedWidth(48)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fit = button(
            _("Fit width"), kind="chip", clicked=view.fit_width, tip=_("Fit width (Ctrl+0)")
        )
        self.fit.setCheckable(True)
        # Checked, its words are bolder: Qt does not count with that.
        bold = QFontMetrics(font(semibold=True))
        self.fit.setMinimumWidth(bold.horizontalAdvance(self.fit.text()) + 28)
        line = row(
            self.before,
            self.after,
            label(_("Page"), "mute"),
            self.number,
            self.of,
            None,
            self.smaller,
            self.percent,
            self.larger,
            self.fit,
        )
        line.setContentsMargins(SPACE.l, SPACE.s, SPACE.xl, SPACE.s)
        self.setLayout(line)
        view.page_changed.connect(self._page_changed)
        view.zoom_changed.connect(self._zoom_changed)
        self.show_count(0)

    def add_shortcuts(self, window: QWidget) -> None:
        """Let the keys of the sizes work in a whole window."""
        for keys, run in (
            ("Ctrl++", self._view.zoom_in),
            ("Ctrl+=", self._view.zoom_in),
            ("Ctrl+-", self._view.zoom_out),
            ("Ctrl+0", self._view.fit_width),
        ):
            QShortcut(QKeySequence(keys), window).activated.connect(run)

    def show_count(self, count: int) -> None:
        """Say how many pages there are; without any nothing can be done."""
        self._count = count
        self.of.setText(_("of {n}").format(n=say.number(count)) if count else "")
        for part in (self.number, self.smaller, self.larger, self.fit):
            part.setEnabled(count > 0)
        self._page_changed(self._view.page)

    def _page_changed(self, page: int) -> None:
        self.number.setText(str(page + 1))
        self.before.setEnabled(0 < page < self._count)
        self.after.setEnabled(page < self._count - 1)

    def _number_typed(self) -> None:
        text = self.number.text().strip()
        if text.isdecimal():
            self._view.go_to(int(text) - 1)
        self._number_left()

    def _number_left(self) -> None:
        self.number.setText(str(self._view.page + 1))

    def _page_before(self) -> None:
        self._view.go_to(self._view.page - 1)

    def _page_after(self) -> None:
        self._view.go_to(self._view.page + 1)

    def _zoom_changed(self, zoom: float) -> None:
        self.percent.setText(f"{round(zoom * 100)} %")
        self.fit.setChecked(self._view.fits_width)


def _tool(icon: str, tip: str, run: Callable[[], object]) -> QPushButton:
    made = button("", kind="quiet", tip=tip, clicked=run)
    icons.set_icon(made, icon)
    made.setFixedWidth(36)
    return made
