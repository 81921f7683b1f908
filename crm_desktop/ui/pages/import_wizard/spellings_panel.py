"""The panel of a column's values: what is one, written in several ways, is made one."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.imports import Cluster, ColumnMapping, ColumnValues
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.imports.spellings import accepted, changed_cells, replacements
from crm_desktop.ui import format as say
from crm_desktop.ui.pages.import_wizard.words import feeds
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import ElidedLabel, button, column, hairline, label, row
from crm_desktop.ui.widgets.edit import LineEdit

_WIDTH, _LEAST, _MOST, _ROOM = 460, 190, 520, 340
_SHOWN = 80
_IN_LINE = 12  # where the field's own text begins


class ClusterLine(QWidget):
    """One cluster: whether its values are made one, which writing they get, what they are.

    `changed` tells that something else was decided.
    """

    changed = Signal()

    def __init__(self, cluster: Cluster, *, wanted: bool, target: str) -> None:
        super().__init__()
        self.cluster = cluster
        said = ", ".join(value for value, _count in cluster.values)
        self.box = QCheckBox()
        self.box.setProperty("bare", True)
        self.box.setChecked(wanted)
        self.box.setAccessibleName(_("Join {values}").format(values=said))
        self.edit = LineEdit(name=_("Written instead of {values}").format(values=said))
        self.edit.setProperty("kind", "target")
        self.edit.setText(target)
        self.edit.setCursorPosition(0)
        self.edit.setEnabled(wanted)
        words = " · ".join(f"{value} {say.number(count)}" for value, count in cluster.values)
        self.values = ElidedLabel(words, "secondary")
        self.values.setContentsMargins(_IN_LINE, 0, 0, 0)
        self.box.toggled.connect(self._toggled)
        self.edit.textChanged.connect(self.changed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE.m)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.box, 0, 0)
        grid.addWidget(self.edit, 0, 1)
        grid.addWidget(self.values, 1, 1)
        fonts.ensure_for(*(value for value, _count in cluster.values))

    def target(self) -> str | None:
        """The writing that all get; None where they stay as they are."""
        return self.edit.text().strip() or None if self.box.isChecked() else None

    def _toggled(self, wanted: bool) -> None:
        self.edit.setEnabled(wanted)
        self.changed.emit()


class SpellingsPanel(QFrame):
    """Opens under a column's head.

    `accepted` carries the column's position and its replacements. A child that lies over the
    window, no popup window, as input methods do not work in those everywhere. It goes with
    Esc, with a click beside it, and when the owner has decided.
    """

    accepted = Signal(int, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("popup")
        self.hide()
        self._grid = parent
        parent.destroyed.connect(self.deleteLater)
        self._column: ColumnMapping | None = None
        self._before: QWidget | None = None
        self._at = QPoint()
        self.lines: list[ClusterLine] = []
        self.title = ElidedLabel("", "section")
        self.facts = label("", "secondary")
        self.note = label("", "mute", wrap=True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.outcome = label("", "secondary")
        self.cancel = button(_("Cancel"), kind="quiet", clicked=self.close_now)
        self.join = button(_("Join"), kind="primary", clicked=self._join)
        self.join.setToolTip(_("Join (Ctrl+Enter)"))
        head = column(self.title, self.facts, spacing=2)
        head.setContentsMargins(SPACE.l, SPACE.m, SPACE.l, SPACE.m)
        self._noted = QWidget()
        noted = QVBoxLayout(self._noted)
        noted.setContentsMargins(SPACE.l, SPACE.l, SPACE.l, SPACE.l)
        noted.addWidget(self.note)
        noted.addStretch(1)
        foot = row(self.outcome, None, self.cancel, self.join)
        foot.setContentsMargins(SPACE.l, SPACE.m, SPACE.l, SPACE.m)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(1, 1, 1, 1)
        lines.setSpacing(0)
        lines.addLayout(head)
        lines.addWidget(hairline())
        lines.addWidget(self._noted, 1)
        lines.addWidget(self.area, 1)
        lines.addWidget(hairline())
        lines.addLayout(foot)

    @property
    def index(self) -> int:
        """The position of the column it is open for; -1 for none."""
        return self._column.index if self._column is not None and self.isVisible() else -1

    def open_for(self, mapping: ColumnMapping, at: QPoint) -> None:
        """Open for a column whose values are being counted.

        Args:
            mapping: the column.
            at: where the left upper corner should be, on the screen.
        """
        window = self.window()
        if self.parent() is not window:
            self.setParent(window)
        self._before = window.focusWidget()
        self._column, self._at = mapping, at
        title = _("Spellings in “{column}”").format(column=mapping.header or feeds(mapping))
        self.title.set_text(title)
        self.setAccessibleName(title)
        self.facts.setText(_("All rows of the sheet"))
        self._show_note(_("Counting the values…"))
        self._name_way_out(_("Cancel"))
        self._fit(_LEAST)
        self.show()
        self.raise_()
        self.cancel.setFocus(Qt.FocusReason.PopupFocusReason)
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def show_values(self, values: ColumnValues) -> None:
        """Show what was counted."""
        mapping = self._column
        if mapping is None or not self.isVisible():
            return
        different = ngettext("{n} different", "{n} different", values.distinct)
        count = ngettext("{n} value", "{n} values", values.filled)
        self.facts.setText(
            count.format(n=say.number(values.filled))
            + " · "
            + different.format(n=say.number(values.distinct))
        )
        if not values.clusters:
            self._show_note(_("No value is written in more than one way."))
            self._name_way_out(_("Close"))
            return
        self._noted.hide()
        self.lines = []
        for cluster in values.clusters[:_SHOWN]:
            wanted, target = accepted(mapping, cluster)
            line = ClusterLine(cluster, wanted=wanted, target=target)
            line.changed.connect(self._say)
            self.lines.append(line)
        found = self._list()
        self.area.setWidget(found)
        self.area.show()
        self._fit(min(_MOST, found.sizeHint().height() + 132))
        self.join.show()
        self._say()
        self.lines[0].box.setFocus(Qt.FocusReason.PopupFocusReason)

    def _list(self) -> QWidget:
        made = QWidget()
        body = QVBoxLayout(made)
        body.setContentsMargins(SPACE.l, SPACE.m, SPACE.l, SPACE.m)
        body.setSpacing(SPACE.m)
        heads = {
            True: _("The same but for capitals, accents, blanks and signs"),
            False: _("Much alike: join only what is a slip"),
        }
        for same, text in heads.items():
            lines = [line for line in self.lines if line.cluster.same is same]
            if lines:
                body.addWidget(label(text, "caption"))
            for line in lines:
                body.addWidget(line)
        body.addStretch(1)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        return made

    def _show_note(self, text: str) -> None:
        self.lines = []
        self.area.hide()
        self.note.setText(text)
        self._noted.show()
        self.outcome.setText("")
        self.join.hide()

    def _name_way_out(self, text: str) -> None:
        self.cancel.setText(text)
        self.cancel.setAccessibleName(text)

    def _fit(self, height: int) -> None:
        """Take the room that is needed, inside the window."""
        window = self.window()
        here = window.mapFromGlobal(self._at)
        width = min(_WIDTH, window.width() - 8)
        # Better lower than over the head of its column, as long as some lines are seen.
        room = max(_ROOM, window.height() - here.y() - 8)
        height = min(height, room, window.height() - 16)
        x = max(4, min(here.x(), window.width() - width - 8))
        y = max(8, min(here.y(), window.height() - height - 8))
        self.setGeometry(x, y, width, height)

    def _pairs(self) -> tuple[tuple[str, str], ...]:
        if self._column is None:
            return ()
        clusters = [line.cluster for line in self.lines]
        return replacements(self._column, clusters, [line.target() for line in self.lines])

    def _say(self) -> None:
        pairs = self._pairs()
        count = changed_cells(pairs, [line.cluster for line in self.lines])
        words = ngettext("{n} value changes", "{n} values change", count)
        self.outcome.setText(words.format(n=say.number(count)) if count else "")
        now = self._column.replacements if self._column is not None else ()
        self.join.setEnabled(bool(pairs) or bool(now))

    def _join(self) -> None:
        if self._column is not None and self.lines:
            index, pairs = self._column.index, self._pairs()
            self.close_now()
            self.accepted.emit(index, pairs)

    def close_now(self) -> None:
        """Go, and give the keyboard back to where it came from."""
        # First the keyboard: who is hidden with it looks for another place inside.
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def _stops(self) -> Sequence[QWidget]:
        """Where the Tab key stops, in their order."""
        stops: list[QWidget] = []
        for line in self.lines:
            stops += [line.box, line.edit]
        return [w for w in (*stops, self.cancel, self.join) if w.isEnabled() and w.isVisible()]

    # Qt's own names.

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes round inside."""
        stops = self._stops()
        if not stops:
            return False
        here = self.window().focusWidget()
        at = stops.index(here) if here in stops else -1
        step = (at + (1 if following else -1)) % len(stops)
        reason = Qt.FocusReason.TabFocusReason if following else Qt.FocusReason.BacktabFocusReason
        stops[step].setFocus(reason)
        if self.area.isAncestorOf(stops[step]):
            self.area.ensureWidgetVisible(stops[step], 0, 40)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Ctrl+Enter joins; nothing goes through to the page."""
        key = event.key()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key == Qt.Key.Key_Escape:
            self.close_now()
        elif (
            enter
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and self.join.isVisible()
            and self.join.isEnabled()
        ):
            self._join()
        event.accept()

    def hideEvent(self, event: QHideEvent) -> None:
        """Watch the mouse no more."""
        super().hideEvent(event)
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click beside it closes it, its fields' own menus do not; it goes with its grid."""
        if event.type() == QEvent.Type.Hide and watched is self._grid:
            self.hide()
        elif event.type() == QEvent.Type.Resize and watched is self.window():
            self._fit(self.height())
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and isinstance(watched, QWidget)
            and watched is not self
            and watched.window() is self.window()
            and not self.isAncestorOf(watched)
        ):
            self.close_now()
        return False
