"""Small windows that only tell: about, a failure's report, a message; and one that asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from crm_desktop import __version__
from crm_desktop.i18n import _
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Icon, button, label, row


class About(Sheet):
    """What the program is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("About CRM Desktop"), parent)
        words = _(
            "Everything a small firm knows about its customers, in one file on this computer. "
            "No account, no server, no network."
        )
        head = row(Icon("layers", "accent", 40), label(words, wrap=True), spacing=SPACE.l)
        head.setStretch(1, 1)
        self.body.addLayout(head)
        self.body.addWidget(label(_("Version {version}").format(version=__version__), "secondary"))
        self.body.addWidget(
            label(
                _("MIT licence. Fonts: Inter and Noto Sans (OFL). Icons: Lucide (ISC)."),
                "secondary",
                wrap=True,
            )
        )
        close = button(_("Close"), clicked=self.close)
        self.end_with(None, close, default=close)


class Report(Sheet):
    """The details of a failure, to copy; they hold nothing of the customers'."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(_("Report of the failure"), parent, width=620)
        self.body.addWidget(
            label(
                _(
                    "Something went wrong inside the program; the archive is not harmed. This "
                    "report names places in the code and versions, and nothing of your customers."
                ),
                "mute",
                wrap=True,
            )
        )
        self._text = QPlainTextEdit(text)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(_("Report"))
        self._text.setMinimumHeight(240)
        self.body.addWidget(self._text)
        copy = button(_("Copy"), "copy", clicked=self._copy)
        close = button(_("Close"), clicked=self.close)
        self.end_with(None, copy, close, default=close)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())


class Message(Sheet):
    """A few lines, such as what a check found."""

    def __init__(self, title: str, lines: Sequence[str], parent: QWidget) -> None:
        super().__init__(title, parent)
        for line in lines:
            self.body.addWidget(label(line, wrap=True))
        close = button(_("Close"), clicked=self.close)
        self.end_with(None, close, default=close)


class Confirm(Sheet):
    """One question about what cannot be taken back with a click."""

    def __init__(
        self,
        title: str,
        text: str,
        action: tuple[str, Callable[[], object]],
        parent: QWidget,
    ) -> None:
        super().__init__(title, parent)
        self._act = action[1]
        self.body.addWidget(label(text, "mute", wrap=True))
        self.yes = button(action[0], kind="primary", clicked=self._agreed)
        cancel = button(_("Cancel"), clicked=self.give_up)
        self.end_with(None, cancel, self.yes, default=self.yes)

    def _agreed(self) -> None:
        act = self._act
        self.close()
        act()
