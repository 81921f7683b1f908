"""A tinted line that says something about what stands below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Icon, label, row


class Notice(QFrame):
    """An icon, words and what can be done about them; hidden until there is something to say.

    Attributes:
        text: the words.
    """

    def __init__(
        self,
        icon: str,
        *beside: QWidget,
        kind: str = "info",
        inset: bool = True,
        below: QWidget | QLayout | None = None,
    ) -> None:
        """Build it.

        Args:
            icon: its name.
            beside: at the right of the words.
            kind: "info", "warning" or "error".
            inset: whether it is a card of its own, instead of a strip from edge to edge.
            below: what stands under the words.
        """
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("inset", inset)
        self.setProperty("kind", kind)
        self.text = label("", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(SPACE.s)
        words.addWidget(self.text)
        if isinstance(below, QLayout):
            words.addLayout(below)
        elif below is not None:
            words.addWidget(below)
        line = row(*beside, spacing=SPACE.m)
        line.insertLayout(0, words, 1)
        mark = Icon(icon, "accent" if kind == "info" else "text", 18)
        top = Qt.AlignmentFlag.AlignTop if below is not None else Qt.AlignmentFlag(0)
        line.insertWidget(0, mark, 0, top)
        edge = SPACE.s if below is None else SPACE.m
        line.setContentsMargins(SPACE.l, edge, SPACE.l, edge)
        self.setLayout(line)
        self.hide()
