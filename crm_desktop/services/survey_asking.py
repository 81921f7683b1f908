"""Asking by surveys: by e-mail and on paper."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.orders import OrderId
from crm_desktop.domain.surveys import (
    Request,
    RequestId,
    SurveyId,
    Way,
    make_code,
)
from crm_desktop.i18n import _
from crm_desktop.services.customer_files import PdfFile
from crm_desktop.services.mail_drafts import file_name
from crm_desktop.services.survey_making import SurveyMaking, known
from crm_desktop.services.survey_samples import prompts
from crm_desktop.store import surveys as rows
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import REQUESTS

if TYPE_CHECKING:
    from crm_desktop.reports.survey_form import PrintedSurvey


class SurveyAsking(SurveyMaking):
    """Whom the surveys of one archive ask. Each change is one step that can be undone."""

    # Asking

    def mail(
        self, survey: SurveyId, customer: CustomerId, order: OrderId | None = None
    ) -> tuple[Path, StepId]:
        """Ask a customer by e-mail: a message to be looked at and sent.

        Raises:
            UserError: the survey asks nothing, or there is no such customer.
            EnvironmentProblem: there is no room for it.
        """
        from crm_desktop.reports.mail import survey_mail

        printed = self._printed(survey, customer, "")
        request, step = self._ask(printed, order, Way.EMAIL)
        printed = replace(printed, code=request.code)
        name = file_name(request.code, printed.survey.title, "survey")
        return self._mails.write(name, survey_mail(printed)), step

    def paper(
        self, survey: SurveyId, customer: CustomerId, order: OrderId | None = None
    ) -> RequestId:
        """Note that a customer is asked on paper; `form` draws it.

        Raises:
            UserError: as `mail`.
        """
        printed = self._printed(survey, customer, "")
        return known(self._ask(printed, order, Way.PAPER)[0].id)

    def form(self, number: RequestId) -> PdfFile:
        """The form of a request.

        Raises:
            UserError: it is not there any more.
        """
        from crm_desktop.reports.survey_form import missing_in, survey_pdf

        with self._archive.reading() as c:
            request = REQUESTS.get(c, number)
        if request is None:
            raise UserError(_("This request is not there any more."))
        printed = self._printed(request.survey_id, request.customer_id, request.code)
        return PdfFile(survey_pdf(printed), missing_in(printed))

    def preview(self, survey: SurveyId, customer: CustomerId) -> str:
        """The message's text as it will be, before anything is noted."""
        import email
        import email.policy

        from crm_desktop.reports.mail import survey_mail

        data = survey_mail(self._printed(survey, customer, "S-…"))
        message = email.message_from_bytes(data, policy=email.policy.default)
        return str(message.get_content())

    def _ask(
        self, printed: PrintedSurvey, order: OrderId | None, way: Way
    ) -> tuple[Request, StepId]:
        if not printed.questions:
            raise UserError(_("This survey asks nothing yet. Add a question first."))

        def act(c: Connection) -> tuple[Request, StepId]:
            code = make_code(secrets.choice)
            while rows.by_code(c, code) is not None:
                code = make_code(secrets.choice)
            made = Request(
                printed.customer.id, known(printed.survey.id), code, way, datetime.now(UTC), order
            )
            return replace(made, id=RequestId(REQUESTS.insert(c, made))), steps.current(c)

        name = _("Ask {name} for satisfaction").format(name=printed.customer.name)
        return self._archive.write(name, act)

    def _printed(self, survey: SurveyId, customer: CustomerId, code: str) -> PrintedSurvey:
        from crm_desktop.reports.survey_form import PrintedSurvey

        whole = self.get(survey)
        return PrintedSurvey(
            whole.survey,
            whole.asked,
            prompts(whole.survey, whole.asked),
            code,
            self._customer(customer),
            self._settings.firm(),
            date.today(),
            self._settings.home_country(),
        )
