"""What each thing that can be done does to the plain model of an archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from archive_model import Key, Model, Row, Tables

FACTS: Row = {
    "title": "",
    "owner": "",
    "rating": 0,
    "preferences": "",
    "deceased": False,
}
BLANK: Row = {
    "kind": "person",
    "name": "",
    "organisation": "",
    "stage": "potential",
    "birthday": None,
    "notes": "",
    **FACTS,
}
COLUMNS = tuple(BLANK)


# One customer


def create(m: Model, number: int, said: Row, tags: Sequence[str]) -> None:
    m.insert("customer", BLANK | {"trash": None} | said, number)
    set_tags(m, number, tags)
    follow(m, number, None)


def set_column(m: Model, number: int, column: str, value: object) -> None:
    was = m.tables["customer"][number][column]
    if column == "stage" and was != value:
        m.insert("stage_change", {"customer": number, "before": was, "stage": value})
    m.change("customer", number, **{column: value})


def update(m: Model, number: int, column: str, value: object) -> None:
    before = m.tables["customer"][number]
    set_column(m, number, column, value)
    follow(m, number, before)


def follow(m: Model, number: int, before: Row | None) -> None:
    """A person works at the one organisation whose name stands in his file."""
    now = m.tables["customer"][number]
    said = ("kind", "name", "organisation")
    if before is not None and all(before[name] == now[name] for name in said):
        return
    same_kind = before is not None and before["kind"] == now["kind"]
    if before is not None and not same_kind:
        end = "other" if before["kind"] == "organisation" else "customer"
        for key, _row in list(m.rows("relation", kind="works_at", **{end: number})):
            m.drop("relation", key)
    if now["kind"] == "organisation":
        renamed = not same_kind or before["name"] != now["name"]
        if renamed and _bearer(m, now["name"]) == number:
            for person, row in m.rows("customer", kind="person", organisation=now["name"]):
                if row["trash"] is None:
                    relate(m, person, number, "works_at")
        return
    if same_kind and before["organisation"] != now["organisation"]:
        _leave(m, number, before["organisation"])
    bearer = _bearer(m, now["organisation"]) if now["organisation"] else None
    if bearer not in (None, number):
        relate(m, number, bearer, "works_at")


def _bearer(m: Model, name: str) -> int | None:
    found = [key for key, _r in m.rows("customer", kind="organisation", name=name, trash=None)]
    return found[0] if len(found) == 1 else None


def _leave(m: Model, number: int, name: str) -> None:
    if not name:
        return
    present = list(m.rows("relation", customer=number, kind="works_at"))
    meant = [k for k, row in present if m.tables["customer"][row["other"]]["name"] == name]
    if not meant and len(present) == 1:
        meant = [present[0][0]]
    for key in meant:
        m.drop("relation", key)


def put_first(m: Model, table: str, number: int, first: int) -> None:
    listed = sorted(m.placed(table, number), key=lambda row: row[0] != first)
    for position, (key, _row) in enumerate(listed):
        m.change(table, key, position=position)


def set_trash(m: Model, numbers: Iterable[int], token: object) -> None:
    for number in numbers:
        row = m.tables["customer"].get(number)
        if row is not None and (row["trash"] is None) == (token is not None):
            m.change("customer", number, trash=token)


# Tags


def tag_key(m: Model, name: str) -> int:
    known = next(m.rows("tag", name=name), None)
    return m.insert("tag", {"name": name}) if known is None else known[0]


def set_tags(m: Model, number: int, names: Iterable[str]) -> None:
    wanted = {tag_key(m, name): position for position, name in enumerate(dict.fromkeys(names))}
    present = {row["tag"]: key for key, row in m.rows("customer_tag", customer=number)}
    for tag in present.keys() - wanted.keys():
        m.drop("customer_tag", present[tag])
    for tag, position in wanted.items():
        if tag in present:
            m.change("customer_tag", present[tag], position=position)
        else:
            m.insert("customer_tag", {"customer": number, "tag": tag, "position": position})


def add_tag(m: Model, numbers: Iterable[int], name: str) -> None:
    tag = tag_key(m, name)
    for number in numbers:
        if next(m.rows("customer_tag", customer=number, tag=tag), None) is None:
            position = m.behind("customer_tag", number)
            m.insert("customer_tag", {"customer": number, "tag": tag, "position": position})


def remove_tag(m: Model, numbers: Iterable[int], name: str) -> None:
    known = next(m.rows("tag", name=name), (None, {}))[0]
    for number in numbers:
        for key, _row in list(m.rows("customer_tag", customer=number, tag=known)):
            m.drop("customer_tag", key)


def tags_of(m: Model, number: int) -> list[str]:
    return [m.tables["tag"][row["tag"]]["name"] for _k, row in m.placed("customer_tag", number)]


# Own fields


def live_field(m: Model, name: str) -> int | None:
    return next((key for key, _row in m.rows("field", name=name, removed=None)), None)


def add_field(m: Model, name: str, kind: str, number: int) -> None:
    for key, row in list(m.rows("field", name=name)):
        assert row["removed"] is not None
        m.change("field", key, name=_free_name(m, name))
    position = max((row["position"] + 1 for _k, row in m.rows("field")), default=0)
    row = {"name": name, "kind": kind, "hidden": False, "removed": None, "position": position}
    m.insert("field", row, number)


def rename_field(m: Model, number: int, name: str) -> None:
    if m.tables["field"][number]["name"] == name:
        return
    for key, _row in list(m.rows("field", name=name)):
        m.change("field", key, name=_free_name(m, name))
    m.change("field", number, name=name)


def _free_name(m: Model, name: str) -> str:
    taken = {row["name"] for _k, row in m.rows("field")}
    return next(free for n in count(2) if (free := f"{name} ({n})") not in taken)


def set_value(m: Model, number: int, field: int, value: str) -> None:
    known = next((key for key, _r in m.rows("value", customer=number, field=field)), None)
    if known is None and value:
        m.insert("value", {"customer": number, "field": field, "value": value})
    elif known is not None and value:
        m.change("value", known, value=value)
    elif known is not None:
        m.drop("value", known)


def values_of(m: Model, number: int) -> dict[str, str]:
    found = {}
    for _key, row in m.rows("value", customer=number):
        field = m.tables["field"][row["field"]]
        if field["removed"] is None:
            found[field["name"]] = row["value"]
    return found


# Two customers


def relate(m: Model, number: int, other: int, kind: str) -> None:
    if next(m.rows("relation", customer=number, other=other, kind=kind), None) is None:
        m.insert("relation", {"customer": number, "other": other, "kind": kind})


def merge(
    m: Model, kept: int, other: int, fields: frozenset[str], custom: frozenset[str], *, join: bool
) -> None:
    _settle_fields(m, kept, other, fields, join=join)
    for theirs, point in list(m.placed("point", other)):
        same = [
            (key, row)
            for key, row in m.rows("point", customer=kept, kind=point["kind"])
            if (row["value"] or row["raw"]) == (point["value"] or point["raw"])
        ]
        for key, row in same:
            label = row["label"] or point["label"]
            barred = row["do_not_use"] or point["do_not_use"]
            m.change("point", key, label=label, do_not_use=barred)
        if same:
            m.drop("point", theirs)
    mine = {row["city"] for _k, row in m.rows("address", customer=kept)}
    for key, row in list(m.rows("address", customer=other)):
        if row["city"] in mine:
            m.drop("address", key)
    mine = {row["tag"] for _k, row in m.rows("customer_tag", customer=kept)}
    for key, row in list(m.rows("customer_tag", customer=other)):
        if row["tag"] in mine:
            m.drop("customer_tag", key)
    for table in ("point", "address", "customer_tag"):
        last = m.behind(table, kept)
        for key, row in list(m.rows(table, customer=other)):
            m.change(table, key, customer=kept, position=row["position"] + last)
    _join_values(m, kept, other, custom)
    for table in ("entry", "stage_change", "task", "case", "promise", "document"):
        for key, _row in list(m.rows(table, customer=other)):
            m.change(table, key, customer=kept)
    _join_relations(m, kept, other)
    for table, of in (("link", "article"), ("supply", "product")):
        for key, row in list(m.rows(table, customer=other)):
            if next(m.rows(table, customer=kept, **{of: row[of]}), None) is None:
                m.change(table, key, customer=kept)
    name = m.tables["customer"][other]["name"]
    m.insert("merge", {"kept": kept, "merged": other, "name": name})
    m.drop("customer", other)


def _settle_fields(m: Model, kept: int, other: int, fields: frozenset[str], *, join: bool) -> None:
    mine, his = m.tables["customer"][kept], m.tables["customer"][other]
    if "name" in fields:
        fields |= {"kind"}
    for name in COLUMNS:
        if name == "notes" and join:
            if his[name] and his[name] not in mine[name]:
                joined = f"{mine[name]}\n{his[name]}" if mine[name] else his[name]
                set_column(m, kept, name, joined)
        elif name in fields or (_is_blank(name, mine[name]) and his[name]):
            set_column(m, kept, name, his[name])


def _is_blank(name: str, value: object) -> bool:
    return not value or (name == "stage" and value == "potential")


def _join_values(m: Model, kept: int, other: int, custom: frozenset[str]) -> None:
    mine = {row["field"]: key for key, row in m.rows("value", customer=kept)}
    for key, row in list(m.rows("value", customer=other)):
        if row["field"] not in mine:
            m.change("value", key, customer=kept)
            continue
        if m.tables["field"][row["field"]]["name"] in custom:
            m.change("value", mine[row["field"]], value=row["value"])
        m.drop("value", key)
    for key, row in list(m.rows("value", value=f"customer:{other}")):
        if m.tables["field"][row["field"]]["kind"] == "customer":
            m.change("value", key, value=f"customer:{kept}")


def _join_relations(m: Model, kept: int, other: int) -> None:
    for key, row in list(m.rows("relation")):
        if {row["customer"], row["other"]} == {kept, other}:
            m.drop("relation", key)
    for end, far in (("customer", "other"), ("other", "customer")):
        for key, row in list(m.rows("relation", **{end: other})):
            same = {end: kept, far: row[far], "kind": row["kind"]}
            if next(m.rows("relation", **same), None) is None:
                m.change("relation", key, **{end: kept})
            else:
                m.drop("relation", key)


# The past


def restore(m: Model, number: int, then: Tables) -> None:
    """Make a customer what he was; what others brought along since stays."""
    before = m.tables["customer"][number]
    for column in COLUMNS:
        if before[column] != then["customer"][number][column]:
            set_column(m, number, column, then["customer"][number][column])
    for table in ("point", "address"):
        was = _his(then, table, number)
        for key, _row in list(m.rows(table, customer=number)):
            if key not in was and not _came_from_another(m, (table, key), number):
                m.drop(table, key)
        for key, row in was.items():
            if key not in m.tables[table]:
                m.insert(table, row, key)
            elif m.tables[table][key]["customer"] == number:
                m.change(table, key, **row)
    tags = _his(then, "customer_tag", number)
    for key, row in m.rows("customer_tag", customer=number):
        if key not in tags and _came_from_another(m, ("customer_tag", key), number):
            tags[key] = row
    placed = sorted(tags.items(), key=lambda item: (item[1]["position"], item[0]))
    known = m.tables["tag"]
    set_tags(m, number, [known[row["tag"]]["name"] for _k, row in placed if row["tag"] in known])
    _restore_values(m, number, then)
    follow(m, number, before)


def _restore_values(m: Model, number: int, then: Tables) -> None:
    wanted = {}
    for key, row in m.rows("value", customer=number):
        if _came_from_another(m, ("value", key), number):
            wanted[row["field"]] = row["value"]
    wanted |= {row["field"]: row["value"] for row in _his(then, "value", number).values()}
    for field, row in list(m.rows("field", removed=None)):
        assert row["removed"] is None
        set_value(m, number, field, wanted.get(field, ""))


def _his(then: Tables, table: str, number: int) -> dict[int, Row]:
    return {key: row for key, row in then[table].items() if row["customer"] == number}


def _came_from_another(m: Model, key: Key, number: int) -> bool:
    return m.first_owner[key] != number
