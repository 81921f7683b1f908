"""Knowledge: short articles that the owner writes for the next time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

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
