"""What the file says before its customers: what belongs to the firm, not to one of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TextIO

from crm_desktop.bridge.export.own.lines import place_in
from crm_desktop.bridge.export.own.processes import process_json, read_process, read_rule
from crm_desktop.bridge.export.own.records import (
    follow_up_json,
    read_follow_up,
    read_lead,
    read_record,
    record_json,
)
from crm_desktop.bridge.export.own.surveys import read_survey, survey_json
from crm_desktop.domain.articles import Article, LinkedArticle
from crm_desktop.domain.catalogue import (
    MOST_LEVELS,
    CategoryPath,
    Price,
    Product,
    ToldProduct,
)
from crm_desktop.domain.exchange import FirmTask, Head
from crm_desktop.domain.fields import CustomField
from crm_desktop.domain.filters import from_json, to_json
from crm_desktop.domain.lists import SavedView, columns_from_json, columns_to_json
from crm_desktop.domain.money import MOST
from crm_desktop.domain.numbers import GivenNumber
from crm_desktop.domain.opportunities import CERTAIN, PipelineStage, ToldPipeline
from crm_desktop.domain.pricing import HUNDRED_PERCENT
from crm_desktop.domain.relations import OwnRelationKind
from crm_desktop.domain.targets import Target, period_of
from crm_desktop.domain.tasks import Task


def write_head(file: TextIO, head: Head) -> None:
    """Write it, a line each; nothing of what there is none of."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    if head.settings:
        file.write(f'"settings": {encode(dict(head.settings))},\n')
    for name, objects in (
        ("fields", map(record_json, head.fields)),
        ("relation_kinds", (kind._asdict() for kind in head.relation_kinds)),
        ("tags", ({"name": name, "colour": colour} for name, colour in head.tags.items())),
        ("views", map(_view_json, head.views)),
        ("tasks", map(_task_json, head.tasks)),
        ("articles", map(_article_json, head.articles)),
        ("categories", map(list, head.categories)),
        ("products", map(_product_json, head.products)),
        ("pipelines", map(_pipeline_json, head.pipelines)),
        ("leads", map(record_json, head.leads)),
        ("numbers", map(record_json, head.numbers)),
        ("processes", map(process_json, head.processes)),
        ("rules", map(record_json, head.rules)),
        ("surveys", map(survey_json, head.surveys)),
        ("targets", map(record_json, head.targets)),
    ):
        if lines := ",\n".join(map(encode, objects)):
            file.write(f'"{name}": [\n{lines}\n],\n')


def read_head(found: Mapping[str, Any]) -> Head:
    """Read what stands in the file, by its names.

    Raises:
        TypeError, ValueError, KeyError, AttributeError: it makes no sense.
    """
    return Head(
        settings={str(n): str(value) for n, value in (found.get("settings") or {}).items()},
        fields=[read_record(CustomField, one) for one in found.get("fields") or ()],
        relation_kinds=[
            OwnRelationKind(_named(one), str(one.get("reverse") or ""))
            for one in found.get("relation_kinds") or ()
        ],
        tags={_named(one): str(one.get("colour") or "") for one in found.get("tags") or ()},
        views=[_view(one) for one in found.get("views") or ()],
        tasks=[_task(one) for one in found.get("tasks") or ()],
        articles=[_article(one) for one in found.get("articles") or ()],
        categories=[_path(one) for one in found.get("categories") or ()],
        products=[_product(one) for one in found.get("products") or ()],
        pipelines=[_pipeline(one) for one in found.get("pipelines") or ()],
        leads=[read_lead(one) for one in found.get("leads") or ()],
        numbers=[_number(one) for one in found.get("numbers") or ()],
        processes=[read_process(one) for one in found.get("processes") or ()],
        rules=[read_rule(one) for one in found.get("rules") or ()],
        surveys=[read_survey(one) for one in found.get("surveys") or ()],
        targets=[_target(one) for one in found.get("targets") or ()],
    )


def _named(found: dict[str, Any]) -> str:
    name = str(found["name"])
    if not name.strip():
        raise ValueError("no name")
    return name


def _view_json(view: SavedView) -> dict[str, Any]:
    return {
        "name": view.name,
        "icon": view.icon,
        "filter": json.loads(to_json(view.filter)),
        "columns": json.loads(columns_to_json(view.columns)),
        "sort": view.sort,
        "descending": view.descending,
        "pinned": view.pinned,
    }


def _view(found: dict[str, Any]) -> SavedView:
    return SavedView(
        _named(found),
        str(found.get("icon") or ""),
        from_json(json.dumps(found.get("filter") or {})),
        columns_from_json(json.dumps(found.get("columns") or [])),
        str(found.get("sort") or ""),
        bool(found.get("descending")),
        bool(found.get("pinned")),
    )


def _task_json(one: FirmTask) -> dict[str, Any]:
    about = {} if one.lead is None else {"lead": one.lead}
    return record_json(one.task) | follow_up_json(one.follows) | about


def _task(found: dict[str, Any]) -> FirmTask:
    task = read_record(Task, found, customer_id=None)
    return FirmTask(task, read_follow_up(found), place_in(found, "lead"))


def _article_json(linked: LinkedArticle) -> dict[str, Any]:
    written = record_json(linked.article)
    return written | ({"customers": list(linked.customers)} if linked.customers else {})


def _article(found: dict[str, Any]) -> LinkedArticle:
    article = read_record(Article, found)
    if not article.title.strip() or article.created_at is None or article.updated_at is None:
        raise ValueError("not an article")
    return LinkedArticle(article, [int(number) for number in found.get("customers") or ()])


def _product_json(told: ToldProduct) -> dict[str, Any]:
    written = record_json(told.product)
    if told.category:
        written["category"] = list(told.category)
    if told.prices:
        written["prices"] = [record_json(price) for price in told.prices]
    if told.suppliers:
        written["suppliers"] = list(told.suppliers)
    return written


def _product(found: dict[str, Any]) -> ToldProduct:
    product = read_record(Product, found)
    if not product.name.strip() or product.created_at is None or product.updated_at is None:
        raise ValueError("not a product")
    prices = [read_record(Price, one) for one in found.get("prices") or ()]
    for price in prices:
        first, last = price.valid_from, price.valid_to
        if not 0 <= price.money.amount <= MOST or (first and last and first > last):
            raise ValueError("not a price")
    if product.cost_money is not None and not 0 <= product.cost_money.amount <= MOST:
        raise ValueError("not a cost")
    if not 0 <= (product.tax_rate or 0) <= HUNDRED_PERCENT:
        raise ValueError("not a rate")
    return ToldProduct(
        product,
        _path(found.get("category") or ()),
        prices,
        [int(number) for number in found.get("suppliers") or ()],
    )


def _pipeline_json(told: ToldPipeline) -> dict[str, Any]:
    return {"name": told.name, "stages": list(map(record_json, told.stages))}


def _pipeline(found: dict[str, Any]) -> ToldPipeline:
    stages = [read_record(PipelineStage, one) for one in found.get("stages") or ()]
    for stage in stages:
        days = stage.most_days
        if not stage.name.strip() or not 0 <= stage.probability <= CERTAIN or days == 0:
            raise ValueError("not a stage")
        _ = stage.needed
    return ToldPipeline(_named(found), stages)


def _target(found: dict[str, Any]) -> Target:
    target = read_record(Target, found)
    if period_of(target.span, target.first).first != target.first or target.amount < 0:
        raise ValueError("not a target")
    return target


def _number(found: dict[str, Any]) -> GivenNumber:
    given = read_record(GivenNumber, found)
    if given.count < 0 or not given.number.strip():
        raise ValueError("not a number")
    return given


def _path(found: Any) -> CategoryPath:
    path = tuple(map(str, found))
    if not all(name.strip() for name in path) or len(path) > MOST_LEVELS:
        raise ValueError("not a category")
    return path
