"""What can be done with a quotation: issued, decided, copied, looked at, sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.orders import OrderId
from crm_desktop.domain.quotations import (
    QuotationId,
    WholeQuotation,
)
from crm_desktop.i18n import _
from crm_desktop.services.opportunities import WholeOpportunity
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import JobOp, ReadOp, WriteOp
from crm_desktop.ui.quotation_words import paper_name


class QuotationActions(QObject):
    """The actions of a page; `opened` carries another one to be shown, `gone` one that is not."""

    opened = Signal(object)
    gone = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page

    def issue(
        self, whole: WholeQuotation, expected: str, refused: Callable[[UserError], object]
    ) -> None:
        """Give it its number, which cannot be had back: that is said first.

        Args:
            whole: the draft.
            expected: the number that it is likely to get.
            refused: takes what stands in the way.
        """
        from crm_desktop.ui.dialogs.info import Confirm

        number, host = _number(whole), host_of(self)
        quotations = session_of(self).workspace.quotations

        def done(given: str) -> None:
            host.toast(
                _("{number} is issued").format(number=given),
                action=(_("E-mail"), self._mail_shown),
            )

        def run() -> None:
            WriteOp(self, lambda: quotations.issue(number)).success(done).failure(refused).run()

        words = _(
            "It gets the number {number} and stays as it is from then on; whatever changes later "
            "becomes a new version. The number is never given again, even if you take this back."
        )
        if whole.quotation.earlier_id is not None:
            words = _(
                "It goes out as {number}, stays as it is from then on, and replaces the version "
                "before it. The number is never given again, even if you take this back."
            )
        Confirm(
            _("Issue the quotation"), words.format(number=expected), (_("Issue"), run), self._page
        ).open()

    def accept(self, whole: WholeQuotation, sold: WholeOpportunity | None) -> None:
        """Note that the customer agreed; options and the opportunity's stage are asked for."""
        number, quotations = _number(whole), session_of(self).workspace.quotations
        if sold is None and all(line.kind is not LineKind.OPTION for line in whole.lines):
            WriteOp(self, lambda: quotations.accept(number)).success(self._accepted).run()
            return
        from crm_desktop.ui.dialogs.decide_quotation import AcceptQuotation

        AcceptQuotation(whole, sold, self._accepted, self._page).open()

    def _accepted(self, step: StepId) -> None:
        host_of(self).toast(_("The quotation is accepted"), undo=step)

    def decline(self, whole: WholeQuotation) -> None:
        """Note that the customer does not want it, and why."""
        from crm_desktop.ui.dialogs.decide_quotation import DeclineQuotation

        DeclineQuotation(whole, self._declined, self._page).open()

    def _declined(self, step: StepId) -> None:
        host_of(self).toast(_("The quotation is declined"), undo=step)

    def make_order(self, whole: WholeQuotation) -> None:
        """Make an order of what was accepted, and go there."""
        number, orders, host = _number(whole), session_of(self).workspace.orders, host_of(self)

        def done(order: OrderId) -> None:
            host.show_order(order)
            words = _("{number} is an order now")
            host.toast(words.format(number=whole.quotation.reference))

        WriteOp(self, lambda: orders.from_quotation(number)).success(done).run()

    def new_version(self, whole: WholeQuotation) -> None:
        """Begin a draft that replaces it once it is issued, or open the one that is there."""
        number, quotations = _number(whole), session_of(self).workspace.quotations
        WriteOp(self, lambda: quotations.new_version(number)).success(self.opened.emit).run()

    def copy(self, whole: WholeQuotation) -> None:
        """Begin another one that says the same."""
        number, quotations = _number(whole), session_of(self).workspace.quotations
        host = host_of(self)

        def done(made: QuotationId) -> None:
            self.opened.emit(made)
            host.toast(_("This is the copy, a draft of its own"))

        WriteOp(self, lambda: quotations.copy(number)).success(done).run()

    def remove(self, whole: WholeQuotation) -> None:
        """Take a draft away, with Undo."""
        number, quotations = _number(whole), session_of(self).workspace.quotations
        host = host_of(self)

        def done(step: StepId) -> None:
            self.gone.emit()
            host.toast(_("The draft was deleted"), undo=step)

        WriteOp(self, lambda: quotations.remove(number)).success(done).run()

    def hand_over_amount(self, whole: WholeQuotation) -> None:
        """Have its opportunity be worth what it comes to."""
        number, quotations = _number(whole), session_of(self).workspace.quotations
        host = host_of(self)

        def done(step: StepId | None) -> None:
            if step is None:
                host.toast(_("The opportunity is worth that already"))
            else:
                host.toast(_("The opportunity is worth what the quotation comes to"), undo=step)

        WriteOp(self, lambda: quotations.hand_over_amount(number)).success(done).run()

    # On paper and by e-mail

    def preview(self, whole: WholeQuotation) -> None:
        """Show its paper; from there it is printed and saved."""
        from crm_desktop.ui.dialogs.print_preview import Paper, PrintPreview

        number, quotations = _number(whole), session_of(self).workspace.quotations
        paper = Paper(paper_name(whole.quotation), lambda _job: quotations.pdf(number))
        PrintPreview([], self._page, paper=paper).open()

    def mail(self, whole: WholeQuotation) -> None:
        """Have the mail program open a message with the paper; not to whom nobody may write."""
        number, workspace = _number(whole), session_of(self).workspace
        customer = whole.quotation.customer_id

        def may() -> tuple[bool, bool]:
            found = workspace.customers.get(customer)
            return found.may_be_written_to, any(not one.do_not_use for one in found.emails)

        def go(answer: tuple[bool, bool]) -> None:
            allowed, has_address = answer
            if allowed:
                self._write(number, has_address=has_address)
                return
            words = _("{name}: do not contact.").format(name=whole.customer_name)
            again = (_("Write all the same"), lambda: self._write(number, has_address=has_address))
            host_of(self).toast(words, action=again)

        ReadOp(self, may, key="mail").success(go).run()

    def _mail_shown(self) -> None:
        shown = getattr(self._page, "whole", None)
        if isinstance(shown, WholeQuotation):
            self.mail(shown)

    def _write(self, number: QuotationId, *, has_address: bool) -> None:
        mails, host = session_of(self).workspace.quotation_mails, host_of(self)

        def show(path: Path) -> None:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                host.toast(
                    _("No mail program opens the message. Save the PDF and attach it yourself."),
                    problem=True,
                )
            elif has_address:
                host.toast(_("The message waits in your mail program: look at it and send it"))
            else:
                host.toast(_("There is no e-mail address: type one into the message"))

        JobOp(self, lambda _job: mails.draft(number)).success(show).run()


def _number(whole: WholeQuotation) -> QuotationId:
    assert whole.quotation.id is not None
    return whole.quotation.id
