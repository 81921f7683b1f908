"""What a sheet says beside its values, row by row: brought into the rows that are imported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.rows.clean import WireDraft, WireRow
from crm_desktop.bridge.traits.model import Comment, Traits
from crm_desktop.bridge.values.emails import is_email
from crm_desktop.bridge.values.formatted import with_format
from crm_desktop.bridge.values.text import Value, column_letter
from crm_desktop.domain.customers import CustomerKind
from crm_desktop.i18n import _, ngettext

_KIND, _POINTS, _NOTES, _CUSTOM = 1, 8, 7, 11


class RowTraits:
    """The traits of one table, by row."""

    def __init__(
        self,
        traits: Traits,
        left: int,
        fixed: Collection[tuple[int, int]] = (),
        emails: Collection[int] = (),
        firm_columns: Collection[int] = (),
    ) -> None:
        """Sort the traits.

        Args:
            traits: of the whole sheet.
            left: 0-based place of the first value of each row.
            fixed: row and column of cells that the user has put right: there is nothing wrong
                with them any more.
            emails: 0-based columns of e-mails; there a link's address goes with its text.
            firm_columns: 0-based columns of what is a firm's, where rows name a person too.
        """
        self._left = left
        self._problems: defaultdict[int, list[tuple[str, str, str]]] = defaultdict(list)
        # Of each row, and whether they stand at what is its firm's.
        self._comments: defaultdict[tuple[int, bool], list[Comment]] = defaultdict(list)
        self._links: defaultdict[tuple[int, bool], list[str]] = defaultdict(list)
        self._formats: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for (row, column), text in traits.errors.items():
            if (row, column) in fixed:
                continue
            said = _("The cell shows an error; it holds no value.")
            self._problems[row].append((column_letter(column), text, said))
        for row, column in sorted(traits.unevaluated.difference(fixed)):
            said = _("The cell holds a formula whose result is not stored in the file.")
            self._problems[row].append((column_letter(column), "", said))
        for row in {row for row, _column in traits.struck}:
            said = _("The row is struck through; it was imported all the same.")
            self._problems[row].append(("", "", said))
        for (row, column), comment in sorted(traits.comments.items()):
            self._comments[row, column in firm_columns].append(comment)
        self._addresses: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for (row, column), address in sorted(traits.links.items()):
            self._links[row, column in firm_columns].append(address)
            if column in emails and (row, column) not in fixed and (mail := _mail_of(address)):
                self._addresses[row].append((column, mail))
        for (row, column), code in traits.number_formats.items():
            self._formats[row].append((column, code))
        self._rows = {*self._problems, *(row for row, _firm in (*self._comments, *self._links))}

    def tell(self, number: int, column: str, text: str, problem: str) -> None:
        """Add to what is wrong with a row; before it is completed."""
        self._problems[number].append((column, text, problem))
        self._rows.add(number)

    def shown(self, number: int, row: Row) -> Row:
        """A row with numbers as their formats show them, and with the addresses of links."""
        formats, addresses = self._formats.get(number), self._addresses.get(number)
        if not formats and not addresses:
            return row
        values: list[Value] = list(row)
        for column, address in addresses or ():
            at = column - self._left
            value = values[at] if 0 <= at < len(values) else None
            if isinstance(value, str) and value.strip() and "@" not in value:
                values[at] = f"{value.strip()} <{address}>"  # "write to her" says no address
        for column, code in formats or ():
            at = column - self._left
            value = values[at] if 0 <= at < len(values) else None
            if isinstance(value, int | float) and not isinstance(value, bool):
                values[at] = with_format(float(value), code)
        return values

    def has(self, number: int) -> bool:
        """Whether a row has anything to be told of."""
        return number in self._rows

    def complete(self, row: WireRow, *, parted: bool) -> WireRow:
        """Add to a cleaned row what stands beside its values.

        Args:
            row: a row of a person, or of a firm.
            parted: whether its row of the sheet has become one of each.
        """
        number, draft, left_out, problems, raw, continues, _remarks, firm = row
        if draft is None or (firm and draft[_KIND] == CustomerKind.PERSON.value):
            return row  # a further contact: it is told of the row's first
        whose = (firm,) if parted else (False, True)
        comments = [c for one in whose for c in self._comments.get((number, one), ())]
        links = [link for one in whose for link in self._links.get((number, one), ())]
        draft = self._with_links(draft, links)
        draft = _with_notes(draft, [_spoken(c) for c in comments if not c.at])
        remarks = tuple((c.at, _spoken(c)) for c in comments if c.at)
        # What is wrong with a row is told once.
        wrong = () if firm else self._problems.get(number, ())
        own = tuple((number, *problem) for problem in wrong)
        return number, draft, left_out, (*problems, *own), raw, continues, remarks, firm

    @staticmethod
    def _with_links(draft: WireDraft, links: Sequence[str]) -> WireDraft:
        points, custom = draft[_POINTS], draft[_CUSTOM]
        known = {point[2] for point in points}
        for link in links:
            scheme = link.partition(":")[0]
            if address := _mail_of(link):
                # The words of the link stay in the row as it stood, and nowhere else.
                points = tuple(
                    (p[0], address, *p[2:]) if p[1].endswith(f"<{address}>") else p for p in points
                )
                if address.lower() not in known:
                    known.add(address.lower())
                    points = (*points, ("email", address, address.lower(), "", None))
            elif scheme.lower() in ("http", "https") and all(v != link for _n, v in custom):
                custom = (*custom, (_link_name(custom), link))
        between, behind = draft[_POINTS + 1 : _CUSTOM], draft[_CUSTOM + 1 :]
        return (*draft[:_POINTS], points, *between, custom, *behind)


def _mail_of(link: str) -> str:
    """The e-mail address of a link, "" for one that leads elsewhere."""
    scheme, _colon, rest = link.partition(":")
    address = rest.partition("?")[0].strip()
    return address if scheme.lower() == "mailto" and is_email(address) else ""


def _link_name(custom: tuple[tuple[str, str], ...]) -> str:
    taken = {name for name, _value in custom}
    name, n = _("Link"), 2
    while name in taken:
        name, n = f"{_('Link')} {n}", n + 1
    return name


def _spoken(comment: Comment) -> str:
    return f"{comment.author}: {comment.text}" if comment.author else comment.text


def _with_notes(draft: WireDraft, lines: Sequence[str]) -> WireDraft:
    if not lines:
        return draft
    notes = "\n".join([*([str(draft[_NOTES])] if draft[_NOTES] else []), *lines])
    return (*draft[:_NOTES], notes, *draft[_NOTES + 1 :])


def seems_cut(traits: Traits, cells: int) -> bool:
    """Whether a file speaks of many more cells than were read.

    Args:
        traits: of the sheet.
        cells: how many filled cells were read.
    """
    stored = (traits.cells or 0) - len(traits.errors)
    return stored > 20 and cells < stored * 0.9


def warnings(traits: Traits, cells: int, pictured: int = 0, astray: int = 0) -> tuple[str, ...]:
    """What the owner should know of a sheet before it is imported, a sentence each.

    Args:
        traits: of the sheet.
        cells: how many filled cells were read.
        pictured: how many of its rows have a picture.
        astray: how many pictures stand outside the rows.
    """
    found = []
    if pictured:
        found.append(
            ngettext(
                "{n} row has a picture; it becomes a document of its customer.",
                "{n} rows have pictures; they become documents of their customers.",
                pictured,
            ).format(n=pictured)
        )
    if astray:
        found.append(
            ngettext(
                "{n} picture stands outside the rows, such as a logo; it is not taken over.",
                "{n} pictures stand outside the rows, such as a logo; they are not taken over.",
                astray,
            ).format(n=astray)
        )
    if errors := len(traits.errors):
        found.append(
            ngettext("{n} cell shows an error.", "{n} cells show an error.", errors).format(
                n=errors
            )
        )
    if missing := len(traits.unevaluated):
        found.append(
            ngettext(
                "{n} formula has no stored result.", "{n} formulas have no stored result.", missing
            ).format(n=missing)
        )
    if seems_cut(traits, cells):
        stored = (traits.cells or 0) - len(traits.errors)
        found.append(
            _("The file says it holds {stored} cells; {read} were read.").format(
                stored=stored, read=cells
            )
        )
    return (*found, *traits.unread)
