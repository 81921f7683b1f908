"""An import's result: as the CLI's JSON document, and in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.domain.imports import ColumnMapping, ImportResult, Outcome, SheetResult
from crm_desktop.i18n import _, ngettext

_MOST_SHOWN = 10


def as_document(result: ImportResult) -> dict[str, Any]:
    """The document that `import --json` prints."""
    return {
        "batch": result.batch,
        "relations": result.relations,
        "firm": dict(result.firm),
        "files": [
            {"file": file.file, "sheets": [_sheet(sheet) for sheet in file.sheets]}
            for file in result.files
        ],
    }


def _sheet(sheet: SheetResult) -> dict[str, Any]:
    return {
        "sheet": sheet.sheet,
        "kind": sheet.kind.value,
        "header_row": sheet.header_row,
        "remembered": bool(sheet.remembered),
        "policies": dict(sheet.policies),
        "hidden": {
            "rows": sheet.hidden_rows,
            "columns": sheet.hidden_columns,
            "skipped": sheet.without_hidden,
        },
        "colours": {
            colour.removeprefix("#"): {"rows": rows, "tag": tag}
            for colour, rows, tag in sheet.colours
        },
        "rows": sheet.rows,
        "created": sheet.created,
        "updated": sheet.updated,
        "merged": sheet.merged,
        "continued": sheet.continued,
        "organisations": sheet.firms,
        "overwritten": sheet.replaced,
        "documents": sheet.pictures,
        "left_out": [{"row": row.row, "reason": row.reason} for row in sheet.left_out],
        "columns": [
            {
                "column": c.column,
                "header": c.header,
                "field": c.field,
                "confidence": round(c.confidence, 2),
                "label": c.label,
                "date_order": c.date_order,
                "date_undecided": bool(c.date_examples),
                "date_examples": list(c.date_examples),
                "replaced": dict(c.replacements),
                "kind": c.kind.value if c.custom else "",
                "compound": c.compound.value if c.compound else "",
            }
            for c in sheet.columns
        ],
        "problems": [
            {"row": p.row, "column": p.column, "value": p.value, "problem": p.problem}
            for p in sheet.problems
        ],
        "problem_count": sheet.problem_count,
    }


def as_text(result: ImportResult) -> str:
    """The same for a reader of the console."""
    lines = []
    for file in result.files:
        for sheet in file.sheets:
            lines.append(f"{file.file} · {sheet.sheet}" if sheet.sheet else file.file)
            lines.append("  " + sentence(sheet))
            if unnamed := [colour for colour, _rows, tag in sheet.colours if not tag]:
                lines.append("  " + _unnamed(unnamed))
            lines += ["  " + _undecided(c) for c in sheet.columns if c.date_examples]
            lines += [
                "  " + _("row {row}: left out: {reason}").format(row=r.row, reason=r.reason)
                for r in sheet.left_out[:_MOST_SHOWN]
            ]
            lines += [
                f"  {p.column}{p.row}: “{p.value}”: {p.problem}"
                for p in sheet.problems[:_MOST_SHOWN]
            ]
            hidden = sheet.problem_count - len(sheet.problems[:_MOST_SHOWN])
            if hidden > 0:
                lines.append("  " + _("… and {n} more problems").format(n=hidden))
    if result.pictures:
        lines.append(pictured(result.pictures))
    if result.organisations:
        lines.append(beside(result.organisations))
    if result.relations:
        lines.append(related(result.relations))
    if result.firm:
        lines.append(_("Of the firm: {parts}.").format(parts=of_firm(result.firm)))
    return "\n".join(lines) or _("There was nothing to import.")


def _unnamed(colours: Sequence[str]) -> str:
    return _("rows are coloured {colours}; “colours” in a mapping makes tags of them.").format(
        colours=", ".join(colour.removeprefix("#") for colour in colours)
    )


def _undecided(column: ColumnMapping) -> str:
    return _(
        "column {column} “{header}”: “{example}” was read as {order}, and nothing in the file "
        "says so; “dates” in a mapping does."
    ).format(
        column=column.column,
        header=column.header,
        example=column.date_examples[0],
        order=column.date_order,
    )


def beside(n: int, number: Callable[[int], str] = str) -> str:
    """How many firms came in beside those who work there, in a sentence; `number` writes it."""
    return ngettext(
        "{n} organisation came in beside its contact persons.",
        "{n} organisations came in beside their contact persons.",
        n,
    ).format(n=number(n))


def related(n: int, number: Callable[[int], str] = str) -> str:
    """How many relations an import made, in a sentence; `number` writes it."""
    return ngettext(
        "{n} person is linked to the organisation he works at.",
        "{n} persons are linked to the organisation they work at.",
        n,
    ).format(n=number(n))


def of_firm(parts: Sequence[tuple[str, int]], number: Callable[[int], str] = str) -> str:
    """What belongs to the firm and came with a file, as a list in words; `number` writes it."""
    said = []
    for part, n in parts:
        words = {
            "settings": _("the firm’s settings"),
            "fields": ngettext("{n} field", "{n} fields", n),
            "relation_kinds": ngettext("{n} kind of relation", "{n} kinds of relation", n),
            "tags": ngettext("the colour of {n} tag", "the colours of {n} tags", n),
            "views": ngettext("{n} saved view", "{n} saved views", n),
            "tasks": ngettext("{n} task", "{n} tasks", n),
            "articles": ngettext("{n} article", "{n} articles", n),
            "categories": ngettext("{n} category", "{n} categories", n),
            "products": ngettext("{n} product", "{n} products", n),
            "pipelines": ngettext("{n} pipeline", "{n} pipelines", n),
            "leads": ngettext("{n} lead", "{n} leads", n),
            "surveys": ngettext("{n} survey", "{n} surveys", n),
            "numbers": ngettext("{n} number on paper", "{n} numbers on paper", n),
            "processes": ngettext("{n} process", "{n} processes", n),
            "targets": ngettext("{n} target", "{n} targets", n),
            "rules": ngettext("{n} rule", "{n} rules", n),
        }[part]
        said.append(words.format(n=number(n)))
    return ", ".join(said)


def pictured(n: int, number: Callable[[int], str] = str) -> str:
    """How many pictures became documents, in a sentence; `number` writes it."""
    return ngettext(
        "{n} picture became a document of its customer.",
        "{n} pictures became documents of their customers.",
        n,
    ).format(n=number(n))


def sentence(sheet: SheetResult) -> str:
    """One sheet's ledger in one line."""
    return _(
        "{rows} rows: {created} created, {updated} updated, {merged} merged, "
        "{continued} continued, {left_out} left out"
    ).format(
        rows=sheet.rows,
        created=sheet.created,
        updated=sheet.updated,
        merged=sheet.merged,
        continued=sheet.continued,
        left_out=len(sheet.left_out),
    )


def summary(result: ImportResult) -> str:
    """All of it in one line, for a toast."""
    totals = {outcome.value: result.total(outcome) for outcome in Outcome}
    totals["merged"] += totals["continued"]
    return _("{created} created, {updated} updated, {merged} merged, {left_out} left out").format(
        **totals
    )
