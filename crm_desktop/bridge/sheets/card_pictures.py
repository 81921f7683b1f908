"""Which of a sheet's cards a picture belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from crm_desktop.bridge.sheets.forms import Card
from crm_desktop.bridge.traits.model import Image

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
    found = []
    for image in images:
        row, column = image.cell[0] - 1, image.cell[1] - left
        places = [
            (card.top, card.left, place)
            for place, card in enumerate(cards)
            if len(cards) == 1 or (card.top <= row and card.left <= column)
        ]
        number = max(places)[2] + _HEADER + 1 if places else _NOWHERE
        found.append(image._replace(cell=(number, 0), name=image.name or said))
    return found


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
