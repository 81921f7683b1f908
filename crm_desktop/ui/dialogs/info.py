"""Small windows that only tell: about, a failure's report, a message; and one that asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from crm_desktop import __version__
from crm_desktop.i18n import _
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Icon, button, label, row


class Sheet(QDialog):
    """A window over the window: title, content, buttons; opened by `open()`, never `exec()`."""

    def __init__(self, title: str, parent: QWidget, *, width: int = 440) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(width)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.xl, SPACE.l)
        self.body.setSpacing(SPACE.m)
        self.body.addWidget(label(title, "record"))


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
        self.body.addLayout(row(None, close))


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
        self.body.addLayout(row(None, copy, button(_("Close"), clicked=self.close)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())


class Message(Sheet):
    """A few lines, such as what a check found."""

    def __init__(self, title: str, lines: Sequence[str], parent: QWidget) -> None:
        super().__init__(title, parent)
        for line in lines:
            self.body.addWidget(label(line, wrap=True))
        self.body.addLayout(row(None, button(_("Close"), clicked=self.close)))


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
        self.yes.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.addLayout(row(None, button(_("Cancel"), clicked=self.close), self.yes))

    def _agreed(self) -> None:
        act = self._act
        self.close()
        act()
