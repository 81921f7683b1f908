"""One change to all chosen customers, and what else can be done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QProgressBar, QVBoxLayout, QWidget

from crm_desktop.domain.bulk import BULK_FIELDS, TAG, Edit, Way
from crm_desktop.domain.customers import Stage
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.filters import OWN
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.services.filters import FilterField
from crm_desktop.ui import filter_words
from crm_desktop.ui import format as say
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.theme import SPACE, paint
from crm_desktop.ui.widgets.basic import Card, button, label, row
from crm_desktop.ui.widgets.edit import LineEdit
from crm_desktop.ui.widgets.filter_values import combo

if TYPE_CHECKING:
    from crm_desktop.domain.jobs import Progress

_ADD, _REMOVE = "tag+", "tag-"
_MOST_STARS = 5


class BulkPanel(QFrame):
    """Stands where a customer's file stands; `edit_wanted` carries an `Edit`."""

    edit_wanted = Signal(object)
    copy_wanted = Signal()
    export_wanted = Signal()
    print_wanted = Signal()
    delete_wanted = Signal()
    stop_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._fields: Mapping[str, FilterField] = {}
        self._count = 0
        self.title = label("", "record")
        close = button("", "x", kind="quiet", name=_("Choose nobody"), clicked=self.closed.emit)
        close.setToolTip(_("Choose nobody (Esc)"))
        self.field = combo([], "", _("What to change"))
        self.field.currentIndexChanged.connect(self._field_changed)
        self.choice = combo([], "", _("The new value"))
        self.choice.currentIndexChanged.connect(self._show_value)
        self.text = LineEdit(name=_("The new value"))
        self.text.returnPressed.connect(self._apply)
        self.clear = combo(
            [("set", _("becomes")), ("clear", _("is cleared"))], "set", _("Set or clear")
        )
        self.clear.currentIndexChanged.connect(self._show_value)
        self.hint = label("", "caption", wrap=True)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        # The page has its one primary button already.
        self.apply = button("", clicked=self._apply)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = button(_("Cancel"), clicked=self.stop_wanted.emit)
        self.running = QWidget()
        self.running.setLayout(row(self.bar, self.stop))
        self.running.hide()
        for one in (self.field, self.clear, self.choice):
            # A long name of an own field must not make the panel wider than its place.
            one.setSizeAdjustPolicy(one.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            one.setMinimumContentsLength(8)
        card = Card()
        for part in (
            *(label(_("Change one field of all of them"), "strong"), self.field, self.clear),
            *(self.choice, self.text, self.hint, self.error, self.apply, self.running),
        ):
            card.body.addWidget(part)
        other = Card()
        copy = button(_("Copy as rows"), "copy", clicked=self.copy_wanted.emit)
        export = button(_("Export…"), "file-down", clicked=self.export_wanted.emit)
        printed = button(_("Print"), "printer", clicked=self.print_wanted.emit)
        delete = button(
            _("Move to the trash"), "trash-2", kind="danger", clicked=self.delete_wanted.emit
        )
        for part in (copy, export, printed, delete):
            other.body.addWidget(part)
        self.best = label("", "secondary", wrap=True)
        self.best.hide()
        head = row(self.title, None, close)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.l, SPACE.xl, SPACE.l, SPACE.l)
        box.setSpacing(SPACE.m)
        box.addLayout(head)
        box.addWidget(self.best)
        box.addWidget(card)
        box.addWidget(other)
        box.addStretch(1)
        self.set_fields({})

    def show_count(self, count: int, *, best: bool = False) -> None:
        """Say how many are chosen.

        Args:
            count: of customers.
            best: they are all that a search shows, which has more hits.
        """
        self._count = count
        words = ngettext("{n} customer chosen", "{n} customers chosen", count)
        self.title.setText(words.format(n=say.number(count)))
        words = _(
            "These are the best {n} hits of the search; it has more. A filter chooses all whom it"
            " meets."
        )
        self.best.setText(words.format(n=say.number(count)))
        self.best.setVisible(best)
        self._show_value()

    def set_fields(self, fields: Mapping[str, FilterField]) -> None:
        """Offer the archive's own fields too."""
        # Another customer is chosen by his name, in the file.
        own = {
            key: field
            for key, field in fields.items()
            if key.startswith(OWN) and field.own is not FieldKind.CUSTOMER
        }
        if own == self._fields and self.field.count():
            return
        self._fields = own
        chosen = str(self.field.currentData() or "")
        # Nothing at first: Enter on a panel that has just opened must not change 10,000.
        options = [("", _("Choose a field"))]
        options += [(key, filter_words.title(key, {})) for key in BULK_FIELDS]
        options.insert(3, (_ADD, _("Add tags")))
        options.insert(4, (_REMOVE, _("Remove tags")))
        options += [(key, field.name) for key, field in own.items()]
        self.field.blockSignals(True)
        self.field.clear()
        for key, text in options:
            self.field.addItem(text, key)
        self.field.setCurrentIndex(max(self.field.findData(chosen), 0))
        self.field.blockSignals(False)
        self._field_changed()

    # The value.

    def edit(self) -> Edit:
        """What is asked for."""
        key = str(self.field.currentData())
        if key in (_ADD, _REMOVE):
            return Edit(TAG, Way.ADD if key == _ADD else Way.REMOVE, self.text.text())
        if self._may_be_cleared(key) and self.clear.currentData() == "clear":
            return Edit(key, Way.CLEAR)
        chosen = self._choices(key)
        value = self._chosen() if chosen else self.text.text().strip()
        return Edit(key, Way.SET, value)

    def _chosen(self) -> str:
        return str(self.choice.currentData() or "")

    def _choices(self, key: str) -> list[tuple[str, str]]:
        yes, no = pgettext("value", "Yes"), pgettext("value", "No")
        if key == "stage":
            return [(stage.value, paint.stage_text(stage.value)) for stage in Stage]
        if key == "rating":
            return [(str(n), "★" * n) for n in range(1, _MOST_STARS + 1)]
        if key in ("do_not_contact", "deceased"):
            return [("yes", yes), ("no", no)]
        if key in self._fields and self._fields[key].own is FieldKind.YES_NO:
            return [("yes", yes), ("no", no)]
        return []

    def _may_be_cleared(self, key: str) -> bool:
        return key not in ("", "stage", "do_not_contact", "deceased", _ADD, _REMOVE)

    def _field_changed(self) -> None:
        key = str(self.field.currentData())
        choices = self._choices(key)
        self.choice.blockSignals(True)
        self.choice.clear()
        for value, text in [("", _("Choose")), *choices]:
            self.choice.addItem(text, value)
        self.choice.blockSignals(False)
        self.text.clear()
        self.clear.setCurrentIndex(0)
        self._show_value()
        words = {_ADD: "tag", _REMOVE: "tag"}.get(key, key)
        if key and not choices:
            filters = session_of(self).workspace.filters
            ReadOp(self, lambda: filters.words(words), key="words").success(self._offer).run()

    def _offer(self, words: Sequence[tuple[str, str]]) -> None:
        completer = QCompleter([value for value, _shown in words], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.text.setCompleter(completer)

    def _show_value(self) -> None:
        key = str(self.field.currentData())
        may = self._may_be_cleared(key)
        self.clear.setVisible(may)
        cleared = may and self.clear.currentData() == "clear"
        choices = bool(self._choices(key))
        self.choice.setVisible(choices and not cleared)
        self.text.setVisible(bool(key) and not choices and not cleared)
        self.apply.setEnabled(bool(key) and (not choices or cleared or self._chosen() != ""))
        tags = key in (_ADD, _REMOVE)
        self.hint.setText(_("Several with commas between.") if tags else "")
        self.hint.setVisible(tags)
        self.error.hide()
        words = ngettext("Change {n} customer", "Change {n} customers", self._count)
        self.apply.setText(words.format(n=say.number(self._count)))

    # Doing it.

    def _apply(self) -> None:
        self.error.hide()
        self.edit_wanted.emit(self.edit())

    def show_error(self, text: str) -> None:
        """Say why it was not done."""
        self.error.setText(text)
        self.error.show()

    def edited(self) -> None:
        """It is done: ready for the next one."""
        self.text.clear()
        self.choice.setCurrentIndex(0)

    def show_busy(self, *, busy: bool) -> None:
        """While it runs there is Cancel instead of the button."""
        self.apply.setVisible(not busy)
        self.running.setVisible(busy)
        self.bar.setRange(0, 0)
        for part in self.findChildren(QComboBox):
            part.setEnabled(not busy)
        self.text.setEnabled(not busy)

    def show_progress(self, progress: Progress) -> None:
        """Move the bar."""
        if progress.total:
            self.bar.setRange(0, progress.total)
            self.bar.setValue(progress.done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc chooses nobody."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
