"""Two customers side by side: where they differ, a click or the space bar says which counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from crm_desktop.i18n import _
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Avatar, label, plain_tip
from crm_desktop.ui.widgets.choice_cell import ChoiceCell

_CAPTION = 112


class Compared(NamedTuple):
    """One line of the comparison.

    Attributes:
        key: of the field, "" where both are kept whatever is said.
        caption: its word.
        one, other: what each says, "" for nothing.
        mute: it is of no matter.
    """

    key: str
    caption: str
    one: str
    other: str
    mute: bool = False


class Comparison(QScrollArea):
    """A table of three columns: the field, the one, the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._choices: dict[str, tuple[ChoiceCell, ChoiceCell]] = {}

    def show_pair(
        self, names: tuple[str, str] | None, heads: tuple[str, str], lines: Sequence[Compared]
    ) -> None:
        """Show two customers.

        Args:
            names: theirs, for the avatars; None for none.
            heads: what stands above each, such as who stays.
            lines: fields that either has.
        """
        self._choices.clear()
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(SPACE.l, SPACE.s, SPACE.l, SPACE.l)
        grid.setHorizontalSpacing(SPACE.l)
        grid.setVerticalSpacing(SPACE.s)
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
            if names is not None:
                avatar = Avatar()
                avatar.set_name(names[column - 1])
                grid.addWidget(avatar, 0, column, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(_shown(heads[column - 1], "" if names else "section"), 1, column)
        for row, line in enumerate(lines, start=2):
            caption = label(line.caption, "secondary", wrap=True)
            caption.setFixedWidth(_CAPTION)
            grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            if line.key and line.one and line.other:
                self._add_choice(grid, row, line)
                continue
            for column, text in ((1, line.one), (2, line.other)):
                role = "mute" if line.mute else ""
                grid.addWidget(_shown(text, role), row, column, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(lines) + 2, 1)
        self.setWidget(inner)

    def _add_choice(self, grid: QGridLayout, row: int, line: Compared) -> None:
        group = QButtonGroup(grid)
        cells = tuple(
            ChoiceCell(text, _("{field}: {value}").format(field=line.caption, value=text))
            for text in (line.one, line.other)
        )
        for column, cell in enumerate(cells, start=1):
            group.addButton(cell)
            grid.addWidget(cell, row, column)
        cells[0].setChecked(True)
        self._choices[line.key] = (cells[0], cells[1])

    def of_other(self) -> frozenset[str]:
        """The keys of the fields whose value comes from the other one."""
        return frozenset(key for key, (_one, other) in self._choices.items() if other.isChecked())

    def cell(self, key: str, *, other: bool) -> ChoiceCell:
        """One side of a field in which the two differ."""
        return self._choices[key][other]


def _shown(text: str, role: str = "") -> QLabel:
    made = label(text or "–", role if text else "mute", wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setToolTip(plain_tip(text))  # a long address has no place to break
    policy = made.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)  # both columns are of one width
    made.setSizePolicy(policy)
    return made
