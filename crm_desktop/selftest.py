"""`crm-desktop --selftest`: the whole way once, on this very installation.

From the window to the printed page, with an archive of its own in a temporary folder. It finds
what tests from source cannot: a wheel or a bundle that lacks a file, a library or a plugin.
Nothing of the user's is read or written.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from crm_desktop import __version__, i18n
from crm_desktop.assets import resource
from crm_desktop.i18n import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from crm_desktop.app import Built
    from crm_desktop.domain.customers import CustomerRow
    from crm_desktop.services.workspace import Workspace

_PATIENCE = 60.0
# Sample workbooks by the country of their phone numbers: one in Latin letters and one in Chinese,
# which takes other ways; and how a customer of the latter is typed.
_SAMPLES = {"clientes.xlsx": "PT", "kehu.xlsx": "CN"}
_READING, _READ = "yangwenbo", "杨文博"
# A character of every script that the shipped fonts draw; and two that stand the other way round
# in Chinese (běi, shàng) than by their numbers.
_SCRIPTS = "çΩЖế王喆䶮かカ한글ابשกक"
_BY_READING = ("北", "上")


class _StepError(Exception):
    """A step's result is not what it should be."""


def run() -> int:
    """Try the installation, printing a line a step.

    Returns:
        The process's exit code: 0 where every step went well.
    """
    # Wherever it runs, and whoever is looking: no window on the screen.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _say(f"CRM Desktop {__version__}, Python {sys.version.split()[0]}, {sys.platform}")
    # On Windows the fonts that Qt has loaded stay open until the process ends.
    with tempfile.TemporaryDirectory(
        prefix="crm-desktop-selftest-", ignore_cleanup_errors=True
    ) as folder:
        trial = _Trial(Path(folder))
        try:
            for name, step in trial.steps():
                if not _passes(name, step):
                    return 1
        finally:
            trial.abandon()
    _say(_("Everything works."))
    return 0


def _passes(name: str, step: Callable[[], str]) -> bool:
    started = time.perf_counter()
    try:
        detail = step()
    except Exception as error:  # noqa: BLE001  (whatever it is, it is what we came to find)
        _say(f"{_('failed')}  {name}: {_reason(error)}")
        return False
    _say(f"{_('ok')}  {name}: {detail} ({time.perf_counter() - started:.1f} s)")
    return True


def _reason(error: Exception) -> str:
    if isinstance(error, ImportError) and "PySide6" in f"{error.name} {error.path} {error}":
        from crm_desktop.ui.preflight import missing_libraries_message

        return missing_libraries_message(error)
    return str(error) if isinstance(error, _StepError) else f"{type(error).__name__}: {error}"


def _say(line: str) -> None:
    # A program without a console on Windows has nowhere to print; its exit code still tells.
    if sys.stdout is not None:
        print(line, flush=True)  # noqa: T201  (this is what it is for)


def _fail(reason: str) -> NoReturn:
    raise _StepError(reason)


@dataclass(slots=True)
class _Trial:
    """What the steps hand on to each other."""

    folder: Path
    app: QApplication | None = None
    built: Built | None = None
    found: list[CustomerRow] = field(default_factory=list)
    bugs: list[str] = field(default_factory=list)

    def steps(self) -> list[tuple[str, Callable[[], str]]]:
        """Names of the steps, and what they do; each returns what it saw."""
        return [
            (_("The program's own files"), self.look_for_files),
            (_("The window"), self.open_window),
            (_("A new archive"), self.make_archive),
            (_("Importing the sample"), self.import_samples),
            (_("Searching"), self.search),
            (_("The list in the window"), self.show_list),
            (_("A second start"), self.hand_over),
            (_("Printing a PDF"), self.print_pdf),
            (_("Pictures among the documents"), self.keep_pictures),
            (_("Days in words"), self.read_days),
            (_("Lunar birthdays"), self.find_lunar_day),
            (_("Undo"), self.undo_import),
            (_("Closing, with a backup"), self.close_window),
        ]

    def look_for_files(self) -> str:
        """Fonts, icons and every language."""
        from crm_desktop.reports.fonts import missing_characters

        for parts in (("fonts", "Inter-Regular.ttf"), ("icons", "app.png")):
            if not resource(*parts).is_file():
                _fail("/".join(parts))
        if missing := missing_characters([_SCRIPTS]):
            _fail(missing)
        chosen = i18n.language()
        try:
            for language in i18n.LANGUAGES:
                if i18n.choose_language(language) != language:
                    _fail(language)
        finally:
            i18n.choose_language(chosen)
        return ", ".join(i18n.LANGUAGES)

    def open_window(self) -> str:
        """Build the real window and let it paint."""
        from PySide6.QtCore import QCollator, QLocale, qVersion
        from PySide6.QtGui import QGuiApplication
        from PySide6.QtWidgets import QApplication

        from crm_desktop.app import build_window

        self.app = QApplication(["crm-desktop"])
        self.built = build_window(self.app, data_dir=self.folder / "data", language=i18n.language())
        self.built.hooks.caught.connect(self.bugs.append)
        painted: list[bool] = []
        shell = self.built.shell
        shell.painted.connect(lambda: painted.append(True))
        shell.show_welcome()
        shell.show()
        self._wait(lambda: bool(painted))
        self._look("welcome")
        # On Linux, Qt orders words by data that the bundle carries a part of.
        if sys.platform == "linux" and QCollator(QLocale("zh_CN")).compare(*_BY_READING) >= 0:
            _fail("QCollator")
        return f"Qt {qVersion()}, {QGuiApplication.platformName()}"

    def make_archive(self) -> str:
        """Let the window make an archive."""
        shell = self._parts().shell
        shell.open_archive(self.folder / "selftest.crm", create=True)
        self._wait(lambda: shell.session is not None)
        return self._workspace().path.name

    def import_samples(self) -> str:
        """Import the sample workbooks: the reading process must start here too."""
        from crm_desktop.services.imports.report import summary

        said = []
        for name, country in _SAMPLES.items():
            path = resource("sample", name)
            with self._workspace().imports.preview(path, country=country) as session:
                plans = [sheet.plan for sheet in session.preview.sheets if not sheet.empty]
                result = session.run(plans)
            sheets = [sheet for file in result.files for sheet in file.sheets]
            if not all(sheet.balances for sheet in sheets) or not sum(s.created for s in sheets):
                _fail(summary(result))
            said.append(summary(result))
        return "; ".join(said)

    def search(self) -> str:
        """Find a customer by three letters of his name, and a Chinese one by its reading."""
        from crm_desktop.domain.customers import CustomerListQuery

        customers = self._workspace().customers
        someone = customers.first_page(CustomerListQuery(), limit=1)[0]
        text = someone.name[:3]
        self.found = customers.search(text)
        if someone.id not in {row.id for row in self.found}:
            _fail(f"“{text}” → {len(self.found)}")
        read = [row for row in customers.search(_READING) if row.name == _READ]
        if not read:
            _fail(f"“{_READING}” → {_READ}")
        self.found += read
        return f"“{text}” → {len(self.found) - len(read)}, “{_READING}” → {read[0].name}"

    def show_list(self) -> str:
        """The window shows what was imported, and has all its pages."""
        from crm_desktop.ui.pages import PAGES

        shell = self._parts().shell
        for page in reversed(PAGES):
            shell.show_page(page.key)
            self._wait(lambda: not shell.operations.busy)
            self._look(page.key)
        shell.show_page("customers")
        shell.show_customer(self.found[0].id)
        self._wait(lambda: not shell.operations.busy)
        return self._look("customers")

    def hand_over(self) -> str:
        """A second start hands a number to this window, which shows whose it is."""
        import threading

        from crm_desktop.domain import calls
        from crm_desktop.services import handover

        desk, path = self._parts().shell.front_desk, self._workspace().path
        if desk is None:
            _fail("front desk")
        self._wait(lambda: desk.instance is not None and desk.instance.listens)
        phone = next(row.phone for row in self.found if row.phone)
        request = handover.Request(handover.LOOKUP, f"tel:{phone}")
        taken: list[handover.Request] = []
        if desk.instance is not None:
            desk.instance.asked.disconnect(desk.take)  # nothing comes to the front here
            desk.instance.asked.connect(taken.append)
        second = threading.Thread(target=handover.hand_over, args=(path, request), daemon=True)
        second.start()
        window = desk.window()
        if window is None:
            _fail("lookup")
        self._wait(lambda: bool(taken) and not second.is_alive())
        window.field.setText(calls.asked(taken[0].text))
        self._wait(lambda: window.customer() is not None)
        return window.card.name.full_text()

    def print_pdf(self) -> str:
        """Print two customers' files, one of them in Chinese, and draw the first page."""
        from crm_desktop.reports.preview import PdfPages

        pdf = self._workspace().files.pdf([self.found[0].id, self.found[-1].id])
        with PdfPages(pdf.data) as pages:
            picture = pages.render(0, scale=1.0)
            if len(set(picture.data)) < 3:
                _fail(f"{picture.width} × {picture.height}")
            return f"{pages.count} × {picture.width} × {picture.height}"

    def keep_pictures(self) -> str:
        """Give a customer a picture of each kind that is shown, draw it, and take all back."""
        import io

        from PIL import Image

        workspace = self._workspace()
        shown = []
        for kind in ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF"):
            out = io.BytesIO()
            exif = Image.Exif()
            exif[0x0112] = 6  # a camera held upright
            Image.new("RGB", (40, 20), "teal").save(out, kind, exif=exif)
            number = workspace.documents.add(self.found[0].id, out.getvalue(), file_name=kind)
            current = workspace.documents.get(number).current
            if workspace.documents.thumbnail(current.id, 20) is None:
                _fail(kind)
            shown.append(kind)
        for _kind in shown:
            workspace.history.undo()
        return ", ".join(shown)

    def read_days(self) -> str:
        """Tick a repeating task off, whose day is said in words that our own do not know."""
        from crm_desktop.domain.tasks import Task

        workspace = self._workspace()
        due = workspace.tasks.read_due("in one month and three days")
        if due is None:
            _fail("dateparser")
        task = Task(_("Call"), due_on=due.day, repeat="FREQ=WEEKLY")
        number, _step = workspace.tasks.create(task)
        workspace.tasks.tick([number])
        following = sum(workspace.tasks.counts().values())
        if following != 1:
            _fail(f"dateutil: {following}")
        for _change in range(2):
            workspace.history.undo()
        return due.day.isoformat()

    def find_lunar_day(self) -> str:
        """The tables of the lunar calendar, which nothing else loads."""
        from datetime import date

        from crm_desktop.services.customer_views import feast

        found = feast("L1984-08-15", date(2026, 1, 1))
        if found != date(2026, 9, 25):
            _fail(str(found))
        return found.isoformat()

    def undo_import(self) -> str:
        """Take the imports back."""
        from crm_desktop.domain.customers import CustomerListQuery

        workspace = self._workspace()
        for _sample in _SAMPLES:
            result = workspace.history.undo()
        left = workspace.customers.count(CustomerListQuery())
        if left:
            _fail(str(left))
        return result.step.name

    def close_window(self) -> str:
        """Close as a user would; the archive is backed up on the way."""
        shell = self._parts().shell
        folder = self._workspace().backups.folder
        shell.close()
        self._wait(lambda: shell.session is None and not shell.isVisible())
        backups = list(folder.glob("*.crm"))
        if not backups:
            _fail(str(folder))
        self.abandon()
        if self.bugs:
            _fail(self.bugs[0])
        return backups[0].name

    def abandon(self) -> None:
        """Let go of everything, wherever the steps ended."""
        built, self.built = self.built, None
        if built is None:
            return
        shell = built.shell
        shell.close()
        self._wait(lambda: shell.session is None, patient=False)
        built.close()
        shell.deleteLater()
        self._turn()

    def _parts(self) -> Built:
        if self.built is None:
            raise LookupError("the window is not open")
        return self.built

    def _workspace(self) -> Workspace:
        session = self._parts().shell.session
        if session is None:
            raise LookupError("no archive is open")
        return session.workspace

    def _look(self, page: str) -> str:
        """The window as a picture; one that is all of one colour shows nothing."""
        picture = self._parts().shell.grab().toImage()
        width, height = picture.width(), picture.height()
        colours = {picture.pixel(x, y) for x in range(0, width, 7) for y in range(0, height, 7)}
        if len(colours) < 3:
            _fail(page)
        return f"{width} × {height}"

    def _wait(self, condition: Callable[[], bool], *, patient: bool = True) -> None:
        """Let the window live until something is so."""
        deadline = time.monotonic() + _PATIENCE
        while not condition():
            if self.bugs and patient:
                _fail(self.bugs[0])
            if time.monotonic() > deadline:
                if patient:
                    _fail(_("nothing happened for {n} seconds").format(n=int(_PATIENCE)))
                return
            self._turn()
            time.sleep(0.005)

    def _turn(self) -> None:
        if self.app is not None:
            self.app.sendPostedEvents()
            self.app.processEvents()
