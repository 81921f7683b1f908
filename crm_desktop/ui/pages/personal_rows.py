"""Rows of the facts card: what the firm knows of a customer himself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QLocale
from shiboken6 import isValid

from crm_desktop.domain.customers import CustomerKind
from crm_desktop.i18n import _
from crm_desktop.services import captions
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.pages.row_groups import Maker, Makers, RowGroup
from crm_desktop.ui.theme import colours
from crm_desktop.ui.widgets.completion import complete_with
from crm_desktop.ui.widgets.edit import InlineEdit, InlineNotes
from crm_desktop.ui.widgets.facts import ChoiceFact, FactRow, TextFact, WidgetFact
from crm_desktop.ui.widgets.stars import Stars

# Those that customers of small firms are written to in; a card may name another.
_LANGUAGES = ("zh", "pt", "en", "es", "fr", "de", "it", "nl", "ru", "uk", "pl", "ro", "hu", "tr")
_MORE_LANGUAGES = ("ar", "he", "hi", "ja", "ko", "vi", "th", "id")
_OFFERED = ("title", "source", "owner")
_OF_PERSONS = ("given_name", "family_name", "title")


class PersonalRows(RowGroup):
    """Title, parts of the name, owner, rating, source, language, preferences.

    One that says nothing is hidden until somebody asks for it.
    """

    KEYS = (
        "title",
        "given_name",
        "family_name",
        "owner",
        "rating",
        "source",
        "language",
        "preferences",
    )

    def wanted(self) -> Makers:
        """Those that say something, and those that were asked for."""
        return {
            key: Maker(partial(self._make, key), self._alike(key))
            for key in captions.of_facts()
            if self._shown(key)
        }

    def missing(self) -> list[str]:
        """Those that could be added."""
        person = self.facts.customer.kind is CustomerKind.PERSON
        return [
            key
            for key in captions.of_facts()
            if not self._shown(key) and (person or key not in _OF_PERSONS)
        ]

    def fill(self) -> None:
        """Show what is stored."""
        for key in captions.of_facts():
            fact, value = self.facts.rows.get(key), self._value(key)
            if isinstance(fact, TextFact):
                fact.show_value(str(value))
            elif isinstance(fact, ChoiceFact):
                fact.show_value(str(value), language_text(str(value)), colours().neutral)
            elif isinstance(fact, WidgetFact):
                if isinstance(fact.widget, Stars):
                    fact.widget.set_value(int(value))
                elif isinstance(fact.widget, InlineNotes):
                    fact.widget.set_value(str(value))

    def _value(self, key: str) -> str | int:
        customer = self.facts.customer
        owner = customer if key in ("given_name", "family_name") else customer.facts
        value: str | int = getattr(owner, key)
        return value

    def _alike(self, key: str) -> str:
        """A language that is in nobody else's menu has a row of its own."""
        offered = key != "language" or self._value(key) in ("", *_LANGUAGES, *_MORE_LANGUAGES)
        return key if offered else ""

    def _shown(self, key: str) -> bool:
        return bool(self._value(key)) or key in self.facts.asked

    def _make(self, key: str) -> FactRow:
        name = captions.of_facts()[key]
        if key == "rating":
            stars = Stars(name)
            stars.rated.connect(self._rated)
            return WidgetFact(name, stars)
        if key == "language":
            codes = dict.fromkeys((str(self._value(key)), "", *_LANGUAGES, *_MORE_LANGUAGES))
            options = [(code, language_text(code), None) for code in codes]
            return ChoiceFact(name, options, partial(self._chosen, key))
        if key == "preferences":
            notes = InlineNotes(name, _("What he likes, what he needs"))
            notes.committed.connect(partial(self._noted, key))
            return WidgetFact(name, notes, wide=True)
        made = TextFact(name, partial(self._typed, key), placeholder=name)
        if key in _OFFERED:
            made.edit.edit.entered.connect(partial(self._offer, made, key))
        return made

    def _offer(self, fact: TextFact, key: str) -> None:
        """Complete what others have there, as it is when the field is entered."""
        customers, _wanted = self.facts.service()

        def offer(words: list[str]) -> None:
            if isValid(fact):
                complete_with(fact.edit.edit, words)

        ReadOp(self.facts, partial(customers.known, key), key=f"known:{key}").success(offer).run()

    def _rated(self, stars: int) -> None:
        self.facts.asked.add("rating")
        self.facts.save_field("rating", str(stars))

    def _chosen(self, key: str, value: str) -> None:
        self.facts.save_field(key, value)

    def _noted(self, key: str, text: str) -> None:
        self.facts.save_field(key, text)

    def _typed(self, key: str, text: str, edit: InlineEdit) -> None:
        failed: Callable[[str], object] = edit.show_error
        self.facts.save_field(key, text, failed)


def language_text(code: str) -> str:
    """A language as its own speakers call it."""
    if not code:
        return _("The firm’s")
    found = QLocale(code.replace("-", "_"))
    if found.language() == QLocale.Language.C:
        return code
    name = found.nativeLanguageName()
    return name[:1].upper() + name[1:] or code
