"""Asked where an archive is left while lines are begun that nobody has saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.customers import CustomerId
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.host import host_of
from crm_desktop.ui.theme import fonts
from crm_desktop.ui.widgets.basic import button, label, row

_MOST = 6


class GiveUp(Sheet):
    """For whom something is begun, each with the way there; Enter and Esc stay."""

    def __init__(
        self, begun: Mapping[CustomerId | None, str], then: Callable[[], object], parent: QWidget
    ) -> None:
        """Ask.

        Args:
            begun: the customers by name, None is a new one; not empty.
            then: what is done once it is given up.
            parent: the window.
        """
        super().__init__(_("Not saved yet"), parent)
        self._host, self._then = host_of(parent), then
        named = {n: name or _("a new customer") for n, name in begun.items()}
        fonts.ensure_for(*named.values())
        words = ngettext(
            "What you began to write for {names} is not saved yet and would be lost. Enter in its"
            " line saves it.",
            "What you began to write for {names} is not saved yet and would be lost. Enter in each"
            " line saves it.",
            len(begun),
        )
        names = list(named.values())[:_MOST]
        if more := len(begun) - len(names):
            names.append(ngettext("{n} more", "{n} more", more).format(n=say.number(more)))
        self.text = label(words.format(names=", ".join(names)), "mute", wrap=True)
        self.body.addWidget(self.text)
        self.links = [
            button(
                name.replace("&", "&&"), "user", kind="link", clicked=partial(self._go, customer),
                name=_("Go to {name}").format(name=name),
            )
            for customer, name in list(named.items())[:_MOST]
        ]  # fmt: skip
        for link in self.links:
            self.body.addLayout(row(link, None))
        self.leave = button(_("Leave without saving"), kind="danger", clicked=self._agreed)
        self.stay = button(_("Stay"), kind="primary", clicked=self.close)
        self.end_with(None, self.leave, self.stay, default=self.stay)
        self.stay.setFocus()

    def _go(self, customer: CustomerId | None, *_checked: object) -> None:
        self.close()
        if customer is None:
            self._host.begin_customer()
        else:
            self._host.show_customer(customer)

    def _agreed(self) -> None:
        then = self._then
        self.close()
        then()
