"""Every key there is, by where it works."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from crm_desktop.domain.today import Topic
from crm_desktop.i18n import _, pgettext
from crm_desktop.ui.commands import plain_words
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.pages import PAGES
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.today_words import KEYS, Act, act_text
from crm_desktop.ui.widgets.basic import button, keys, label
from crm_desktop.ui.widgets.edit import SearchField

Key = tuple[str, str]
_PAGES = frozenset(spec.key for spec in PAGES)


def of_actions(actions: Sequence[QAction]) -> list[Key]:
    """What each action of the window does and its keys.

    Its plain name is its `iconText`: the words of a menu say more, such as which step would be
    undone.
    """
    return [(plain_words(action.iconText()), keys(action)) for action in actions if keys(action)]


def of_pages() -> list[tuple[str, list[Key]]]:
    """The keys of each page and of each part of a customer's file, under their heads."""
    space, delete = pgettext("key", "Space"), pgettext("key", "Del")
    task = [
        (_("Done"), space),
        (_("A day later"), "P"),
        (_("A week later"), "W"),
        (_("Put off to a day in words"), "D"),
    ]
    return [
        (
            _("Everywhere"),
            [
                (_("Edit the field or the name"), "F2"),
                (_("Back, close, take back what is typed"), "Esc"),
                (_("The menu of what has the cursor"), "Shift+F10"),
            ],
        ),
        (
            _("List of customers"),
            [
                (_("Open the chosen customer"), "Enter"),
                (_("Log a call"), "L"),
                (_("Choose all"), "Ctrl+A"),
                (_("Copy the chosen ones as rows"), "Ctrl+C"),
                (_("Import copied rows"), "Ctrl+V"),
                (_("Move the chosen customers to the trash"), delete),
            ],
        ),
        (
            _("Today"),
            [
                *((act_text(act, Topic.DUE), _of_day(KEYS[act])) for act in Act),
                (_("Write down a task"), "N"),
                (_("Fill the gap"), "F"),
            ],
        ),
        (
            _("The gap to fill"),
            [
                (_("Save and ask the next; an empty field asks later"), "Enter"),
                (_("Not needed"), "Ctrl+Enter"),
                (_("Back to the list"), "Esc"),
            ],
        ),
        (
            _("Tasks"),
            [
                *task,
                (_("Open the task"), "Enter"),
                (_("Open the customer of the task"), "Ctrl+Enter"),
                (_("Write down a task"), "N"),
                (_("Delete"), delete),
            ],
        ),
        (
            _("Opportunities"),
            [
                (_("New opportunity"), "Ctrl+N"),
                (_("Open the opportunity"), "Enter"),
                (_("Change what it is about"), "F2"),
                (_("To the stage before, to the next"), "Alt+←, Alt+→"),
                (_("Delete"), delete),
            ],
        ),
        (
            _("Quotation"),
            [
                (_("Write in the cell; on to the next one"), "F2, Enter; Tab"),
                (_("Move the line up, down"), "Alt+↑, Alt+↓"),
                (_("Make the line an option, or not"), "Alt+O"),
                (_("The option is chosen, or not"), "Alt+K"),
                (_("Remove the line"), f"Ctrl+{delete}"),
                (_("Issue, accept, decline"), "Ctrl+Shift+I, Ctrl+Shift+A, Ctrl+Shift+D"),
                (_("New version, copy"), "Ctrl+Shift+V, Ctrl+Shift+C"),
                (_("Make an order"), "Ctrl+Shift+E"),
                (_("Preview, e-mail"), "Ctrl+P, Ctrl+M"),
                (_("Back to where you came from"), "Esc"),
            ],
        ),
        (
            _("Catalogue"),
            [
                (_("New product"), "Ctrl+N"),
                (_("Edit the name of the product"), "F2, Enter"),
                (_("Move to the trash"), delete),
            ],
        ),
        (
            _("Customer file"),
            [
                (_("Open a number, an e-mail or a link"), "Ctrl+Enter"),
                (_("Rating"), "0–5"),
                (_("Bold, italic, link"), "Ctrl+B, Ctrl+I, Ctrl+Shift+K"),
                (_("Save the notes"), "Ctrl+Enter"),
                (_("Rename the document"), "F2"),
                (_("Pin an entry of the timeline"), "P"),
                (_("Edit an entry of the timeline"), "Enter"),
            ],
        ),
        (
            _("Duplicates"),
            [
                (_("They are one"), "M"),
                (_("They are two"), "T"),
                (_("Later"), "L"),
                (_("Search anew"), "F5"),
            ],
        ),
        (
            _("Knowledge"),
            [
                (_("New article"), "Ctrl+N"),
                (_("Write in the article"), "Enter"),
                (_("Change the title"), "F2"),
                (_("Move to the trash"), delete),
            ],
        ),
        (
            _("Lookup of callers"),
            [
                (_("Log a call"), "L"),
                (_("New customer"), "Ctrl+N"),
                (_("Open the file"), "Enter"),
            ],
        ),
        (
            _("Fields of your own"),
            [(_("Move up, move down"), "Alt+↑, Alt+↓"), (_("Move to the trash"), delete)],
        ),
    ]


class Shortcuts(Sheet):
    """All keys; what is typed above them leaves those whose words have it."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(_("Keyboard shortcuts"), parent, width=560)
        pages = [action for action in actions if action.data() in _PAGES]
        others = [action for action in actions if action not in pages]
        self.groups = [
            (_("Whole window"), of_actions(others)),
            (_("Go to a page"), of_actions(pages)),
            *of_pages(),
        ]
        self.search = SearchField(_("Find a key or what it does"))
        self.search.textChanged.connect(self._show)
        self._rows: list[tuple[str, list[QWidget]]] = []
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, SPACE.m, 0)
        grid.setHorizontalSpacing(SPACE.xl)
        grid.setVerticalSpacing(SPACE.s)
        for head, pairs in self.groups:
            self._rows.append(("", [_head(head, grid)]))
            for name, combination in pairs:
                line = grid.rowCount()
                parts: list[QWidget] = [label(name, wrap=True), label(combination, "mute")]
                for column, part in enumerate(parts):
                    grid.addWidget(part, line, column)
                self._rows.append((f"{head} {name} {combination}".casefold(), parts))
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setProperty("reading", True)
        area.setAccessibleName(self.windowTitle())
        area.setMinimumHeight(380)
        self.body.addWidget(self.search)
        self.body.addWidget(area)
        close = button(_("Close"), clicked=self.close)
        self.end_with(None, close, default=close)

    def shown(self) -> list[str]:
        """What each shown key does, from top to bottom."""
        return [parts[0].text() for parts in self._shown_parts()]  # type: ignore[attr-defined]

    def _shown_parts(self) -> list[list[QWidget]]:
        return [parts for said, parts in self._rows if said and not parts[0].isHidden()]

    def _show(self, text: str) -> None:
        """Leave what has all words; a head stays while something below it does."""
        words = text.casefold().split()
        head: QWidget | None = None
        for said, parts in self._rows:
            if not said:
                head = parts[0]
                head.hide()
                continue
            hit = all(word in said for word in words)
            for part in parts:
                part.setVisible(hit)
            if hit and head is not None:
                head.show()


def _head(text: str, grid: QGridLayout) -> QWidget:
    made = label(text, "strong")
    first = grid.count() == 0
    made.setContentsMargins(0, 0 if first else SPACE.m, 0, 0)
    grid.addWidget(made, grid.rowCount(), 0, 1, 2)
    return made


def _of_day(key: str) -> str:
    return {"Space": pgettext("key", "Space")}.get(key, key)
