"""What is written on a document: kind, number, dates; and the versions that it had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.domain.documents import Document, DocumentVersion
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import ElidedLabel, button, hairline, label, row
from crm_desktop.ui.widgets.documents import file_text
from crm_desktop.ui.widgets.edit import LineEdit


def usual_kinds() -> list[str]:
    """Kinds that many firms have, to choose from before the archive has its own."""
    return [
        _("Passport"),
        _("Identity card"),
        _("Visa"),
        _("Driving licence"),
        _("Insurance"),
        _("Contract"),
        _("Invoice"),
        _("Photo"),
    ]


class DocumentDetails(Sheet):
    """Asks for what is written on a document, as typed; `version_wanted` carries one of old."""

    version_wanted = Signal(object)

    def __init__(
        self,
        document: Document,
        versions: Sequence[DocumentVersion],
        kinds: Sequence[str],
        parent: QWidget,
    ) -> None:
        """Show what is known.

        Args:
            document: which.
            versions: all of its versions, newest first.
            kinds: those that the archive's documents have.
            parent: a part of the window.
        """
        super().__init__(_("Details"), parent, width=460)
        self._document = document
        facts = document.facts
        self.body.addWidget(ElidedLabel(document.name, "mute"))
        self.kind = QComboBox()
        self.kind.setEditable(True)
        self.kind.setAccessibleName(_("Kind"))
        self.kind.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.kind.addItems(list(dict.fromkeys((*kinds, *usual_kinds()))))
        self.kind.setCurrentText(facts.kind)
        line = self.kind.lineEdit()
        assert line is not None  # it is editable
        line.setPlaceholderText(_("Passport, contract …"))
        line.setAcceptDrops(False)
        self.number = LineEdit(name=_("Number"))
        self.number.setText(facts.number)
        self.issued = LineEdit(name=_("Issued"))
        self.issued.setText(facts.issued_on or "")
        self.expires = LineEdit(name=_("Expires"))
        self.expires.setText(facts.expires_on or "")
        example = _("such as {date}").format(date=date(2030, 5, 31).isoformat())
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.l)
        grid.setVerticalSpacing(SPACE.s)
        grid.setColumnStretch(1, 1)
        fields: tuple[tuple[str, QWidget], ...] = (
            (_("Kind"), self.kind),
            (_("Number"), self.number),
            (_("Issued"), self.issued),
            (_("Expires"), self.expires),
        )
        for place, (word, field) in enumerate(fields):
            grid.addWidget(label(word, "mute"), place, 0)
            grid.addWidget(field, place, 1)
        for field in (self.issued, self.expires):
            field.setPlaceholderText(example)
        for edit in (self.number, self.issued, self.expires, line):
            edit.textEdited.connect(self._clear_error)
        self.body.addLayout(grid)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.links = self._add_versions(versions)
        self.yes = button(_("Save"), kind="primary", clicked=self.save)
        cancel = button(_("Cancel"), clicked=self.give_up)
        self.end_with(None, cancel, self.yes, default=self.yes)
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        self.keep_typed(self._all_typed)

    def _add_versions(self, versions: Sequence[DocumentVersion]) -> list[QWidget]:
        if len(versions) < 2:
            return []
        self.body.addWidget(hairline())
        self.body.addWidget(label(_("Versions"), "section"))
        lines = QVBoxLayout()
        lines.setSpacing(2)
        links: list[QWidget] = []
        for place, version in enumerate(versions):
            shown = ElidedLabel(f"{say.day(version.added_at)} · {file_text(version)}", "secondary")
            link = button(_("Save as…"), kind="link", clicked=partial(self._wanted, version))
            link.setAccessibleName(f"{_('Save as…')} {shown.full_text()}")
            line = row(shown, label(_("present"), "caption") if not place else link)
            line.setStretch(0, 1)
            lines.addLayout(line)
            if place:
                links.append(link)
        self.body.addLayout(lines)
        return links

    def _wanted(self, version: DocumentVersion, *_checked: bool) -> None:
        self.version_wanted.emit(version)

    def _all_typed(self) -> dict[str, str]:
        return {
            "kind": self.kind.currentText(),
            "number": self.number.text(),
            "issued_on": self.issued.text(),
            "expires_on": self.expires.text(),
        }

    def save(self) -> None:
        """Save; what cannot be taken is said here."""
        documents, number = session_of(self).workspace.documents, self._document.id
        typed = self._all_typed()
        op = WriteOp(self, lambda: documents.set_facts(number, **typed))
        op.success(lambda _none: self.accept()).failure(self._refused).run()

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
        fields: dict[str | None, QLineEdit] = {"issued_on": self.issued, "expires_on": self.expires}
        if field := fields.get(error.field):
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()

    def _clear_error(self) -> None:
        self.error.hide()
