"""Columns of addresses against each other: whole ones, their parts, second ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crm_desktop.bridge.sheets.neighbours import ADDRESS, Choice, Column
from crm_desktop.bridge.sheets.synonyms import header_key, header_words, meanings

_MOSTLY = 0.8
_FEW_DIFFERENT = 0.4
_CUSTOM = Choice(0.5, "custom", "")
_CODES = frozenset(("code", "cod", "codigo", "codice", "kode", "pcode", "p code"))
# Where a town stands beside it, it is what of the town.
_PARTS_OF_TOWNS = frozenset(
    ("suburb", "locality", "neighbourhood", "neighborhood", "area", "bairro", "barrio", "quartier")
)


def settle_spread(chosen: dict[int, Choice], columns: Mapping[int, Column]) -> None:
    """Lines of an address side by side under one head: "Address" over four columns.

    The last may be the postcode, what stands before it the town, and a county that nearly all
    have in common between them. Columns without a head are an address's lines as far as a
    postcode ends them; what stands behind it is anything.
    """
    for run in _spreads(columns):
        places = run[1:]
        ends = [p for p in places if columns[p].profile.postcodes >= _MOSTLY]
        if any(not columns[p].header for p in places):
            ends = [p for p in ends if _are_surely_postcodes(columns, p)]
            places = [p for p in places if ends and p <= ends[-1]]
        head = chosen.get(run[0])
        if head is None or head.field != "street" or any(_is_taken(chosen.get(p)) for p in places):
            continue
        found = dict.fromkeys(places, "street2")
        if ends:
            found[ends[-1]] = "postcode"
            places = [p for p in places if p < ends[-1]]
        towns = [p for p in places if _names_places(columns[p], columns[run[0]])]
        if ends and len(towns) > 1 and _is_county(columns[towns[-1]]):
            found[towns.pop()] = "region"
        if towns and (ends or len(run) > 2):
            found[towns[-1]] = "city"
        for place, field in found.items():
            chosen[place] = Choice(0.7, field, head.label)


def _spreads(columns: Mapping[int, Column]) -> Iterator[list[int]]:
    """Columns side by side of which the first is headed by an address, the others by no other."""
    order = sorted(columns)
    for place, index in enumerate(order):
        key = header_key(columns[index].header)
        before = order[place - 1] if place else None
        if not any(m.field == "street" for m in meanings(columns[index].header)[:1]):
            continue
        if before == index - 1 and header_key(columns[before].header) == key:
            continue  # the second of them
        run = [index]
        for other in order[place + 1 :]:
            if other != run[-1] + 1 or header_key(columns[other].header) not in ("", key):
                break
            run.append(other)
        if len(run) > 1:
            yield run


def _are_surely_postcodes(columns: Mapping[int, Column], place: int) -> bool:
    """Whether figures that nothing heads are postcodes, and no amounts or numbers of members.

    They have letters or a dash, or are of one length behind a column of towns.
    """
    texts = [t for t in columns[place].texts if t]
    marked = sum(1 for t in texts if "-" in t or any(map(str.isalpha, t)))
    if marked >= _MOSTLY * len(texts):
        return True
    before = columns.get(place - 1)
    alike = len({len(t) for t in texts}) == 1
    return alike and before is not None and not before.header and _names_places(before, before)


def _is_taken(choice: Choice | None) -> bool:
    """Whether a column's own values say that it is no line of an address."""
    return choice is not None and choice.field not in (*ADDRESS, "street2", "custom")


def _names_places(column: Column, street: Column) -> bool:
    """Whether nearly everybody has words without a figure there."""
    texts = [t for t in column.texts if t]
    plain = sum(1 for t in texts if not any(map(str.isdigit, t)))
    return (
        plain >= _MOSTLY * len(texts)
        and column.profile.filled >= _MOSTLY * street.profile.filled
        and bool(texts)
    )


def _is_county(column: Column) -> bool:
    return column.profile.distinct <= _FEW_DIFFERENT


def settle_addresses(chosen: dict[int, Choice], columns: Mapping[int, Column]) -> None:
    """Address columns without a label join the address before them; doubles become custom."""
    _settle_codes(chosen, columns)
    _settle_cities(chosen, columns)
    labels: dict[str, set[str]] = {}
    streets = {chosen[i].label for i in chosen if chosen[i].field == "street"}
    last = ""
    for index in sorted(chosen):
        choice = chosen[index]
        if choice.field == "postcode2":
            chosen[index] = choice._replace(field="postcode")
            continue
        if choice.field not in (*ADDRESS, "street2"):
            continue
        label = choice.label
        if choice.field == "street":
            last = label
        elif not label and "" not in streets and streets:
            label = last if last in streets else min(streets)
        field = "street" if choice.field == "street2" else choice.field
        taken = labels.setdefault(label, set())
        if choice.field in taken and choice.field != "street2":
            # A second whole address gets a label of its own; a second city has no home.
            other = f"{label or 'address'} 2"
            if choice.field == "street" and columns[index].profile.filled:
                label, last = other, other
                labels[label] = {"street"}
            elif label == last or other not in labels or field in labels[other]:
                chosen[index] = Choice(0.5, "custom", "")
                continue
            else:
                label = other
                labels[other].add(field)
        elif choice.field == "street2" and not _is_beside_street(chosen, index):
            # The unit of a storehouse, five columns before the tenant's address, is no part of it.
            chosen[index] = Choice(0.5, "custom", "")
            continue
        taken.add(choice.field)
        chosen[index] = choice._replace(field=field, label=label)


def _is_beside_street(chosen: Mapping[int, Choice], index: int) -> bool:
    """Whether only parts of addresses stand between a column and a street."""
    for step in (-1, 1):
        at = index + step
        while at in chosen and chosen[at].field in (*ADDRESS, "street2", "postcode2"):
            if chosen[at].field == "street":
                return True
            at += step
    return False


def _settle_codes(chosen: dict[int, Choice], columns: Mapping[int, Column]) -> None:
    """Figures of one length below a bare "Code" right behind a town are its postcode."""
    if any(c.field == "postcode" for c in chosen.values()):
        return
    for index, column in columns.items():
        before = chosen.get(index - 1)
        if (
            before is not None
            and before.field in ("city", "region")
            and header_words(column.header) in _CODES
            and chosen.get(index, _CUSTOM).field == "custom"
            and column.profile.postcodes >= _MOSTLY
            and len({len(t) for t in column.texts if t}) == 1
        ):
            chosen[index] = Choice(0.7, "postcode", before.label)
            return


def _settle_cities(chosen: dict[int, Choice], columns: Mapping[int, Column]) -> None:
    """Of a parish, its municipality and the town in one row, the plainest is the city."""
    cities = [i for i in sorted(chosen) if chosen[i].field == "city" and not chosen[i].label]
    if len(cities) < 2:
        return
    whole = [i for i in cities if header_words(columns[i].header) not in _PARTS_OF_TOWNS]
    most = max(chosen[i].score for i in whole or cities)
    for index in cities:
        if chosen[index].score < most or (whole and index not in whole):
            chosen[index] = Choice(0.5, "custom", "")
