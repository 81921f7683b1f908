"""Settings of the lookup: its key for all programs, and what to do where there can be none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QWidget

from crm_desktop.i18n import _
from crm_desktop.ui.lookup.global_key import COMMAND, is_possible
from crm_desktop.ui.widgets.basic import Card, button, label, row
from crm_desktop.ui.widgets.edit import LineEdit

if TYPE_CHECKING:
    from crm_desktop.ui.lookup.global_key import GlobalKey
    from crm_desktop.ui.shell import Shell


class LookupCard(Card):
    """Says whether the key works, and takes another one."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(margins=(18, 16, 18, 18))
        self._shell = shell
        self._key: GlobalKey | None = shell.front_desk.key if shell.front_desk else None
        self.keys = QKeySequenceEdit()
        self.keys.setAccessibleName(_("Key that opens the lookup from any program"))
        self.keys.setMaximumSequenceLength(1)
        self.keys.setMaximumWidth(200)
        self.state = label("", "secondary", wrap=True)
        now = button(_("Open the lookup"), "phone", clicked=self._open)
        now.setToolTip(shell.commands.look_up.toolTip())
        off = button(_("No key"), kind="quiet", clicked=self._switch_off)
        words = label(self.keys.accessibleName(), "secondary")
        words.setBuddy(self.keys)
        self.body.addWidget(label(_("Lookup of callers"), "section"))
        self.body.addWidget(
            label(
                _("A number, its last four digits or a name shows who it is, in a small window."),
                "secondary",
                wrap=True,
            )
        )
        self.body.addWidget(words)
        self.body.addLayout(row(self.keys, off, now, None))
        self.body.addWidget(self.state)
        self.command = LineEdit(name=_("Command that opens the lookup"))
        self.command.setReadOnly(True)
        self.command.setText(COMMAND)
        self.command.setCursorPosition(0)
        self.command.setFixedWidth(200)
        self.copy = button(_("Copy"), "copy", clicked=self._copy)
        self._by_command = QWidget()
        line = row(self.command, self.copy, None)
        self._by_command.setLayout(line)
        self.body.addWidget(self._by_command)
        self.keys.editingFinished.connect(self._chosen)
        if self._key is not None:
            self._key.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        key = self._key
        if key is None:
            return
        self.keys.setKeySequence(QKeySequence(key.wanted()))
        if key.works:
            shown = QKeySequence(key.wanted()).toString(QKeySequence.SequenceFormat.NativeText)
            said = _("{keys} opens the lookup while CRM Desktop runs.").format(keys=shown)
        elif not key.wanted():
            said = _("No key is chosen.")
        else:
            said = key.problem()
        self.state.setText(said)
        self._by_command.setVisible(not key.works and bool(key.wanted()) and not is_possible())
        self.keys.setAccessibleDescription(said)

    def _chosen(self) -> None:
        keys = self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if self._key is not None and keys != self._key.wanted():
            self._key.want(keys)

    def _switch_off(self) -> None:
        if self._key is not None:
            self._key.want("")
        self.keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(COMMAND)
        self._shell.toast(_("The command is copied"))

    def _open(self) -> None:
        self._shell.look_up()
