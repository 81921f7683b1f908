"""What the file says before its customers: what belongs to the firm, not to one of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TextIO

from crm_desktop.bridge.export.own.records import read_record, record_json
from crm_desktop.domain.articles import Article, LinkedArticle
from crm_desktop.domain.fields import CustomField


class Head(NamedTuple):
    """What the archive holds beside customers.

    Attributes:
        fields: custom fields, those of the trash included, in their order.
        articles: with the customers of the file that they are about.
    """

    fields: Sequence[CustomField] = ()
    articles: Sequence[LinkedArticle] = ()


NO_HEAD = Head()


def write_head(file: TextIO, head: Head) -> None:
    """Write it, a line each; nothing of what there is none of."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for name, objects in (
        ("fields", map(record_json, head.fields)),
        ("articles", map(_article_json, head.articles)),
    ):
        if lines := ",\n".join(map(encode, objects)):
            file.write(f'"{name}": [\n{lines}\n],\n')


def read_head(found: Mapping[str, Any]) -> Head:
    """Read what stands in the file, by its names.

    Raises:
        TypeError, ValueError, KeyError, AttributeError: it makes no sense.
    """
    return Head(
        [read_record(CustomField, one) for one in found.get("fields") or ()],
        [_article(one) for one in found.get("articles") or ()],
    )


def _article_json(linked: LinkedArticle) -> dict[str, Any]:
    written = record_json(linked.article)
    return written | ({"customers": list(linked.customers)} if linked.customers else {})


def _article(found: dict[str, Any]) -> LinkedArticle:
    article = read_record(Article, found)
    if not article.title.strip() or article.created_at is None or article.updated_at is None:
        raise ValueError("not an article")
    return LinkedArticle(article, [int(number) for number in found.get("customers") or ()])
