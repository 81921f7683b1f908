"""The first step: which files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.drops import SHEETS
from crm_desktop.ui.pages.import_wizard.sources import OpenFile, State
from crm_desktop.ui.pages.import_wizard.steps import two_lines
from crm_desktop.ui.theme import SPACE, fonts, icons
from crm_desktop.ui.widgets.basic import Card, ElidedLabel, Icon, button, label, row
from crm_desktop.ui.widgets.country import CountryBox
from crm_desktop.ui.widgets.edit import LineEdit

_WIDTH = 640
_MOST_ROWS = 60


class FileRow(Card):
    """One file: being opened, refused with its reason, or asking for its password."""

    def __init__(self, file: OpenFile, step: FileStep) -> None:
        super().__init__()
        self.file = file
        self._step = step
        fonts.ensure_for(file.name)
        self._icon = Icon("file-spreadsheet", "accent", 20)
        self.name = ElidedLabel(file.name, "strong")
        self.message = label("", "secondary", wrap=True)
        self.remove = button("", kind="quiet", clicked=self._remove)
        self.remove.setAccessibleName(_("Take {file} away").format(file=file.name))
        self.remove.setToolTip(_("Take this file away"))
        icons.set_icon(self.remove, "x", "mute", 16)
        self.password = LineEdit(name=_("Password of {file}").format(file=file.name))
        self.password.setPlaceholderText(_("Password of the file"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self._unlock)
        self.unlock = button(_("Open"), "lock", clicked=self._unlock)
        self._shown: tuple[State, str] | None = None
        self._asks = QWidget()
        asks = row(self.password, self.unlock)
        asks.setStretch(0, 1)
        self._asks.setLayout(asks)
        head = row(self._icon, two_lines(self.name, self.message), self.remove)
        head.setStretch(1, 1)
        head.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        head.setAlignment(self.remove, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(self._asks)
        self.refresh()

    def refresh(self) -> None:
        """Show how far the file has come."""
        state = self.file.state
        if (state, self.file.message) == self._shown:
            return  # a password may be half typed
        self._shown = (state, self.file.message)
        text = {State.OPENING: _("Opening…"), State.READY: _("Ready")}.get(state, self.file.message)
        picture = {
            State.READY: ("circle-check", "accent"),
            State.REFUSED: ("file-x", "mute"),
            State.LOCKED: ("lock", "accent"),
        }.get(state, ("file-spreadsheet", "accent"))
        self._icon.set_icon(*picture)
        self.message.setText(text)
        self.message.setProperty("role", "error" if state is State.REFUSED else "secondary")
        self.message.style().unpolish(self.message)
        self.message.style().polish(self.message)
        self.setAccessibleName(f"{self.file.name}: {text}")
        self._asks.setVisible(state is State.LOCKED)
        if state is State.LOCKED:
            self.password.clear()
            self.password.setAccessibleDescription(text)

    def _remove(self) -> None:
        self._step.removed.emit(self.file)

    def _unlock(self) -> None:
        if self.password.text():
            self._step.password_given.emit(self.file, self.password.text())


class FileStep(QWidget):
    """Choose files, or drop them; a row for each one that needs a word.

    `chosen` carries a list of paths, `removed` an `OpenFile`, `password_given` an `OpenFile`
    and a password, `country_chosen` a code.
    """

    chosen = Signal(object)
    removed = Signal(object)
    password_given = Signal(object, str)
    country_chosen = Signal(str)
    go_on = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.folder = ""
        self._rows: list[FileRow] = []
        self._last: Path | None = None
        self.choose = button(
            _("Choose files…"), "folder-open", kind="primary", clicked=self.ask_files
        )
        self.choose_folder = button(
            _("Choose a folder…"), "folder", kind="quiet", clicked=self.ask_folder
        )
        self.again = button("", kind="link", clicked=self._open_last)
        self.again.hide()
        self.country = CountryBox()
        self.country.chosen.connect(self.country_chosen)
        self.next = button(_("Go on with the others"), "arrow-right", clicked=self.go_on.emit)
        self.next.hide()
        self.counts = label("", "strong")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.stop = button(_("Cancel"), "x", kind="quiet", clicked=self.stop_wanted.emit)
        self._head = QWidget()
        head = row(self.counts, self.bar, None, self.stop, self.next, spacing=SPACE.m)
        head.setStretch(1, 1)
        self._head.setLayout(head)
        self._head.hide()
        self._more = label("", "secondary")
        self._more.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE.s)
        inner = QWidget()
        inner.setFixedWidth(_WIDTH)
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, SPACE.l, 0, SPACE.l)
        lines.setSpacing(SPACE.m)
        lines.addWidget(self._drop_zone())
        lines.addWidget(self._head)
        lines.addLayout(self._list)
        lines.addWidget(self._more)
        lines.addWidget(self._home())
        lines.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        middle = QWidget()
        across = row(None, inner, None)
        middle.setLayout(across)
        area.setWidget(middle)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _drop_zone(self) -> QFrame:
        zone = QFrame()
        zone.setObjectName("drop")
        zone.setMinimumHeight(236)
        title = label(_("Drop your spreadsheets here"), "section")
        kinds = label(
            _("Excel (.xlsx, .xlsm, .xlsb, .xls), OpenDocument (.ods), text tables (.csv, .txt),")
            + "\n"
            + _("web pages (.html), address cards (.vcf) and CRM Desktop's own export (.json).")
            + "\n"
            + _("Several at once, or a whole folder, are fine; so are cells pasted with Ctrl+V."),
            "mute",
        )
        kinds.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        lines = QVBoxLayout(zone)
        lines.setSpacing(SPACE.s)
        lines.addStretch(1)
        for part in (Icon("file-up", "accent", 40), title, kinds):
            lines.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addSpacing(SPACE.s)
        lines.addLayout(row(None, self.choose, self.choose_folder, None, spacing=SPACE.s))
        lines.addWidget(self.again, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(1)
        return zone

    def _home(self) -> QWidget:
        made = QWidget()
        words = two_lines(
            label(_("Home country"), "strong"),
            label(
                _("Phone numbers without a country code are read as numbers from here."),
                "secondary",
            ),
        )
        line = row(Icon("globe", "mute", 18), words, None, self.country, spacing=SPACE.m)
        made.setLayout(line)
        return made

    def show_last(self, path: Path | None) -> None:
        """Offer the file that was imported last, such as a workbook that grows."""
        self._last = path
        self.again.setVisible(path is not None)
        if path is not None:
            fonts.ensure_for(path.name)
            text = _("Import {file} again").format(file=path.name)
            self.again.setText(text.replace("&", "&&"))
            self.again.setAccessibleName(text)
            self.again.setToolTip(str(path).replace("<", "&lt;"))

    def show_files(self, files: Sequence[OpenFile], *, busy: bool = False) -> None:
        """Show a row for each file; those that need a word stand first, once all were tried.

        Args:
            files: in the order they came.
            busy: whether they are still being opened.
        """
        self._say_progress(files, busy)
        some = any(f.state is State.READY for f in files)
        if not busy:
            files = sorted(files, key=lambda f: f.state is State.READY)
        hidden = len(files) - _MOST_ROWS
        self._more.setVisible(hidden > 0)
        self._more.setText(_("… and {n} more").format(n=say.number(max(hidden, 0))))
        files = files[:_MOST_ROWS]
        if [r.file for r in self._rows] != list(files):
            for old in self._rows:
                self._list.removeWidget(old)
                old.hide()
                old.deleteLater()
            self._rows = [FileRow(file, self) for file in files]
            for made in self._rows:
                self._list.addWidget(made)
        for made in self._rows:
            made.refresh()
        if any(r.file.state is State.LOCKED for r in self._rows):
            self.start()
        self.next.setVisible(some and not busy)

    def _say_progress(self, files: Sequence[OpenFile], busy: bool) -> None:
        tried = sum(f.state is not State.OPENING for f in files)
        refused = sum(f.state is State.REFUSED for f in files)
        ready = any(f.state is State.READY for f in files)
        self._head.setVisible(len(files) != 1 if busy else ready or len(files) > 1)
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        self.bar.setRange(0, len(files))
        self.bar.setValue(tried)
        if busy and not files:
            words = _("Looking through the folder…")
        elif busy:
            words = _("{done} of {all} files opened").format(
                done=say.number(tried), all=say.number(len(files))
            )
        else:
            count = tried - refused
            words = ngettext("{n} file", "{n} files", count).format(n=say.number(count))
            if refused:
                cannot = ngettext("{n} cannot be read", "{n} cannot be read", refused)
                words = f"{words} · {cannot.format(n=say.number(refused))}"
        self.counts.setText(words)

    def start(self) -> None:
        """Put the keyboard on a password that is asked for, else on the choice of files."""
        asks = next((r for r in self._rows if r.file.state is State.LOCKED), None)
        field = asks.password if asks is not None else self.choose
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def rows(self) -> list[FileRow]:
        """The rows shown."""
        return self._rows

    def ask_files(self) -> None:
        """Let the user choose files."""
        dialog = QFileDialog(self, _("Choose spreadsheets"), self.folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        kinds = " ".join(f"*{ending}" for ending in SHEETS)
        dialog.setNameFilters([_("Spreadsheets ({kinds})").format(kinds=kinds), _("All files (*)")])
        dialog.filesSelected.connect(self._selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_folder(self) -> None:
        """Let the user choose a folder of files."""
        dialog = QFileDialog(self, _("Choose a folder of spreadsheets"), self.folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self._selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _selected(self, names: list[str]) -> None:
        self.chosen.emit([Path(name) for name in names])

    def _open_last(self) -> None:
        if self._last is not None:
            self.chosen.emit([self._last])
