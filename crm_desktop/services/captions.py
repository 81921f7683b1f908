"""The words for the fields of a customer, as the screens and the steps of the history say them."""

from __future__ import annotations

from crm_desktop.domain.customers import ContactKind
from crm_desktop.i18n import _


def of_facts() -> dict[str, str]:
    """What the firm knows of a customer himself, in the order of its rows."""
    return {
        "title": _("Title"),
        "given_name": _("Given name"),
        "family_name": _("Family name"),
        "owner": _("Looked after by"),
        "rating": _("Rating"),
        "source": _("Came through"),
        "language": _("Language"),
        "preferences": _("Preferences"),
    }


def of_contacts() -> dict[ContactKind, str]:
    """Ways to reach him that have no label."""
    return {
        ContactKind.PHONE: _("Phone"),
        ContactKind.EMAIL: _("E-mail"),
        ContactKind.IM: _("Messenger"),
    }


def caption(place: str) -> str:
    """The word for a field by its key: `stage`, `phone`, `custom:Size`."""
    known = {
        "name": _("Name"),
        "organisation": _("Organisation"),
        "notes": _("Notes"),
        "stage": _("Stage"),
        "kind": _("Kind"),
        "birthday": _("Birthday"),
        "tags": _("Tags"),
        "address": _("Address"),
        "do_not_contact": _("Do not contact"),
        "deceased": _("Deceased"),
        **{kind.value: word for kind, word in of_contacts().items()},
        **of_facts(),
    }
    return known.get(place) or place.partition(":")[2]
