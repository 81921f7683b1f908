"""The timeline: a line to log what happened, filters, and the entries below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from crm_desktop.domain.customers import InteractionKind
from crm_desktop.domain.timeline import EventKind, TimelineEntry, TimelinePage
from crm_desktop.i18n import _, pgettext
from crm_desktop.ui.drafts import NOTHING, Draft
from crm_desktop.ui.theme import SPACE, icons
from crm_desktop.ui.timeline_words import KINDS, icon_of, kind_text
from crm_desktop.ui.widgets.basic import Chips, button, label, row
from crm_desktop.ui.widgets.edit import LineEdit, SearchField
from crm_desktop.ui.widgets.timeline_view import TimelineView

# A timeline shorter than this needs no filters.
_FEW = 5


class Composer(QWidget):
    """A line to log what happened, and one for what is to be done next."""

    written = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = Chips([(kind.value, kind_text(kind.value)) for kind in KINDS])
        self._kinds.make_tight()
        self.field = LineEdit(name=_("What happened?"))
        self.field.setPlaceholderText(_("What happened? Enter saves"))
        self.follow_up = LineEdit(name=_("Follow-up"))
        self.follow_up.setPlaceholderText(_("Follow-up, such as: call back in 2 weeks"))
        self.hint = label("", "caption")
        self._error = label("", "error", wrap=True)
        self._error.hide()
        self.hint.hide()
        for edit in (self.field, self.follow_up):
            edit.returnPressed.connect(self._return)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, SPACE.s)
        box.setSpacing(SPACE.s)
        box.addLayout(row(self._kinds, None))
        for part in (self.field, self.follow_up, self.hint, self._error):
            box.addWidget(part)

    def start(self, kind: str) -> None:
        """Begin an entry of a kind."""
        self._kinds.choose(kind)
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def typed(self) -> Draft:
        """What is typed and not saved yet."""
        text, follow_up = self.field.text(), self.follow_up.text()
        if not (text.strip() or follow_up.strip()):
            return NOTHING
        return {"kind": self._kinds.key(), "text": text, "follow_up": follow_up}

    def fill(self, draft: Draft) -> None:
        """Show what was typed before."""
        self._kinds.choose(draft["kind"])
        self.field.setText(draft["text"])
        self.follow_up.setText(draft["follow_up"])
        self.show()

    def done(self) -> None:
        """It is saved, or given up."""
        self.field.clear()
        self.follow_up.clear()
        self.say("")
        self._error.hide()
        self.hide()

    def say(self, text: str) -> None:
        """Show what the follow-up is taken for."""
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        self.follow_up.setAccessibleDescription(text)

    def show_error(self, text: str) -> None:
        """Say why it was not."""
        self._error.setText(text)
        self._error.show()

    def _return(self) -> None:
        self.written.emit(
            self._kinds.key(), self.field.text().strip(), self.follow_up.text().strip()
        )


class KindFilter(QWidget):
    """Chips for the kinds of entries; `chosen` tells that another one is."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._kinds: list[frozenset[str]] = []
        line = row(spacing=SPACE.xs)
        everything = button(pgettext("timeline", "All"), kind="chip")
        self._add(everything, frozenset())
        line.addWidget(everything)
        for kind in KINDS:
            line.addWidget(self._chip(icon_of(kind), kind_text(kind), frozenset((kind.value,))))
        events = frozenset(kind.value for kind in EventKind)
        line.addWidget(self._chip("activity", _("What the program noted"), events))
        line.addStretch(1)
        self.setLayout(line)
        self._group.idClicked.connect(self._clicked)
        everything.setChecked(True)

    def _chip(self, icon: str, name: str, kinds: frozenset[str]) -> QPushButton:
        made = button("", kind="chip", name=name, tip=name)
        icons.set_icon(made, icon, "mute", 15)
        made.setProperty("tight", True)
        made.setFixedWidth(34)
        self._add(made, kinds)
        return made

    def _add(self, made: QPushButton, kinds: frozenset[str]) -> None:
        made.setCheckable(True)
        self._group.addButton(made, len(self._kinds))
        self._kinds.append(kinds)

    def kinds(self) -> frozenset[str]:
        """The kinds that are wanted; empty for all."""
        return self._kinds[max(self._group.checkedId(), 0)]

    def choose(self, kinds: frozenset[str]) -> None:
        """Choose a chip without a signal."""
        self._group.button(self._kinds.index(kinds)).setChecked(True)

    def _clicked(self) -> None:
        self.chosen.emit()


class Timeline(QWidget):
    """The entries of one customer; what is wanted of them is told by signals.

    `written` carries a kind, the words and the follow-up; `filtered` tells that other entries
    are wanted.
    """

    written = Signal(str, str, str)
    filtered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.more = False
        self.composer = Composer()
        self.composer.hide()
        self.composer.written.connect(self.written)
        self.add = button(_("+ Add entry"), kind="link", clicked=self._start_note)
        self.search_button = button(
            "", kind="link", clicked=self._find, name=_("Search the timeline"),
            tip=_("Search the timeline"),
        )  # fmt: skip
        icons.set_icon(self.search_button, "search", "accent", 15)
        self.search_button.setIconSize(QSize(15, 15))
        self.filter = KindFilter()
        self.filter.chosen.connect(self.filtered)
        self.search = SearchField(_("Search the timeline"))
        self.search.textChanged.connect(self.filtered)
        self.search.hide()
        self.view = TimelineView()
        self._nothing = label(_("Nothing here is of that kind."), "secondary")
        self._nothing.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.s)
        box.addLayout(row(label(_("Timeline"), "section"), None, self.search_button, self.add))
        for part in (self.composer, self.filter, self.search, self._nothing):
            box.addWidget(part)
        box.addSpacing(SPACE.xs)
        box.addWidget(self.view)

    def events(self) -> list[TimelineEntry]:
        """The entries shown, from top to bottom."""
        return self.view.entries()

    @property
    def is_filtered(self) -> bool:
        """Whether not all of it is wanted."""
        return bool(self.filter.kinds() or self.search.text().strip())

    def show_page(self, page: TimelinePage, *, append: bool = False) -> None:
        """Show a part: in the place of what is shown, or below it."""
        self.more = page.more
        if append:
            self.view.append(page.entries)
            return
        entries = [*page.pinned, *page.entries]
        self.view.show_entries(entries)
        self._nothing.setVisible(not entries)
        many = len(entries) > _FEW or page.more or self.is_filtered
        self.filter.setVisible(many)
        self.search_button.setVisible(many)

    def clear_filter(self) -> None:
        """Want all of it again, without a signal."""
        self.filter.choose(frozenset())
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.search.hide()

    def start(self, kind: InteractionKind = InteractionKind.NOTE) -> None:
        """Begin a new entry."""
        self.composer.start(kind.value)

    def _start_note(self) -> None:
        self.start()

    def _find(self) -> None:
        self.search.show()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
