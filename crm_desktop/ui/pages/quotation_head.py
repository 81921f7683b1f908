"""The head of a quotation's page: what it is about, how far it is, what can be done with it."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from crm_desktop.domain.quotations import (
    Quotation,
    QuotationStatus,
    is_expired,
    may_be_edited,
    may_become,
)
from crm_desktop.i18n import _
from crm_desktop.ui import quotation_words as words
from crm_desktop.ui.pages.quotation_found import Found
from crm_desktop.ui.theme import SPACE, colours
from crm_desktop.ui.widgets.basic import button, label, row
from crm_desktop.ui.widgets.edit import InlineEdit
from crm_desktop.ui.widgets.elided_link import ElidedLink
from crm_desktop.ui.widgets.notice import Notice
from crm_desktop.ui.widgets.quotation_rows import StatusPill

MAIL, ISSUE = "Ctrl+M", "Ctrl+Shift+I"
ORDER = "Ctrl+Shift+E"
ACCEPT, DECLINE = "Ctrl+Shift+A", "Ctrl+Shift+D"
VERSION, COPY = "Ctrl+Shift+V", "Ctrl+Shift+C"
_PRINT = "Ctrl+P"


class QuotationHead(QWidget):
    """Buttons, title, state; what they do is the page's."""

    def __init__(self) -> None:
        super().__init__()
        self.title = InlineEdit(_("What it is about"), role="record")
        self.pill = StatusPill()
        self.reference = label("", "strong")
        self.customer = ElidedLink("user")
        self.opportunity = ElidedLink("briefcase")
        self.back = button(_("Back"), "arrow-left", kind="quiet", tip=_("Back (Esc)"))
        self.mail = _action(_("E-mail"), "mail", MAIL)
        self.preview = _action(_("Preview"), "printer", _PRINT)
        self.more = button("", "ellipsis", tip=_("What else can be done"))
        self.more.setFixedWidth(44)
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        self.decline = _action(_("Decline…"), "", DECLINE)
        self.accept = _action(_("Accept"), "check", ACCEPT, primary=True)
        self.issue = _action(_("Issue…"), "file-check", ISSUE, primary=True)
        self.order = _action(_("Make an order"), "file-check", ORDER, primary=True)
        self.again = button(_("New version"))
        self.notice = Notice("lock", self.again)
        parts = (
            self.mail,
            self.preview,
            self.more,
            self.decline,
            self.order,
            self.accept,
            self.issue,
        )
        said = row(self.pill, self.reference, self.customer, self.opportunity, None)
        said.setContentsMargins(6, 0, 0, 0)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.xl, SPACE.l, SPACE.xl, 0)
        box.setSpacing(SPACE.xs)
        box.addLayout(row(self.back, None, *parts))
        box.addSpacing(SPACE.xs)
        box.addWidget(self.title)
        box.addLayout(said)
        box.addSpacing(SPACE.xs)
        box.addWidget(self.notice)

    def show_found(self, found: Found, today: date) -> None:
        """Show how far it is."""
        whole = found.whole
        one = whole.quotation
        self.title.set_value(one.title)
        self.title.edit.setReadOnly(not may_be_edited(one))
        self.pill.set_pill(words.status_text(one, today), words.status_tint(one, today, colours()))
        self.reference.setText(one.reference)
        self.reference.setVisible(bool(one.reference))
        name = whole.customer_name
        self.customer.set_text(name, _("Customer: {name}").format(name=name))
        sold = "" if found.sold is None else found.sold.opportunity.title
        self.opportunity.set_text(sold, _("Opportunity {title}").format(title=sold))
        self.opportunity.setVisible(found.sold is not None)
        self._show_notice(found, today)
        self._show_actions(one)
        self.order.setVisible(one.status is QuotationStatus.ACCEPTED)
        said = _("Make an order") if found.order is None else _("Open the order")
        self.order.setText(said)
        self.order.setAccessibleName(said)

    def _show_notice(self, found: Found, today: date) -> None:
        self.notice.text.setText(_notice_text(found, today))
        self.notice.setVisible(bool(self.notice.text.text()))
        one = found.whole.quotation
        replaced = one.status is QuotationStatus.REPLACED
        accepted = one.status is QuotationStatus.ACCEPTED
        self.again.setText(
            _("Open the newer one") if replaced else _("Copy") if accepted else _("New version")
        )
        self.again.setAccessibleName(self.again.text())
        self.again.setVisible(not may_be_edited(one) and (not replaced or found.newer is not None))

    def _show_actions(self, one: Quotation) -> None:
        self.issue.setVisible(may_be_edited(one))
        self.accept.setVisible(may_become(one, QuotationStatus.ACCEPTED))
        self.decline.setVisible(may_become(one, QuotationStatus.DECLINED))


def _action(text: str, icon: str, keys: str, *, primary: bool = False) -> QPushButton:
    tip = f"{text.rstrip('…')} ({keys})"
    return button(text, icon, kind="primary" if primary else "", tip=tip)


def _notice_text(found: Found, today: date) -> str:
    one = found.whole.quotation
    if may_be_edited(one):
        if not found.whole.earlier:
            return ""
        return _("A new version of {number}; it replaces that one when it is issued.").format(
            number=found.whole.earlier
        )
    if is_expired(one, today):
        return _(
            "It ran out on {day} and stays as it went out. It may be accepted all the same."
        ).format(day=words.day_text(one.valid_until))
    return {
        QuotationStatus.ISSUED: _("It is out and stays as it is."),
        QuotationStatus.ACCEPTED: _("It was accepted and stands as it is."),
        QuotationStatus.DECLINED: _("It was declined: {reason}").format(reason=one.reason)
        if one.reason
        else _("It was declined; who thinks better of it may still accept."),
        QuotationStatus.REPLACED: _("A newer version replaces it."),
    }[one.status]
