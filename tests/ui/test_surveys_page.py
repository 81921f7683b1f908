"""Surveys through the window: made, answered by a dropped e-mail, asked from a customer."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle

from crm_desktop.domain.customers import ContactPoint, CustomerDraft
from crm_desktop.services.survey_samples import Sample
from crm_desktop.ui.dialogs.survey_sheets import AnswerSheet, AskSheet
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.surveys import SurveysPage
from crm_desktop.ui.shell import Shell


def opened(kind: type[AnswerSheet] | type[AskSheet]) -> list[AnswerSheet | AskSheet]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def test_a_dropped_reply_is_looked_at_and_saved(
    page: CustomersPage, shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    w = page.workspace
    point = ContactPoint("email", "ana@example.org", "ana@example.org")
    ana = w.customers.create(CustomerDraft("Ana Reis", contact_points=(point,)))
    survey = w.surveys.begin(Sample.JOURNEY, "en")
    path, _step = w.surveys.mail(survey, ana)
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    made = EmailMessage()
    made["From"], made["Subject"] = "ana@example.org", f"Re: {mail['Subject']}"
    made.set_content("1. 2\n2. 4\n3. 5\n4. cold rooms\n")
    reply = tmp_path / "reply.eml"
    reply.write_bytes(made.as_bytes())
    shell.open_import([reply])
    qtbot.waitUntil(lambda: bool(opened(AnswerSheet)), timeout=TIMEOUT)
    [sheet] = opened(AnswerSheet)
    assert isinstance(sheet, AnswerSheet)
    assert [one.text() for one in sheet.fields.values()] == ["2", "4", "5", "cold rooms"]
    next(iter(sheet.fields.values())).setText("9")
    sheet.save()
    qtbot.waitUntil(sheet.error.isVisible, timeout=TIMEOUT)
    settle(shell, qtbot)
    next(iter(sheet.fields.values())).setText("2")
    sheet.save()
    qtbot.waitUntil(lambda: not opened(AnswerSheet), timeout=TIMEOUT)
    settle(shell, qtbot)
    assert len(w.cases.of(ana)) == 1
    shell.show_page("surveys")
    found = shell.page("surveys")
    assert isinstance(found, SurveysPage)
    qtbot.waitUntil(lambda: found.panel.number == survey, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert found.count.text() == "1 survey"
    assert found.list.lines.line(0).text == "CSAT 2 of 5 needed · NPS 1 of 5 needed"


def test_a_customer_is_asked_on_paper(page: CustomersPage, shell: Shell, qtbot: QtBot) -> None:
    w = page.workspace
    w.surveys.begin(Sample.SERVICE, "en")
    ana = w.customers.create(CustomerDraft("Ana Reis"))
    shell.show_customer(ana)
    qtbot.waitUntil(
        lambda: page.panel.customer is not None and page.panel.customer.id == ana, timeout=TIMEOUT
    )
    settle(shell, qtbot)
    page.panel.orders.ask.click()
    qtbot.waitUntil(lambda: bool(opened(AskSheet)), timeout=TIMEOUT)
    [sheet] = opened(AskSheet)
    assert isinstance(sheet, AskSheet)
    qtbot.waitUntil(lambda: "recommend us" in sheet.text.toPlainText(), timeout=TIMEOUT)
    settle(shell, qtbot)
    sheet.ask_on_paper()
    qtbot.waitUntil(lambda: not opened(AskSheet), timeout=TIMEOUT)
    settle(shell, qtbot)
    assert [one.asked for one in w.surveys.list()] == [1]
    for dialog in QApplication.topLevelWidgets():
        if type(dialog).__name__ == "PrintPreview":
            qtbot.waitUntil(lambda d=dialog: d.document is not None, timeout=TIMEOUT)  # type: ignore[misc]
            dialog.done(0)  # type: ignore[attr-defined]
    settle(shell, qtbot)
