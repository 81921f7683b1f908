"""Customers to files: our JSON, a workbook, a csv.

Everything streams, and a file appears under its name only when it is whole. Cells that a
spreadsheet program could take for formulas are written as text.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar

from crm_desktop.bridge.export.own.contents import Contents
from crm_desktop.bridge.export.own.writing import customer_json, write_customers
from crm_desktop.bridge.values.formulas import guard_formula
from crm_desktop.domain.customers import Customer
from crm_desktop.domain.dossiers import Dossier
from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.domain.exchange import NO_HEAD, Head
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _

T = TypeVar("T")

_MOST_CELL = 32_767  # characters that Excel takes in one cell
# Labels of phones that have a column of their own; the header says the label.
_PHONE_LABELS = ("", "mobile", "home", "work", "fax", "whatsapp")
_MOST_ROWS = 1_048_575


def write_json(
    dossiers: Iterable[Dossier],
    target: Path,
    *,
    head: Head = NO_HEAD,
    contents: Contents = (),
    job: Job | None = None,
) -> int:
    """Write our exchange format, which loses nothing.

    Args:
        dossiers: in the order they are to stand in.
        target: the file; replaced when it exists.
        head: what belongs to the firm and goes along.
        contents: of their documents; asked for when all customers are written.
        job: progress and cancel.

    Returns:
        How many customers were written.

    Raises:
        EnvironmentProblem: the file cannot be written.
        Cancelled: `job` was cancelled; nothing was written.
    """
    objects = map(customer_json, _watched(dossiers, job))
    with (
        _replacing(target) as part,
        part.open("w", encoding="utf-8", newline="\n") as file,
    ):
        count = write_customers(file, objects, head, contents)
        _sync(file)
    return count


def write_csv(
    customers: Iterable[Customer],
    target: Path,
    *,
    custom_fields: Sequence[str] = (),
    job: Job | None = None,
) -> int:
    """Write a csv that Excel opens right (UTF-8 with mark) and our import reads back the same.

    Args:
        customers: in the order they are to stand in.
        target: the file; replaced when it exists.
        custom_fields: the order of their columns; those without any value have none.
        job: progress and cancel.

    Returns:
        How many customers were written.

    Raises:
        EnvironmentProblem: the file cannot be written.
        Cancelled: `job` was cancelled; nothing was written.
    """
    with (
        _spooled(customers, job) as spool,
        _replacing(target) as part,
        part.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file)
        layout = spool.layout(custom_fields)
        writer.writerow([guard_formula(title) for title, _width, _make in layout])
        for customer in spool.customers():
            writer.writerow([guard_formula(make(customer)) for _title, _width, make in layout])
        _sync(file)
    return spool.count


def write_xlsx(
    customers: Iterable[Customer],
    target: Path,
    *,
    custom_fields: Sequence[str] = (),
    job: Job | None = None,
) -> int:
    """Write a workbook: a row a customer, a column a field, all as text.

    Args:
        customers: in the order they are to stand in.
        target: the file; replaced when it exists.
        custom_fields: the order of their columns; those without any value have none.
        job: progress and cancel.

    Returns:
        How many customers were written.

    Raises:
        EnvironmentProblem: the file cannot be written.
        Cancelled: `job` was cancelled; nothing was written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    with _spooled(customers, job) as spool, _replacing(target) as part:
        book = xlsxwriter.Workbook(str(part), {"constant_memory": True})
        try:
            _fill(book, spool, spool.layout(custom_fields))
            book.close()
        except XlsxWriterException as error:
            raise OSError(str(error)) from error
        finally:
            _let_go(book)
    return spool.count


def _fill(book: Any, spool: _Spool, layout: Sequence[Column]) -> None:
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet = _new_sheet(book, layout, bold)
    for number, customer in enumerate(spool.customers()):
        row = number % _MOST_ROWS + 1
        if row == 1 and number:
            sheet = _new_sheet(book, layout, bold)
        for column, (_title, _width, make) in enumerate(layout):
            if text := make(customer):
                sheet.write_string(row, column, text[:_MOST_CELL])
    if spool.count <= _MOST_ROWS:
        sheet.autofilter(0, 0, spool.count, len(layout) - 1)


def _let_go(book: Any) -> None:
    """Close what XlsxWriter leaves open, and keep it from writing, when it is not to finish."""
    book.fileclosed = True
    for sheet in book.worksheets():
        if sheet.row_data_fh is not None and not sheet.row_data_fh.closed:
            sheet.row_data_fh.close()
        if sheet.row_data_filename:
            Path(sheet.row_data_filename).unlink(missing_ok=True)


def _new_sheet(book: Any, layout: Sequence[Column], bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, (title, width, _make) in enumerate(layout):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, bold)
    return sheet


# --- the rows of a table ---------------------------------------------------------------------

Column = tuple[str, int, Callable[[dict[str, Any]], str]]


class _Spool:
    """Customers kept in a temporary file, because a table's columns are known only at the end."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.count = 0
        self._custom: dict[str, None] = {}
        self._phones: set[str] = set()
        self._ims: dict[str, None] = {}
        self._more_addresses = False

    def take(self, customers: Iterable[Customer]) -> None:
        encode = json.JSONEncoder(ensure_ascii=False).encode
        for customer in customers:
            found = customer_json(Dossier(customer))
            self.count += 1
            self._custom.update(dict.fromkeys(found["custom"]))
            self._phones.update(_phone_label(p) for p in found["phones"])
            self._ims.update(dict.fromkeys(i["label"] for i in found["ims"]))
            self._more_addresses = self._more_addresses or len(found["addresses"]) > 1
            self._file.write(encode(found) + "\n")

    def customers(self) -> Iterator[dict[str, Any]]:
        self._file.seek(0)
        return map(json.loads, self._file)

    def layout(self, custom_fields: Sequence[str]) -> list[Column]:
        """Title, width and maker of each column that is needed."""
        titles = {
            "": _("Phone"),
            "mobile": _("Mobile phone"),
            "home": _("Home phone"),
            "work": _("Work phone"),
            "fax": _("Fax"),
            "whatsapp": _("WhatsApp"),
        }
        columns: list[Column] = [
            (_("Name"), 26, lambda c: c["name"]),
            (_("First name"), 16, lambda c: c["given_name"]),
            (_("Last name"), 16, lambda c: c["family_name"]),
            (_("Organisation"), 26, lambda c: c["organisation"]),
        ]
        columns += [
            (titles[label], 18, _phones_of(label))
            for label in _PHONE_LABELS
            if not label or label in self._phones
        ]
        columns.append((_("E-mail"), 28, lambda c: "; ".join(e["address"] for e in c["emails"])))
        columns += [(label or _("IM"), 16, _ims_of(label)) for label in self._ims]
        columns += [
            (_("Address"), 30, _address_part("street")),
            (_("Postcode"), 11, _address_part("postcode")),
            (_("City"), 16, _address_part("city")),
            (_("Region"), 16, _address_part("region")),
            (_("Country"), 14, _address_part("country")),
        ]
        if self._more_addresses:
            columns.append((_("Other addresses"), 30, _other_addresses))
        columns += [
            (_("Birthday"), 12, lambda c: c["birthday"] or ""),
            (_("Stage"), 12, lambda c: c["stage"]),
            (_("Kind"), 13, lambda c: c["kind"]),
            (_("Tags"), 18, lambda c: ", ".join(c["tags"])),
            (_("Notes"), 40, lambda c: c["notes"]),
        ]
        ordered = dict.fromkeys(name for name in custom_fields if name in self._custom)
        columns += [(name, 18, _custom_of(name)) for name in {**ordered, **self._custom}]
        return columns


def _phone_label(phone: dict[str, Any]) -> str:
    label = phone["label"]
    return label if label in _PHONE_LABELS else ""


def _phones_of(label: str) -> Callable[[dict[str, Any]], str]:
    return lambda c: "; ".join(
        p["number"] or p["raw"] for p in c["phones"] if _phone_label(p) == label
    )


def _ims_of(label: str) -> Callable[[dict[str, Any]], str]:
    return lambda c: "; ".join(i["account"] for i in c["ims"] if i["label"] == label)


def _address_part(part: str) -> Callable[[dict[str, Any]], str]:
    return lambda c: c["addresses"][0][part] if c["addresses"] else ""


def _other_addresses(customer: dict[str, Any]) -> str:
    parts = ("street", "postcode", "city", "region", "country")
    return "\n".join(
        ", ".join(filter(None, (a[p] for p in parts))) for a in customer["addresses"][1:]
    )


def _custom_of(name: str) -> Callable[[dict[str, Any]], str]:
    return lambda c: c["custom"].get(name, "")


# --- files -----------------------------------------------------------------------------------


@contextlib.contextmanager
def _spooled(customers: Iterable[Customer], job: Job | None) -> Iterator[_Spool]:
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as file:
        spool = _Spool(file)
        spool.take(_watched(customers, job))
        yield spool


def _watched(listed: Iterable[T], job: Job | None) -> Iterator[T]:
    for number, one in enumerate(listed):
        if job is not None and number % 200 == 0:
            job.progress(_("Exporting"), number)
        yield one


@contextlib.contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A name to write to in the target's folder; takes the target's place when all went well."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    except OSError as error:
        raise EnvironmentProblem(
            _("“{name}” could not be written: {reason}").format(
                name=target.name, reason=error.strerror or error
            ),
            remedy=_("Choose another folder, free some space, or close the file elsewhere."),
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _sync(file: IO[str]) -> None:
    file.flush()
    os.fsync(file.fileno())
