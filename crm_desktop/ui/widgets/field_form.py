"""What is said of one field of the owner's own, and a line that makes a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLabel, QVBoxLayout, QWidget

from crm_desktop.domain.fields import WITH_WORDS, CustomField, FieldKind
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.ui import format as say
from crm_desktop.ui.field_words import kind_text
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button, column, label, row
from crm_desktop.ui.widgets.edit import InlineEdit, LineEdit
from crm_desktop.ui.widgets.notice import Notice
from crm_desktop.ui.widgets.word_list import WordList


class KindBox(QComboBox):
    """A box of all kinds; arrows and the wheel change nothing before the list is open.

    Each kind on the way would be one that the field's values are turned into.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        for kind in FieldKind:
            self.addItem(kind_text(kind), kind.value)
        self.setMaxVisibleItems(len(FieldKind))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An arrow opens the list."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) or event.text().strip():
            self.showPopup()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page is scrolled."""
        event.ignore()


class NewFieldLine(QWidget):
    """Name, kind, and a button; `wanted` carries both, `restore_wanted` asks for the trash's."""

    wanted = Signal(str, str)
    typed = Signal(str)
    restore_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = LineEdit(name=_("Name of a new field"))
        self.name.setPlaceholderText(_("Name of a new field"))
        self.kind = KindBox(_("Kind of the new field"))
        self.add = button(_("Add"), "plus", clicked=self._add)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.restore = button(_("Bring it back"), kind="link", clicked=self.restore_wanted.emit)
        self.removed = QWidget()
        self.removed.setLayout(
            row(label(_("A removed field has this name."), "caption"), self.restore, None)
        )
        self.removed.hide()
        self.name.returnPressed.connect(self._add)
        self.name.textEdited.connect(self._edited)
        line = row(self.name, self.kind, self.add)
        line.setStretch(0, 1)
        box = column(spacing=SPACE.xs)
        box.addLayout(line)
        box.addWidget(self.error)
        box.addWidget(self.removed)
        self.setLayout(box)

    def clear(self) -> None:
        """Ready for the next one."""
        self.name.clear()
        self.error.hide()
        self.removed.hide()

    def show_error(self, text: str) -> None:
        """Say why it was not made."""
        self.error.setText(text)
        self.error.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self, text: str) -> None:
        self.error.hide()
        self.typed.emit(text)

    def _add(self) -> None:
        if self.name.text().strip():
            self.wanted.emit(self.name.text(), str(self.kind.currentData()))
        else:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)


class FieldForm(QWidget):
    """One field, or the name of a group; every part is saved as it is left.

    `said` carries a part's name and its new text; `kind_wanted` a kind, `step_wanted` -1 or 1,
    `remove_wanted` asks to remove the field, `answered` whether the kind shall change.
    """

    said = Signal(str, str)
    kind_wanted = Signal(str)
    hide_wanted = Signal(bool)
    step_wanted = Signal(int)
    remove_wanted = Signal()
    words_said = Signal(list, dict)
    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.name = _edit(pgettext("of a thing", "Name"))
        self.heading = _edit(_("Group"), _("No group"))
        self.currency = _edit(_("Currency"), "EUR")
        self.kind = KindBox(_("Kind"))
        self.kind.activated.connect(self._kind_chosen)
        self.words = WordList()
        self.words.changed.connect(self.words_said)
        self.hidden = QCheckBox(_("Hide in customer files"))
        self.hidden.setAccessibleName(_("Hide in customer files"))
        self.hidden.setToolTip(_("It is still searched and exported."))
        self.hidden.clicked.connect(self.hide_wanted)
        self.count = label("", "caption")
        self.yes = button(_("Change"), clicked=self._yes)
        self.no = button(_("Leave it"), clicked=self._no)
        self.question = Notice("triangle-alert", kind="warning", below=row(self.yes, self.no, None))
        self.up = button(_("Up"), "arrow-up", clicked=self._up, tip=_("Move up (Alt+Up)"))
        self.down = button(
            _("Down"), "arrow-down", clicked=self._down, tip=_("Move down (Alt+Down)")
        )
        self.remove = button(
            _("Remove"), "trash-2", kind="danger", clicked=self.remove_wanted.emit,
            tip=_("Move to the trash, with its values (Del)"),
        )  # fmt: skip
        for part, edit in (
            ("name", self.name),
            ("heading", self.heading),
            ("currency", self.currency),
        ):
            edit.setProperty("part", part)
            edit.committed.connect(self._committed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.xs)
        self._captions: dict[str, QLabel] = {}
        parts: tuple[tuple[str, str, QWidget], ...] = (
            ("name", self.name.edit.accessibleName(), self.name),
            ("kind", _("Kind"), self.kind),
            ("currency", _("Currency"), self.currency),
            ("words", _("Words"), self.words),
            ("heading", _("Group"), self.heading),
        )
        for key, words, widget in parts:
            self._captions[key] = label(words, "secondary")
            box.addWidget(self._captions[key])
            box.addWidget(widget)
            if key == "kind":
                box.addWidget(self.question)
        box.addSpacing(SPACE.xs)
        box.addWidget(self.hidden)
        box.addWidget(self.count)
        box.addSpacing(SPACE.s)
        box.addLayout(row(self.up, self.down, self.remove, None, spacing=SPACE.xs))
        box.addStretch(1)

    def show_field(
        self,
        field: CustomField,
        values: int,
        groups: Sequence[str],
        *,
        asked: FieldKind | None = None,
    ) -> None:
        """Show a field.

        Args:
            field: which.
            values: how many it has.
            groups: those that it may join.
            asked: the kind that somebody has just chosen for it.
        """
        self.name.set_value(field.name)
        self.kind.setCurrentIndex(self.kind.findData((asked or field.kind).value))
        if asked is None:
            self.question.hide()
        self.heading.set_value(field.heading)
        self.currency.set_value(field.currency)
        if field.kind in WITH_WORDS:
            self.words.show_words(field.choices)
        self.hidden.setChecked(field.hidden)
        text = ngettext("{n} customer has a value", "{n} customers have a value", values)
        self.count.setText(text.format(n=say.number(values)))
        completer = QCompleter(list(groups), self.heading.edit)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.heading.edit.setCompleter(completer)
        self._show_parts(
            kind=True,
            currency=field.kind is FieldKind.MONEY,
            words=field.kind in WITH_WORDS,
            heading=True,
        )

    def show_group(self, name: str) -> None:
        """Show the name of a group."""
        self.name.set_value(name)
        self.question.hide()
        self._show_parts(kind=False, currency=False, words=False, heading=False)

    def ask_for_kind(self, words: str) -> None:
        """Ask whether the kind shall change all the same."""
        self.question.text.setText(words)
        self.question.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_parts(self, *, kind: bool, currency: bool, words: bool, heading: bool) -> None:
        parts: tuple[tuple[str, QWidget, bool], ...] = (
            ("kind", self.kind, kind),
            ("currency", self.currency, currency),
            ("words", self.words, words),
            ("heading", self.heading, heading),
        )
        for key, part, shown in parts:
            part.setVisible(shown)
            self._captions[key].setVisible(shown)
        of_fields: tuple[QWidget, ...] = (self.hidden, self.count, self.remove)
        for part in of_fields:
            part.setVisible(kind)

    def _committed(self, text: str) -> None:
        sender = self.sender()
        if sender is not None:
            self.said.emit(str(sender.property("part")), text)

    def _kind_chosen(self) -> None:
        self.kind_wanted.emit(str(self.kind.currentData()))

    def _yes(self) -> None:
        self.question.hide()
        self.answered.emit(True)

    def _no(self) -> None:
        self.question.hide()
        self.answered.emit(False)
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _up(self) -> None:
        self.step_wanted.emit(-1)

    def _down(self) -> None:
        self.step_wanted.emit(1)


def _edit(name: str, placeholder: str = "") -> InlineEdit:
    made = InlineEdit(name, placeholder=placeholder)
    made.edit.setProperty("flat", False)
    return made
