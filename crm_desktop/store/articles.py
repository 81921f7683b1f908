"""Articles, whom they are for, and those that were deleted.

A deleted article is known from the journal alone: its row and those of its links stand there as
they were, and come back from there.
"""

from __future__ import annotations

import json
from collections.abc import Container, Sequence

from crm_desktop.domain.articles import Article, ArticleId, DeletedArticle, LinkedArticle
from crm_desktop.domain.customers import CustomerId
from crm_desktop.store.engine import Connection
from crm_desktop.store.erasing import ERASED
from crm_desktop.store.records import ARTICLES
from crm_desktop.store.times import parse

# Of each article that is gone, the entry that took it away last; who only takes back the writing
# of an article has not deleted one. (The index leaves inserts out, so the conditions name them.)
_GONE = """SELECT j.id, j.row_id, j.step_id, s.at, j.before FROM journal j
  JOIN step s ON s.id = j.step_id
  WHERE j.table_name = 'article' AND j.action <> 'I' AND j.action = 'D'
    AND EXISTS (SELECT 1 FROM journal d JOIN step t ON t.id = d.step_id
                WHERE d.table_name = 'article' AND d.action <> 'I' AND d.action = 'D'
                  AND d.row_id = j.row_id AND t.kind <> 'undo')
    AND NOT EXISTS (SELECT 1 FROM article a WHERE a.id = j.row_id)
    AND NOT EXISTS (SELECT 1 FROM journal k WHERE k.table_name = 'article'
                    AND k.action <> 'I' AND k.row_id = j.row_id AND k.id > j.id)"""


def listed(connection: Connection) -> list[Article]:
    """All articles by their titles."""
    return ARTICLES.where(connection, "1 ORDER BY t.title COLLATE NOCASE, t.id")


def customers_of(connection: Connection, article: ArticleId) -> list[tuple[CustomerId, str]]:
    """Whom an article is for, with their names; those in the trash are left out."""
    rows = connection.execute(
        """SELECT c.id, c.name FROM article_customer l JOIN customer c ON c.id = l.customer_id
           WHERE l.article_id = ? AND c.deleted_at IS NULL ORDER BY l.id""",
        (article,),
    )
    return [(CustomerId(number), name) for number, name in rows]


def of_customer(connection: Connection, customer: CustomerId) -> list[Article]:
    """The articles that are linked with a customer, the first linked first."""
    return ARTICLES.where(
        connection,
        "l.customer_id = ? ORDER BY l.id",
        (customer,),
        join="JOIN article_customer l ON l.article_id = t.id",
    )


def linked(connection: Connection, inside: Container[int]) -> list[LinkedArticle]:
    """All articles with those of some customers whom they are for, in the order they came in."""
    whom: dict[int, list[int]] = {}
    for article, customer in connection.execute(
        "SELECT article_id, customer_id FROM article_customer ORDER BY id"
    ):
        if customer in inside:
            whom.setdefault(article, []).append(customer)
    return [
        LinkedArticle(article, whom.get(article.id or 0, ()))
        for article in ARTICLES.all(connection)
    ]


def take_in(connection: Connection, article: Article, customers: Sequence[CustomerId]) -> None:
    """Write an article that comes from elsewhere; one that says the same only gets the links."""
    same = ARTICLES.where(
        connection,
        "t.title = ? AND t.text = ? AND t.tags = ? LIMIT 1",
        (article.title, article.text, article.tags),
    )
    number = same[0].id if same else ARTICLES.insert(connection, article)
    for customer in customers:
        link(connection, ArticleId(int(number or 0)), customer)


def link(connection: Connection, article: ArticleId, customer: CustomerId) -> None:
    """Link an article with a customer, who may be linked already."""
    connection.execute(
        "INSERT OR IGNORE INTO article_customer (article_id, customer_id) VALUES (?, ?)",
        (article, customer),
    )


def unlink(connection: Connection, article: ArticleId, customer: CustomerId) -> None:
    """Take such a link away."""
    connection.execute(
        "DELETE FROM article_customer WHERE article_id = ? AND customer_id = ?",
        (article, customer),
    )


def trashed(connection: Connection) -> list[DeletedArticle]:
    """The articles that were deleted, the last one first."""
    rows = connection.execute(f"{_GONE} ORDER BY j.id DESC")
    return [
        DeletedArticle(ArticleId(number), json.loads(before)["title"], parse(at))
        for _entry, number, _step, at, before in rows
    ]


def restore(connection: Connection, numbers: Sequence[ArticleId]) -> int:
    """Bring deleted articles back, with their links; returns how many came."""
    rows = connection.execute(f"{_GONE} AND j.row_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    ).fetchall()  # fmt: skip
    for entry, number, step, _at, _before in rows:
        columns = ", ".join(ARTICLES.columns)
        values = ", ".join(f"before ->> '{name}'" for name in ARTICLES.columns)
        connection.execute(
            f"INSERT INTO article ({columns}) SELECT {values} FROM journal WHERE id = ?", (entry,)
        )
        connection.execute(
            """INSERT OR IGNORE INTO article_customer (id, article_id, customer_id)
               SELECT j.row_id, j.before ->> 'article_id', j.before ->> 'customer_id'
               FROM journal j JOIN customer c ON c.id = j.before ->> 'customer_id'
               WHERE j.step_id = ? AND j.table_name = 'article_customer' AND j.action <> 'I'
                 AND j.action = 'D' AND j.before ->> 'article_id' = ?""",
            (step, number),
        )
    return len(rows)


def erase(connection: Connection, numbers: Sequence[ArticleId]) -> int:
    """Take what the journal knows of deleted articles out of it; returns how many they were."""
    chosen = set(numbers)
    gone = [one for one in trashed(connection) if one.id in chosen]
    which = json.dumps([one.id for one in gone])
    titles = connection.execute(
        "SELECT DISTINCT coalesce(before ->> 'title', '') FROM journal WHERE table_name = 'article'"
        " AND action <> 'I' AND row_id IN (SELECT value FROM json_each(?))",
        (which,),
    ).fetchall()
    for (title,) in titles:
        if title:
            connection.execute(
                "UPDATE step SET name = replace(name, ?1, '…') WHERE instr(name, ?1) AND id IN"
                " (SELECT step_id FROM journal WHERE table_name = 'article'"
                "  AND row_id IN (SELECT value FROM json_each(?2)))",
                (title, which),
            )
    connection.execute(
        f"""UPDATE journal SET action = '{ERASED}', before = NULL, after = NULL
            WHERE (table_name = 'article' AND row_id IN (SELECT value FROM json_each(?1)))
               OR (table_name = 'article_customer' AND action <> 'I'
                   AND before ->> 'article_id' IN (SELECT value FROM json_each(?1)))""",
        (which,),
    )
    return len(gone)
