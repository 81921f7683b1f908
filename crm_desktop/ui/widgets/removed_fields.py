"""The custom fields in the trash: how many values each holds, back, or gone for good."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.fields import RemovedField
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.field_words import kind_text
from crm_desktop.ui.theme import fonts
from crm_desktop.ui.widgets.basic import Card, ElidedLabel, Icon, button, label, row

_HIGH = 36


class RemovedFields(Card):
    """A line a field; `restore_wanted` and `erase_wanted` carry its number."""

    restore_wanted = Signal(object)
    erase_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(margins=(18, 12, 12, 8))
        self.fields: list[RemovedField] = []
        self.body.addWidget(label(_("Removed fields"), "section"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        self.hide()

    def show_fields(self, fields: Sequence[RemovedField]) -> None:
        """Show them; without any nothing is shown."""
        self.fields = list(fields)
        fonts.ensure_for(*(one.field.name for one in fields))
        while (item := self._lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for one in fields:
            self._lines.addWidget(self._line(one))
        self.setVisible(bool(fields))

    def _line(self, one: RemovedField) -> QWidget:
        field = one.field
        made = QWidget()
        made.setFixedHeight(_HIGH)
        values = ngettext("{n} value", "{n} values", one.values).format(n=say.number(one.values))
        when = say.day(field.deleted_at) if field.deleted_at is not None else ""
        said = " · ".join(filter(None, (kind_text(field.kind), values, when)))
        back = button(_("Restore"), kind="link", clicked=partial(self._restore, one))
        back.setAccessibleName(_("Restore the field {name}").format(name=field.name))
        gone = button(_("Erase for good"), kind="link", clicked=partial(self._erase, one))
        gone.setAccessibleName(_("Erase the field {name} for good").format(name=field.name))
        name = ElidedLabel(field.name, "strong")
        line = row(Icon("trash-2", "faint", 15), name, label(said, "caption"), back, gone)
        line.setStretch(1, 1)
        made.setLayout(line)
        return made

    def _restore(self, one: RemovedField, *_checked: bool) -> None:
        self.restore_wanted.emit(one.field.id)

    def _erase(self, one: RemovedField, *_checked: bool) -> None:
        self.erase_wanted.emit(one.field.id)
