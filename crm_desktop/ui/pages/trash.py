"""The trash: deleted customers, fields, articles, products, a click away from coming back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.articles import ArticleId
from crm_desktop.domain.catalogue import ProductId
from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.domain.customers import CustomerId, CustomerListQuery
from crm_desktop.domain.fields import CustomFieldId, RemovedField
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.models.customers import CustomerListModel
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.base import Page
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Card, EmptyState, button, label
from crm_desktop.ui.widgets.customer_table import CustomerTable
from crm_desktop.ui.widgets.notice import Notice
from crm_desktop.ui.widgets.removed_fields import RemovedFields
from crm_desktop.ui.widgets.trashed_articles import TrashedArticles
from crm_desktop.ui.widgets.trashed_products import TrashedProducts


class TrashPage(Page):
    """Removed fields, deleted customers, the last deleted first, deleted articles and products."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        from crm_desktop.ui.shell import Shell

        shell = self.host
        assert isinstance(shell, Shell)
        self._shell = shell
        self.model = CustomerListModel(self.workspace, self)
        self.table = CustomerTable(self.model, self)
        self.table.setAccessibleName(_("Trash"))
        self.count = label("", "secondary")
        self.restore = button(_("Restore"), "undo-2", kind="primary", clicked=self.restore_selected)
        self.restore.setToolTip(_("Restore the chosen customers (Enter)"))
        self.restore.setEnabled(False)
        self.empty_button = button(_("Empty the trash"), "x", clicked=self.ask_to_empty)
        self.empty_button.setToolTip(_("Erase all of it for good; Del erases what is chosen"))
        self._erasing: list[CustomerId] = []
        self._everybody = False
        self._erasing_fields: list[CustomFieldId] = []
        self._erasing_articles: list[ArticleId] = []
        self._erasing_products: list[ProductId] = []
        self.fields = RemovedFields()
        self.fields.restore_wanted.connect(self.restore_field)
        self.fields.erase_wanted.connect(self.ask_to_erase_field)
        self.yes = button(_("Erase for good"), kind="danger", clicked=self.erase)
        self.no = button(_("Keep"), clicked=self.keep, tip=_("Keep (Esc)"))
        self.question = Notice("triangle-alert", self.yes, self.no, kind="warning")
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(label(_("Trash"), "title"))
        titles.addWidget(self.count)
        head = QHBoxLayout()
        head.addLayout(titles)
        head.addStretch(1)
        head.addWidget(self.empty_button)
        head.addWidget(self.restore)
        self._empty = EmptyState(
            "trash-2",
            _("The trash is empty"),
            _("What you delete waits here until you want it back."),
        )
        card = Card(margins=(1, 1, 1, 8))
        self._body = QStackedWidget()
        self._body.addWidget(self._empty)
        self._body.addWidget(self.table)
        card.body.addWidget(self._body)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.xl, SPACE.xl - 4)
        box.setSpacing(SPACE.m)
        box.addLayout(head)
        box.addWidget(self.question)
        box.addWidget(self.fields)
        box.addWidget(card, 1)
        self.articles = TrashedArticles(self)
        self.products = TrashedProducts(self)
        for others in (self.products, self.articles):
            others.listed.connect(self._others_listed)
            box.addWidget(others)
        self.model.counted.connect(self._counted)
        self.table.opened.connect(self.restore_selected)
        self.table.all_wanted.connect(self.table.selectAll)
        self.table.delete_wanted.connect(self.ask_to_erase)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self.session.bus.changed.connect(self._changed)
        self.model.show(CustomerListQuery(trashed=True))
        self.articles.listen()
        self.products.listen()
        self._ask_fields()

    def activate(self) -> None:
        """Into the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def selected(self) -> list[CustomerId]:
        """Ids of the chosen customers."""
        return self.table.selected_ids()

    def restore_selected(self) -> None:
        """Bring the chosen customers back."""
        ids = self.table.selected_ids()
        if not ids:
            return
        customers = self.workspace.customers

        def done(step: StepId) -> None:
            words = ngettext("{n} customer is back", "{n} customers are back", len(ids))
            self._shell.toast(words.format(n=say.number(len(ids))), undo=step)

        WriteOp(self, lambda: customers.restore(ids)).success(done).run()

    # For good.

    def ask_to_empty(self) -> None:
        """Ask whether all of the trash shall go for good."""
        fields = [one.field.id for one in self.fields.fields]
        self._ask(self.model.rowCount(), [], fields, self.articles.ids(), self.products.ids())

    def ask_to_erase(self) -> None:
        """Ask whether the chosen ones shall go for good."""
        if ids := self.table.selected_ids():
            self._ask(len(ids), ids, [])

    def ask_to_erase_field(self, number: CustomFieldId) -> None:
        """Ask whether a field shall go for good."""
        self._ask(0, [], [number])

    def _ask(
        self,
        count: int,
        ids: list[CustomerId],
        fields: list[CustomFieldId],
        articles: Sequence[ArticleId] = (),
        products: Sequence[ProductId] = (),
    ) -> None:
        """Ask about so many customers (these, or without a list all), and some other records."""
        self._erasing, self._erasing_fields, self._everybody = ids, fields, bool(count and not ids)
        self._erasing_articles, self._erasing_products = list(articles), list(products)
        chosen = [one for one in self.fields.fields if one.field.id in fields]
        said = [self._about_customers(count)] if count else []
        if chosen:
            said.append(self._about_fields(chosen))
        if articles:
            words = ngettext(
                "{n} article will be erased for good.",
                "{n} articles will be erased for good.",
                len(articles),
            )
            said.append(words.format(n=say.number(len(articles))))
        if products:
            words = ngettext(
                "{n} product will be erased for good.",
                "{n} products will be erased for good.",
                len(products),
            )
            said.append(words.format(n=say.number(len(products))))
        said.append(_("This cannot be undone; backups made before still hold it."))
        self.question.text.setText(" ".join(said))
        self.question.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _about_fields(self, chosen: list[RemovedField]) -> str:
        values = sum(one.values for one in chosen)
        words = ngettext(
            "{n} field will be erased for good ({names}), with its values: {values}.",
            "{n} fields will be erased for good ({names}), with their values: {values}.",
            len(chosen),
        )
        names = ", ".join(one.field.name for one in chosen)
        return words.format(n=say.number(len(chosen)), names=names, values=say.number(values))

    def _about_customers(self, count: int) -> str:
        words = ngettext(
            "{n} customer will be erased for good, with all that hangs on him and all that was"
            " ever known of him.",
            "{n} customers will be erased for good, with all that hangs on them and all that was"
            " ever known of them.",
            count,
        )
        return words.format(n=say.number(count))

    def keep(self) -> None:
        """Erase nobody."""
        self.question.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def erase(self) -> None:
        """Erase who was asked about."""
        customers, fields = self.workspace.customers, self.workspace.fields
        ids = None if self._everybody else self._erasing
        listed = self.model.ids_at([range(self.model.rowCount())])
        gone_people = listed if ids is None else ids
        gone, articles, products = (
            self._erasing_fields,
            self._erasing_articles,
            self._erasing_products,
        )
        knowledge, catalogue = self.workspace.knowledge, self.workspace.catalogue

        def erase() -> tuple[int, int, int, int]:
            return (
                customers.erase(ids),
                fields.erase(gone),
                knowledge.erase(articles),
                catalogue.erase(products),
            )

        def done(counts: tuple[int, int, int, int]) -> None:
            people, erased, texts, things = counts
            self.articles.ask()
            self.products.ask()
            self.session.drafts.forget(gone_people)
            self._shell.toast(_erased(people, erased, texts, things))

        self.question.hide()
        WriteOp(self, erase).success(done).run()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Fields.

    def _ask_fields(self) -> None:
        ReadOp(self, self.workspace.fields.removed, key="fields").success(self._take_fields).run()

    def _take_fields(self, fields: list[RemovedField]) -> None:
        self.fields.show_fields(fields)
        self._counted(self.model.rowCount())

    def _others_listed(self) -> None:
        self._counted(self.model.rowCount())

    def restore_field(self, number: CustomFieldId) -> None:
        """Bring a field back, with its values."""
        fields = self.workspace.fields
        [name] = [one.field.name for one in self.fields.fields if one.field.id == number]

        def done(step: StepId) -> None:
            said = _("“{name}” is back, with its values")
            self._shell.toast(said.format(name=name), undo=step)

        WriteOp(self, lambda: fields.restore(number)).success(done).run()

    def _counted(self, number: int) -> None:
        words = ngettext("{n} customer", "{n} customers", number)
        self.count.setText(words.format(n=say.number(number)))
        self._body.setCurrentWidget(self.table if number else self._empty)
        more = bool(self.fields.fields or self.articles.found or self.products.found)
        self.empty_button.setEnabled(bool(number) or more)
        self._empty.set_texts(
            _("No customers in the trash") if more else _("The trash is empty"),
            _("What you delete waits here until you want it back."),
        )
        if not number:
            self.table.choose_none()
            if not more:
                self.question.hide()
        self._selection_changed()

    def _selection_changed(self) -> None:
        self.restore.setEnabled(self.table.selectionModel().hasSelection())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the question back."""
        if event.key() == Qt.Key.Key_Escape and self.question.isVisible():
            self.keep()
        else:
            super().keyPressEvent(event)

    def _changed(self, changes: Changes) -> None:
        self.model.apply(changes)
        if not {"custom_field", "custom_value"}.isdisjoint(changes.tables):
            self._ask_fields()


def _erased(people: int, fields: int, articles: int, products: int) -> str:
    """What went for good."""
    counted = (
        (people, ngettext("{n} customer was erased", "{n} customers were erased", people)),
        (fields, ngettext("{n} field was erased", "{n} fields were erased", fields)),
        (articles, ngettext("{n} article was erased", "{n} articles were erased", articles)),
        (products, ngettext("{n} product was erased", "{n} products were erased", products)),
    )
    return ", ".join(words.format(n=say.number(count)) for count, words in counted if count)
