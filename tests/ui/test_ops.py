"""Work on other threads: results, failures, staleness, cancel."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle

from crm_desktop.app import Built
from crm_desktop.domain.errors import EnvironmentProblem, UserError
from crm_desktop.domain.jobs import Job, Progress
from crm_desktop.ui.ops import JobOp, ReadOp, WriteOp
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.shell import Shell


def test_a_result_comes_back_to_the_gui_thread(page: CustomersPage, qtbot: QtBot) -> None:
    seen: list[tuple[str, bool]] = []

    def work() -> str:
        return threading.current_thread().name

    def done(name: str) -> None:
        seen.append((name, threading.current_thread() is threading.main_thread()))

    ReadOp(page, work).success(done).run()
    WriteOp(page, work).success(done).run()
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=TIMEOUT)
    assert all(name != "MainThread" and on_gui for name, on_gui in seen)
    assert seen[0][0] != seen[1][0]


def test_a_users_error_goes_to_its_field(page: CustomersPage, qtbot: QtBot) -> None:
    said: list[str] = []

    def work() -> None:
        raise UserError("not like this")

    WriteOp(page, work).failure(lambda error: said.append(str(error))).run()
    qtbot.waitUntil(lambda: said == ["not like this"], timeout=TIMEOUT)


def test_without_a_field_a_toast_says_it(shell: Shell, page: CustomersPage, qtbot: QtBot) -> None:
    def work() -> None:
        raise UserError("not like this")

    WriteOp(page, work).run()
    qtbot.waitUntil(lambda: shell.toasts.current is not None, timeout=TIMEOUT)
    assert shell.toasts.current.message.text() == "not like this"


def test_the_machines_problem_stays_with_its_remedy(
    shell: Shell, page: CustomersPage, qtbot: QtBot
) -> None:
    def work() -> None:
        raise EnvironmentProblem("The disk is full.", remedy="Make room.")

    WriteOp(page, work).run()
    qtbot.waitUntil(shell.banner.isVisible, timeout=TIMEOUT)
    assert shell.banner.message.text() == "The disk is full. Make room."


def test_calling_the_last_one_off_leaves_nothing_to_do(
    shell: Shell, page: CustomersPage, qtbot: QtBot
) -> None:
    settle(shell, qtbot)
    gate = threading.Event()
    JobOp(page, lambda _job: gate.wait(10), key="late").run()
    with qtbot.waitSignal(shell.operations.idle, timeout=TIMEOUT):
        shell.operations.call_off(page, "late")
    gate.set()


def test_callbacks_die_with_their_parent(shell: Shell, page: CustomersPage, qtbot: QtBot) -> None:
    parent = QObject(page)
    called: list[str] = []
    gate = threading.Event()

    def work() -> str:
        gate.wait(10)
        return "late"

    ReadOp(parent, work).success(called.append).run()
    parent.deleteLater()
    QCoreApplication.sendPostedEvents(parent, QEvent.Type.DeferredDelete)
    gate.set()
    settle(shell, qtbot)
    assert called == []


def test_a_newer_question_makes_the_older_stale(page: CustomersPage, qtbot: QtBot) -> None:
    answers: list[int] = []
    gate = threading.Event()

    def slow() -> int:
        gate.wait(10)
        return 1

    ReadOp(page, slow, key="same").success(answers.append).run()
    ReadOp(page, lambda: 2, key="same").success(answers.append).run()
    qtbot.waitUntil(lambda: answers == [2], timeout=TIMEOUT)
    gate.set()
    settle(page._shell, qtbot)
    assert answers == [2]


def test_a_job_shows_progress_and_stops(shell: Shell, page: CustomersPage, qtbot: QtBot) -> None:
    moved: list[Progress] = []
    stopped: list[bool] = []

    def work(job: Job) -> None:
        job.progress("Counting", 1, 4)
        while True:
            job.check()
            threading.Event().wait(0.005)

    op = JobOp(page, work, title="A long one").progress(moved.append)
    op.cancelled(lambda: stopped.append(True)).run()
    qtbot.waitUntil(lambda: bool(moved), timeout=TIMEOUT)
    status = shell.rail.status
    assert status.job.isVisible()
    assert status.job_title.full_text() == "A long one · Counting"
    assert status.bar.value() == 250
    status.stop_wanted.emit()
    qtbot.waitUntil(lambda: stopped == [True], timeout=TIMEOUT)
    assert not status.job.isVisible()


def test_a_change_that_takes_long_says_so(shell: Shell, page: CustomersPage, qtbot: QtBot) -> None:
    held = threading.Event()
    WriteOp(page, lambda: held.wait(TIMEOUT / 1000)).run()
    status = shell.rail.status
    assert not status.job.isVisible()
    qtbot.waitUntil(status.job.isVisible, timeout=TIMEOUT)
    assert status.job_title.full_text() == "Saving…"
    held.set()
    qtbot.waitUntil(lambda: not status.job.isVisible(), timeout=TIMEOUT)


@pytest.mark.qt_no_exception_capture
def test_a_bug_is_reported_without_the_customers_words(
    built: Built,
    page: CustomersPage,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
    failures: list[str],
) -> None:
    shell = built.shell
    secret = "João da Conceição"

    def work() -> None:
        raise ValueError(secret)

    with caplog.at_level("CRITICAL", logger="crm_desktop.ui.hooks"):
        try:
            work()
        except ValueError as error:
            built.hooks.report(error)
        qtbot.waitUntil(shell.banner.isVisible, timeout=TIMEOUT)
    shell.banner.button.click()
    from crm_desktop.ui.dialogs.info import Report

    [_reported] = failures
    failures.clear()
    report = shell.findChild(Report)
    assert report is not None
    text = report._text.toPlainText()
    assert "ValueError" in text
    assert "test_ops.py" in text
    assert secret not in text
    report.close()
