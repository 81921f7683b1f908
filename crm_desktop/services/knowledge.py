"""Knowledge: short articles with tags, linked with customers, found by the one search box."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from crm_desktop.domain import markup
from crm_desktop.domain.articles import Article, ArticleId, DeletedArticle
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.services import inputs
from crm_desktop.store import articles, customers
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import ARTICLES
from crm_desktop.store.search.fold import fold
from crm_desktop.store.search.pinyin import spellings

T = TypeVar("T")


class WholeArticle(NamedTuple):
    """An article with those whom it is for."""

    article: Article
    customers: Sequence[tuple[CustomerId, str]] = ()


class _Keys(NamedTuple):
    title: str
    all: str


class KnowledgeService:
    """The articles of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        # Folded once: a search runs at each letter, articles change once a week.
        self._keys: dict[tuple[str, str, str], _Keys] = {}

    # Reading

    def get(self, number: ArticleId) -> WholeArticle:
        """One article.

        Raises:
            UserError: it is not there any more.
        """
        with self._archive.reading() as c:
            article = ARTICLES.get(c, number)
            if article is None:
                raise UserError(_("This article is not there any more."))
            return WholeArticle(article, articles.customers_of(c, number))

    def all(self) -> list[Article]:
        """Every article, by title."""
        with self._archive.reading() as c:
            return articles.listed(c)

    def search(self, text: str, *, limit: int | None = None) -> list[Article]:
        """Articles that have all words of a text, those with one in the title first."""
        words = fold(text).split()
        found = self.all()
        if not words:
            return found[:limit]
        keys = {}
        hits = []
        for article in found:
            one = self._keys_of(article)
            keys[_said(article)] = one
            if all(word in one.all for word in words):
                hits.append((not any(word in one.title for word in words), article))
        self._keys = keys
        hits.sort(key=lambda hit: hit[0])
        return [article for _rank, article in hits][:limit]

    def for_customer(self, customer: CustomerId, tags: Iterable[str] = ()) -> list[Article]:
        """What is of use with a customer: linked articles first, then those that share a tag.

        Args:
            customer: with whom.
            tags: his.
        """
        with self._archive.reading() as c:
            linked = articles.of_customer(c, customer)
            his = {fold(tag) for tag in tags}
            others = articles.listed(c) if his else []
        there = {article.id for article in linked}
        return linked + [
            article
            for article in others
            if article.id not in there and his & set(map(fold, article.words))
        ]

    def linked_ids(self, customer: CustomerId) -> set[ArticleId | None]:
        """The articles that are linked with a customer, not those that only share a tag."""
        with self._archive.reading() as c:
            return {article.id for article in articles.of_customer(c, customer)}

    def tags(self) -> list[str]:
        """The tags of all articles, by name."""
        return sorted({word for article in self.all() for word in article.words}, key=fold)

    def trashed(self) -> list[DeletedArticle]:
        """The articles that were deleted, the last one first."""
        with self._archive.reading() as c:
            return articles.trashed(c)

    # Writing

    def create(self, title: str, text: str = "", tags: str = "") -> ArticleId:
        """Write a new article.

        Raises:
            UserError: it has no title.
        """
        now = datetime.now(UTC)
        made = Article(_title(title), inputs.long_text(text, "text"), _tags(tags), now, now)
        name = _("New article {title}").format(title=made.title)
        return ArticleId(self._archive.write(name, lambda c: ARTICLES.insert(c, made)))

    def update(self, number: ArticleId, field: str, value: str) -> None:
        """Change the `title`, the `text` or the `tags` of an article.

        Raises:
            UserError: no title is left, or the article is gone.
        """
        article = self.get(number).article
        if field == "title":
            new = _title(value)
        elif field == "tags":
            new = _tags(value)
        elif field == "text":
            new = inputs.long_text(value, "text")
        else:
            raise ValueError(field)
        if getattr(article, field) == new:
            return
        changes = {field: new, "updated_at": datetime.now(UTC)}
        self._change(article, lambda c: ARTICLES.update(c, [number], changes))

    def link(self, number: ArticleId, customer: CustomerId) -> StepId:
        """Link an article with a customer; returns the step, for Undo."""
        article = self.get(number).article
        with self._archive.reading() as c:
            if not customers.exists(c, customer):
                raise UserError(_("There is no customer {number}.").format(number=customer))
        return self._change(article, lambda c: articles.link(c, number, customer))

    def unlink(self, number: ArticleId, customer: CustomerId) -> StepId:
        """Take such a link away; returns the step, for Undo."""
        article = self.get(number).article
        return self._change(article, lambda c: articles.unlink(c, number, customer))

    def delete(self, number: ArticleId) -> StepId:
        """Move an article to the trash; returns the step, for Undo."""
        article = self.get(number).article
        name = _("Delete article {title}").format(title=article.title)
        return self._step(name, lambda c: ARTICLES.delete(c, [number]))

    def restore(self, numbers: Sequence[ArticleId]) -> StepId:
        """Bring articles back from the trash with their links; returns the step, for Undo."""
        name = ngettext("Restore {n} article", "Restore {n} articles", len(numbers))
        return self._step(
            name.format(n=len(numbers)), lambda c: articles.restore(c, numbers)
        )  # fmt: skip

    def erase(self, numbers: Sequence[ArticleId] | None = None) -> int:
        """Erase articles of the trash for good: nothing but a backup brings them back.

        Args:
            numbers: which; None for all.

        Returns:
            How many were erased.
        """
        there = [one.id for one in self.trashed()]
        chosen = there if numbers is None else [n for n in there if n in set(numbers)]
        if not chosen:
            return 0
        words = ngettext("Erase {n} article for good", "Erase {n} articles for good", len(chosen))
        name = words.format(n=len(chosen))
        count = self._archive.write(name, lambda c: articles.erase(c, chosen))
        self._archive.rewrite()
        return count

    def _change(self, article: Article, act: Callable[[Connection], object]) -> StepId:
        return self._step(_("Article {title}").format(title=article.title), act)

    def _step(self, name: str, act: Callable[[Connection], object]) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._archive.write(name, run)

    def _keys_of(self, article: Article) -> _Keys:
        known = self._keys.get(_said(article))
        if known is not None:
            return known
        titled = f"{article.title} {article.tags}"
        spelt = " ".join(part for pair in spellings(titled) for part in pair)
        title = fold(f"{titled} {spelt}")
        return _Keys(title, f"{title} {fold(markup.plain(article.text))}")


def _said(article: Article) -> tuple[str, str, str]:
    return article.title, article.tags, article.text


def _title(text: str) -> str:
    return inputs.title(text, "title", _("An article needs a title."))


def _tags(text: str) -> str:
    """Words between commas, each once."""
    words: dict[str, str] = {}
    for word in inputs.titles(_split(text), "tags"):
        words.setdefault(fold(word), word)
    return ", ".join(words.values())


def _split(text: str) -> list[str]:
    return text.replace("，", ",").replace("、", ",").replace(";", ",").split(",")
