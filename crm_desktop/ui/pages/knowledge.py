"""Knowledge: the firm's articles at the left, the chosen one at the right, edited in place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.domain import markup
from crm_desktop.domain.articles import Article, ArticleId
from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.knowledge import WholeArticle
from crm_desktop.ui import format as say
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.article_editor import ArticleEditor
from crm_desktop.ui.pages.list_page import ListPage
from crm_desktop.ui.theme import fonts
from crm_desktop.ui.widgets.basic import EmptyState, button
from crm_desktop.ui.widgets.line_list import Line

_TABLES = frozenset(("article", "article_customer", "customer"))
_LEAST_LIST, _LIST = 240, 330


class KnowledgePage(ListPage):
    """All articles; typing above them filters by any of their words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, find=_("Find in all articles"), listed=_("Articles"))
        self._articles: list[Article] = []
        # The article that is shown, and the one that is to be once the list is read.
        self._shown: ArticleId | None = None
        self.editor = ArticleEditor()
        self._build()
        self.search.textChanged.connect(self._ask)
        self.list.selectionModel().currentRowChanged.connect(self._chosen)
        self.editor.created.connect(self._create)
        self.editor.changed.connect(self._change)
        self.editor.given_up.connect(self._give_up)
        self.editor.delete_wanted.connect(self.delete)
        self.editor.linked.connect(self._link)
        self.editor.unlinked.connect(self._unlink)
        self.editor.customer_wanted.connect(self._go)
        self.session.bus.changed.connect(self._changed)

    def _build(self) -> None:
        new = button(_("New article"), "plus", kind="primary", clicked=self.new)
        new.setToolTip(_("New article (Ctrl+N)"))
        nothing = EmptyState("book-open", "", "")
        self.lay_out(_("Knowledge"), new, nothing, self.editor, widths=(_LEAST_LIST, _LIST))

    # What the window asks of its page.

    def activate(self) -> None:
        """Into the list."""
        self._into_list()
        self._ask()

    def new(self) -> bool:
        """Ctrl+N: an empty article, which is kept as soon as it has a title."""
        self._side.setCurrentWidget(self.editor)
        self.editor.begin()
        return True

    def selected(self) -> list[CustomerId]:
        """Those whom the chosen article is for."""
        return self.editor.customers()

    def open_article(self, number: ArticleId) -> None:
        """Show one article, whatever is filtered."""
        self._shown = number
        if self.search.text():
            self.search.clear()
        else:
            self._ask()

    def kept(self) -> object:
        """The article that is shown."""
        return self._shown

    def take_up(self, kept: object) -> None:
        """Show it again."""
        if isinstance(kept, int):
            self.open_article(ArticleId(kept))

    # Reading.

    def _ask(self) -> None:
        knowledge, text = self.workspace.knowledge, self.search.text()
        ReadOp(self, lambda: knowledge.search(text), key="list").success(self._take).run()

    def _take(self, articles: list[Article]) -> None:
        fonts.ensure_for(*(f"{a.title}{a.tags}{a.text[:80]}" for a in articles))
        self._articles = articles
        numbers = [article.id for article in articles]
        at = numbers.index(self._shown) if self._shown in numbers else 0
        model = self.list.selectionModel()
        model.blockSignals(True)
        self.list.lines.show([_line(article) for article in articles])
        self.list.choose(at)
        model.blockSignals(False)
        words = ngettext("{n} article", "{n} articles", len(articles))
        self.count.setText(words.format(n=say.number(len(articles))) if articles else "")
        if self.editor.is_new:
            return
        if articles:
            self._show_article(numbers[at])
        else:
            self._shown = None
            self._show_nothing()

    def _show_nothing(self) -> None:
        if self.search.text().strip():
            title, text = _("Nothing found"), _("No article has these words.")
        else:
            title = _("No articles yet")
            text = _(
                "Write down what you look up again and again: how a visa is asked for, what a"
                " partner wants to know, what to say on the phone."
            )
        self._nothing.set_texts(title, text)
        self._side.setCurrentWidget(self._nothing)

    def _chosen(self) -> None:
        at = self.list.row()
        if 0 <= at < len(self._articles):
            self._show_article(self._articles[at].id)

    def _show_article(self, number: ArticleId | None) -> None:
        if number is None:
            return
        self._shown = number
        knowledge = self.workspace.knowledge
        ReadOp(self, lambda: knowledge.get(number), key="article").success(
            self._take_article
        ).failure(self._gone).run()

    def _take_article(self, whole: WholeArticle) -> None:
        if whole.article.id == self._shown:
            self.editor.show_article(whole)
            self._side.setCurrentWidget(self.editor)

    def _gone(self, _error: UserError) -> None:
        self._ask()

    def _changed(self, changes: Changes) -> None:
        if changes.tables & _TABLES or changes.customers is None:
            self._ask()

    # Writing.

    def _create(self, title: str) -> None:
        knowledge = self.workspace.knowledge

        def done(number: ArticleId) -> None:
            self._shown = number
            self.editor.created_as(number)
            if self.search.text():
                self.search.clear()
            self._ask()

        WriteOp(self, lambda: knowledge.create(title)).success(done).failure(
            self.editor.show_error
        ).run()

    def _change(self, field: str, text: str) -> None:
        knowledge, number = self.workspace.knowledge, self.editor.number
        if number is not None:
            WriteOp(self, lambda: knowledge.update(number, field, text)).failure(
                self.editor.show_error
            ).run()

    def _give_up(self) -> None:
        self._into_list()
        self._ask()

    def delete(self) -> None:
        """Del: the chosen article goes to the trash."""
        knowledge, number = self.workspace.knowledge, self.editor.number
        if number is not None:
            self._write(lambda: knowledge.delete(number), _("The article is in the trash"))
            self._into_list()

    def _link(self, customer: CustomerId) -> None:
        knowledge, number = self.workspace.knowledge, self.editor.number
        if number is not None:
            self._write(lambda: knowledge.link(number, customer))

    def _unlink(self, customer: CustomerId) -> None:
        knowledge, number = self.workspace.knowledge, self.editor.number
        if number is not None:
            self._write(lambda: knowledge.unlink(number, customer))

    def _write(self, act: Callable[[], StepId], words: str = "") -> None:
        op = WriteOp(self, act)
        if words:
            op.success(partial(self._told, words))
        op.run()

    def _told(self, words: str, step: StepId) -> None:
        self.host.toast(words, undo=step)

    def _go(self, customer: CustomerId) -> None:
        self.host.show_customer(customer)

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del deletes, Enter and F2 edit, Down leads from the field into the list."""
        key, listed = event.key(), self.list.hasFocus()
        if listed and key == Qt.Key.Key_Delete:
            self.delete()
        elif listed and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.editor.text.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key == Qt.Key.Key_F2 and self.editor.number is not None:
            self.editor.title.start()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Escape) and not listed:
            self._into_list()
        else:
            super().keyPressEvent(event)


def _line(article: Article) -> Line:
    first = next((one for one in markup.plain(article.text).split("\n") if one.strip()), "")
    return Line(article.title, " · ".join(filter(None, (article.tags, first.strip()))))
