"""Knowledge: short articles that the owner writes for the next time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, NewType

ArticleId = NewType("ArticleId", int)


@dataclass(frozen=True, slots=True)
class Article:
    """One article.

    Attributes:
        id: None before it is stored.
        tags: words with commas between them.
    """

    title: str
    text: str = ""
    tags: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    id: ArticleId | None = None

    @property
    def words(self) -> list[str]:
        """Its tags, one by one."""
        return [word.strip() for word in self.tags.split(",") if word.strip()]


class LinkedArticle(NamedTuple):
    """An article as it goes out of an archive and comes into another.

    Attributes:
        customers: the numbers that those have whom it is for, in the archive it came from.
    """

    article: Article
    customers: Sequence[int] = ()


class DeletedArticle(NamedTuple):
    """An article in the trash, and when it came there."""

    id: ArticleId
    title: str
    at: datetime
