"""Saved mappings: choosing one for a sheet, saving, renaming and deleting them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from crm_desktop.domain.changes import Step
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.import_wizard.sources import SheetChoice
from crm_desktop.ui.theme import fonts, icons
from crm_desktop.ui.widgets.basic import button, label
from crm_desktop.ui.widgets.edit import LineEdit

Mappings = dict[str, dict[str, Any]]


class NameSheet(Sheet):
    """Asks for a mapping's name; `given` carries it, and the sheet stays until `close`."""

    given = Signal(str)

    def __init__(self, title: str, text: str, name: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.body.addWidget(label(text, "mute", wrap=True))
        self.edit = LineEdit(name=_("Name of the mapping"))
        self.edit.setText(name)
        self.edit.selectAll()
        self.error: QLabel = label("", "error", wrap=True)
        self.error.hide()
        self.save = button(_("Save"), kind="primary", clicked=self._save)
        self.body.addWidget(self.edit)
        self.body.addWidget(self.error)
        cancel = button(_("Cancel"), clicked=self.give_up)
        self.end_with(None, cancel, self.save, default=self.save)
        self.keep_typed(self.edit.text)

    def show_error(self, error: UserError) -> None:
        """Say why the name will not do."""
        self.error.setText(str(error))
        self.error.show()
        self.edit.setAccessibleDescription(str(error))

    def _save(self) -> None:
        self.given.emit(self.edit.text())


class MappingMenu(QPushButton):
    """A button with the saved mappings; `applied` tells that the sheet is read by one now."""

    applied = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Mappings"), parent)
        self.setProperty("kind", "quiet")
        icons.set_icon(self, "columns-3", "mute")
        self.setAccessibleName(_("Saved mappings"))
        self.setToolTip(_("Use, save, rename or delete a mapping of columns"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.open_menu)
        self._sheet: SheetChoice | None = None
        self.menu_shown: QMenu | None = None
        self.asking: NameSheet | None = None

    def show_sheet(self, sheet: SheetChoice) -> None:
        """The mappings are for this sheet."""
        self._sheet = sheet
        self.setVisible(sheet.has_columns)
        name = sheet.mapping_name
        fonts.ensure_for(name)
        shown = name if len(name) <= 24 else f"{name[:23]}…"
        self.setText(shown.replace("&", "&&") or _("Mappings"))

    def open_menu(self) -> None:
        """Ask which there are, and show them."""
        mappings = session_of(self).workspace.mappings
        ReadOp(self, mappings.all, key="mappings").success(self._show_menu).run()

    def _show_menu(self, saved: Mappings) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.accessibleName())
        for name, mapping in saved.items():
            fonts.ensure_for(name)
            use = menu.addAction(_plain(name), partial(self._use, name, mapping))
            use.setCheckable(True)
            use.setChecked(name == sheet.mapping_name)
        if not saved:
            menu.addAction(_("No mapping is saved yet")).setEnabled(False)
        menu.addSeparator()
        save = menu.addAction(_("Save this mapping…"), self.ask_name)
        read_only = session_of(self).workspace.read_only
        save.setEnabled(not read_only)
        for title, act in ((_("Rename"), self._ask_new_name), (_("Delete"), self._delete)):
            under = menu.addMenu(title)
            under.setEnabled(bool(saved) and not read_only)
            for name in saved:
                under.addAction(_plain(name), partial(act, name))
        self.menu_shown = menu
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _use(self, name: str, mapping: dict[str, Any]) -> None:
        if self._sheet is not None:
            self._sheet.read_by(name, mapping)
            self.applied.emit()

    def ask_name(self) -> None:
        """Ask what the mapping of the sheet shall be called."""
        sheet = self._sheet
        if sheet is None:
            return
        asking = self._ask(
            _("Save this mapping"),
            _("It can be chosen for any sheet, and by its name on the command line."),
            sheet.mapping_name,
        )
        asking.given.connect(partial(self._save, sheet))

    def _ask(self, title: str, text: str, name: str) -> NameSheet:
        self.asking = NameSheet(title, text, name, self.window())
        self.asking.finished.connect(self._asked)
        self.asking.open()
        return self.asking

    def _asked(self) -> None:
        self.asking = None

    def _save(self, sheet: SheetChoice, name: str) -> None:
        mappings = session_of(self).workspace.mappings
        plan, proposal = sheet.plan, sheet.proposal
        words = _("The mapping “{name}” is saved.").format(name=" ".join(name.split()))
        done = partial(self._saved, sheet, name)
        self._write(lambda: mappings.save(name, plan, proposal), words, done)

    def _saved(self, sheet: SheetChoice, name: str) -> None:
        sheet.mapping_name = " ".join(name.split())
        self._close_sheet()
        if sheet is self._sheet:
            self.show_sheet(sheet)

    def _ask_new_name(self, name: str) -> None:
        asking = self._ask(_("Rename the mapping"), _("What shall it be called?"), name)
        asking.given.connect(partial(self._rename, name))

    def _rename(self, name: str, new: str) -> None:
        mappings = session_of(self).workspace.mappings
        words = _("The mapping is called “{name}” now.").format(name=" ".join(new.split()))
        self._write(lambda: mappings.rename(name, new), words, partial(self._renamed, name, new))

    def _renamed(self, name: str, new: str) -> None:
        self._close_sheet()
        self._forget(name, " ".join(new.split()))

    def _delete(self, name: str) -> None:
        mappings = session_of(self).workspace.mappings
        words = _("The mapping “{name}” is deleted.").format(name=name)
        self._write(lambda: mappings.delete(name), words, partial(self._forget, name, ""))

    def _forget(self, name: str, new: str) -> None:
        if self._sheet is not None and self._sheet.mapping_name == name:
            self._sheet.mapping_name = new
            self.show_sheet(self._sheet)

    def _write(self, act: Callable[[], None], words: str, done: Callable[[], None]) -> None:
        history = session_of(self).workspace.history

        def work() -> Step | None:
            act()
            return history.can_undo()

        def tell(step: Step | None) -> None:
            done()
            host_of(self).toast(words, undo=step.id if step else None)

        WriteOp(self, work).success(tell).failure(self._refused).run()

    def _refused(self, error: UserError) -> None:
        if self.asking is not None:
            self.asking.show_error(error)
        else:
            host_of(self).show_problem(error)

    def _close_sheet(self) -> None:
        if self.asking is not None:
            self.asking.accept()


def _plain(name: str) -> str:
    """A name as a menu shows it; one & would underline the next letter."""
    return name.replace("&", "&&")
