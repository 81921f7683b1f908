"""Settings: the fields of the owner's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu

from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.domain.fields import (
    CustomField,
    CustomFieldId,
    FieldKind,
    Fitting,
    Place,
    group_moved,
    moved,
    put,
)
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.field_words import kind_text
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.models.fields import FieldListModel
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.base import Page
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import Card, column, label
from crm_desktop.ui.widgets.edit import InlineEdit
from crm_desktop.ui.widgets.field_form import FieldForm, NewFieldLine
from crm_desktop.ui.widgets.field_list import FieldList

_TABLES = frozenset(("custom_field", "custom_value"))
_LEAST, _MOST = 132, 460


class _Found(NamedTuple):
    fields: list[CustomField]
    counts: dict[CustomFieldId, int]


class FieldsCard(Card):
    """The list at the left, what is said of the chosen one at the right."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, margins=(18, 16, 18, 18))
        self._page = page
        self._chosen: CustomFieldId | str | None = None
        self._asked: FieldKind | None = None
        self._counts: dict[CustomFieldId, int] = {}
        self._in_trash: CustomField | None = None
        self.model = FieldListModel(self)
        self.list = FieldList(self.model)
        self.form = FieldForm()
        self.adder = NewFieldLine()
        self.empty = label(
            _("You have no fields of your own yet. Name the first one below."),
            "secondary",
            wrap=True,
        )
        self.body.addWidget(label(_("Fields of your own"), "section"))
        self.body.addWidget(
            label(
                _(
                    "What your firm notes of customers beyond names, phones and addresses."
                    " Drag them into order, or move them with Alt and the arrow keys."
                ),
                "secondary",
                wrap=True,
            )
        )
        left = column(self.empty, self.list, self.adder)
        left.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(SPACE.l)
        line.addLayout(left, 3)
        line.addWidget(self.form, 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        self.form.hide()
        self._connect()

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.moved.connect(self.move_by)
        self.list.dropped.connect(self._dropped)
        self.list.opened.connect(self.rename)
        self.list.removed.connect(self.remove)
        self.list.menu_wanted.connect(self._pop)
        self.adder.wanted.connect(self._add)
        self.adder.typed.connect(self._look_in_trash)
        self.adder.restore_wanted.connect(self._bring_back)
        self.form.said.connect(self._said)
        self.form.kind_wanted.connect(self._kind_wanted)
        self.form.answered.connect(self._answered)
        self.form.hide_wanted.connect(self._hide)
        self.form.words_said.connect(self._words_said)
        self.form.step_wanted.connect(self.move_by)
        self.form.remove_wanted.connect(self.remove)

    # Showing.

    def apply(self, changes: Changes) -> None:
        """Follow a committed step."""
        if not _TABLES.isdisjoint(changes.tables):
            self.ask()

    def ask(self) -> None:
        """Read them anew."""
        fields = session_of(self._page).workspace.fields
        ReadOp(self, lambda: _Found(fields.all(), fields.counts()), key="fields").success(
            self._take
        ).run()

    def _take(self, found: _Found) -> None:
        fonts.ensure_for(*(text for f in found.fields for text in (f.name, f.heading, *f.choices)))
        self._show(found.fields, found.counts)

    def _show(
        self, fields: Sequence[CustomField], counts: dict[CustomFieldId, int] | None = None
    ) -> None:
        if counts is not None:
            self._counts = counts
        before = self.list.current_line()
        focused = self.list.hasFocus()
        self.list.selectionModel().blockSignals(True)
        self.model.show(fields, self._counts)
        self.list.selectionModel().blockSignals(False)
        some = bool(fields)
        self.list.setVisible(some)
        self.empty.setVisible(not some)
        high = sum(30 if isinstance(line, str) else 36 for line in self.model.lines) + 8
        self.list.setFixedHeight(max(_LEAST, min(high, _MOST)))
        row = self._row_of(self._chosen)
        if row < 0:
            row = min(max(before, 0), len(self.model.lines) - 1)
        if row >= 0:
            self.list.choose(row)
        if focused:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_current()

    def _row_of(self, chosen: CustomFieldId | str | None) -> int:
        if isinstance(chosen, str):
            return self.model.lines.index(chosen) if chosen in self.model.lines else -1
        return -1 if chosen is None else self.model.row_of(chosen)

    def _current_changed(self) -> None:
        row = self.list.current_line()
        if 0 <= row < len(self.model.lines):
            line = self.model.lines[row]
            chosen = line if isinstance(line, str) else line.id
            if chosen != self._chosen:  # and not the same one, read anew
                self._chosen, self._asked = chosen, None
            self._show_current()

    def _show_current(self) -> None:
        row = self.list.current_line()
        self.form.setVisible(0 <= row < len(self.model.lines))
        if self.form.isHidden():
            return
        line = self.model.lines[row]
        self._chosen = line if isinstance(line, str) else line.id
        groups = list(dict.fromkeys(one for one in self.model.lines if isinstance(one, str)))
        if isinstance(line, str):
            self.form.show_group(line)
        else:
            self.form.show_field(line, self.model.values(line), groups, asked=self._asked)

    def current(self) -> CustomField | None:
        """The chosen field, None for a group or none at all."""
        return self.model.field(self.list.current_line())

    # Changing.

    def _write(
        self,
        fn: Callable[[], object],
        failed: Callable[[str], object] | None = None,
    ) -> None:
        op = WriteOp(self, fn)
        if failed is not None:
            op.failure(lambda error: failed(str(error)))
        op.run()

    def _write_step(self, fn: Callable[[], StepId], done: Callable[[StepId], object]) -> None:
        WriteOp(self, fn).success(done).run()

    def _add(self, name: str, kind: str) -> None:
        fields = session_of(self._page).workspace.fields
        line = self.model.lines[self.list.current_line()] if self.model.lines else ""
        heading = line if isinstance(line, str) else line.heading

        def done(number: CustomFieldId) -> None:
            self._chosen = number
            self.adder.clear()
            self.ask()

        WriteOp(self, lambda: fields.add(name, FieldKind(kind), heading=heading)).success(
            done
        ).failure(lambda error: self.adder.show_error(str(error))).run()

    def _look_in_trash(self, name: str) -> None:
        fields = session_of(self._page).workspace.fields

        def show(found: CustomField | None) -> None:
            self._in_trash = found
            self.adder.removed.setVisible(found is not None)

        ReadOp(self, lambda: fields.in_trash(name), key="trash").success(show).run()

    def _bring_back(self) -> None:
        fields, found = session_of(self._page).workspace.fields, self._in_trash
        if found is not None:
            self._chosen = found.id
            self.adder.clear()
            self._write(lambda: fields.restore(found.id))

    def rename(self) -> None:
        """F2: to the name of what is chosen."""
        if not self.form.isHidden():
            self.form.name.start()

    def _said(self, part: str, text: str) -> None:
        fields, chosen = session_of(self._page).workspace.fields, self._chosen
        edit: InlineEdit = getattr(self.form, part)
        if isinstance(chosen, str):
            self._chosen = text
            self._write(lambda: fields.rename_group(chosen, text), edit.show_error)
        elif chosen is not None:
            number = chosen
            change = {
                "name": fields.rename,
                "heading": fields.set_heading,
                "currency": fields.set_currency,
            }[part]
            self._write(lambda: change(number, text), edit.show_error)

    def _words_said(self, words: list[str], renamed: dict[str, str]) -> None:
        fields, field = session_of(self._page).workspace.fields, self.current()
        if field is not None:
            self._write(
                lambda: fields.set_words(field.id, words, renamed), self.form.words.show_error
            )

    def _hide(self, hidden: bool) -> None:
        fields, field = session_of(self._page).workspace.fields, self.current()
        if field is not None:
            self._write(lambda: fields.set_hidden(field.id, hidden=hidden))

    # The kind.

    def _kind_wanted(self, key: str) -> None:
        fields, field, kind = (
            session_of(self._page).workspace.fields,
            self.current(),
            FieldKind(key),
        )
        if field is None or field.kind is kind:
            return
        self._asked = kind

        def looked(found: Fitting) -> None:
            now = self.current()
            if self._asked is not kind or now is None or now.id != field.id:
                return
            if not found.kept:
                self._answered(True)
                return
            total = found.fitting + found.kept
            words = ngettext(
                "{n} of {total} values is not of this kind: {examples}. It stays as typed, marked.",
                "{n} of {total} values are not of this kind: {examples}. They stay as typed,"
                " marked.",
                found.kept,
            )
            more = found.kept > len(found.examples)
            examples = ", ".join(f"“{text}”" for text in found.examples) + ("…" if more else "")
            self.form.ask_for_kind(
                words.format(n=say.number(found.kept), total=say.number(total), examples=examples)
            )

        ReadOp(self, lambda: fields.look(field.id, kind), key="look").success(looked).run()

    def _answered(self, yes: bool) -> None:
        fields, field, kind = session_of(self._page).workspace.fields, self.current(), self._asked
        self._asked = None
        if field is None or kind is None:
            return
        if not yes:
            self._show_current()
            return

        def done(step: StepId) -> None:
            said = _("“{name}” holds another kind now: {kind}")
            host_of(self).toast(said.format(name=field.name, kind=kind_text(kind)), undo=step)

        self._write_step(lambda: fields.change_kind(field.id, kind), done)

    # The order.

    def move_by(self, step: int) -> None:
        """Move the chosen field, or group, up (-1) or down (1)."""
        chosen, places = self._chosen, self.model.places()
        if isinstance(chosen, str):
            self._arrange(group_moved(places, chosen, step))
        elif chosen is not None:
            self._arrange(moved(places, chosen, step))

    def _dropped(self, row: int, target: int) -> None:
        field = self.model.field(row)
        if field is not None:
            self._chosen = field.id
            before, heading = self.model.place_before(target)
            self._arrange(put(self.model.places(), field.id, before, heading))

    def _arrange(self, places: list[Place]) -> None:
        if places == self.model.places():
            return
        fields = session_of(self._page).workspace.fields
        known = {f.id: f for f in self.model.lines if isinstance(f, CustomField)}
        # At once: the next key goes on from here.
        self._show([replace(known[place.id], heading=place.heading) for place in places])
        self._write(lambda: fields.arrange(places))

    # The trash.

    def remove(self) -> None:
        """Move the chosen field to the trash."""
        fields, field = session_of(self._page).workspace.fields, self.current()
        if field is None:
            return
        name = field.name

        def done(step: StepId) -> None:
            said = _("“{name}” is in the trash, with its values")
            host_of(self).toast(said.format(name=name), undo=step)

        self._write_step(lambda: fields.remove(field.id), done)

    def _pop(self, at: QPoint) -> None:
        self.menu().popup(at)

    def menu(self) -> QMenu:
        """What can be done with what is chosen."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Rename\tF2"), self.rename).setData("rename")
        menu.addAction(_("Move up\tAlt+Up"), partial(self.move_by, -1)).setData("up")
        menu.addAction(_("Move down\tAlt+Down"), partial(self.move_by, 1)).setData("down")
        field = self.current()
        if field is not None:
            words = _("Show in customer files") if field.hidden else _("Hide in customer files")
            menu.addAction(words, partial(self._hide, not field.hidden)).setData("hide")
            menu.addSeparator()
            menu.addAction(_("Remove\tDel"), self.remove).setData("remove")
        return menu
