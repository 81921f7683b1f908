"""What an archive holds beside its customers: on its way out, and into another one."""

from __future__ import annotations

import json
from collections.abc import Collection, Container, Mapping

from crm_desktop.domain.exchange import SETTINGS_LEFT_OUT, FirmTask, Head
from crm_desktop.domain.filters import OWN
from crm_desktop.domain.lists import carried
from crm_desktop.domain.relations import OwnRelationKind
from crm_desktop.domain.tasks import TaskId
from crm_desktop.store import (
    articles,
    catalogue,
    custom_fields,
    dossiers,
    numbers,
    opportunities,
    processes,
    relations,
    settings,
    surveys,
    tags,
    targets,
    views,
)
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import LEADS, TASKS

# What stands behind `OWN` where an archive has no field of that number.
_GONE = "?"
# Belong together: a letterhead is not put together from two firms'.
_LETTERHEAD = "firm."


def whole(connection: Connection, inside: Container[int]) -> Head:
    """All of it.

    Args:
        connection: for reading.
        inside: the numbers of the customers who may be named.
    """
    fields = custom_fields.everything(connection)
    asking = LEADS.where(connection, "t.customer_id IS NULL ORDER BY t.id")
    leads = {lead.id or 0: place for place, lead in enumerate(asking)}
    names = {f"{OWN}{field.id}": f"{OWN}{field.name}" for field in fields}
    return Head(
        settings={
            name: value
            for name, value in settings.everything(connection).items()
            if not name.startswith(SETTINGS_LEFT_OUT)
        },
        fields=fields,
        relation_kinds=relations.told_kinds(connection),
        tags=tags.every(connection),
        views=[carried(view, lambda key: _key(key, names)) for view in views.every(connection)],
        tasks=[
            FirmTask(
                task, dossiers.follow_up(connection, task, inside), leads.get(task.lead_id or 0)
            )
            for task in TASKS.where(connection, "t.customer_id IS NULL ORDER BY t.id")
        ],
        articles=articles.linked(connection, inside),
        categories=catalogue.category_paths(connection),
        products=catalogue.told(connection, inside),
        pipelines=opportunities.told_pipelines(connection),
        leads=asking,
        numbers=numbers.given(connection),
        processes=processes.every(connection),
        rules=processes.rules(connection),
        surveys=surveys.told(connection),
        targets=targets.every(connection),
    )


def part(connection: Connection, whom: Collection[int]) -> Head:
    """What of it some customers have: their fields, tags, kinds of relations, surveys."""
    listed = json.dumps(list(whom))
    those = "customer_id IN (SELECT value FROM json_each(?1))"

    def distinct(column: str, table: str, more: str = "") -> set[object]:
        rows = connection.execute(
            f"SELECT DISTINCT {column} FROM {table} WHERE {those} {more}", (listed,)
        )
        return {row[0] for row in rows}

    fields = distinct("field_id", "custom_value")
    worn = distinct("g.name", "customer_tag JOIN tag g ON g.id = tag_id")
    kinds = distinct("kind", "relation", "AND other_id IN (SELECT value FROM json_each(?1))")
    return Head(
        fields=[field for field in custom_fields.everything(connection) if field.id in fields],
        relation_kinds=[one for one in relations.told_kinds(connection) if one.name in kinds],
        tags={name: colour for name, colour in tags.every(connection).items() if name in worn},
        surveys=surveys.told(connection, surveys.used_by(connection, whom)),
    )


def take_in(
    connection: Connection, head: Head, *, with_settings: bool
) -> tuple[dict[str, str], dict[int, TaskId]]:
    """Write what another archive held beside its customers; what is there already stays.

    Its articles and products are left to `articles.take_in` and `catalogue.take_in`: they know
    their customers.

    Args:
        connection: the writer's, inside a step.
        head: of the other archive.
        with_settings: whether its firm is this one.

    Returns:
        Other names that fields in its trash have here (`custom_fields.take_in`), and the numbers
        of its tasks that were written, by their places.
    """
    if with_settings:
        _take_in_settings(connection, head.settings)
        numbers.take_in(connection, head.numbers)
    renamed = custom_fields.take_in(connection, head.fields)
    relations.take_in_kinds(connection, map(OwnRelationKind._make, head.relation_kinds))
    tags.take_in(connection, head.tags)
    ids = {f"{OWN}{field.name}": field.id for field in custom_fields.everything(connection)}
    keys = {
        f"{OWN}{field.name}": f"{OWN}{ids[OWN + renamed.get(field.name, field.name)]}"
        for field in head.fields
    }
    views.take_in(connection, (carried(view, lambda key: _key(key, keys)) for view in head.views))
    for path in head.categories:
        catalogue.category_at(connection, path)
    for pipeline in head.pipelines:
        opportunities.take_in_pipeline(connection, pipeline)
    for process in head.processes:
        processes.take_in(connection, process)
    for rule in head.rules:
        processes.take_in_rule(connection, rule)
    asking = dossiers.add_firm_leads(connection, head.leads)
    for survey in head.surveys:
        surveys.take_in(connection, survey)
    targets.take_in(connection, head.targets)
    tasks = dossiers.add_firm_tasks(connection, (one.task for one in head.tasks))
    for place, task in tasks.items():
        about = head.tasks[place].lead
        if about in asking:
            TASKS.update(connection, [task], {"lead_id": asking[about]})
    return renamed, tasks


def _take_in_settings(connection: Connection, found: Mapping[str, str]) -> None:
    known = settings.everything(connection)
    has_letterhead = any(known[name] for name in known if name.startswith(_LETTERHEAD))
    wanted = {
        name: value
        for name, value in found.items()
        if not known.get(name)
        and not name.startswith(SETTINGS_LEFT_OUT)
        and not (has_letterhead and name.startswith(_LETTERHEAD))
    }
    settings.save(connection, wanted)


def _key(key: str, there: Mapping[str, str]) -> str:
    """A field's key in the other archive; one that it does not have stays one that nobody has."""
    if not key.startswith(OWN):
        return key
    rest = key.removeprefix(OWN)
    return there.get(key) or (key if rest.startswith(_GONE) else f"{OWN}{_GONE}{rest}")
