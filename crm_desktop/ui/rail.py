"""The rail at the left: the name, search, the pages, and what the archive is doing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.i18n import _
from crm_desktop.ui.ops import JobOp
from crm_desktop.ui.pages import PAGES, PageSpec
from crm_desktop.ui.theme import SIZE, SPACE, icons
from crm_desktop.ui.widgets.basic import ElidedLabel, Icon, button, keys, label, plain_tip, row

if TYPE_CHECKING:
    from crm_desktop.domain.lists import SavedView, SavedViewId

# More of them are reached from the list itself.
_MOST_VIEWS = 8
_LEAST_VIEWS_HIGH = 72
_LOW = 640


class Status(QWidget):
    """The rail's foot: which archive, when it was backed up, which job runs."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.archive = ElidedLabel("", "caption")
        self.backup = ElidedLabel("", "caption")
        self._archive_row = self._line("database", self.archive)
        self._backup_row = self._line("shield-check", self.backup)
        self.job = QWidget()
        self.job_title = ElidedLabel("", "caption")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._stop = button(
            "", kind="link", clicked=self.stop_wanted.emit, name=_("Cancel the running job")
        )
        self._stop.setToolTip(_("Cancel"))
        icons.set_icon(self._stop, "x", "mute", 14)
        self._stop.setFixedWidth(24)
        self._writing = False
        box = QVBoxLayout(self.job)
        box.setContentsMargins(0, 0, 0, SPACE.s)
        box.setSpacing(SPACE.xs)
        head = row(self.job_title, self._stop, spacing=0)
        head.setStretch(0, 1)
        box.addLayout(head)
        box.addWidget(self.bar)
        self.job.hide()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(10, 0, 10, 0)
        lines.setSpacing(SPACE.xs)
        for part in (self.job, self._archive_row, self._backup_row):
            lines.addWidget(part)
        self.show_archive("", "")

    def _line(self, icon: str, text: ElidedLabel) -> QWidget:
        made = QWidget()
        line = row(Icon(icon, "mute", 13), text, spacing=6)
        line.setStretch(1, 1)
        made.setLayout(line)
        return made

    def show_archive(self, name: str, path: str) -> None:
        """Say which archive is open; "" for none."""
        self._archive_row.setVisible(bool(name))
        self._backup_row.setVisible(bool(name))
        self.archive.set_text(name)
        self._archive_row.setToolTip(path.replace("<", "&lt;"))

    def show_backup(self, text: str) -> None:
        """Say when the archive was backed up."""
        self.backup.set_text(text)

    def show_jobs(self, jobs: Sequence[JobOp[Any]]) -> None:
        """Show the first of the jobs that have a title."""
        shown = [job for job in jobs if job.title]
        self.job.setVisible(bool(shown) or self._writing)
        self._stop.setVisible(bool(shown))
        if not shown:
            self.job_title.set_text(_("Saving…"))
            self.bar.setRange(0, 0)
            return
        latest = shown[0].latest
        text = shown[0].title
        if latest.phase and latest.phase != text:
            text = f"{text} · {latest.phase}"
        self.job_title.set_text(text)
        if latest.total:
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(1000 * latest.done / latest.total))
        else:
            self.bar.setRange(0, 0)

    def show_writing(self, jobs: Sequence[JobOp[Any]], *, writing: bool) -> None:
        """Say that a change takes its time, where no job is shown."""
        self._writing = writing
        self.show_jobs(jobs)


class ViewButton(QPushButton):
    """A saved view in the rail: its icon, its name, how many customers are in it."""

    def __init__(self, view: SavedView, count: int | None) -> None:
        from crm_desktop.ui import format as say  # late: views come after the first paint

        super().__init__()
        self.setProperty("kind", "rail")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        shown = "" if count is None else say.number(count)
        self.setAccessibleName(f"{view.name} {shown}".strip())
        self.setToolTip(plain_tip(view.name))
        name = ElidedLabel(view.name, "secondary")
        line = row(Icon(view.icon or "funnel", "mute", 15), name, label(shown, "caption"))
        line.setContentsMargins(24, 0, 8, 0)
        line.setStretch(1, 1)
        self.setLayout(line)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class _Views(QScrollArea):
    """The saved views: as high as all of them where there is room, else they are scrolled."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._inner = QWidget()
        self.lines = QVBoxLayout(self._inner)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(0)
        self.setWidget(self._inner)

    def sizeHint(self) -> QSize:
        """All of them."""
        return self.lines.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """As many as show that there are more."""
        return QSize(0, min(self.lines.totalSizeHint().height(), _LEAST_VIEWS_HIGH))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other views need another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Rail(QFrame):
    """The pages; `page_wanted` carries a page's key, `view_wanted` the number of a saved view.

    `view_menu_wanted` carries a view's number and where its menu shall open.
    """

    page_wanted = Signal(str)
    view_wanted = Signal(object)
    view_menu_wanted = Signal(object, QPoint)

    def __init__(self, search: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(SIZE.rail)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        self._views: _Views | None = None
        self._is_low = False
        self._views_at = 0
        self.view_buttons: dict[SavedViewId, ViewButton] = {}
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(14, 18, 14, 12)
        box.setSpacing(SPACE.xs)
        brand = row(Icon("layers", "accent", 22), label(_("CRM Desktop"), "brand"), None, spacing=6)
        self._brand = QWidget()
        self._brand.setLayout(brand)
        brand.setContentsMargins(2, 0, 0, SPACE.m)
        box.addWidget(self._brand)
        self.search = button(
            _("  Search  {keys}").format(keys=keys(search)), "search", kind="search"
        )
        self.search.setAccessibleName(_("Search everything"))
        self.search.setToolTip(search.toolTip())
        self.search.clicked.connect(search.trigger)
        box.addWidget(self.search)
        box.addSpacing(SPACE.s)
        for spec in PAGES:
            if spec.at_foot or not spec.in_rail:
                continue
            box.addWidget(self._page_button(spec))
            if spec.key == "customers":
                self._views_at = box.count()
        box.addStretch(1)
        for spec in PAGES:
            if spec.at_foot:
                box.addWidget(self._page_button(spec))
        box.addSpacing(SPACE.s)
        self.status = Status(self)
        box.addWidget(self.status)

    def _page_button(self, spec: PageSpec) -> QPushButton:
        title = _(spec.title)
        # The blanks give the icon the room that Qt does not.
        made = button(
            f"  {title}", spec.icon, kind="rail", tip=_tip_of(title, spec.keys), name=title
        )
        made.setCheckable(True)
        made.setProperty("page", spec.key)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(self._clicked)
        self._group.addButton(made)
        self._buttons[spec.key] = made
        return made

    def show_views(
        self,
        views: Sequence[SavedView],
        counts: Mapping[SavedViewId, int],
        shown: SavedViewId | None,
    ) -> None:
        """List the saved views below the customers."""
        focused = next((n for n, made in self.view_buttons.items() if made.hasFocus()), None)
        for made in self.view_buttons.values():
            made.hide()
            made.deleteLater()
        self.view_buttons.clear()
        lines = self._view_lines() if views else None
        for view in views[:_MOST_VIEWS]:
            assert view.id is not None
            made = ViewButton(view, counts.get(view.id))
            made.setChecked(view.id == shown)
            made.clicked.connect(partial(self._view_clicked, view.id))
            made.customContextMenuRequested.connect(partial(self._view_menu, view.id))
            self.view_buttons[view.id] = made
            if self._is_low:
                self._fit(made)
            if lines is not None:
                lines.addWidget(made)
        if focused in self.view_buttons:
            self.view_buttons[focused].setFocus(Qt.FocusReason.OtherFocusReason)

        if self._views is not None:
            self._views.setVisible(bool(views))
            self._views.updateGeometry()

    def _view_lines(self) -> QVBoxLayout:
        """Where the views go; made with the first one, which comes after the first paint."""
        if self._views is None:
            self._views = _Views()
            self._box.insertWidget(self._views_at, self._views)
        return self._views.lines

    def _view_clicked(self, number: SavedViewId) -> None:
        self.view_wanted.emit(number)

    def _view_menu(self, number: SavedViewId, at: QPoint) -> None:
        self.view_menu_wanted.emit(number, self.view_buttons[number].mapToGlobal(at))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window its parts stand close, so that the saved views have room too."""
        super().resizeEvent(event)
        low = event.size().height() < _LOW
        if low != self._is_low:
            self._is_low = low
            self._box.setSpacing(0 if low else SPACE.xs)
            # The name of the program is what is needed least.
            self._brand.setVisible(not low)
            for made in (*self._buttons.values(), *self.view_buttons.values()):
                self._fit(made)

    def _fit(self, made: QPushButton) -> None:
        """Make a button as high as there is room for."""
        made.setProperty("low", self._is_low)
        made.style().unpolish(made)
        made.style().polish(made)

    def show_page(self, key: str) -> None:
        """Mark a page as the one that is shown; "" marks none."""
        self._group.setExclusive(bool(key))
        for name, made in self._buttons.items():
            made.setChecked(name == key)

    def set_open(self, *, is_open: bool) -> None:
        """Without an archive there is nothing to go to."""
        self.search.setEnabled(is_open)
        for made in self._buttons.values():
            made.setEnabled(is_open)

    def _clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.page_wanted.emit(str(sender.property("page")))


def _tip_of(title: str, keys: str) -> str:
    return f"{title} ({keys})" if keys else title
