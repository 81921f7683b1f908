"""The started window for every test, offscreen, on an archive of its own.

A test fails on a Qt warning, on an exception in a slot (pytest-qt), on a window or a thread
that is left behind.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

# Before Qt is imported; a developer may still choose to see the window.
if not os.environ.get("QT_QPA_PLATFORM") and not os.environ.get("CRM_TESTS_ON_SCREEN"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("LANGUAGE", "en")

import pytest
from day_kit import NOW, Open
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle

from crm_desktop.app import Built, build_window
from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    CustomerDraft,
    Stage,
)
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.today import TodayPage
from crm_desktop.ui.shell import Shell
from crm_desktop.ui.theme import Theme

# The offscreen platform has no window manager to ask; nothing else may be ignored.
IGNORED = (
    r"This plugin does not support raise\(\)",
    r"This plugin does not support propagateSizeHints\(\)",
    r"This plugin does not support grabbing the keyboard",  # as a menu does
)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(*IGNORED, extend=True))


PEOPLE = (
    ("王秀英", "上海东方贸易有限公司", "上海", "+86 21 5888 1024", "xiuying@example.org"),
    ("João da Conceição", "Lisboa Têxteis, Lda.", "Lisboa", "+351 912 345 678", "joao@example.pt"),
    ("Иванов Сергей", "ООО «Северный Ветер»", "Москва", "+7 495 123-45-67", "ivanov@example.ru"),
    ("Zoë Müller", "Alpenwerk GmbH", "München", "+49 89 123456", "zoe@example.de"),
    ("محمد عبد الله", "شركة النور للتجارة", "دبي", "+971 4 123 4567", "m@example.ae"),
    ("Anna Smith", "", "Leeds", "+44 113 496 0000", "anna@example.co.uk"),
)


def draft(number: int) -> CustomerDraft:
    """A customer of the tests; beyond `PEOPLE` they are numbered."""
    if number < len(PEOPLE):
        name, firm, city, phone, email = PEOPLE[number]
    else:
        name, firm, city = f"Customer {number:05d}", "", "Porto"
        phone, email = f"+351 91{number:07d}", f"c{number}@example.pt"
    return CustomerDraft(
        name=name,
        organisation=firm,
        stage=list(Stage)[number % 4].value,
        contact_points=(
            ContactPoint(ContactKind.PHONE.value, phone, None, "mobile"),
            ContactPoint(ContactKind.EMAIL.value, email, None),
        ),
        addresses=(Address(city=city),),
    )


@pytest.fixture
def make_archive(tmp_path: Path) -> Callable[[int], Path]:
    def make(count: int, name: str = "firm.crm") -> Path:
        path = tmp_path / name
        with Workspace.open(path, create=True, data_dir=tmp_path / "data") as workspace:

            def fill() -> None:
                for number in range(count):
                    workspace.customers.create(draft(number))

            workspace.submit(fill).result()
            workspace.close(backup=False)
        return path

    return make


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["crm-desktop", *Theme.ARGUMENTS]


@pytest.fixture
def failures() -> list[str]:
    """Reports of what nobody foresaw; a test that makes one fail inside empties the list.

    The window's own hooks take such an exception before pytest-qt sees it.
    """
    return []


@pytest.fixture
def built(qapp: QApplication, qtbot: QtBot, tmp_path: Path, failures: list[str]) -> Iterator[Built]:
    threads = set(threading.enumerate())
    made = build_window(qapp, data_dir=tmp_path / "data", theme="light", language="en")
    made.hooks.caught.connect(failures.append)
    made.shell.resize(1280, 800)
    made.shell.show()
    yield made
    shell = made.shell
    if shell.session is not None:  # what a test leaves begun would be asked about
        shell.session.drafts.forget(shell.session.drafts.begun())
    shell.close()
    qtbot.waitUntil(lambda: not shell.isVisible() and not shell.operations.busy, timeout=TIMEOUT)
    qapp.processEvents()  # a report comes by the queue
    made.close()
    shell.deleteLater()
    made.theme.deleteLater()
    # Windows that close over this one are deleted with the next turn of the loop.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    left = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert not left, f"windows left behind: {left}"
    assert not failures, "\n".join(failures)
    qtbot.waitUntil(
        lambda: not {t for t in threading.enumerate() if t.is_alive()} - threads, timeout=TIMEOUT
    )


@pytest.fixture
def shell(built: Built) -> Shell:
    return built.shell


@pytest.fixture
def open_archive(shell: Shell, qtbot: QtBot) -> Callable[[Path], CustomersPage]:
    def opened(path: Path) -> CustomersPage:
        with qtbot.waitSignal(shell.archive_opened, timeout=TIMEOUT):
            shell.open_archive(path)
        shell.show_page("customers")
        page = shell.page("customers")
        assert isinstance(page, CustomersPage)
        qtbot.waitUntil(lambda: page.model.whole, timeout=TIMEOUT)
        settle(shell, qtbot)
        return page

    return opened


@pytest.fixture
def page(
    open_archive: Callable[[Path], CustomersPage], make_archive: Callable[[int], Path]
) -> CustomersPage:
    """The customers' page over an archive of ten."""
    return open_archive(make_archive(10))


@pytest.fixture
def urls(qapp: QApplication) -> Iterator[list[str]]:
    """What the program wanted the system to open; Qt's own way of catching it."""
    from PySide6.QtCore import QObject, Slot

    class Catcher(QObject):
        @Slot(QUrl)
        def take(self, url: QUrl) -> None:
            caught.append(url.toString())

    caught: list[str] = []
    catcher = Catcher(qapp)
    for scheme in ("tel", "mailto", "file"):
        QDesktopServices.setUrlHandler(scheme, catcher, "take")
    yield caught
    for scheme in ("tel", "mailto", "file"):
        QDesktopServices.unsetUrlHandler(scheme)
    catcher.deleteLater()


@pytest.fixture(scope="session", autouse=True)
def _clipboard_is_left_empty(qapp: QApplication) -> Iterator[None]:
    """Take what tests copied out of the clipboard while Python still runs.

    WORKAROUND: the offscreen platform keeps the clipboard's content in a static object, which
    is destroyed after the interpreter; content made in Python then crashes PySide at exit.
    """
    yield
    qapp.clipboard().clear()


@pytest.fixture
def started(shell: Shell, qtbot: QtBot, tmp_path: Path) -> Shell:
    """The window with an empty archive of a firm in Portugal."""
    with qtbot.waitSignal(shell.archive_opened, timeout=30_000):
        shell.open_archive(tmp_path / "firm.crm", create=True)
    qtbot.waitUntil(lambda: not shell.operations.busy, timeout=30_000)
    assert shell.session is not None
    shell.session.workspace.settings.set_home_country("PT")
    return shell


@pytest.fixture
def open_day(shell: Shell, qtbot: QtBot, tmp_path: Path) -> Open:
    """Opens an archive that was filled, on the day of the tests."""

    def open_it(fill: Callable[[Workspace], object]) -> TodayPage:
        path = tmp_path / "firm.crm"
        with Workspace.open(path, create=True, data_dir=tmp_path / "data") as workspace:
            workspace.tasks.clock = lambda: NOW
            workspace.settings.set_home_country("PT")
            fill(workspace)
            workspace.close(backup=False)
        with qtbot.waitSignal(shell.archive_opened, timeout=TIMEOUT):
            shell.open_archive(path)
        assert shell.current_key() == "today"
        page = shell.page("today")
        assert isinstance(page, TodayPage)
        settle(shell, qtbot)
        page.workspace.tasks.clock = lambda: NOW
        page.ask()
        settle(shell, qtbot)
        return page

    return open_it
