"""The kinds of fields in the owner's words."""

from __future__ import annotations

from crm_desktop.domain.fields import FieldKind
from crm_desktop.i18n import pgettext


def kind_text(kind: FieldKind) -> str:
    """What a field holds, as a word that stands beside its name."""
    return {
        FieldKind.TEXT: pgettext("kind of field", "Text"),
        FieldKind.LONG_TEXT: pgettext("kind of field", "Long text"),
        FieldKind.NUMBER: pgettext("kind of field", "Number"),
        FieldKind.MONEY: pgettext("kind of field", "Money"),
        FieldKind.DATE: pgettext("kind of field", "Date"),
        FieldKind.YES_NO: pgettext("kind of field", "Yes or no"),
        FieldKind.CHOICE: pgettext("kind of field", "Choice"),
        FieldKind.CHOICES: pgettext("kind of field", "Several choices"),
        FieldKind.PHONE: pgettext("kind of field", "Phone"),
        FieldKind.EMAIL: pgettext("kind of field", "E-mail"),
        FieldKind.LINK: pgettext("kind of field", "Link"),
        FieldKind.CUSTOMER: pgettext("kind of field", "Customer"),
    }[kind]
