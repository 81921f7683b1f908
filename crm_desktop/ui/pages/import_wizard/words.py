"""The wizard's words: fields, labels, file kinds, and the ledger in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from crm_desktop.domain.fields import Compound, CustomField, FieldKind
from crm_desktop.domain.imports import (
    COLOUR_COLUMN,
    CUSTOM_PREFIX,
    FACTS,
    GROUP_COLUMN,
    SHEET_COLUMN,
    SKIP,
    BandKind,
    ColumnMapping,
    ImportResult,
    Outcome,
    SheetKind,
)
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.services import captions
from crm_desktop.ui import format as say
from crm_desktop.ui.field_words import kind_text as field_kind_text

if TYPE_CHECKING:
    from crm_desktop.ui.pages.import_wizard.sources import Place

SURE = 0.75
# One of these makes a customer of a row.
IDENTITY = frozenset(("name", "given_name", "family_name", "organisation", "phone", "email"))


class FieldChoice(NamedTuple):
    """Something a column can feed, as the chooser lists it."""

    group: str
    text: str
    field: str
    label: str = ""
    date_order: str = ""

    def same_as(self, column: ColumnMapping) -> bool:
        """Whether a column feeds just this."""
        return (self.field, self.label, self.date_order) == (
            column.field,
            column.label,
            column.date_order,
        )


def field_names() -> dict[str, str]:
    """The fields of a customer in the user's words."""
    facts = captions.of_facts()
    return {
        "name": pgettext("field", "Name"),
        "given_name": pgettext("field", "Given name"),
        "family_name": pgettext("field", "Family name"),
        "organisation": pgettext("field", "Organisation"),
        "kind": pgettext("field", "Person or organisation"),
        "phone": pgettext("field", "Phone"),
        "email": pgettext("field", "E-mail"),
        "im": pgettext("field", "Messenger"),
        "street": pgettext("field", "Street"),
        "postcode": pgettext("field", "Postcode"),
        "city": pgettext("field", "City"),
        "region": pgettext("field", "Region"),
        "country": pgettext("field", "Country"),
        "birthday": pgettext("field", "Birthday"),
        "stage": pgettext("field", "Stage"),
        "tags": pgettext("field", "Tags"),
        "notes": pgettext("field", "Notes"),
        **{field: facts[field] for field in FACTS},
    }


def label_text(label: str) -> str:
    """A contact point's or an address's label; names of services stay as they are."""
    return {
        "mobile": pgettext("label", "mobile"),
        "work": pgettext("label", "work"),
        "home": pgettext("label", "home"),
        "fax": pgettext("label", "fax"),
        "billing": pgettext("label", "billing"),
        "shipping": pgettext("label", "shipping"),
        "emergency": pgettext("label", "emergency"),
        "family": pgettext("label", "family"),
    }.get(label, label)


def _order_text(order: str) -> str:
    return {
        "DMY": _("day, month, year"),
        "MDY": _("month, day, year"),
        "YMD": _("year, month, day"),
        "ROC": _("years of the Republic of China"),
    }.get(order, "")


def feeds(column: ColumnMapping) -> str:
    """What a column feeds, in a few words."""
    if column.field == SKIP:
        return _("Leave out")
    if column.field.startswith(CUSTOM_PREFIX):
        return column.field.removeprefix(CUSTOM_PREFIX)
    if column.compound is not None:
        return combined_text(column.compound)
    name = field_names().get(column.field, column.field)
    if column.label:
        return f"{name} · {label_text(column.label)}"
    return name


def asks_for_dates(column: ColumnMapping) -> bool:
    """Whether only the owner knows which figure of its dates is the month."""
    return column.field == "birthday" and bool(column.date_examples)


def combined_text(compound: Compound) -> str:
    """What the cells of a column hold that feeds several fields."""
    if compound is Compound.ADDRESS:
        return _("Whole address")
    names = {**field_names(), "address": _("Whole address")}
    return " + ".join(names[part] for part in compound.value.split("_"))


def kind_text(kind: FieldKind) -> str:
    """What a field of the user's own holds; "" for text."""
    return {
        FieldKind.NUMBER: _("numbers"),
        FieldKind.MONEY: _("amounts of money"),
        FieldKind.DATE: _("dates"),
        FieldKind.YES_NO: _("yes or no"),
        FieldKind.CHOICE: _("one of a few words"),
        FieldKind.CHOICES: _("several of a few words"),
        FieldKind.PHONE: _("phone numbers"),
        FieldKind.EMAIL: _("e-mail addresses"),
        FieldKind.LINK: _("web addresses"),
        FieldKind.CUSTOMER: _("customers"),
    }.get(kind, "")


def certainty(column: ColumnMapping) -> str:
    """How sure the match is: `sure`, `unsure`, `own` for own fields, `out` for left out."""
    if column.field == SKIP:
        return "out"
    if column.field.startswith(CUSTOM_PREFIX):
        return "own"
    return "sure" if column.confidence >= SURE and not asks_for_dates(column) else "unsure"


def certainty_text(column: ColumnMapping) -> str:
    """The same in words, for tooltips and screen readers."""
    if column.custom and (kind := kind_text(column.kind)):
        return _("Kept as a field of your own: {kind}").format(kind=kind)
    return {
        "sure": _("Matched"),
        "unsure": _("Please look whether this is right"),
        "own": _("Kept as a field of your own"),
        "out": _("Not imported"),
    }[certainty(column)]


def choices(column: ColumnMapping, fields: Sequence[CustomField] = ()) -> list[FieldChoice]:
    """Everything a column can feed, in groups.

    Args:
        column: as it is mapped now.
        fields: the archive's own fields.
    """
    names = field_names()
    who, reach = _("Who"), _("How to reach")
    where, more = _("Where"), _("More")
    found = [FieldChoice(who, names[f], f) for f in _WHO]
    for field, labels in _LABELS.items():
        found.append(FieldChoice(reach, names[field], field))
        found += [
            FieldChoice(reach, f"{names[field]} · {label_text(label)}", field, label)
            for label in labels
        ]
    found += [FieldChoice(where, names[f], f) for f in _WHERE]
    found.append(FieldChoice(more, names["birthday"], "birthday"))
    found += [
        FieldChoice(more, f"{names['birthday']} · {_order_text(order)}", "birthday", "", order)
        for order in dict.fromkeys(("DMY", "MDY", "YMD", column.date_order or "DMY"))
    ]
    found += [FieldChoice(more, names[f], f) for f in _MORE]
    if column.field in names and not any(choice.same_as(column) for choice in found):
        # Labels that only this sheet has, such as a second address.
        at = next(i for i, choice in enumerate(found) if choice.field == column.field)
        found.insert(
            at + 1,
            found[at]._replace(
                text=feeds(column), label=column.label, date_order=column.date_order
            ),
        )
    own_group = _("Fields of your own")
    found += [
        FieldChoice(
            own_group,
            f"{field.name} · {field_kind_text(field.kind)}",
            f"{CUSTOM_PREFIX}{field.name}",
        )
        for field in fields
    ]
    other = _("Otherwise")
    own = column.header.strip()[:100] or column_title(column)
    if column.field.startswith(CUSTOM_PREFIX):
        own = column.field.removeprefix(CUSTOM_PREFIX)
    if own not in {field.name for field in fields}:
        found.append(own_field(own))
    found.append(FieldChoice(other, _("Leave out"), SKIP))
    return found


def own_field(name: str) -> FieldChoice:
    """A custom field of that name."""
    return FieldChoice(
        _("Otherwise"), _("Own field: {name}").format(name=name), f"{CUSTOM_PREFIX}{name}"
    )


_WHO = ("name", "title", "given_name", "family_name", "organisation", "kind")
_MORE = ("stage", "owner", "rating", "source", "language", "tags", "notes")
_LABELS = {
    "phone": ("mobile", "work", "home", "fax", "whatsapp"),
    "email": ("work", "home"),
    "im": ("WeChat", "QQ", "Telegram", "LINE", "Skype"),
}
_WHERE = ("street", "postcode", "city", "region", "country")


def kind_of_file(kind: str) -> str:
    """A file's kind, told by its content."""
    return {
        "xlsx": _("Excel workbook"),
        "xlsm": _("Excel workbook"),
        "xlsb": _("Excel workbook"),
        "xls": _("Excel 97–2003 workbook"),
        "ods": _("OpenDocument spreadsheet"),
        "csv": _("Text table"),
        "html": _("Web page"),
        "mhtml": _("Web page"),
        "xml": _("Excel workbook in XML"),
        "vcard": _("Address cards (vCard)"),
        "json": _("CRM Desktop export"),
    }.get(kind, kind)


def kind_of_sheet(kind: SheetKind) -> str:
    """What a table is taken for, in a word."""
    return {
        SheetKind.LIST: pgettext("sheet", "List"),
        SheetKind.CARDS: pgettext("sheet", "Cards"),
        SheetKind.LEDGER: pgettext("sheet", "Sales"),
        SheetKind.SUMMARY: pgettext("sheet", "Figures"),
        SheetKind.EMPTY: pgettext("sheet", "Empty"),
    }[kind]


def kind_tip(kind: SheetKind) -> str:
    """The same in a sentence."""
    return {
        SheetKind.LIST: _("A list: a customer in each row."),
        SheetKind.CARDS: _("Cards: forms with a customer each, taken as one list."),
        SheetKind.LEDGER: _("Sales: each row is kept as it stands and makes no customer."),
        SheetKind.SUMMARY: _("Figures: no column says who the customer is."),
        SheetKind.EMPTY: _("Empty: nothing to import."),
    }[kind]


def band_text(kind: BandKind) -> str:
    """What rows are that are no customers, in a word."""
    return {
        BandKind.TITLE: pgettext("rows", "Title"),
        BandKind.HEADER: pgettext("rows", "Header"),
        BandKind.GROUP: pgettext("rows", "Heading"),
        BandKind.TOTAL: pgettext("rows", "Total"),
        BandKind.NOTE: pgettext("rows", "Note"),
    }[kind]


def role_text(kind: BandKind | None) -> str:
    """What a row can be said to be, as a choice."""
    if kind is None:
        return _("This row is a customer")
    return {
        BandKind.GROUP: _("This row is a heading for those below"),
        BandKind.TOTAL: _("This row adds others up"),
        BandKind.NOTE: _("This row is a note: leave it out"),
    }[kind]


def band_tip(kind: BandKind) -> str:
    """What becomes of such rows."""
    return {
        BandKind.TITLE: _("A title above the table; it is not imported."),
        BandKind.HEADER: _("The header: it names the columns."),
        BandKind.GROUP: _("A heading for the rows below it; it stands in the last column."),
        BandKind.TOTAL: _("It adds others up and makes no customer."),
        BandKind.NOTE: _("A note about the list; it makes no customer."),
    }[kind]


def column_title(column: ColumnMapping) -> str:
    """What stands above a column: its letter, or what it is where no sheet has it."""
    if column.index == GROUP_COLUMN:
        return pgettext("column", "Heading")
    if column.index == SHEET_COLUMN:
        return pgettext("column", "Sheet name")
    if column.index == COLOUR_COLUMN:
        return pgettext("column", "Colour")
    return letter_of(column.index)


def place_text(place: Place | None) -> str:
    """Where on its sheet a table is: "rows 3–120", "columns D–F"; "" where it is alone."""
    if place is None:
        return ""
    words = []
    if place.rows is not None:
        first, last = place.rows
        words.append(_("rows {first}–{last}").format(first=first, last=last))
    if place.columns is not None:
        left, right = place.columns
        words.append(
            _("columns {first}–{last}").format(first=letter_of(left), last=letter_of(right))
        )
    return ", ".join(words)


def area_text(place: Place | None) -> str:
    """The same as short as spreadsheets write it, "A9:D15", where words would not find room."""
    if place is None or place.rows is None or place.columns is None:
        return place_text(place)
    (top, bottom), (left, right) = place.rows, place.columns
    return f"{letter_of(left)}{top}:{letter_of(right)}{bottom}"


def letter_of(index: int) -> str:
    """A column's letter, A to Z, then AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def index_of(letters: str) -> int:
    """A column's position from its letter, counted from 0; -1 for none."""
    position = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return -1
        position = position * 26 + ord(letter) - 64
    return position - 1


def rows(count: int) -> str:
    """A number of rows."""
    return ngettext("{n} row", "{n} rows", count).format(n=say.number(count))


def total_rows(result: ImportResult) -> int:
    """Rows read, over all files and sheets."""
    return sum(s.rows for f in result.files for s in f.sheets)


def outcome_text(outcome: Outcome, *, done: bool) -> str:
    """An outcome's name below its figure, before (`done` False) and after the import."""
    if done:
        return {
            Outcome.CREATED: _("customers created"),
            Outcome.UPDATED: _("joined to known customers"),
            Outcome.MERGED: _("merged with other rows"),
            Outcome.CONTINUED: _("continued the row above"),
            Outcome.LEFT_OUT: _("left out"),
        }[outcome]
    return {
        Outcome.CREATED: _("new customers"),
        Outcome.UPDATED: _("known customers"),
        Outcome.MERGED: _("merged with other rows"),
        Outcome.CONTINUED: _("continue the row above"),
        Outcome.LEFT_OUT: _("left out"),
    }[outcome]


def ledger(result: ImportResult) -> str:
    """The balance in one line, for screen readers and toasts."""
    return _(
        "{rows} = {created} new + {updated} updated + {merged} merged + {continued} continued"
        " + {left} left out"
    ).format(
        rows=rows(total_rows(result)),
        created=say.number(result.total(Outcome.CREATED)),
        updated=say.number(result.total(Outcome.UPDATED)),
        merged=say.number(result.total(Outcome.MERGED)),
        continued=say.number(result.total(Outcome.CONTINUED)),
        left=say.number(result.total(Outcome.LEFT_OUT)),
    )
