"""One open archive and everything that can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.jobs import Job
from crm_desktop.services.backups import BackupService
from crm_desktop.services.bulk import BulkService
from crm_desktop.services.cases import CaseService
from crm_desktop.services.catalogue import CatalogueService
from crm_desktop.services.consequences import Consequences
from crm_desktop.services.customer_files import CustomerFileService
from crm_desktop.services.customers import CustomerService
from crm_desktop.services.documents import DocumentService
from crm_desktop.services.duplicates import DuplicateService
from crm_desktop.services.exports import ExportService
from crm_desktop.services.fields import FieldService
from crm_desktop.services.filters import FilterService
from crm_desktop.services.gaps import GapService
from crm_desktop.services.handovers import HandOverService
from crm_desktop.services.history import HistoryService
from crm_desktop.services.knowledge import KnowledgeService
from crm_desktop.services.leads import LeadService
from crm_desktop.services.letters import LetterService
from crm_desktop.services.lookup import LookupService
from crm_desktop.services.mail_drafts import MailDrafts
from crm_desktop.services.numbers import NumberService
from crm_desktop.services.opportunities import OpportunityService
from crm_desktop.services.order_papers import OrderPaperService
from crm_desktop.services.order_steps import OrderStepService
from crm_desktop.services.orders import OrderService
from crm_desktop.services.outputs import check_name
from crm_desktop.services.past import PastService
from crm_desktop.services.payments import PaymentService
from crm_desktop.services.pipelines import PipelineService
from crm_desktop.services.processes import ProcessService
from crm_desktop.services.promises import PromiseService
from crm_desktop.services.quotation_mail import QuotationMailService
from crm_desktop.services.quotations import QuotationService
from crm_desktop.services.relations import RelationService
from crm_desktop.services.rules import RuleService
from crm_desktop.services.settings import SettingsService
from crm_desktop.services.surveys import SurveyService
from crm_desktop.services.targets import TargetService
from crm_desktop.services.tasks import TaskService
from crm_desktop.services.timeline import TimelineService
from crm_desktop.services.today import TodayService
from crm_desktop.services.travellers import TravellerService
from crm_desktop.services.views import ViewService
from crm_desktop.store.archive import Archive

if TYPE_CHECKING:
    from crm_desktop.services.imports.memory import SavedMappings
    from crm_desktop.services.imports.service import ImportService

T = TypeVar("T")
_READERS = 2


class Workspace:
    """An open archive, with its use cases as attributes.

    Every method may be called on any thread. Those that change something wait until it is
    committed; a face that must not wait hands them to `submit`.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._closed = False
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="reader")
        self.settings = SettingsService(archive)
        self.customers = CustomerService(archive, self.settings)
        self.relations = RelationService(archive)
        self.cases = CaseService(archive, self.settings)
        self.documents = DocumentService(archive, self.settings)
        self.tasks = TaskService(archive, self.settings)
        self.promises = PromiseService(archive, self.settings, self.tasks)
        self.timeline = TimelineService(archive, self.tasks)
        self.today = TodayService(archive, self.settings, self.tasks)
        self.gaps = GapService(archive, self.settings, self.customers, self.documents)
        self.knowledge = KnowledgeService(archive)
        self.catalogue = CatalogueService(archive, self.settings)
        self.pipelines = PipelineService(archive)
        self.opportunities = OpportunityService(archive, self.settings, self.tasks, self.pipelines)
        self.leads = LeadService(archive, self.settings, self.customers, self.opportunities)
        self.numbers = NumberService(archive)
        self.quotations = QuotationService(archive, self.settings, self.opportunities)
        self.mails = MailDrafts()
        self.orders = OrderService(archive, self.settings, self.quotations)
        self.processes = ProcessService(archive)
        self.order_steps = OrderStepService(archive, self.processes)
        self.rules = RuleService(archive)
        self.consequences = Consequences(archive, self.settings, self.opportunities, self.tasks)
        self.targets = TargetService(archive, self.settings, self.quotations, self.tasks)
        self.travellers = TravellerService(archive, self.settings)
        self.payments = PaymentService(archive, self.settings)
        self.papers = OrderPaperService(
            archive, self.settings, self.orders, self.payments, self.mails
        )
        self.letters = LetterService(archive, self.mails)
        self.quotation_mails = QuotationMailService(self.quotations, self.mails)
        self.surveys = SurveyService(archive, self.settings, self.mails)
        self.lookup = LookupService(
            *(archive, self.settings, self.customers, self.tasks, self.cases),
            *(self.promises, self.knowledge),
        )
        self.history = HistoryService(archive)
        self.past = PastService(archive, self.settings)
        self.duplicates = DuplicateService(archive, self.settings, self.history)
        self.backups = BackupService(archive)
        self.files = CustomerFileService(archive, self.settings)
        self.handovers = HandOverService(archive, self.settings)
        self.fields = FieldService(archive, self.settings)
        self.exports = ExportService(archive)
        self.filters = FilterService(archive)
        self.bulk = BulkService(archive, self.settings)
        self.views = ViewService(archive)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        create: bool = False,
        read_only: bool = False,
        data_dir: Path | None = None,
        job: Job | None = None,
    ) -> Workspace:
        """Open an archive.

        Args:
            path: the `.crm` file.
            create: make it where it is missing.
            read_only: only read; another program may be writing meanwhile.
            data_dir: folder for the program's own data (backups); None for the platform's.
            job: to report to, should the archive have to be brought up to date.

        Raises:
            UserError: missing, not an archive, or a new one of a name that no file can have.
            EnvironmentProblem: in use, too new, damaged, not writable.
        """
        if create:
            check_name(path)
        return cls(
            Archive.open(path, create=create, read_only=read_only, data_dir=data_dir, job=job)
        )

    @cached_property
    def imports(self) -> ImportService:
        """Takes files in. Late: the bridge takes 0.1 s that the first picture need not wait."""
        from crm_desktop.services.imports.service import ImportService

        return ImportService(self._archive, self.settings)

    def get_ready_to_import(self) -> None:
        """Have a process wait for the next file; on a thread that may take 0.2 s."""
        self.imports.get_ready()
        if self._closed:  # meanwhile
            self.imports.close()

    @cached_property
    def mappings(self) -> SavedMappings:
        """Mappings of columns that were saved under a name."""
        from crm_desktop.services.imports.memory import SavedMappings

        return SavedMappings(self._archive)

    @property
    def path(self) -> Path:
        """The archive's file."""
        return self._archive.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self._archive.read_only

    def submit(self, fn: Callable[[], T], *, origin: object = None) -> Future[T]:
        """Run something on the writer's thread, behind what waits there already.

        Args:
            fn: calls use cases; each is committed by itself.
            origin: comes back in `Changes.origin`, so that its sender knows his own work.
        """
        return self._archive.submit(fn, started_by=origin)

    def read(self, fn: Callable[[], T]) -> Future[T]:
        """Run something that only reads on a reader's thread."""
        return self._readers.submit(fn)

    def interrupt_reads(self) -> None:
        """Stop the queries that run at this moment; whoever waits for one gets `Cancelled`."""
        self._archive.interrupt()

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Be told of every committed step, on the writer's thread; returns how to end it."""
        return self._archive.subscribe(listener)

    def close(self, *, backup: bool = True) -> None:
        """Close the archive; with a verified copy where something changed.

        Raises:
            EnvironmentProblem: the copy could not be made; the archive is closed all the same.
        """
        self._closed = True
        if "imports" in vars(self):
            self.imports.close()
        self._readers.shutdown(cancel_futures=True)
        self.documents.close()
        self.mails.close()
        self._archive.close(backup=backup)

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
