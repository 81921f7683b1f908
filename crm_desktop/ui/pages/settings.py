"""Settings: the firm's letterhead, the home country, the face, the copies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.backups import Backup
from crm_desktop.domain.changes import Changes
from crm_desktop.domain.settings import Firm
from crm_desktop.i18n import LANGUAGES, _, language
from crm_desktop.ui import format as say
from crm_desktop.ui.clocks import after
from crm_desktop.ui.lookup.settings_card import LookupCard
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.base import Page
from crm_desktop.ui.pages.number_rows import NumberRows
from crm_desktop.ui.pages.rule_rows import RuleRows
from crm_desktop.ui.pages.settings_fields import FieldsCard
from crm_desktop.ui.pages.warning_rows import WarningRows
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Card, Chips, ElidedLabel, Icon, button, label, row
from crm_desktop.ui.widgets.edit import InlineNotes, LineEdit

_BACKUPS = 6
_LOGO_BYTES = 2_000_000


class SettingsPage(Page):
    """Everything is saved as it is left; there is no button to forget."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        from crm_desktop.ui.shell import Shell

        shell = self.host
        assert isinstance(shell, Shell)
        self._shell = shell
        self._firm: Firm | None = None
        inner = QWidget()
        inner.setMaximumWidth(760)
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, SPACE.m, SPACE.xl)
        box.setSpacing(SPACE.l)
        for card in (
            self._firm_card(),
            self._region_card(),
            self._rules_card(),
            self._numbers_card(),
            self._fields_card(),
            self._warnings_card(),
            LookupCard(shell),
            self._face_card(),
            self._copies_card(),
        ):
            box.addWidget(card)
        box.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.m, 0)
        outer.setSpacing(SPACE.m)
        outer.addWidget(label(_("Settings"), "title"))
        outer.addWidget(self.area, 1)
        self.session.bus.changed.connect(self._changed)
        shell.backups_changed.connect(self._ask_backups)
        self._ask()
        self.own_fields.ask()

    def activate(self) -> None:
        """Bring the copies and the kinds of documents up to date."""
        self._ask_backups()
        self.warnings.ask()
        self.numbers.ask()
        self.rules.ask()

    def show_fields(self) -> None:
        """Go to the fields."""
        self.own_fields.adder.name.setFocus(Qt.FocusReason.OtherFocusReason)
        # Once the layout has given them their place.
        after(0, self, self._scroll_to_fields)

    def _scroll_to_fields(self) -> None:
        self.area.verticalScrollBar().setValue(self.own_fields.y() - SPACE.m)

    # The firm.

    def _firm_card(self) -> Card:
        words = _("The letterhead of all that you print, and where customers pay.")
        card = _card(_("Your firm"), words)
        self.fields = {
            "name": LineEdit(name=_("Firm's name")),
            "phone": LineEdit(name=_("Phone")),
            "email": LineEdit(name=_("E-mail")),
            "website": LineEdit(name=_("Website")),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.m)
        grid.setVerticalSpacing(SPACE.xs)
        for place, (key, field) in enumerate(self.fields.items()):
            field.editingFinished.connect(self._save_firm)
            field.setProperty("part", key)
            grid.addWidget(_caption(field), place // 2 * 2, place % 2)
            grid.addWidget(field, place // 2 * 2 + 1, place % 2)
        self.address = InlineNotes(_("Address"), _("Street, town, country: as lines"))
        self.address.setProperty("flat", False)
        self.address.committed.connect(self._save_address)
        grid.addWidget(_caption(self.address), 4, 0)
        grid.addWidget(self.address, 5, 0)
        self.bank = InlineNotes(_("Bank details"), _("Bank, IBAN, BIC: as lines"))
        self.bank.setProperty("flat", False)
        self.bank.committed.connect(self._save_bank)
        grid.addWidget(_caption(self.bank), 4, 1)
        grid.addWidget(self.bank, 5, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(_("Logo"), "secondary"), 6, 0)
        self._logo = QLabel()
        self._logo.setFixedHeight(44)
        self._logo.hide()
        self._choose = button(_("Choose…"), "image", clicked=self._ask_logo)
        self._remove = button(_("Remove"), kind="quiet", clicked=self._remove_logo)
        # Without a logo nothing stands before the button, not even a gap.
        self._logo_gap = QWidget()
        self._logo_gap.setFixedWidth(SPACE.s)
        line = row(self._logo, self._logo_gap, self._choose, spacing=0)
        line.addSpacing(SPACE.s)
        line.addWidget(self._remove)
        line.addStretch(1)
        grid.addLayout(line, 7, 0, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        return card

    def _ask(self) -> None:
        settings = self.workspace.settings
        ReadOp(self, settings.firm, key="firm").success(self._show_firm).run()
        self.warnings.ask()
        ReadOp(self, settings.home_country, key="country").success(self._show_country).run()
        ReadOp(self, settings.phones_international, key="phones").success(
            self.international.setChecked
        ).run()

    def _show_firm(self, firm: Firm) -> None:
        self._firm = firm
        for key, field in self.fields.items():
            # What is being typed stays; a field that merely has the cursor must show its value.
            if not (field.hasFocus() and field.isModified()):
                field.setText(str(getattr(firm, key)))
        self.address.set_value(firm.address)
        self.bank.set_value(firm.bank)
        pixmap = QPixmap()
        if firm.logo:
            pixmap.loadFromData(QByteArray(firm.logo))
        if pixmap.isNull():
            self._logo.setPixmap(QPixmap())
            self._logo.hide()
        else:
            scaled = pixmap.scaledToHeight(
                round(44 * self.devicePixelRatioF()), Qt.TransformationMode.SmoothTransformation
            )
            scaled.setDevicePixelRatio(self.devicePixelRatioF())
            self._logo.setPixmap(scaled)
            self._logo.show()
            self._logo.setFixedWidth(min(round(scaled.deviceIndependentSize().width()), 160))
        self._logo_gap.setVisible(not pixmap.isNull())
        self._remove.setVisible(bool(firm.logo))

    def _save_firm(self) -> None:
        if self._firm is None:  # not read yet
            return
        typed = {key: field.text().strip() for key, field in self.fields.items()}
        kept = self._firm
        self._save(Firm(address=kept.address, bank=kept.bank, logo=kept.logo, **typed))

    def _save_address(self, text: str) -> None:
        if self._firm is not None:
            self._save(replace(self._firm, address=text))

    def _save_bank(self, text: str) -> None:
        if self._firm is not None:
            self._save(replace(self._firm, bank=text))

    def _save(self, firm: Firm) -> None:
        if firm == self._firm:
            return
        self._firm = firm
        settings = self.workspace.settings
        WriteOp(self, lambda: settings.save_firm(firm)).run()

    def _ask_logo(self) -> None:
        dialog = QFileDialog(self._shell, _("Choose a logo"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Pictures (*.png *.jpg *.jpeg)"))
        dialog.fileSelected.connect(self.take_logo)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_logo(self, path: str) -> None:
        """Take a picture file as the firm's logo."""
        try:
            data = Path(path).read_bytes()
        except OSError:
            self._shell.toast(_("That file cannot be read."))
            return
        if len(data) > _LOGO_BYTES or not QPixmap().loadFromData(QByteArray(data)):
            self._shell.toast(_("A logo is a PNG or JPEG picture of at most 2 MB."))
            return
        self._save_logo(data)

    def _remove_logo(self) -> None:
        self._save_logo(None)

    def _save_logo(self, data: bytes | None) -> None:
        if self._firm is not None:
            firm = replace(self._firm, logo=data)
            self._save(firm)
            self._show_firm(firm)

    # The country.

    def _region_card(self) -> Card:
        card = _card(
            _("Home country"),
            _("Phone numbers without a country code and dates in figures are read as here."),
        )
        self.country = QComboBox()
        self.country.setAccessibleName(_("Home country"))
        self.country.setMaximumWidth(320)
        for code, name in _countries():
            self.country.addItem(name, code)
        self.country.activated.connect(self._country_chosen)
        card.body.addWidget(self.country)
        words = _("Write all phone numbers with their country’s code")
        self.international = QCheckBox(words)
        self.international.setAccessibleName(words)
        self.international.clicked.connect(self._phones_chosen)
        card.body.addWidget(self.international)
        return card

    def _show_country(self, code: str) -> None:
        self.country.setCurrentIndex(self.country.findData(code))

    def _phones_chosen(self, on: bool) -> None:
        settings = self.workspace.settings
        WriteOp(self, lambda: settings.set_phones_international(on=on)).run()

    def _country_chosen(self) -> None:
        code = str(self.country.currentData())
        settings = self.workspace.settings
        WriteOp(self, lambda: settings.set_home_country(code)).run()

    # The warnings.

    def _warnings_card(self) -> Card:
        card = _card(
            _("Warnings"),
            _(
                "So many days before their last day documents stand on Today, and a message tells"
                " of them; 0 for never."
            ),
        )
        self.warnings = WarningRows()
        card.body.addWidget(self.warnings)
        return card

    # The fields.

    def _numbers_card(self) -> Card:
        card = _card(
            _("Numbers"),
            _("{year}, {month}, {n:04} stand for figures. What was given out stays so."),
        )
        self.numbers = NumberRows()
        card.body.addWidget(self.numbers)
        return card

    def _rules_card(self) -> Card:
        card = _card(
            _("Rules and processes"),
            _("When something happens, the program does something; Undo takes back both."),
        )
        self.rules = RuleRows()
        card.body.addWidget(self.rules)
        return card

    def _fields_card(self) -> Card:
        self.own_fields = FieldsCard(self)
        return self.own_fields

    # The face.

    def _face_card(self) -> Card:
        card = _card(_("Appearance"), "")
        self.theme = Chips(
            [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]
        )
        self.theme.choose(self._shell.theme.choice)
        self.theme.chosen.connect(self._shell.choose_theme)
        self._shell.theme.changed.connect(self._theme_changed)
        self.language = QComboBox()
        self.language.setAccessibleName(_("Language"))
        self.language.setMaximumWidth(320)
        for key, name in LANGUAGES.items():
            self.language.addItem(name, key)
        self.language.activated.connect(self._language_chosen)
        self.language_waits = label(self._shell.languages.waiting_text(), "secondary", wrap=True)
        self._shell.languages.chosen_changed.connect(self._show_language)
        self._shell.operations.jobs_changed.connect(self._show_waiting)
        self._show_language()
        card.body.addWidget(label(_("Theme"), "secondary"))
        card.body.addLayout(row(self.theme, None))
        card.body.addWidget(_caption(self.language))
        card.body.addWidget(self.language)
        card.body.addWidget(self.language_waits)
        return card

    def _theme_changed(self) -> None:
        self.theme.choose(self._shell.theme.choice)

    def _show_language(self) -> None:
        languages = self._shell.languages
        self.language.setCurrentIndex(self.language.findData(languages.chosen))
        self._show_waiting()

    def _show_waiting(self) -> None:
        self.language_waits.setVisible(self._shell.languages.waits)

    def _language_chosen(self) -> None:
        self._shell.choose_language(str(self.language.currentData()))

    # The copies.

    def _copies_card(self) -> Card:
        card = _card(
            _("Backups"),
            _("A verified copy is made on closing, and before every import and upgrade."),
        )
        folder = self.workspace.backups.folder
        self._folder = ElidedLabel(str(folder), "secondary")
        show = button(_("Show folder"), "folder", kind="quiet", clicked=self._show_folder)
        now = button(_("Back up now"), "shield-check", clicked=self._shell.archives.backup_now)
        now.setToolTip(self._shell.commands.backup.toolTip())
        line = row(self._folder, show, now)
        line.setStretch(0, 1)
        card.body.addLayout(line)
        self._backups = QVBoxLayout()
        self._backups.setSpacing(0)
        card.body.addLayout(self._backups)
        return card

    def _ask_backups(self) -> None:
        backups = self.workspace.backups
        ReadOp(self, backups.all, key="backups").success(self._show_backups).run()

    def _show_backups(self, found: list[Backup]) -> None:
        while (item := self._backups.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for backup in found[:_BACKUPS]:
            self._backups.addWidget(self._backup_line(backup))

    def _backup_line(self, backup: Backup) -> QWidget:
        made = QWidget()
        made.setFixedHeight(36)
        when = say.moment(backup.made_at)
        restore = button(_("Restore…"), kind="link", clicked=self._restore)
        restore.setAccessibleName(_("Restore the backup of {when}").format(when=when))
        restore.setProperty("path", str(backup.path))
        words = label(say.size(backup.size), "caption")
        made.setLayout(row(Icon("archive", "faint", 15), label(when), words, None, restore))
        return made

    def _restore(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._shell.archives.confirm_restore(Path(str(sender.property("path"))))

    def _show_folder(self) -> None:
        folder = self.workspace.backups.folder
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _changed(self, changes: Changes) -> None:
        if "setting" in changes.tables or "settings" in changes.tables:
            self._ask()
        if "rule" in changes.tables or changes.customers is None:
            self.rules.ask()
        self.own_fields.apply(changes)


def _card(title: str, text: str) -> Card:
    made = Card(margins=(18, 16, 18, 18))
    made.body.addWidget(label(title, "section"))
    if text:
        made.body.addWidget(label(text, "secondary", wrap=True))
    return made


def _caption(field: QWidget) -> QLabel:
    made = label(field.accessibleName(), "secondary")
    made.setBuddy(field)
    return made


def _countries() -> list[tuple[str, str]]:
    """ISO code and name of every country, by name in the program's language."""
    from babel import Locale

    names = Locale.parse(language()).territories
    pairs = [
        (code, str(name))
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    ]
    key: Callable[[tuple[str, str]], str] = lambda pair: pair[1].casefold()  # noqa: E731
    return sorted(pairs, key=key)


# Codes that the Unicode data carries for regions that issue no phone numbers.
_NO_COUNTRY = frozenset(("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "DG", "EA", "IC"))
