"""Those whom a customer is related with: links that open their files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.relations import FAMILY, Related, RelatedCustomer, RelationKind
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import SPACE, fonts, icons
from crm_desktop.ui.widgets.basic import (
    Avatar,
    Card,
    ElidedLabel,
    button,
    label,
    plain_tip,
    row,
)
from crm_desktop.ui.widgets.facts import FactRow

_AVATAR = 28
_WIDEST_DETAIL = 164
# What the style sheet puts around a link's text.
_AROUND = 12


def relation_text(kind: str, *, turned: bool = False, reverse: str = "") -> str:
    """What a customer is to another one, as a word that stands before the other's name.

    Args:
        kind: of the relation.
        turned: seen from the other side.
        reverse: an own kind's word for that side.
    """
    words = {
        RelationKind.WORKS_AT: (_("Works at"), _("Employs")),
        RelationKind.SPOUSE_OF: (_("Spouse of"), _("Spouse of")),
        RelationKind.PARENT_OF: (_("Parent of"), _("Child of")),
        RelationKind.REFERRED_BY: (_("Referred by"), _("Referred")),
    }
    known = {str(name): pair for name, pair in words.items()}
    return known.get(kind, (kind, reverse or kind))[turned]


class RelatedLink(QPushButton):
    """A customer's name that opens his file; `customer_wanted` carries who he is."""

    customer_wanted = Signal(object)

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.customer: CustomerId | None = None
        self.clicked.connect(self._open)

    def _open(self) -> None:
        if self.customer is not None:
            self.customer_wanted.emit(self.customer)


class NameLink(RelatedLink):
    """A link of one line that ends in "…" where its place is too narrow."""

    def __init__(self) -> None:
        super().__init__("link")
        self._full = ""

    def show_one(self, one: RelatedCustomer, *, turned: bool = False) -> None:
        """Show whom it leads to; `turned` where the relation is the other one's."""
        self.customer = one.id
        self._full = " ".join(one.name.split())
        word = relation_text(one.kind, turned=turned, reverse=one.reverse)
        self.setAccessibleName(f"{word}: {self._full}")
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetrics(self.font())
        fitted = metrics.elidedText(
            self._full, Qt.TextElideMode.ElideRight, max(self.width() - _AROUND, 20)
        )
        # A mnemonic would eat the "&" of "Silva & Filhos".
        self.setText(fitted.replace("&", "&&"))
        self.setToolTip("" if fitted == self._full else plain_tip(self._full))

    def sizeHint(self) -> QSize:
        """As wide as the whole name."""
        self.ensurePolished()
        width = QFontMetrics(self.font()).horizontalAdvance(self._full) + _AROUND + 2
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """It gives way."""
        return QSize(40, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the name again."""
        super().resizeEvent(event)
        self._fit()


class RelatedFact(FactRow):
    """A row of the facts card: what the customer is to another one, whose name is a link.

    `remove_wanted` asks to end the relation: Del, or the button at its right.
    """

    remove_wanted = Signal()

    def __init__(self, one: RelatedCustomer, *, turned: bool = False) -> None:
        self.link = NameLink()
        self.turned = turned
        self.end = QToolButton()
        icons.set_icon(self.end, "x", "faint", 14)
        self.end.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.end.setFixedSize(24, 24)
        holder = QWidget()
        inside = row(self.link, None, self.end)
        inside.setContentsMargins(1, 0, 0, 0)
        holder.setLayout(inside)
        holder.setFocusProxy(self.link)
        super().__init__(relation_text(one.kind, turned=turned, reverse=one.reverse), holder)
        self.end.clicked.connect(self.remove_wanted)
        self.show_one(one)

    def show_one(self, one: RelatedCustomer) -> None:
        """Show the relation as it is now."""
        self.link.show_one(one, turned=self.turned)
        said = _("End the relation with {name} (Del)").format(name=one.name)
        self.end.setAccessibleName(said)
        self.end.setToolTip(plain_tip(said))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del ends it."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
            return
        super().keyPressEvent(event)


class _PersonRow(RelatedLink):
    """An avatar, a name, and how to reach who bears it; Del or its menu ends the relation."""

    remove_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("person")
        self._avatar = Avatar(_AVATAR)
        self._name = ElidedLabel("", "strong")
        self._detail = ElidedLabel("", "secondary")
        # "Ignored", which lets it elide, would give it no width beside a stretch.
        self._detail.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._detail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(8, 0, 9, 0)
        inside.setSpacing(10)
        inside.addWidget(self._avatar)
        inside.addWidget(self._name, 1)
        inside.addWidget(self._detail)
        for part in (self._avatar, self._name, self._detail):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_one(self, one: RelatedCustomer) -> None:
        """Show somebody."""
        self.customer = one.id
        self._one = one
        word = relation_text(one.kind, turned=True, reverse=one.reverse)
        own = () if one.kind == RelationKind.WORKS_AT else (word,)
        reached = say.phone(one.phone) if one.phone else one.email
        detail = " · ".join(part for part in (*own, one.label, reached) if part)
        self._avatar.set_name(one.name)
        self._name.set_text(one.name)
        self._detail.set_text(detail)
        self._detail.setVisible(bool(detail))
        # A number is read whole, and the name beside it has the rest.
        self._detail.ensurePolished()
        wide = QFontMetrics(self._detail.font()).horizontalAdvance(detail) + 2
        self._detail.setFixedWidth(min(wide, _WIDEST_DETAIL))
        self.setAccessibleName(f"{one.name}, {detail}" if detail else one.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del ends the relation."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit(self._one)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Right click or the Menu key."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("End this relation\tDel"), partial(self.remove_wanted.emit, self._one))
        menu.popup(event.globalPos())


class People(QWidget):
    """Who works at an organisation: the first of them by name, the others at a press.

    `customer_wanted` carries whose file is to be opened, `more_wanted` asks for more of them,
    `remove_wanted` carries the `RelatedCustomer` whose relation is to end.
    """

    customer_wanted = Signal(object)
    remove_wanted = Signal(object)
    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_PersonRow] = []
        self._count = label("", "secondary")
        self._card = Card(margins=(5, 5, 5, 5))
        self._card.body.setSpacing(0)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._card.body.addLayout(self._list)
        self.more = button("", kind="link", clicked=self.more_wanted.emit)
        foot = row(self.more, None)
        foot.setContentsMargins(3, 2, 0, 2)
        self._foot = QWidget()
        self._foot.setLayout(foot)
        self._card.body.addWidget(self._foot)
        self._title = label("", "section")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.m)
        box.addLayout(row(self._title, self._count, None))
        box.addWidget(self._card)
        self.hide()

    def links(self) -> Sequence[RelatedLink]:
        """The persons' links from top to bottom."""
        return tuple(self._rows)

    def show_people(self, related: Related) -> None:
        """Show the people of an organisation; without any, nothing is shown.

        His family stands with his facts, not here.
        """
        people = [one for one in related.backward if one.kind not in FAMILY]
        fonts.ensure_for(*(one.name for one in people))
        for gone in self._rows[len(people) :]:
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        del self._rows[len(people) :]
        for place, one in enumerate(people):
            if place == len(self._rows):
                made = _PersonRow()
                made.customer_wanted.connect(self.customer_wanted)
                made.remove_wanted.connect(self.remove_wanted)
                self._rows.append(made)
                self._list.addWidget(made)
                if place:
                    QWidget.setTabOrder(self._rows[place - 1], made)
            self._rows[place].show_one(one)
        if self._rows:
            QWidget.setTabOrder(self._rows[-1], self.more)
        at_work = all(one.kind == RelationKind.WORKS_AT for one in people)
        self._title.setText(_("People") if at_work else pgettext("section", "Related"))
        self._count.setText(say.number(len(people) + related.more))
        self.more.setText(
            ngettext("and {n} more", "and {n} more", related.more).format(
                n=say.number(related.more)
            )
        )
        self._foot.setVisible(bool(related.more))
        self.setVisible(bool(people))
