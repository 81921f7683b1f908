"""The pictures of surveys in the guide: what was asked, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.i18n import language
from crm_desktop.services.survey_samples import Sample
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.dialogs.survey_sheets import AnswerSheet, AskSheet
from crm_desktop.ui.pages.surveys import SurveysPage
from crm_desktop.ui.shell import Shell

Settle = Callable[[Callable[[], bool]], None]
_SAID = (
    (5, 5, 10, "Nothing, it was lovely"),
    (4, 5, 9, ""),
    (2, 1, 4, "The guide came too late"),
    (5, 4, 8, "More time on the islands"),
    (4, 4, 9, ""),
    (3, 5, 7, "Quieter rooms"),
)
_NAMES = ("Ana Sofia Martins", "Rui Martins", "Marta Nogueira", "João Pires", "Eva Reis", "Inês Sá")


def fill(w: Workspace) -> None:
    """A survey with answers of six."""
    if w.surveys.list():
        return
    survey = w.surveys.begin(Sample.JOURNEY, language())
    asked = [one.id for one in w.surveys.get(survey).asked]
    for name, said in zip(_NAMES, _SAID, strict=True):
        whom = w.customers.create(CustomerDraft(name))
        typed = {n: str(v) for n, v in zip(asked, said, strict=True) if n is not None}
        w.surveys.answer(survey, whom, typed)


def scenes(shell: Shell, settle: Settle) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    """Each picture by its name, the window being as it is to be taken."""
    assert shell.session is not None
    w = shell.session.workspace
    fill(w)
    shell.show_page("surveys")
    page = shell.page("surveys")
    assert isinstance(page, SurveysPage)
    settle(lambda: page.panel.number is not None and not shell.operations.busy)
    yield "surveys", shell.grab
    bar = page.panel.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    yield "surveys-answers", shell.grab
    assert page.panel.shown is not None
    AnswerSheet(page, page.panel.shown.whole).open()
    yield "survey-answer", _sheet(page, settle).grab
    _sheet(page, settle).done(0)
    settle(lambda: not _open(page))
    [row] = w.customers.search(_NAMES[0])[:1]
    AskSheet(page, (row.id, row.name)).open()
    sheet = _sheet(page, settle)
    assert isinstance(sheet, AskSheet)
    settle(sheet.mail.isEnabled)
    yield "survey-ask", sheet.grab
    sheet.done(0)
    settle(lambda: not _open(page))


def _open(page: SurveysPage) -> list[QDialog]:
    return [one for one in page.findChildren(QDialog) if one.isVisible()]


def _sheet(page: SurveysPage, settle: Settle) -> QDialog:
    settle(lambda: bool(_open(page)))
    QApplication.processEvents()
    return _open(page)[0]


def guide_scenes(
    shell: Shell, folder: Path, settle: Settle
) -> Iterator[tuple[str, Callable[[], QPixmap]]]:
    """The guide's pictures, in a firm of its own."""
    archive = folder / "Viagens Aurora surveys.crm"
    with Workspace.open(archive, create=True, data_dir=folder / "surveys-data") as workspace:
        workspace.settings.set_home_country("PT")
        workspace.close(backup=False)
    before = shell.session
    shell.open_archive(archive)
    settle(lambda: shell.session not in (None, before) and not shell.operations.busy)
    for name, take in scenes(shell, settle):
        if name.startswith("survey-"):
            yield name, take
            continue
        page = shell.page("surveys")
        assert page is not None
        box = QRect(page.mapTo(shell, QPoint(0, 0)), page.size())
        yield name, lambda box=box: shell.grab(box)  # type: ignore[misc]
