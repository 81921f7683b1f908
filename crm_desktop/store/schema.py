"""The archive's schema, as a list of migrations that only ever grows.

Each migration is literal SQL in `migrations/`: what it made stays true, whatever later code
thinks. The newest version is also kept in `user_version`, so that opening an up-to-date archive
asks nothing of sqlite-utils.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.store import engine  # noqa: F401  (first: it gives sqlite-utils its engine)
from crm_desktop.store.migrations import (
    m0001_archive,
    m0002_cities_and_continued_rows,
    m0003_relations,
    m0004_documents,
    m0005_customer_file,
    m0006_journal_and_days,
    m0007_contacts,
    m0008_firms_of_rows,
    m0009_catalogue,
    m0010_opportunities,
    m0011_quotations,
    m0012_orders,
    m0013_processes,
    m0014_surveys,
    m0015_targets,
)

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

NEWEST = 15

# Tables whose rows are the user's: every change of theirs is journalled. The others are
# evidence that is never changed (import_*), contents that only ever are what their hash says
# (blob), numbers that were given out for good (issued_number), the journal itself, or can be
# made anew from these (summary, contact and search).
# Parents stand before their children.
JOURNALLED = (
    "setting",
    "tag",
    "custom_field",
    "relation_kind",
    "saved_view",
    "article",
    "category",
    "product",
    "product_price",
    "survey",
    "survey_question",
    "pipeline",
    "pipeline_stage",
    "process",
    "process_step",
    "rule",
    "target",
    "customer",
    "contact_point",
    "address",
    "customer_tag",
    "custom_value",
    "stage_change",
    "interaction",
    "opportunity",
    "opportunity_move",
    "quotation",
    "quotation_line",
    "sales_order",
    "order_version",
    "order_line",
    "order_traveller",
    "order_requirement",
    "order_step",
    "payment_due",
    "payment",
    "reminder",
    "rule_firing",
    "survey_request",
    "survey_response",
    "survey_answer",
    "lead",
    "task",
    "service_case",
    "promise",
    "relation",
    "document",
    "document_version",
    "article_customer",
    "product_supplier",
    "merge",
    "distinct_pair",
)
# Bookkeeping that follows from the other columns and is no change of its own.
NOT_JOURNALLED_COLUMNS = frozenset({"updated_at"})

# Where the customer's number stands in each table that hangs on one.
OWNER = {
    "customer": "id",
    "contact_point": "customer_id",
    "address": "customer_id",
    "customer_tag": "customer_id",
    "custom_value": "customer_id",
    "stage_change": "customer_id",
    "interaction": "customer_id",
    "opportunity": "customer_id",
    "quotation": "customer_id",
    "sales_order": "customer_id",
    "rule_firing": "customer_id",
    "survey_request": "customer_id",
    "survey_response": "customer_id",
    "lead": "customer_id",
    "task": "customer_id",
    "service_case": "customer_id",
    "promise": "customer_id",
    "relation": "customer_id",
    "document": "customer_id",
    "article_customer": "customer_id",
    "product_supplier": "customer_id",
    "merge": "kept_id",
}
# What belongs to a row of such a table: to which, and where that row's number stands.
PART_OF = {
    "document_version": ("document", "document_id"),
    "opportunity_move": ("opportunity", "opportunity_id"),
    "quotation_line": ("quotation", "quotation_id"),
    "order_version": ("sales_order", "order_id"),
    "order_line": ("sales_order", "order_id"),
    "order_traveller": ("sales_order", "order_id"),
    "order_requirement": ("sales_order", "order_id"),
    "order_step": ("sales_order", "order_id"),
    "payment_due": ("sales_order", "order_id"),
    "payment": ("sales_order", "order_id"),
    "reminder": ("sales_order", "order_id"),
    "survey_answer": ("survey_response", "response_id"),
}


def migrations() -> Migrations:
    """The whole history of the schema, for `Migrations.apply`."""
    from sqlite_utils import Migrations

    history = Migrations("crm_desktop")

    @history(name="m0001_archive")
    def m0001(db: Database) -> None:
        run_script(db, m0001_archive.SQL)

    @history(name="m0002_cities_and_continued_rows")
    def m0002(db: Database) -> None:
        run_script(db, m0002_cities_and_continued_rows.SQL)

    @history(name="m0003_relations")
    def m0003(db: Database) -> None:
        run_script(db, m0003_relations.SQL)

    @history(name="m0004_documents")
    def m0004(db: Database) -> None:
        run_script(db, m0004_documents.SQL)

    @history(name="m0005_customer_file")
    def m0005(db: Database) -> None:
        run_script(db, m0005_customer_file.SQL)

    @history(name="m0006_journal_and_days")
    def m0006(db: Database) -> None:
        run_script(db, m0006_journal_and_days.SQL)

    @history(name="m0007_contacts")
    def m0007(db: Database) -> None:
        run_script(db, m0007_contacts.SQL)

    @history(name="m0008_firms_of_rows")
    def m0008(db: Database) -> None:
        run_script(db, m0008_firms_of_rows.SQL)

    @history(name="m0009_catalogue")
    def m0009(db: Database) -> None:
        run_script(db, m0009_catalogue.SQL)

    @history(name="m0010_opportunities")
    def m0010(db: Database) -> None:
        run_script(db, m0010_opportunities.SQL)

    @history(name="m0011_quotations")
    def m0011(db: Database) -> None:
        run_script(db, m0011_quotations.SQL)

    @history(name="m0012_orders")
    def m0012(db: Database) -> None:
        run_script(db, m0012_orders.SQL)

    @history(name="m0013_processes")
    def m0013(db: Database) -> None:
        run_script(db, m0013_processes.SQL)

    @history(name="m0014_surveys")
    def m0014(db: Database) -> None:
        run_script(db, m0014_surveys.SQL)

    @history(name="m0015_targets")
    def m0015(db: Database) -> None:
        run_script(db, m0015_targets.SQL)

    return history


def run_script(db: Database, script: str) -> None:
    """Run several statements inside the present transaction (`executescript` would commit)."""
    for statement in script.split(";\n"):
        if statement.strip():
            db.conn.execute(statement)
