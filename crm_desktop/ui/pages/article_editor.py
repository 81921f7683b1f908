"""One article: its title, its tags, its text, and the customers whom it is for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.domain.articles import ArticleId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.i18n import _
from crm_desktop.services.knowledge import WholeArticle
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import SPACE, fonts, icons
from crm_desktop.ui.widgets.basic import button, hairline, label, row
from crm_desktop.ui.widgets.customer_pick import CustomerPick
from crm_desktop.ui.widgets.edit import InlineEdit
from crm_desktop.ui.widgets.format_bar import FormatBar
from crm_desktop.ui.widgets.rich_notes import RichNotes


class ArticleEditor(QWidget):
    """Shows and edits an article.

    `created` carries the title of a new one, `changed` a field and its text, `linked` and
    `unlinked` a customer.
    """

    created = Signal(str)
    changed = Signal(str, str)
    given_up = Signal()
    delete_wanted = Signal()
    linked = Signal(object)
    unlinked = Signal(object)
    customer_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.number: ArticleId | None = None
        self.is_new = False
        self._customers: Sequence[tuple[CustomerId, str]] = ()
        self.title = InlineEdit(_("Title"), role="record", placeholder=_("Title"))
        self.tags = InlineEdit(_("Tags"), role="secondary", placeholder=_("Add tags, with commas"))
        self.text = RichNotes(_("Text of the article"), _("Write what is to be known"), grows=False)
        self.bar = FormatBar(self.text, always=True)
        self.changed_at = label("", "caption")
        self.remove = button("", "trash-2", kind="quiet", clicked=self.delete_wanted.emit)
        self.remove.setAccessibleName(_("Delete the article"))
        self.remove.setToolTip(_("Delete the article (Del in the list)"))
        self.pick = CustomerPick(_("Customer whom it is for"))
        self.pick.picked.connect(self._picked)
        self._error = label("", "error", wrap=True)
        self._error.hide()
        self._people = QVBoxLayout()
        self._people.setSpacing(0)
        self._build()
        self.title.committed.connect(self._title_typed)
        self.tags.committed.connect(partial(self._typed, "tags"))
        self.text.committed.connect(partial(self._typed, "text"))

    def _build(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        said = label(self.tags.edit.accessibleName(), "secondary")
        said.setContentsMargins(SPACE.s - 2, 0, 0, 0)
        said.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        tags = row(said, self.tags, spacing=2)
        tags.setStretch(1, 1)
        names.addLayout(tags)
        head = row(spacing=SPACE.s)
        head.addLayout(names, 1)
        head.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        head.setContentsMargins(SPACE.l - 6, SPACE.m, SPACE.m, 0)
        tools = row(self.bar, None, self.changed_at)
        tools.setContentsMargins(SPACE.l, 0, SPACE.l, 0)
        writing = QVBoxLayout()
        writing.setContentsMargins(SPACE.l - 6, 0, SPACE.m, 0)
        writing.addWidget(self.text)
        writing.addWidget(self._error)
        foot = QVBoxLayout()
        foot.setContentsMargins(SPACE.l, SPACE.s, SPACE.l, SPACE.m)
        foot.setSpacing(SPACE.xs)
        foot.addWidget(label(_("For these customers"), "section"))
        foot.addLayout(self._people)
        foot.addWidget(self.pick)
        self._lower = QWidget()
        self._lower.setLayout(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.s)
        box.addLayout(head)
        box.addLayout(tools)
        box.addLayout(writing, 1)
        box.addWidget(hairline())
        box.addWidget(self._lower)

    # Showing.

    def begin(self) -> None:
        """An empty article, the cursor in its title."""
        self._leave()
        self.number = None
        self.is_new = True
        self._fill("", "", "", ())
        self.changed_at.setText("")
        self._switch()
        self.title.start()

    def created_as(self, number: ArticleId) -> None:
        """The new article is kept now; the cursor goes on to its text."""
        self.number = number
        self.is_new = False
        self._switch()
        if self.title.edit.hasFocus():
            self.text.setFocus(Qt.FocusReason.TabFocusReason)

    def show_article(self, whole: WholeArticle) -> None:
        """Show an article; what is being typed into it is left alone."""
        article = whole.article
        if article.id != self.number:
            self._leave()
        self.number = article.id
        self.is_new = False
        fonts.ensure_for(article.title, article.tags, article.text)
        self._fill(article.title, article.tags, article.text, whole.customers)
        if article.updated_at is not None:
            when = say.moment(article.updated_at)
            self.changed_at.setText(_("Changed {when}").format(when=when))
        self._switch()

    def _leave(self) -> None:
        """Keep what is being typed into the article that goes, and let its fields be filled."""
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()
        self._error.hide()

    def customers(self) -> list[CustomerId]:
        """Whom the article is for."""
        return [number for number, _name in self._customers]

    def show_error(self, error: BaseException) -> None:
        """Say why something was not taken."""
        if getattr(error, "field", None) == "title":
            self.title.show_error(str(error))
            return
        self._error.setText(str(error))
        self._error.show()

    def _fill(
        self, title: str, tags: str, text: str, customers: Sequence[tuple[CustomerId, str]]
    ) -> None:
        self.title.set_value(title)
        self.tags.set_value(tags)
        self.text.set_value(text)
        if customers == self._customers:
            return
        self._customers = customers
        while (item := self._people.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for number, name in customers:
            self._people.addWidget(self._person(number, name))

    def _person(self, number: CustomerId, name: str) -> QWidget:
        made = QWidget()
        go = button(name, "user", kind="link", clicked=partial(self._go, number))
        words = _("Unlink {title}").format(title=name)
        part = button("", kind="link", clicked=partial(self._part, number), name=words)
        part.setToolTip(_("Unlink"))
        icons.set_icon(part, "x", "mute", 14)
        part.setFixedWidth(24)
        made.setLayout(row(go, part, None, spacing=0))
        return made

    def _switch(self) -> None:
        """What can be edited only once the article has a title."""
        for part in (self.tags, self.text, self.bar, self._lower, self.remove):
            part.setEnabled(not self.is_new)

    # Writing.

    def _title_typed(self, text: str) -> None:
        if not self.is_new:
            self.changed.emit("title", text)
        elif text:
            self.created.emit(text)

    def _typed(self, field: str, text: str) -> None:
        self._error.hide()
        self.changed.emit(field, text)

    def _picked(self) -> None:
        if self.pick.customer is not None:
            self.linked.emit(self.pick.customer)
            self.pick.show_customer(None, "")

    def _go(self, number: CustomerId, *_checked: object) -> None:
        self.customer_wanted.emit(number)

    def _part(self, number: CustomerId, *_checked: object) -> None:
        self.unlinked.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives a new article up."""
        if event.key() == Qt.Key.Key_Escape and self.is_new:
            self.is_new = False
            self.given_up.emit()
            return
        super().keyPressEvent(event)
