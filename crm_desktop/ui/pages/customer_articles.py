"""What the firm knows that is of use with a customer: articles linked with him or by a tag."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.articles import Article, ArticleId
from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.domain.customers import Customer, CustomerId
from crm_desktop.i18n import _
from crm_desktop.services.knowledge import KnowledgeService
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.theme import SPACE, fonts, icons
from crm_desktop.ui.widgets.article_pick import ArticlePick
from crm_desktop.ui.widgets.basic import button, label, row

_TABLES = frozenset(("article", "article_customer"))
_Found = tuple[Sequence[Article], "set[ArticleId | None]"]


class CustomerArticles(QWidget):
    """The articles, the linked ones first; one more is linked by typing of it."""

    def __init__(self) -> None:
        super().__init__()
        self._customer: CustomerId | None = None
        self._tags: Sequence[str] = ()
        self._listening = False
        self._titles: list[str] = []
        self.add = button(_("+ Link article"), kind="link", clicked=self.start)
        self.pick = ArticlePick(_("Article to be linked"))
        self.pick.picked.connect(self._picked)
        self.pick.hide()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.xs)
        box.addLayout(row(label(_("Knowledge"), "section"), None, self.add))
        box.addWidget(self.pick)
        box.addLayout(self._lines)

    def show_customer(self, customer: Customer) -> None:
        """Show what is of use with a customer."""
        if not self._listening:
            session_of(self).bus.changed.connect(self._changed)
            self._listening = True
        if customer.id != self._customer:
            self.pick.hide()
            self._show(((), set()))
        self._customer, self._tags = customer.id, customer.tags
        self._ask()

    def titles(self) -> list[str]:
        """The titles shown, from top to bottom."""
        return self._titles

    def _changed(self, changes: Changes) -> None:
        if changes.tables & _TABLES:
            self._ask()

    def _ask(self) -> None:
        if self._customer is None:
            return
        knowledge, customer, tags = self._knowledge(), self._customer, self._tags

        def read() -> _Found:
            return knowledge.for_customer(customer, tags), knowledge.linked_ids(customer)

        ReadOp(self, read, key="articles").success(self._show).run()

    def _show(self, found: _Found) -> None:
        articles, linked = found
        fonts.ensure_for(*(article.title for article in articles))
        while (item := self._lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self._titles = [article.title for article in articles]
        for article in articles:
            if article.id is not None:
                by_hand = article.id in linked
                self._lines.addWidget(self._line(article, article.id, by_hand=by_hand))

    def _line(self, article: Article, number: ArticleId, *, by_hand: bool) -> QWidget:
        made = QWidget()
        read = button(
            article.title, "book-open", kind="link", clicked=partial(self._read, number)
        )  # fmt: skip
        read.setIconSize(QSize(15, 15))
        line = row(read, None)
        if by_hand:
            name = _("Unlink {title}").format(title=article.title)
            part = button("", kind="link", clicked=partial(self._unlink, number), name=name)
            part.setToolTip(_("Unlink"))
            icons.set_icon(part, "x", "mute", 14)
            part.setFixedWidth(24)
            line.addWidget(part)
        else:
            line.addWidget(label(_("by tag"), "caption"))
        made.setLayout(line)
        return made

    def _read(self, number: ArticleId, *_checked: object) -> None:
        host_of(self).show_article(number)

    # Linking.

    def start(self) -> None:
        """Begin to link an article."""
        self.pick.clear()
        self.pick.number = None
        self.pick.show()
        self.pick.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _picked(self) -> None:
        number, customer = self.pick.number, self._customer
        if number is None or customer is None:
            return
        knowledge = self._knowledge()
        self._write(
            lambda: knowledge.link(ArticleId(number), customer), _("The article was linked")
        )
        self.pick.hide()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unlink(self, number: ArticleId, *_checked: object) -> None:
        knowledge, customer = self._knowledge(), self._customer
        if customer is not None:
            self._write(lambda: knowledge.unlink(number, customer), _("The article was unlinked"))

    def _write(self, act: Callable[[], StepId], words: str) -> None:
        host = host_of(self)

        def done(step: StepId) -> None:
            host.toast(words, undo=step)

        WriteOp(self, act).success(done).run()

    def _knowledge(self) -> KnowledgeService:
        return session_of(self).workspace.knowledge

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc links nothing."""
        if event.key() == Qt.Key.Key_Escape and self.pick.isVisible():
            self.pick.hide()
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)
