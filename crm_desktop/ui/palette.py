"""Ctrl+K: one field that finds records, pages and commands; by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QCursor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from crm_desktop.domain.articles import Article, ArticleId
from crm_desktop.domain.catalogue import ProductId, WholeProduct
from crm_desktop.domain.customers import CustomerRow
from crm_desktop.domain.opportunities import ListedOpportunity, OpportunityId
from crm_desktop.domain.quotations import ListedQuotation, QuotationId, QuotationQuery
from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.commands import plain_words
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.theme import RADIUS, SIZE, TYPE, colours, fonts, icons, paint
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.basic import Icon, hairline, keys, row
from crm_desktop.ui.widgets.edit import LineEdit

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from crm_desktop.ui.shell import Shell

_WIDTH = 580
_HITS, _ARTICLES, _PRODUCTS = 8, 4, 4
_ROW = 46


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the palette: a customer or another record, a page, or a command."""

    title: str
    under: str
    icon: str
    hint: str
    run: Callable[[], object]


class Palette(QFrame):
    """A popup over the window; goes with Esc, a choice, or the focus."""

    def __init__(self, shell: Shell) -> None:
        # A child, not a popup window: input methods do not work in those everywhere.
        super().__init__(shell)
        self.setObjectName("palette")
        self._shell = shell
        self._customers: list[Choice] = []
        self._articles: list[Choice] = []
        self._products: list[Choice] = []
        self._opportunities: list[Choice] = []
        self._quotations: list[Choice] = []
        self._before: QWidget | None = shell.focusWidget()
        self._frame = frame = QFrame()
        frame.setObjectName("popup")
        self.field = LineEdit(name=_("Search everything"))
        self.field.setPlaceholderText(
            _("Customers, opportunities, products, articles, pages, commands…")
        )
        self.list = QListWidget()
        self.list.setAccessibleName(_("Results"))
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.itemEntered.connect(self._pointed)
        self._mouse = QCursor.pos()
        # Whether somebody walked to a choice: what is found later must not take him elsewhere.
        self._walked = False
        self.list.itemClicked.connect(self._run)
        head = row(Icon("search", "mute"), self.field, spacing=10)
        head.setContentsMargins(16, 2, 16, 2)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 0, 0, 8)
        inside.setSpacing(0)
        inside.addLayout(head)
        inside.addWidget(hairline())
        inside.addSpacing(6)
        inside.addWidget(self.list)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(40)
        shadow.setOffset(0, 10)
        colour = QColor(colours().shadow)
        colour.setAlpha(60)
        shadow.setColor(colour)
        self.setGraphicsEffect(shadow)
        self.setFixedWidth(_WIDTH)
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._run_current)
        self.field.installEventFilter(self)
        self._typed("")

    def open_over(self, window: QWidget) -> None:
        """Show it in the upper middle of a window."""
        left = (window.width() - _WIDTH) // 2
        self.move(left, 84)
        self._fit()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choices(self) -> list[str]:
        """The titles shown, from top to bottom."""
        return [self.list.item(i).text() for i in range(self.list.count())]

    def _pointed(self, item: QListWidgetItem) -> None:
        """Follow the mouse, once it moves: opening under a resting one chooses nothing."""
        if QCursor.pos() != self._mouse:
            self._walked = True
            self.list.setCurrentItem(item)

    def _typed(self, text: str) -> None:
        self._walked = False
        if not text.strip():
            self._customers, self._articles, self._products = [], [], []
            self._opportunities, self._quotations = [], []
            self._fill()
            return
        session = self._shell.session
        if session is None:
            return
        workspace = session.workspace
        # The search for the letters before this one is of no use any more.
        workspace.interrupt_reads()
        wanted = text.strip()
        ReadOp(self, lambda: workspace.customers.search(wanted, limit=_HITS), key="hits").success(
            self._take
        ).run()
        knowledge = workspace.knowledge
        ReadOp(self, lambda: knowledge.search(wanted, limit=_ARTICLES), key="articles").success(
            self._take_articles
        ).run()
        catalogue = workspace.catalogue
        ReadOp(self, lambda: catalogue.search(wanted, limit=_PRODUCTS), key="products").success(
            self._take_products
        ).run()
        opportunities = workspace.opportunities
        ReadOp(
            self, lambda: opportunities.search(wanted, limit=_PRODUCTS), key="opportunities"
        ).success(self._take_opportunities).run()
        quotations, query = workspace.quotations, QuotationQuery(wanted, limit=_PRODUCTS)
        ReadOp(self, lambda: quotations.list(query), key="quotations").success(
            self._take_quotations
        ).run()
        self._fill()

    def _take(self, rows: list[CustomerRow]) -> None:
        fonts.ensure_for(*(f"{r.name}{r.organisation}" for r in rows))
        self._customers = [self._customer(r) for r in rows]
        self._fill()

    def _take_articles(self, found: list[Article]) -> None:
        fonts.ensure_for(*(article.title for article in found))
        self._articles = [self._article(article) for article in found]
        self._fill()

    def _article(self, found: Article) -> Choice:
        number = ArticleId(found.id or 0)
        show = self._shell.show_article
        return Choice(found.title, _("Article"), "book-open", "", lambda: show(number))

    def _take_products(self, found: list[WholeProduct]) -> None:
        fonts.ensure_for(*(one.product.name for one in found))
        self._products = [self._product(one) for one in found]
        self._fill()

    def _product(self, found: WholeProduct) -> Choice:
        number = ProductId(found.product.id or 0)
        show = self._shell.show_product
        under = next(iter(found.category[-1:]), "") or _("Product")
        return Choice(found.product.name, under, "tag", "", lambda: show(number))

    def _take_opportunities(self, found: list[ListedOpportunity]) -> None:
        fonts.ensure_for(*(one.opportunity.title for one in found))
        self._opportunities = [self._opportunity(one) for one in found]
        self._fill()

    def _opportunity(self, found: ListedOpportunity) -> Choice:
        number = OpportunityId(found.opportunity.id or 0)
        show = self._shell.show_opportunity
        title, whose = found.opportunity.title, found.customer_name
        return Choice(title, whose, "briefcase", "", lambda: show(number))

    def _take_quotations(self, found: Sequence[ListedQuotation]) -> None:
        fonts.ensure_for(*(f"{one.quotation.title}{one.customer_name}" for one in found))
        self._quotations = [self._quotation(one) for one in found]
        self._fill()

    def _quotation(self, found: ListedQuotation) -> Choice:
        one = found.quotation
        number, show = QuotationId(one.id or 0), self._shell.show_quotation
        title = f"{one.reference} · {one.title}" if one.reference else one.title
        under = " · ".join((_("Quotation"), found.customer_name))
        return Choice(title, under, "file-text", "", lambda: show(number))

    def _customer(self, found: CustomerRow) -> Choice:
        under = " · ".join(p for p in (found.organisation, found.city, say.phone(found.phone)) if p)
        return Choice(found.name, under, "", "", lambda: self._shell.show_customer(found.id))

    def _records(self) -> list[Choice]:
        return [*self._opportunities, *self._quotations, *self._products, *self._articles]

    def _fill(self) -> None:
        text = self.field.text().strip().casefold()
        shown = [*self._customers, *self._records(), *self._commands(text)]
        before = self._current_choice() if self._walked else None
        self.list.clear()
        for choice in shown:
            item = QListWidgetItem(choice.title)
            item.setData(Qt.ItemDataRole.UserRole, choice)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{choice.title} {choice.under}")
            item.setSizeHint(QSize(_WIDTH - 16, _ROW))
            self.list.addItem(item)
        if not shown:
            item = QListWidgetItem(_("Nothing found"))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setSizeHint(QSize(_WIDTH - 16, _ROW))
            self.list.addItem(item)
        else:
            known = [(one.title, one.under) for one in shown]
            kept = None if before is None else (before.title, before.under)
            self.list.setCurrentRow(known.index(kept) if kept in known else 0)
        self.list.setFixedHeight(min(max(len(shown), 1), 9) * _ROW + 2)
        self._fit()

    def _fit(self) -> None:
        # Layouts hear of a new height with the next event; the popup must not wait.
        for layout in (self._frame.layout(), self.layout()):
            if layout is not None:
                layout.invalidate()
                layout.activate()
        self.adjustSize()

    def _commands(self, text: str) -> list[Choice]:
        commands = self._shell.commands
        found = []
        for kind, actions in ((_("Page"), commands.pages), ("", commands.everything())):
            for action in actions:
                name = _plain(action)
                if action.isEnabled() and all(w in name.casefold() for w in text.split()):
                    icon = str(action.property("icon_name") or "command")
                    found.append(Choice(name, kind, icon, keys(action), action.trigger))
        return found[: 5 if self._customers or self._records() else 12]

    def _current_choice(self) -> Choice | None:
        item = self.list.currentItem()
        choice = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        return choice if isinstance(choice, Choice) else None

    def _run_current(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._run(item)

    def _run(self, item: QListWidgetItem) -> None:
        choice = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(choice, Choice):
            self.leave()
            choice.run()

    def leave(self) -> None:
        """Go, and give the focus back."""
        self.hide()
        self.deleteLater()
        if self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    # Qt's own names.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while the cursor stays in the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            count = self.list.count()
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_Tab: 1,
                Qt.Key.Key_Backtab: -1,
                Qt.Key.Key_PageDown: 5,
                Qt.Key.Key_PageUp: -5,
            }
            step = steps.get(Qt.Key(event.key()))
            if step is not None and count:
                self._walked = True
                at = self.list.currentRow() + step
                self.list.setCurrentRow(
                    at % count if abs(step) == 1 else min(max(at, 0), count - 1)
                )
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._before = None
            self.leave()
        return super().eventFilter(watched, event)


class _Delegate(QStyledItemDelegate):
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a line: sign or avatar, title, what it is, its keys."""
        c = colours()
        choice = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(8, 1, -8, -1)
        if not isinstance(choice, Choice):
            painter.setPen(QColor(c.mute))
            painter.drawText(box.adjusted(10, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, index.data())
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft))
            painter.drawRoundedRect(box, RADIUS.control, RADIUS.control)
        middle = box.center().y()
        if choice.icon:
            sign = icons.pixmap(choice.icon, c.mute, SIZE.icon)
            painter.drawPixmap(box.x() + 15, middle - 8, sign)
        else:
            paint.paint_avatar(painter, QRect(box.x() + 9, middle - 15, 30, 30), choice.title)
        left = box.x() + 50
        room = box.right() - left - 110
        strong = font(TYPE.body, semibold=not choice.icon)
        painter.setFont(strong)
        painter.setPen(QColor(c.text))
        right = Qt.TextElideMode.ElideRight
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        title = QFontMetrics(strong).elidedText(choice.title, right, room)
        two = bool(choice.under) and not choice.icon
        top = QRect(left, box.y() + (4 if two else 0), room, 20 if two else box.height())
        painter.drawText(top, flags, title)
        painter.setPen(QColor(c.mute))
        small = font(TYPE.secondary)
        painter.setFont(small)
        if two:
            under = QFontMetrics(small).elidedText(choice.under, right, room + 90)
            painter.drawText(QRect(left, box.y() + 22, room + 100, 18), flags, under)
        hint = choice.hint or ("" if two else choice.under)
        painter.drawText(
            box.adjusted(0, 0, -12, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            hint,
        )
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Fixed."""
        return QSize(_WIDTH - 16, _ROW)


def _plain(action: QAction) -> str:
    return plain_words(action.text())
