"""What is to be brought about, as a form: by a rule, or by a step that is done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QPlainTextEdit, QWidget

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.processes import Effect, EffectKind
from crm_desktop.i18n import _
from crm_desktop.services.effects import PLACES
from crm_desktop.services.processes import days
from crm_desktop.ui.process_words import effect_kind_text
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Chips, label, row
from crm_desktop.ui.widgets.edit import LineEdit

_TEXT_HEIGHT = 110
_WORD = 104
_DAYS, _WORKING = "days", "working"
_WITHOUT_DAYS = frozenset((EffectKind.STAGE, EffectKind.CASE, EffectKind.WARNING))


def word_before(text: str) -> QLabel:
    """The word before a field; all of a sheet are as wide, whatever form they are in."""
    made = label(text, "mute")
    made.setMinimumWidth(_WORD)
    return made


class EffectEdit(QWidget):
    """A form for an effect; `edited` tells that something was typed or chosen."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Then"))
        for kind in EffectKind:
            self.kind.addItem(effect_kind_text(kind), kind.value)
        self.kind.activated.connect(self._fit)
        self.what = LineEdit(name=_("What"))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Text of the e-mail"))
        self.text.setTabChangesFocus(True)
        self.text.setAcceptDrops(False)
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self.days = LineEdit(name=_("Within how many days"))
        self.days.setFixedWidth(70)
        self.days.setPlaceholderText("0")
        self.working = Chips([(_DAYS, _("days")), (_WORKING, _("working days"))])
        listed = " ".join(f"{{{place}}}" for place in PLACES)
        self.hint = label(
            _("What stands in braces is filled in: {places}").format(places=listed),
            "caption",
            wrap=True,
        )
        self._within = QWidget()
        line = row(self.days, self.working, None, spacing=SPACE.s)
        self._within.setLayout(line)
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(SPACE.l)
        self.form.setVerticalSpacing(SPACE.s)
        self.form.addRow(word_before(_("Then")), self.kind)
        self._what_word = word_before("")
        self.form.addRow(self._what_word, self.what)
        self.form.addRow(word_before(_("Text")), self.text)
        self.form.addRow(word_before(_("Within")), self._within)
        self.form.addRow("", self.hint)
        self.kind.activated.connect(self._tell)
        self.working.chosen.connect(self._tell)
        for field in (self.what, self.days):
            field.textEdited.connect(self._tell)
        self.text.textChanged.connect(self._tell)
        self._fit()

    def show_effect(self, effect: Effect) -> None:
        """Show one."""
        self.kind.setCurrentIndex(self.kind.findData(effect.kind.value))
        self.what.setText(effect.what)
        self.text.setPlainText(effect.text)
        self.days.setText(str(effect.days) if effect.days else "")
        self.working.choose(_WORKING if effect.working else _DAYS)
        self._fit()

    def effect(self) -> Effect:
        """What is typed.

        Raises:
            UserError: the days are none.
        """
        kind = EffectKind(str(self.kind.currentData()))
        text = self.text.toPlainText() if kind is EffectKind.MAIL else ""
        if kind in _WITHOUT_DAYS:
            return Effect(kind, self.what.text(), text)
        count = days(self.days.text(), "days")
        return Effect(kind, self.what.text(), text, count, self.working.key() == _WORKING)

    def typed(self) -> object:
        """All that is typed or chosen."""
        fields = (self.what.text(), self.text.toPlainText(), self.days.text())
        return (*fields, self.kind.currentData(), self.working.key())

    def go_to(self, error: UserError) -> None:
        """Put the cursor where something was refused."""
        fields: dict[str | None, QWidget] = {
            "what": self.what, "text": self.text, "days": self.days, "action": self.kind,
        }  # fmt: skip
        if field := fields.get(error.field):
            field.setFocus()

    def _tell(self, *_said: object) -> None:
        self.edited.emit()

    def _fit(self, *_index: object) -> None:
        """Only what is to be said of such an effect stands there."""
        kind = EffectKind(str(self.kind.currentData()))
        words = {
            EffectKind.MAIL: _("Subject"),
            EffectKind.STAGE: _("To the stage"),
            EffectKind.WARNING: _("Saying"),
        }.get(kind, _("What"))
        self._what_word.setText(words)
        self.what.setAccessibleName(words)
        self.form.setRowVisible(self.what, kind is not EffectKind.SURVEY)
        self.form.setRowVisible(self.text, kind is EffectKind.MAIL)
        self.form.setRowVisible(self._within, kind not in _WITHOUT_DAYS)
        self.form.setRowVisible(self.hint, kind not in (EffectKind.STAGE, EffectKind.SURVEY))
