"""Which of a sheet's cards a picture or a comment belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from crm_desktop.bridge.sheets.forms import Card
from crm_desktop.bridge.traits.model import Comment, Image

_HEADER = 1
_NOWHERE = 0
_MOST_SHARED = 2


def on_cards(cards: Sequence[Card], images: Sequence[Image], left: int, said: str) -> list[Image]:
    """The pictures of a sheet, each in the row that its card has in a list of these cards.

    Below the list's header the first card's row is 2; what belongs to no card has the row 0.

    Args:
        cards: of the sheet.
        images: in cells of the sheet.
        left: the sheet's first column, which the cards' own count from.
        said: the name of a picture that nobody has given one.
    """
    return [
        image._replace(cell=(_row_of(cards, image.cell, left), 0), name=image.name or said)
        for image in images
    ]


def comments_on(
    cards: Sequence[Card], comments: Mapping[tuple[int, int], Comment], left: int
) -> list[tuple[int, Comment]]:
    """The comments of a sheet with the rows that their cards have, as `on_cards` counts them."""
    return [
        (number, comment)
        for cell, comment in sorted(comments.items())
        if (number := _row_of(cards, cell, left))
    ]


def _row_of(cards: Sequence[Card], cell: tuple[int, int], left: int) -> int:
    row, column = cell[0] - 1, cell[1] - left
    places = [
        (card.top, card.left, place)
        for place, card in enumerate(cards)
        if len(cards) == 1 or (card.top <= row and card.left <= column)
    ]
    return max(places)[2] + _HEADER + 1 if places else _NOWHERE


def without_logos(images: Sequence[Image], cards: int) -> list[Image]:
    """The pictures, those that stand on card after card at no card at all: the firm's logo.

    Args:
        images: in the rows of a list of cards.
        cards: how many there are. Two of many may share a picture.
    """
    rows: defaultdict[str, set[int]] = defaultdict(set)
    for image in images:
        rows[image.part].add(image.cell[0])
    most = min(_MOST_SHARED, max(1, cards - 1))
    return [i if len(rows[i.part]) <= most else i._replace(cell=(_NOWHERE, 0)) for i in images]
