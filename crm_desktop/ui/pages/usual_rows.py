"""Rows of the facts card that every customer has: stage, kind, birthday and tags."""

from __future__ import annotations

from functools import partial

from shiboken6 import isValid

from crm_desktop.domain.customers import CustomerKind, Stage
from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.pages.row_groups import Maker, Makers, RowGroup
from crm_desktop.ui.theme import colours, paint
from crm_desktop.ui.value_words import birthday_text, kind_text
from crm_desktop.ui.widgets.basic import plain_tip
from crm_desktop.ui.widgets.completion import complete_with
from crm_desktop.ui.widgets.edit import InlineEdit
from crm_desktop.ui.widgets.facts import ChoiceFact, FactRow, TextFact
from crm_desktop.ui.widgets.tags import TagsFact

# A value longer than this does not fit beside its word.
_LONG = 34


class UsualRows(RowGroup):
    """They stand although they say nothing."""

    def wanted(self) -> Makers:
        """All four."""
        makers = {
            "stage": self._stage_row,
            "kind": self._kind_row,
            "birthday": self._birthday_row,
            "tags": self._tags_row,
        }
        return {key: Maker(make, key) for key, make in makers.items()}

    def fill(self) -> None:
        """Show what is stored."""
        customer, rows = self.facts.customer, self.facts.rows
        stage, kind, birthday, tags = (rows[key] for key in ("stage", "kind", "birthday", "tags"))
        if isinstance(stage, ChoiceFact):
            word = paint.stage_text(customer.stage.value)
            stage.show_value(customer.stage.value, word, paint.stage_tint(customer.stage.value))
            self._tell_stages(stage)
        if isinstance(kind, ChoiceFact):
            kind.show_value(customer.kind.value, kind_text(customer.kind), colours().neutral)
        if isinstance(birthday, TextFact):
            self._tell_birthday(birthday)
        if isinstance(tags, TagsFact):
            tags.show_tags(customer.tags, self.facts.view.tag_colours)

    def _tell_stages(self, stage: ChoiceFact) -> None:
        """Say since when he is what he is, and on hover what he was before."""
        turns = self.facts.view.stages
        stage.caption.setText(_("since {date}").format(date=say.day(turns[-1].at)) if turns else "")
        lines = [
            _("{date}: {before} → {stage}").format(
                date=say.day(turn.at),
                before=paint.stage_text(turn.before),
                stage=paint.stage_text(turn.stage),
            )
            for turn in reversed(turns)
        ]
        said = "\n".join(lines)
        stage.caption.setToolTip(said)
        stage.button.setToolTip(said)
        stage.button.setAccessibleDescription(said)

    def _tell_birthday(self, birthday: TextFact) -> None:
        """Show it as people write it, with the day on which it is kept where that is another."""
        stored = self.facts.customer.birthday or ""
        words = birthday_text(stored)
        tip = plain_tip(words) if len(words) > _LONG else ""
        if (feast := self.facts.view.feast) is not None:
            words = f"{words} · {say.short_date(None, feast.month, feast.day)}"
            day = say.full_date(feast.year, feast.month, feast.day)
            tip = _("Kept on {day} this year").format(day=day)
        birthday.show_value(stored, words)
        birthday.edit.edit.setToolTip(tip)

    # Making rows.

    def _stage_row(self) -> FactRow:
        options = [(s.value, paint.stage_text(s.value), None) for s in Stage]
        return ChoiceFact(_("Stage"), options, partial(self.facts.save_field, "stage"))

    def _kind_row(self) -> FactRow:
        options = [(k.value, kind_text(k), None) for k in CustomerKind]
        return ChoiceFact(_("Kind"), options, partial(self.facts.save_field, "kind"))

    def _birthday_row(self) -> FactRow:
        return TextFact(_("Birthday"), self._save_birthday, placeholder=_("Add a birthday"))

    def _tags_row(self) -> FactRow:
        made = TagsFact(_("Tags"), self._save_tags)
        made.strip.coloured.connect(self._colour_tag)
        made.edit.edit.entered.connect(partial(self._offer_tags, made))
        return made

    def _offer_tags(self, made: TagsFact) -> None:
        """Complete the tags that there are when the field is entered."""
        customers, _wanted = self.facts.service()

        def offer(tags: list[str]) -> None:
            if isValid(made):
                complete_with(made.edit.edit, tags)

        ReadOp(self.facts, customers.tags, key="tags").success(offer).run()

    # Saving.

    def _save_birthday(self, text: str, edit: InlineEdit) -> None:
        self.facts.save_field("birthday", text, edit.show_error)

    def _save_tags(self, text: str, edit: InlineEdit) -> None:
        customers, wanted = self.facts.service()
        names = [t.strip() for t in text.replace("，", ",").replace(";", ",").split(",")]
        tags = [t for t in dict.fromkeys(names) if t]
        self.facts.write(lambda: customers.set_tags(wanted, tags), edit.show_error, typed=text)

    def _colour_tag(self, tag: str, colour: str) -> None:
        customers, _wanted = self.facts.service()
        self.facts.write(lambda: customers.set_tag_colour(tag, colour))
