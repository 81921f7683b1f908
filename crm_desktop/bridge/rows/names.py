"""Who a row is: names, their parts, whether person or organisation, and the firm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crm_desktop.bridge.rows.batch import MEMORY, Batch, Memo
from crm_desktop.bridge.rows.columns import Columns
from crm_desktop.bridge.rows.points import Point
from crm_desktop.bridge.rows.registered import TaxNumbers
from crm_desktop.bridge.sheets.name_parts import is_further
from crm_desktop.bridge.sheets.profile import is_person_name
from crm_desktop.bridge.sheets.synonyms import KINDS, header_key, meanings
from crm_desktop.bridge.values.institutions import names_trade
from crm_desktop.bridge.values.names import join_name, split_flipped
from crm_desktop.bridge.values.nothing import says_vacant
from crm_desktop.bridge.values.organisations import is_organisation_name
from crm_desktop.bridge.values.text import has_cjk
from crm_desktop.domain.customers import CustomerKind

_PERSON = CustomerKind.PERSON.value
_ORGANISATION = CustomerKind.ORGANISATION.value


class Names(NamedTuple):
    """Who the rows of a batch are, a list for each part; "" where a row has none."""

    names: list[str]
    kinds: list[str]
    given: list[str]
    family: list[str]
    organisations: list[str]


class NameCleaner:
    """Makes names of a batch's columns."""

    def __init__(
        self, columns: Columns, tax_numbers: TaxNumbers, *, flipped: frozenset[str]
    ) -> None:
        """Begin.

        Args:
            columns: of the sheet.
            tax_numbers: tell rows of firms from those of persons.
            flipped: fields whose names of persons stand as "Silva, Ana": name, organisation.
        """
        self._columns, self._tax_numbers, self._flipped = columns, tax_numbers, flipped
        # A head such as "Client" says neither person nor firm.
        heads = [column.header for _j, column in columns.of("organisation")]
        self._mixed = any(m.field == "name" for head in heads for m in meanings(head)[:1])
        self._kind_memo = Memo(lambda text: KINDS.get(header_key(text)))
        self._is_firm = Memo(is_organisation_name)
        self._join_memo: dict[tuple[str, str], str] = {}

    def clean(self, batch: Batch, points: Sequence[tuple[Point, ...]]) -> Names:
        """Say who each row is; `points` answer for a row that names nobody."""
        blank = [""] * batch.size
        whole = self._columns.lines(batch, "name")
        given = self._parts(batch, "given_name")
        family = self._parts(batch, "family_name")
        firms = self._columns.lines(batch, "organisation") or blank
        said = self._columns.coded(batch, "kind", self._kind_memo)
        if whole is not None and "name" in self._flipped:
            for i, name in enumerate(whole):
                if parts := split_flipped(name):
                    whole[i], given[i], family[i] = self._full(*parts), *parts
        if whole is None:
            names = list(map(self._full, given, family))
        elif "given_name" not in self._columns and "family_name" not in self._columns:
            names = whole
        else:
            names = [w or self._full(g, f) for w, g, f in zip(whole, given, family, strict=True)]
        is_firm, registered = self._is_firm, self._tax_numbers.firms(batch)
        organisations = [firm if _says_something(firm) else "" for firm in firms]
        kinds = [_PERSON] * batch.size
        for i, name in enumerate(names):
            firm = organisations[i]
            if _says_something(name):
                if said[i] == _ORGANISATION and (not firm or firm == name):
                    kinds[i] = _ORGANISATION
                elif said[i] != _PERSON and not (given[i] and family[i]):
                    # A person may give his firm's number for the bill: 王小明 is no firm's name.
                    numbered = i in registered and not firm and not _is_chinese(name)
                    if is_firm[name] or numbered:
                        kinds[i] = _ORGANISATION
                        given[i] = family[i] = ""
                if firm == name and kinds[i] is _ORGANISATION:
                    organisations[i] = ""
            elif firm:
                names[i], organisations[i] = firm, ""
                # Beside firms stands one who is registered by his own number, or below a head
                # that says no more than that they are customers.
                person = said[i] == _PERSON or (
                    not is_firm[firm]
                    and _may_be_person(firm)
                    and i not in registered
                    and i < batch.firms_from
                    and (self._tax_numbers.is_person(batch, i) or (self._mixed and _is_whole(firm)))
                )
                kinds[i] = _PERSON if person else _ORGANISATION
                # Below "Client", where firms stand among persons and have contacts of their own.
                told = person and "organisation" in self._flipped
                if told and not given[i] and (parts := split_flipped(firm)):
                    names[i], given[i], family[i] = self._full(*parts), *parts
            elif points[i]:  # "-" and "???" are no names, yet somebody answers there
                names[i] = next((p[2] for p in points[i] if p[2]), points[i][0][1]) or ""
            else:
                names[i] = ""
        return Names(names, kinds, given, family, organisations)

    def _parts(self, batch: Batch, field: str) -> list[str]:
        """Given or family names; a middle name or a second surname stands behind the first."""
        columns = self._columns.of(field)
        if not columns:
            return [""] * batch.size
        first = [column for column in columns if not is_further(column[1].header)]
        columns = [*first, *(column for column in columns if column not in first)]
        parts = [self._columns.tidied(batch, j) for j, _column in columns]
        if len(parts) == 1:
            return list(parts[0])
        return [" ".join(dict.fromkeys(filter(None, row))) for row in zip(*parts, strict=True)]

    def _full(self, given: str, family: str) -> str:
        """Put a name together in the order of its language."""
        key = (given, family)
        full = self._join_memo.get(key)
        if full is None:
            if len(self._join_memo) > MEMORY:
                self._join_memo.clear()
            full = self._join_memo[key] = join_name(given, family)
        return full


def _says_something(text: str) -> bool:
    """Whether a text names anybody: "-" and "???" stand where nothing is known, VACANT for none."""
    if not text or says_vacant(text):
        return False
    return text[0].isalnum() or any(map(str.isalnum, text))


def _is_chinese(name: str) -> bool:
    return has_cjk(name) and is_person_name(name)


def _may_be_person(name: str) -> bool:
    """Whether a name has the shape of a person's; surnames that few have are some, too."""
    return is_person_name(name) or (has_cjk(name) and name.isalpha() and 2 <= len(name) <= 3)


def _is_whole(name: str) -> bool:
    """Whether a name of the shape of persons' has a first and a last part, and no trade's word."""
    return (" " in name or has_cjk(name)) and not names_trade(name)
