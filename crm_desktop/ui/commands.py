"""Everything the window can do, as actions: menus, tooltips and the palette read this list."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShowEvent
from PySide6.QtWidgets import QMenu, QMenuBar

from crm_desktop.domain.names import shortened
from crm_desktop.i18n import LANGUAGES, _, language
from crm_desktop.ui.pages import PAGES, PageSpec
from crm_desktop.ui.theme import icons

if TYPE_CHECKING:
    from crm_desktop.domain.changes import Step
    from crm_desktop.ui.shell import Shell

# Chinese menus name their keys behind the words.
_MENU_KEY = re.compile(r"\(&?[A-Z]\)$")


class Commands(QObject):
    """The window's actions; made anew when the language changes."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._needs_archive: list[QAction] = []
        make = self._make
        a = shell.archives
        self.new_archive = make(_("&New archive…"), a.ask_new, "Ctrl+Shift+N", "file-plus")
        self.open_archive = make(_("&Open archive…"), a.ask_open, "Ctrl+O", "folder-open")
        self.import_files = make(_("&Import…"), shell.ask_import, "Ctrl+I", "file-up", archive=True)
        self.export = make(_("&Export…"), a.ask_export, "Ctrl+E", "file-down", archive=True)
        self.backup = make(
            _("&Backup now"), a.backup_now, "Ctrl+Shift+B", "shield-check", archive=True
        )
        self.restore = make(
            _("&Restore from a backup…"), a.ask_restore, "", "archive-restore", archive=True
        )
        self.check = make(_("&Check archive"), a.check, "", "list-checks", archive=True)
        self.print_files = make(
            _("&Print customer files…"), shell.print_selected, "Ctrl+P", "printer", archive=True
        )
        self.close_archive = make(
            _("Close archive"), a.close_to_welcome, "Ctrl+W", "x", archive=True
        )
        self.quit = make(_("&Quit"), shell.close_window, "Ctrl+Q", "log-out")
        self.new_customer = make(
            _("&New customer"), shell.new_customer, "Ctrl+N", "user-plus", archive=True
        )
        self.log_call = make(_("&Log a call"), shell.log_call, "Ctrl+L", "phone", archive=True)
        self.hand_over = make(
            _("&Hand over customers…"), shell.hand_over, "", "handshake", archive=True
        )
        self.look_up = make(
            _("Look up a &caller"), self._look_up, "Ctrl+Shift+L", "phone", archive=True
        )
        self.undo = make(_("&Undo"), shell.steps.undo, "Ctrl+Z", "undo-2", archive=True)
        self.redo = make(_("&Redo"), shell.steps.redo, "Ctrl+Shift+Z", "redo-2", archive=True)
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self.find = make(_("&Find in this list"), shell.find_here, "Ctrl+F", "search", archive=True)
        self.filter = make(
            _("Filt&er the customers"),
            shell.filter_customers,
            "Ctrl+Shift+F",
            "funnel",
            archive=True,
        )
        self.columns = make(
            _("&Columns and order…"),
            shell.choose_columns,
            "Ctrl+Shift+O",
            "columns-3",
            archive=True,
        )
        self.save_view = make(
            _("Save as a &view…"), shell.save_view, "Ctrl+Shift+S", "star", archive=True
        )
        self.palette = make(
            _("&Search everything"), shell.open_palette, "Ctrl+K", "command", archive=True
        )
        self.back = make(_("Back to the window"), shell.focus_page, "F6", "panel-left")
        self.about = make(_("&About CRM Desktop"), self._show_about, "", "info")
        self.shortcuts = make(_("&Keyboard shortcuts"), self._show_shortcuts, "F1", "keyboard")
        self.report = make(_("&Report of the last failure"), shell.show_report, "", "file-text")
        self.report.setEnabled(False)
        self.pages = [self._page(spec) for spec in PAGES]
        self.themes = self._choices(
            [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))],
            shell.theme.choice,
            self._theme_chosen,
        )
        self.languages = self._choices(list(LANGUAGES.items()), language(), self._language_chosen)

    def fill(self, bar: QMenuBar) -> None:
        """Build the menus."""
        file = _menu(bar, _("&File"))
        file.addActions([self.new_archive, self.open_archive])
        self.recent = _menu(file, _("Open recen&t"))
        self.recent.aboutToShow.connect(self._fill_recent)
        file.addSeparator()
        file.addActions([self.import_files, self.export, self.print_files])
        file.addSeparator()
        file.addActions([self.backup, self.restore, self.check])
        file.addSeparator()
        file.addActions([self.close_archive, self.quit])
        edit = _menu(bar, _("&Edit"))
        edit.addActions([self.undo, self.redo])
        edit.addSeparator()
        edit.addActions([self.new_customer, self.log_call, self.look_up])
        edit.addActions([self.find, self.palette])
        edit.addSeparator()
        edit.addAction(self.hand_over)
        view = _menu(bar, _("&View"))
        view.addActions(self.pages)
        view.addSeparator()
        themes = _menu(view, _("&Theme"))
        themes.addActions(self.themes.actions())
        languages = _menu(view, _("&Language"))
        languages.addActions(self.languages.actions())
        view.addSeparator()
        view.addActions([self.filter, self.columns, self.save_view])
        view.addSeparator()
        view.addAction(self.back)
        help_menu = _menu(bar, _("&Help"))
        help_menu.addActions([self.shortcuts, self.report, self.about])

    def everything(self) -> list[QAction]:
        """What the palette offers."""
        return [
            self.new_customer,
            self.log_call,
            self.hand_over,
            self.look_up,
            self.print_files,
            self.export,
            self.filter,
            self.columns,
            self.save_view,
            self.undo,
            self.redo,
            self.backup,
            self.check,
            self.restore,
            self.new_archive,
            self.open_archive,
            self.close_archive,
            *self.themes.actions(),
            *self.languages.actions(),
            self.shortcuts,
            self.about,
            self.quit,
        ]

    def set_open(self, *, is_open: bool) -> None:
        """Switch what needs an archive."""
        for action in self._needs_archive:
            action.setEnabled(is_open)
        if is_open:
            self.show_steps(None, None)

    def show_steps(self, undo: Step | None, redo: Step | None) -> None:
        """Name what undo and redo would do."""
        for action, step, plain, named in (
            (self.undo, undo, _("&Undo"), _("&Undo “{step}”")),
            (self.redo, redo, _("&Redo"), _("&Redo “{step}”")),
        ):
            # An ampersand in a step's name is not a mnemonic.
            name = shortened(step.name).replace("&", "&&") if step else ""
            action.setText(named.format(step=name) if step else plain)
            action.setIconText(plain.replace("&", ""))
            action.setEnabled(step is not None)
            _tip(action)

    def choose_theme(self, choice: str) -> None:
        """Show which theme is chosen."""
        for action in self.themes.actions():
            action.setChecked(action.data() == choice)

    def choose_language(self, wanted: str) -> None:
        """Show which language is chosen, though it may still wait."""
        for action in self.languages.actions():
            action.setChecked(action.data() == wanted)

    def _make(
        self,
        text: str,
        run: Callable[[], object],
        keys: str = "",
        icon: str = "",
        *,
        archive: bool = False,
    ) -> QAction:
        made = QAction(text, self)
        if keys:
            made.setShortcut(QKeySequence(keys))
        if icon:
            icons.name_icon(made, icon)
        made.triggered.connect(run)
        _tip(made)
        if archive:
            self._needs_archive.append(made)
        # Shortcuts work from anywhere in the window, menus open or not.
        self._shell.addAction(made)
        return made

    def _page(self, spec: PageSpec) -> QAction:
        made = QAction(_(spec.title), self)
        made.setShortcut(QKeySequence(spec.keys))
        made.setData(spec.key)
        icons.name_icon(made, spec.icon)
        _tip(made)
        made.triggered.connect(self._page_chosen)
        self._needs_archive.append(made)
        self._shell.addAction(made)
        return made

    def _choices(
        self, options: list[tuple[str, str]], chosen: str, run: Callable[[QAction], object]
    ) -> QActionGroup:
        group = QActionGroup(self)
        for key, text in options:
            action = QAction(text, group)
            action.setCheckable(True)
            action.setData(key)
            action.setChecked(key == chosen)
        group.triggered.connect(run)
        return group

    def _look_up(self) -> None:
        self._shell.look_up()

    def _show_about(self) -> None:
        from crm_desktop.ui.dialogs.info import About

        About(self._shell).open()

    def _show_shortcuts(self) -> None:
        from crm_desktop.ui.dialogs.shortcuts import Shortcuts

        Shortcuts(self._shell.actions(), self._shell).open()

    def _page_chosen(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self._shell.show_page(str(sender.data()))

    def _theme_chosen(self, action: QAction) -> None:
        self._shell.choose_theme(str(action.data()))

    def _language_chosen(self, action: QAction) -> None:
        self._shell.choose_language(str(action.data()))

    def _fill_recent(self) -> None:
        self.recent.clear()
        for path in self._shell.preferences.recent():
            action = self.recent.addAction(path.name.replace("&", "&&"))
            action.setData(str(path))
            action.triggered.connect(self._recent_chosen)

    def _recent_chosen(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self._shell.open_recent(str(sender.data()))


class _Menu(QMenu):
    """A menu that draws its icons when it is first opened: 35 of them cost the start 20 ms."""

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what is missing."""
        icons.dress(self.actions())
        super().showEvent(event)


def _menu(parent: QMenuBar | QMenu, title: str) -> QMenu:
    made = _Menu(title, parent)
    made.setToolTipsVisible(True)
    parent.addMenu(made)
    return made


def _tip(action: QAction) -> None:
    name = plain_words(action.text())
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    name = name.replace("<", "&lt;") if "<" in name else name
    action.setToolTip(f"{name} ({keys})" if keys else name)


def plain_words(text: str) -> str:
    """The plain words of a menu's command, without its key and the dots: 打开(&O)…."""
    bare = _MENU_KEY.sub("", text.rstrip("…")).replace("&&", "\0").replace("&", "")
    return bare.replace("\0", "&").rstrip("…")
