"""Customers of any kind, with whatever may hang on them, for hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

from hypothesis import strategies as st

from crm_desktop.domain.articles import Article, LinkedArticle
from crm_desktop.domain.cases import Case, CaseKind, CaseStatus, Severity
from crm_desktop.domain.catalogue import Price, Product, ProductKind, ToldProduct
from crm_desktop.domain.customers import (
    NO_FACTS,
    Address,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    PersonalFacts,
)
from crm_desktop.domain.dossiers import Records
from crm_desktop.domain.exchange import FirmTask, Head
from crm_desktop.domain.fields import CustomField, FieldKind
from crm_desktop.domain.filters import Condition, Group
from crm_desktop.domain.leads import Lead, LeadStatus
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.lists import ListColumn, SavedView
from crm_desktop.domain.money import MOST
from crm_desktop.domain.numbers import GivenNumber
from crm_desktop.domain.opportunities import (
    Opportunity,
    Outcome,
    PipelineStage,
    PipelineStageId,
    ToldOpportunity,
    ToldPipeline,
)
from crm_desktop.domain.pricing import Taxes
from crm_desktop.domain.processes import (
    DueFrom,
    Effect,
    EffectKind,
    NeedKind,
    Paid,
    Process,
    ProcessStep,
    StepNeed,
    WholeProcess,
    written_effects,
    written_needs,
)
from crm_desktop.domain.promises import Promise, Side
from crm_desktop.domain.quotations import (
    Quotation,
    QuotationLine,
    QuotationStatus,
    ToldLine,
    ToldQuotation,
)
from crm_desktop.domain.relations import OwnRelationKind
from crm_desktop.domain.rules import Event, Rule
from crm_desktop.domain.targets import Measure, Span, Target
from crm_desktop.domain.tasks import Priority, Task
from crm_desktop.store import articles, catalogue, heads
from crm_desktop.store.engine import Connection

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=12
).filter(str.strip)
NAME = TEXT.filter(lambda t: any(c.isalnum() for c in t))
POINTS = st.lists(
    st.tuples(
        st.sampled_from(["phone", "email", "im"]),
        st.sampled_from(
            ["912 345 678", "+44 20 7946 0958", "x@Example.org", "no address", "微信号"]
        ),
        st.sampled_from(["", "work", "传真"]),
        st.booleans(),
    ).map(lambda p: ContactPoint(p[0], p[1], None, p[2], do_not_use=p[3])),
    max_size=3,
).map(tuple)
ADDRESSES = st.lists(
    st.tuples(TEXT, TEXT, TEXT, st.booleans()).map(
        lambda a: Address(a[0], "", a[1], "", a[2], do_not_use=a[3])
    ),
    max_size=2,
).map(tuple)
FIRMS = st.sampled_from(["Mar Alto", "MAR ALTO", "Évora Tours", "上海东方"])
DRAFTS = st.tuples(
    NAME | FIRMS,
    st.sampled_from(["person", "organisation"]),
    st.sampled_from(["potential", "prospect", "customer", "former"]),
    st.sampled_from(["1980-05-31", "--02-29", None]),
    st.just("") | TEXT,
    POINTS,
    ADDRESSES,
    st.lists(NAME, max_size=2).map(tuple),
    st.dictionaries(NAME, TEXT, max_size=2).map(lambda d: tuple(d.items())),
    st.just("") | FIRMS,
    st.just(NO_FACTS)
    | st.builds(
        PersonalFacts,
        title=st.sampled_from(["", "Dr."]),
        language=st.sampled_from(["", "pt"]),
        source=st.just("") | NAME,
        rating=st.integers(0, 5),
        preferences=st.just("") | NAME,
        deceased=st.booleans(),
        do_not_contact=st.booleans(),
    ),
).map(
    lambda d: CustomerDraft(
        name=d[0],
        kind=d[1],
        stage=d[2],
        birthday=d[3],
        notes=d[4],
        contact_points=d[5],
        addresses=d[6],
        tags=d[7],
        custom=d[8],
        organisation=d[9],
        facts=d[10],
    )
)


MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)).map(
    lambda t: t.replace(microsecond=t.microsecond // 1000 * 1000, tzinfo=UTC)
)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1))
NOBODY = st.just(CustomerId(0))
TASK = st.builds(
    Task,
    title=NAME,
    notes=st.just("") | TEXT,
    due_on=st.dates(),
    due_time=st.none() | st.just(time(15, 30)),
    repeat=st.sampled_from(["", "FREQ=WEEKLY"]),
    priority=st.sampled_from(Priority),
    created_at=MOMENTS,
    done_at=st.none() | MOMENTS,
)
CASE = st.builds(
    Case,
    customer_id=NOBODY,
    subject=NAME,
    kind=st.sampled_from(CaseKind),
    severity=st.sampled_from(Severity),
    status=st.sampled_from(CaseStatus),
    promised_on=DAYS,
    satisfaction=st.none() | st.integers(1, 5),
    opened_at=MOMENTS,
)
PROMISE = st.builds(
    Promise,
    customer_id=NOBODY,
    side=st.sampled_from(Side),
    text=NAME,
    due_on=DAYS,
    created_at=MOMENTS,
    kept_at=st.none() | MOMENTS,
)
_LEAD = st.builds(
    Lead,
    name=st.just("") | NAME,
    email=st.sampled_from(["", "ana@example.org"]),
    message=st.just("") | TEXT,
    status=st.sampled_from(LeadStatus),
    received_at=MOMENTS,
    decided_at=st.none() | MOMENTS,
)
RECORDS = st.tuples(*(st.lists(kind, max_size=2) for kind in (TASK, CASE, PROMISE, _LEAD))).map(
    lambda lists: Records((), *lists)
)
_WAYS = ("Sale", "Job")
_STAGE_NAMES = ("New", "Won", "Lost")
_PLACES = st.tuples(st.sampled_from(_WAYS), st.sampled_from(_STAGE_NAMES))
OPPORTUNITY = st.builds(
    ToldOpportunity,
    st.builds(
        Opportunity,
        title=NAME,
        customer_id=NOBODY,
        stage_id=st.just(PipelineStageId(0)),
        owner=st.just("") | NAME,
        amount=st.none() | st.integers(0, MOST),
        currency=st.just("EUR"),
        closes_on=DAYS,
        lost_reason=st.just("") | NAME,
        entered_at=MOMENTS,
        created_at=MOMENTS,
        updated_at=MOMENTS,
    ),
    _PLACES,
    st.lists(st.tuples(st.none() | _PLACES, MOMENTS), max_size=2),
)


_RATES = st.integers(0, 100_000)
_LINE = st.builds(
    QuotationLine,
    NAME,
    kind=st.sampled_from(LineKind),
    chosen=st.booleans(),
    details=st.just("") | TEXT,
    quantity=st.decimals(Decimal("0.001"), 1000, places=3),
    unit=st.just("") | TEXT,
    price=st.integers(0, 10**12),
    discount_percent=_RATES,
    discount_amount=st.integers(0, 1000),
    tax_rate=_RATES,
)
QUOTATION = st.builds(
    ToldQuotation,
    st.builds(
        Quotation,
        title=NAME,
        customer_id=NOBODY,
        currency=st.sampled_from(["EUR", "JPY", "KWD"]),
        version=st.integers(1, 3),
        taxes=st.sampled_from(Taxes),
        discount_percent=_RATES,
        discount_amount=st.integers(0, 1000),
        rounding=st.integers(1, 100),
        language=st.sampled_from(["en", "zh_CN", "pt"]),
        valid_until=DAYS,
        terms=st.just("") | TEXT,
        reason=st.just("") | TEXT,
        created_at=MOMENTS,
        updated_at=MOMENTS,
        issued_at=st.none() | MOMENTS,
        decided_at=st.none() | MOMENTS,
    ),
    st.lists(st.builds(ToldLine, _LINE), max_size=3),
)


def quotations(number: int, sold: int) -> st.SearchStrategy[list[ToldQuotation]]:
    """A customer's: those with a number have one that is nobody else's."""

    def numbered(drawn: list[tuple[ToldQuotation, bool]]) -> list[ToldQuotation]:
        found = []
        for place, (told, issued) in enumerate(drawn):
            one = told.quotation
            if issued:
                one = replace(one, number=f"Q-{number}-{place}", status=QuotationStatus.REPLACED)
            earlier = place - 1 if place and issued else None
            found.append(told._replace(quotation=one, earlier=earlier,
                                       opportunity=0 if sold and issued else None))  # fmt: skip
        return found

    return st.lists(st.tuples(QUOTATION, st.booleans()), max_size=2).map(numbered)


_KEYS = st.sampled_from(["name", "city", "custom:Own"])
_CONDITIONS = st.builds(
    Condition,
    _KEYS,
    st.sampled_from(["is", "filled", "of a newer version"]),
    st.lists(TEXT, max_size=2).map(tuple),
)
_GROUPS = st.recursive(
    st.builds(Group, st.lists(_CONDITIONS, max_size=2).map(tuple), st.booleans()),
    lambda inner: st.builds(Group, st.lists(inner, max_size=2).map(tuple), st.booleans()),
    max_leaves=3,
)
_VIEW = st.builds(
    SavedView,
    name=NAME,
    icon=st.sampled_from(["", "star"]),
    filter=_GROUPS,
    columns=st.lists(_KEYS, unique=True).map(
        lambda keys: (ListColumn("name"), *(ListColumn(k, 90) for k in keys if k != "name"))
    ),
    sort=st.just("") | _KEYS,
    descending=st.just(False),
    pinned=st.booleans(),
)
_AMOUNT = st.integers(0, 10**12)
_CURRENCY = st.sampled_from(["EUR", "JPY", "KWD"])
_PRICE = st.builds(
    Price,
    _CURRENCY,
    _AMOUNT,
    valid_from=st.none() | st.dates(date(1990, 1, 1), date(2020, 1, 1)),
    valid_to=st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    product_id=st.none(),
    id=st.none(),
)
_PATH = st.lists(NAME, max_size=3).map(tuple)
_PRODUCT = st.builds(
    Product,
    NAME,
    st.sampled_from(ProductKind),
    st.just("") | NAME,
    category_id=st.none(),
    unit=st.just("") | TEXT,
    description=st.just("") | TEXT,
    notes=st.just("") | TEXT,
    cost=_AMOUNT,
    cost_currency=_CURRENCY,
    tax_rate=st.none() | st.integers(0, 100_000),
    offered=st.booleans(),
    created_at=MOMENTS,
    updated_at=MOMENTS,
    deleted_at=st.none() | MOMENTS,
    id=st.none(),
)
_NEEDS = st.lists(
    st.builds(StepNeed, st.just(NeedKind.DOCUMENT), NAME, st.integers(0, 12))
    | st.builds(StepNeed, st.just(NeedKind.PAYMENT), st.sampled_from(Paid), st.just(0)),
    max_size=2,
).map(written_needs)
_EFFECTS = st.lists(
    st.builds(
        Effect, st.just(EffectKind.TASK), NAME, st.just(""), st.integers(0, 9), st.booleans()
    ),
    max_size=1,
).map(written_effects)
STEP = {
    "name": NAME,
    "details": st.just("") | TEXT,
    "owner": st.just("") | NAME,
    "due_from": st.sampled_from(DueFrom),
    "due_days": st.integers(-99, 99),
    "needs": _NEEDS,
    "effects": _EFFECTS,
    "position": st.just(0),
}
"""What any step may say."""
_RULE = st.builds(
    Rule,
    st.sampled_from(Event),
    st.sampled_from([EffectKind.TASK, EffectKind.WARNING]),
    NAME,
    about=st.just("") | NAME,
    months=st.integers(0, 12),
    text=st.just(""),
    days=st.integers(0, 99),
    working=st.booleans(),
    owner=st.just("") | NAME,
    is_on=st.booleans(),
    ready=st.sampled_from(["", "call_lead", "passport"]),
    position=st.just(0),
    id=st.none(),
)
HEADS = st.builds(
    Head,
    settings=st.dictionaries(NAME, TEXT, max_size=2),
    fields=st.just((CustomField("Own", FieldKind.NUMBER, heading="Group"),)),
    relation_kinds=st.lists(
        st.builds(OwnRelationKind, NAME, st.just("") | TEXT), max_size=2, unique_by=lambda k: k.name
    ),
    tags=st.dictionaries(NAME, st.sampled_from(["", "red"]), max_size=2),
    views=st.lists(_VIEW, max_size=2, unique_by=lambda view: view.name),
    tasks=st.lists(st.builds(FirmTask, TASK, st.none(), st.none()), max_size=2),
    articles=st.lists(
        st.builds(
            LinkedArticle,
            st.builds(Article, NAME, TEXT, TEXT, created_at=MOMENTS, updated_at=MOMENTS),
            customers=st.just(()),
        ),
        max_size=2,
        unique_by=lambda linked: linked.article.title,
    ),
    pipelines=st.lists(
        st.builds(
            ToldPipeline,
            st.sampled_from(_WAYS),
            st.lists(
                st.builds(
                    PipelineStage,
                    st.sampled_from(_STAGE_NAMES),
                    outcome=st.sampled_from(Outcome),
                    probability=st.integers(0, 100),
                    most_days=st.none() | st.integers(1, 90),
                    needs=st.sampled_from(["", "amount", "owner next_step"]),
                ),
                max_size=3,
                unique_by=lambda stage: stage.name,
            ),
        ),
        max_size=2,
        unique_by=lambda pipeline: pipeline.name,
    ),
    leads=st.lists(_LEAD, max_size=2),
    numbers=st.lists(
        st.builds(
            GivenNumber,
            st.sampled_from(["quotation", "order"]),
            st.sampled_from(["", "2026"]),
            st.integers(0, 99),
            NAME,
            MOMENTS,
        ),
        max_size=2,
    ),
    processes=st.lists(
        st.builds(
            WholeProcess,
            st.builds(Process, NAME, st.just(0), st.none()),
            st.lists(
                st.builds(ProcessStep, **STEP, process_id=st.none(), id=st.none()), max_size=2
            ),
        ),
        max_size=2,
        unique_by=lambda whole: whole.process.name,
    ),
    rules=st.lists(_RULE, max_size=2, unique_by=lambda rule: rule.ready),
    surveys=st.just(()),
    targets=st.lists(
        st.builds(
            Target,
            st.sampled_from(Measure),
            st.just(Span.YEAR),
            st.sampled_from([date(2025, 1, 1), date(2026, 1, 1)]),
            st.integers(0, 10**12),
            st.just("") | NAME,
            st.sampled_from(["", "EUR"]),
            st.none(),
        ),
        max_size=2,
        unique_by=lambda one: (one.owner, one.measure, one.first),
    ),
    categories=st.lists(_PATH.filter(len), max_size=2),
    products=st.lists(
        st.builds(
            ToldProduct, _PRODUCT, _PATH, st.lists(_PRICE, max_size=2), suppliers=st.just(())
        ),
        max_size=2,
    ),
)
"""What an archive may hold beside its customers."""


def put_head(connection: Connection, head: Head) -> None:
    """Write all of it into an archive."""
    heads.take_in(connection, head, with_settings=True)
    for article, customers in head.articles:
        articles.take_in(connection, article, [CustomerId(n) for n in customers])
    for product in head.products:
        catalogue.take_in(connection, product, ())
