"""How customers belong together: a person works at an organisation."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from crm_desktop.domain.customers import CustomerId


class RelationKind(StrEnum):
    """The kinds that the program itself knows; an archive may hold others.

    A relation is told from its customer's side: he *works at* the other one, is the *parent of*
    the other one, was *referred by* him. Spouses are so to each other; one row tells of both.
    """

    WORKS_AT = "works_at"
    SPOUSE_OF = "spouse_of"
    PARENT_OF = "parent_of"
    REFERRED_BY = "referred_by"


# Of these a customer has few, and both ends have them among their facts.
FAMILY = frozenset((RelationKind.SPOUSE_OF, RelationKind.PARENT_OF))


class OwnRelationKind(NamedTuple):
    """A kind of the owner's own: "teacher of", and from the other side "pupil of".

    Attributes:
        reverse: "" where it reads the same from both sides.
    """

    name: str
    reverse: str = ""


class Relation(NamedTuple):
    """What a customer is to another one.

    Attributes:
        kind: a `RelationKind`, or a word of the owner's own.
        other: to whom.
        label: a word on it, such as what a person does there; "" for none.
    """

    kind: str
    other: CustomerId
    label: str = ""


class RelatedCustomer(NamedTuple):
    """The customer at the other end of a relation, as a file shows him.

    Attributes:
        kind: of the relation.
        label: of the relation.
        reverse: the word for an own kind from the other side, "" for none.
        phone, email: the first of each, "" for none.
    """

    id: CustomerId
    name: str
    kind: str
    label: str
    phone: str
    email: str
    reverse: str = ""


class Related(NamedTuple):
    """The beginning of those whom a customer is related with.

    Attributes:
        forward: what he is to others (where he works).
        backward: what others are to him (who works there), by name.
        more: how many there are behind the last of `backward`.
    """

    forward: tuple[RelatedCustomer, ...] = ()
    backward: tuple[RelatedCustomer, ...] = ()
    more: int = 0


NOBODY = Related()
"""Of one who is related with nobody."""
