"""Customers who are there twice: finding them, making one of two, and two again."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.domain.changes import StepId, UndoResult
from crm_desktop.domain.customers import (
    Customer,
    CustomerDraft,
    CustomerId,
    CustomerListQuery,
    CustomerRow,
    PersonalFacts,
)
from crm_desktop.domain.duplicates import (
    CERTAIN,
    FILL,
    Choice,
    Difference,
    Differences,
    Merged,
    MergeId,
    Pair,
)
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _, ngettext
from crm_desktop.services import inputs
from crm_desktop.services.history import HistoryService
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import customers, imports, lists, merging
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.search.find import find

_NOBODY = CustomerId(0)  # who is only being typed; lower than all who are there
_MOST_LIKELY = 5
_MOST_NEAR = 20
_TELLING = 3
_SINGLE = ("name", "organisation", "birthday", "stage", "notes", *PersonalFacts._fields)


class DuplicateService:
    """Finding and merging customers of one archive."""

    def __init__(
        self, archive: Archive, settings: SettingsService, history: HistoryService
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._history = history

    # Finding

    def find(self, job: Job | None = None) -> list[Pair]:
        """The likely pairs of the whole archive, the surest first.

        Raises:
            Cancelled: the user stopped the job.
        """
        from crm_desktop.bridge.matching.duplicates import find_pairs
        from crm_desktop.bridge.matching.own_ids import id_kind

        job = job or Job()
        with self._archive.reading() as c:
            total = lists.count(c, CustomerListQuery())
            return find_pairs(
                imports.match_keys(c, id_kind),
                apart=merging.kept_apart(c),
                progress=lambda done: job.progress(_("Comparing"), done, total),
            )

    def likely(self, draft: CustomerDraft) -> list[CustomerRow]:
        """Customers whom somebody who is being typed may be: at once, the surest first.

        Args:
            draft: as far as it is known; contact points may come as typed.
        """
        from crm_desktop.bridge.matching.duplicates import compare
        from crm_desktop.bridge.matching.match import identity
        from crm_desktop.bridge.matching.merge import draft_of

        country = self._settings.home_country()
        points = tuple(
            inputs.contact_point(p.kind, p.raw[: inputs.LONGEST_LINE], country)
            for p in draft.contact_points
            if p.raw
        )
        who = identity(draft._replace(contact_points=points))
        texts = [point.value for point in points if point.value]
        texts += [draft.name, *(word for word in draft.name.split() if len(word) >= _TELLING)]
        with self._archive.reading() as c:
            near: dict[CustomerId, None] = {}
            for text in texts:
                near |= dict.fromkeys(find(c, text, limit=_MOST_NEAR))
            pairs = [
                pair
                for customer in customers.get_many(c, list(near))
                if (pair := compare(_NOBODY, who, customer.id, identity(draft_of(customer))))
            ]
            pairs.sort(key=lambda pair: -pair.score)
            return lists.rows(c, [pair.other for pair in pairs[:_MOST_LIKELY]])

    def differences(self, one: CustomerId, other: CustomerId) -> Differences:
        """Where two customers say different things, for the owner to choose.

        Raises:
            UserError: one of them is not there.
        """
        first, second = self._both(one, other)
        fields = []
        for name in _SINGLE:
            mine, his = _said(first, name), _said(second, name)
            if mine and his and mine != his:
                fields.append(Difference(name, mine, his))
        custom = {
            name: (value, second.custom[name])
            for name, value in first.custom.items()
            if second.custom.get(name, value) != value
        }
        return Differences(tuple(fields), custom)

    # Merging

    def merge(self, kept: CustomerId, other: CustomerId, choice: Choice = FILL) -> StepId:
        """Make one customer of two: every contact point and all that hangs on either stays.

        Returns:
            The step, for Undo.

        Raises:
            UserError: one of them is not there.
        """
        first, second = self._both(kept, other)
        name = _("Merge {one} and {other}").format(one=first.name, other=second.name)

        def act(c: Connection) -> StepId:
            merging.merge(c, kept, other, choice)
            return steps.current(c)

        return self._archive.write(name, act)

    def merge_certain(
        self, pairs: Sequence[Pair], job: Job | None = None
    ) -> tuple[int, StepId | None]:
        """Merge all pairs that are certain, in one step; of more than two the oldest stays.

        Returns:
            How many customers were taken into others, and the step; None where nobody was.

        Raises:
            Cancelled: the user stopped the job; nothing was merged.
        """
        job = job or Job()
        certain = [pair for pair in pairs if pair.score >= CERTAIN]

        def act(c: Connection) -> tuple[int, StepId | None]:
            into: dict[CustomerId, CustomerId] = {}

            def kept(number: CustomerId) -> CustomerId:
                while number in into:
                    number = into[number]
                return number

            for done, pair in enumerate(certain):
                job.progress(_("Merging"), done, len(certain))
                one, other = sorted((kept(pair.one), kept(pair.other)))
                if one != other:
                    merging.merge(c, one, other)
                    into[other] = one
            return len(into), steps.current(c)

        if not certain:
            return 0, None
        name = ngettext("Merge {n} certain pair", "Merge {n} certain pairs", len(certain))
        return self._archive.write(name.format(n=len(certain)), act)

    def keep_apart(self, one: CustomerId, other: CustomerId) -> StepId:
        """Note that two customers are two; they are not asked for again.

        Returns:
            The step, for Undo.

        Raises:
            UserError: one of them is not there.
        """
        first, second = self._both(one, other)
        name = _("{one} and {other} are two").format(one=first.name, other=second.name)

        def act(c: Connection) -> StepId:
            merging.keep_apart(c, one, other)
            return steps.current(c)

        return self._archive.write(name, act)

    def merged_into(self, customer: CustomerId) -> list[Merged]:
        """Who was merged into a customer, the newest first."""
        with self._archive.reading() as c:
            return merging.of(c, customer)

    def unmerge(self, customer: CustomerId, merge: MergeId) -> UndoResult:
        """Make two customers again of one; what was edited since stays with who was kept.

        Raises:
            UserError: there is no such merge, or it was taken back.
        """
        found = next((m for m in self.merged_into(customer) if m.id == merge), None)
        if found is None:
            raise UserError(_("There is no such merge."))
        if found.step is None:
            raise UserError(_("They were merged in another archive; it cannot be taken back here."))
        return self._history.undo_step(found.step)

    def _both(self, one: CustomerId, other: CustomerId) -> tuple[Customer, Customer]:
        with self._archive.reading() as c:
            found = {customer.id: customer for customer in customers.get_many(c, [one, other])}
        for number in (one, other):
            if number not in found:
                raise UserError(_("There is no customer {number}.").format(number=number))
        if one == other:
            raise UserError(_("That is one customer already."))
        return found[one], found[other]


def _said(customer: Customer, name: str) -> str:
    value = getattr(customer.facts if name in PersonalFacts._fields else customer, name)
    return "" if value in (None, False, 0) else str(value)
