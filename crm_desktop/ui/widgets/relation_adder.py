"""A new relation: what the customer is to whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from crm_desktop.domain.customers import CustomerId, CustomerKind, CustomerRow
from crm_desktop.domain.relations import OwnRelationKind, RelationKind
from crm_desktop.i18n import _
from crm_desktop.ui.drafts import NOTHING, Draft
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button, label, row
from crm_desktop.ui.widgets.chooser import CustomerChooser
from crm_desktop.ui.widgets.edit import LineEdit
from crm_desktop.ui.widgets.related import relation_text


class NewRelation(NamedTuple):
    """What somebody filled in: a kind, its side, the words of a new kind, and with whom."""

    kind: str
    turned: bool
    reverse: str
    other: CustomerId


class RelationAdder(QWidget):
    """`wanted` carries a `NewRelation` as soon as its other end is chosen."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Relation"))
        self.kind.activated.connect(self._kind_chosen)
        self.word = LineEdit(name=_("Such as: teacher of"))
        self.reverse = LineEdit(name=_("The other way round: pupil of"))
        for field in (self.word, self.reverse):
            field.setPlaceholderText(field.accessibleName())
        self.chooser = CustomerChooser(_("Name of the other customer"))
        self.chooser.chosen.connect(self._chosen)
        self._error = label("", "error", wrap=True)
        self._cancel = button(_("Cancel"), kind="link", clicked=self.stop, tip=_("Cancel (Esc)"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, SPACE.xs, 6, SPACE.xs)
        box.setSpacing(SPACE.xs)
        for part in (self.kind, self.word, self.reverse, self.chooser, self._error):
            box.addWidget(part)
        box.addLayout(row(self._cancel, None))
        self.hide()

    def start(
        self, customer: CustomerId, kind: CustomerKind, own: Sequence[OwnRelationKind]
    ) -> None:
        """Show it for a customer, with the kinds that there are."""
        self.kind.clear()
        person = kind is CustomerKind.PERSON
        known = [
            (RelationKind.WORKS_AT, not person),
            *([(RelationKind.SPOUSE_OF, False)] if person else []),
            *([(RelationKind.PARENT_OF, False), (RelationKind.PARENT_OF, True)] if person else []),
            (RelationKind.REFERRED_BY, False),
            (RelationKind.REFERRED_BY, True),
        ]
        for name, turned in known:
            self.kind.addItem(relation_text(name, turned=turned), (str(name), turned))
        for one in own:
            self.kind.addItem(one.name, (one.name, False))
            if one.reverse:
                self.kind.addItem(one.reverse, (one.name, True))
        self.kind.addItem(_("Another one…"), ("", False))
        self.word.clear()
        self.reverse.clear()
        self._error.hide()
        self._kind_chosen()
        self.chooser.start(customer)
        self.show()

    def stop(self) -> None:
        """Put it away."""
        self.hide()
        for field in (self.word, self.reverse, self.chooser.field):
            field.clear()

    def typed(self) -> Draft:
        """What is typed and not chosen yet, with the kind beside it."""
        fields = {"word": self.word, "reverse": self.reverse, "other": self.chooser.field}
        texts = {key: field.text() for key, field in fields.items()}
        if not any(text.strip() for text in texts.values()):
            return NOTHING
        kind, turned = self.kind.currentData()
        return {"kind": kind, "turned": "yes" if turned else "", **texts}

    def fill(self, draft: Draft) -> None:
        """Show what was typed before; the kinds are there."""
        self.choose_kind(draft["kind"], turned=bool(draft["turned"]))
        self.word.setText(draft["word"])
        self.reverse.setText(draft["reverse"])
        self.chooser.search(draft["other"])

    def show_error(self, text: str) -> None:
        """Say why it could not be."""
        self._error.setText(text)
        self._error.show()

    def choose_kind(self, kind: str, *, turned: bool = False) -> None:
        """Choose a kind by its name and side; "" is a new one."""
        for place in range(self.kind.count()):
            if tuple(self.kind.itemData(place)) == (kind, turned):
                self.kind.setCurrentIndex(place)
        self._kind_chosen()

    def _kind_chosen(self) -> None:
        new = self.kind.currentData() is not None and not self.kind.currentData()[0]
        self.word.setVisible(new)
        self.reverse.setVisible(new)

    def _chosen(self, other: CustomerRow) -> None:
        kind, turned = self.kind.currentData()
        self._error.hide()
        self.wanted.emit(
            NewRelation(
                kind or self.word.text().strip(), turned, self.reverse.text().strip(), other.id
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives it up."""
        if event.key() == Qt.Key.Key_Escape:
            self.stop()
            return
        super().keyPressEvent(event)
