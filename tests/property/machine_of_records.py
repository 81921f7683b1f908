"""Rules that change what is done for customers: tasks, cases, promises, entries, documents."""

from __future__ import annotations

from datetime import date, timedelta

from archive_machine import PICK, ArchiveMachine
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from machine_of_customers import some

from crm_desktop.domain.articles import ArticleId
from crm_desktop.domain.cases import CaseId, CaseStatus
from crm_desktop.domain.catalogue import PriceId, ProductId
from crm_desktop.domain.customers import CustomerId, InteractionId, InteractionKind
from crm_desktop.domain.documents import DocumentId
from crm_desktop.domain.promises import PromiseId, Side
from crm_desktop.domain.tasks import Task, TaskId

SAID = st.sampled_from(["one", "dois", "三", "<b>x</b>", "🎈"])
ENTRY_KIND = st.sampled_from(list(InteractionKind))
CONTENTS = {"a": b"a", "b": b"b", "long": b"\0" * 9_000}
CONTENT = st.sampled_from(sorted(CONTENTS))
WEEK = timedelta(days=7)


class RecordRules(ArchiveMachine):
    """What is done for customers."""

    # The timeline

    @precondition(some)
    @rule(who=PICK, kind=ENTRY_KIND, text=SAID, follow_up=st.booleans())
    def log(self, who: int, kind: InteractionKind, text: str, follow_up: bool) -> None:
        number = self.customer(who)
        logged = self.do(
            lambda: self.w.timeline.log(number, kind, text, follow_up="ring" if follow_up else ""),
            lambda logged: self._logged(number, kind, text, logged.entry, logged.task),
        )
        assert (logged.task is not None) == follow_up

    def _logged(
        self, number: int, kind: InteractionKind, text: str, entry: int, task: int | None
    ) -> None:
        row = {"customer": number, "kind": kind.value, "text": text, "pinned": False}
        self.m.insert("entry", row, entry)
        if task is not None:
            self._task(task, number, "ring", None, "", entry)

    @precondition(lambda self: self.m.tables["entry"])
    @rule(which=PICK, text=SAID)
    def edit_entry(self, which: int, text: str) -> None:
        key = InteractionId(self.nth("entry", which))
        self.do(
            lambda: self.w.timeline.edit(key, text),
            lambda _step: self.m.change("entry", key, text=text),
        )

    @precondition(lambda self: self.m.tables["entry"])
    @rule(which=PICK, pinned=st.booleans())
    def pin_entry(self, which: int, pinned: bool) -> None:
        key = InteractionId(self.nth("entry", which))
        self.do(
            lambda: self.w.timeline.pin(key, pinned=pinned),
            lambda _step: self.m.change("entry", key, pinned=pinned),
        )

    @precondition(lambda self: self.m.tables["entry"])
    @rule(which=PICK)
    def delete_entry(self, which: int) -> None:
        key = InteractionId(self.nth("entry", which))
        self.do(lambda: self.w.timeline.delete(key), lambda _step: self.m.drop("entry", key))

    # Tasks

    def _task(
        self,
        key: int,
        number: int | None,
        title: str,
        due: date | None,
        repeat: str,
        entry: int | None = None,
    ) -> None:
        row = {"customer": number, "title": title, "due": due, "repeat": repeat}
        self.m.insert("task", row | {"entry": entry, "done": None}, key)

    @rule(who=PICK, title=SAID, firms_own=st.booleans(), repeat=st.booleans())
    def add_task(self, who: int, title: str, firms_own: bool, repeat: bool) -> None:
        number = None if firms_own else self.customer(who) or None
        due = date.today() if repeat else None
        rule_of = "FREQ=WEEKLY" if repeat else ""
        self.do(
            lambda: self.w.tasks.create(Task(title, number, due_on=due, repeat=rule_of)),
            lambda made: self._task(made[0], number, title, due, rule_of),
        )

    @precondition(lambda self: self.m.tables["task"])
    @rule(which=PICK, title=SAID)
    def change_task(self, which: int, title: str) -> None:
        key = TaskId(self.nth("task", which))
        task = self.w.tasks.get(key)
        self.do(
            lambda: self.w.tasks.change(
                Task(title, task.customer_id, due_on=task.due_on, repeat=task.repeat, id=key)
            ),
            lambda _step: self.m.change("task", key, title=title),
        )

    @precondition(lambda self: self.m.tables["task"])
    @rule(which=PICK)
    def tick_or_untick(self, which: int) -> None:
        """One that repeats makes its next occurrence; opened again, it takes that away."""
        key = TaskId(self.nth("task", which))
        row = self.m.tables["task"][key]
        following = {
            name: row[name] for name in ("customer", "title", "repeat")
        } | {"due": row["due"] and row["due"] + WEEK, "done": None}  # fmt: skip
        if row["done"] is None:
            token = self.moment()
            self.do(
                lambda: self.w.tasks.tick([key]),
                lambda _step: self._ticked(key, token, following),
            )
        else:
            self.do(
                lambda: self.w.tasks.untick([key]), lambda _step: self._unticked(key, following)
            )

    def _ticked(self, key: int, token: int, following: dict[str, object]) -> None:
        self.m.change("task", key, done=token)
        if following["repeat"]:
            tasks = self.w.tasks
            owner = following["customer"]
            if owner is None:
                listed = [t.task for page in tasks.first_pages().heads.values() for t in page]
            else:
                listed = tasks.of(CustomerId(owner))
            made = max(task.id or 0 for task in listed)
            self.m.insert("task", following | {"entry": None}, made)

    def _unticked(self, key: int, following: dict[str, object]) -> None:
        self.m.change("task", key, done=None)
        if following["repeat"]:
            later = [n for n, _row in self.m.rows("task", **following) if n > key]
            for number in later[:1]:
                self.m.drop("task", number)

    @precondition(lambda self: self.m.tables["task"])
    @rule(which=PICK)
    def delete_task(self, which: int) -> None:
        key = TaskId(self.nth("task", which))
        self.do(lambda: self.w.tasks.delete([key]), lambda _step: self.m.drop("task", key))

    # Cases and promises

    @precondition(some)
    @rule(who=PICK, subject=SAID)
    def begin_case(self, who: int, subject: str) -> None:
        number = self.customer(who)
        row = {"subject": subject, "severity": 2, "status": "open", "resolved": None}
        self.do(
            lambda: self.w.cases.begin(number, subject),
            lambda key: self.m.insert("case", {"customer": number, **row}, key),
        )

    @precondition(lambda self: self.m.tables["case"])
    @rule(which=PICK, status=st.sampled_from(CaseStatus))
    def move_case(self, which: int, status: CaseStatus) -> None:
        key = CaseId(self.nth("case", which))
        was = self.m.tables["case"][key]["resolved"]
        resolved = (was or self.moment()) if status is CaseStatus.RESOLVED else None
        self.do(
            lambda: self.w.cases.update(key, "status", status.value),
            lambda _step: self.m.change("case", key, status=status.value, resolved=resolved),
        )

    @precondition(lambda self: self.m.tables["case"])
    @rule(which=PICK, severity=st.sampled_from([1, 3]), remove=st.booleans())
    def weigh_or_remove_case(self, which: int, severity: int, remove: bool) -> None:
        key = CaseId(self.nth("case", which))
        if remove:
            self.do(lambda: self.w.cases.remove(key), lambda _step: self.m.drop("case", key))
        else:
            self.do(
                lambda: self.w.cases.update(key, "severity", str(severity)),
                lambda _step: self.m.change("case", key, severity=severity),
            )

    @precondition(some)
    @rule(who=PICK, text=SAID)
    def promise(self, who: int, text: str) -> None:
        number = self.customer(who)
        self.do(
            lambda: self.w.promises.add(number, Side.WE, text),
            lambda key: self.m.insert(
                "promise", {"customer": number, "text": text, "kept": None}, key
            ),
        )

    @precondition(lambda self: self.m.tables["promise"])
    @rule(which=PICK, end=st.sampled_from(["keep", "remove", "change"]), text=SAID)
    def settle_promise(self, which: int, end: str, text: str) -> None:
        key, token = PromiseId(self.nth("promise", which)), self.moment()
        if end == "keep":
            self.do(
                lambda: self.w.promises.keep(key),
                lambda _step: self.m.change("promise", key, kept=token),
            )
        elif end == "remove":
            self.do(lambda: self.w.promises.remove(key), lambda _step: self.m.drop("promise", key))
        else:
            self.do(
                lambda: self.w.promises.update(key, "text", text),
                lambda _none: self.m.change("promise", key, text=text),
            )

    # Documents

    @precondition(some)
    @rule(who=PICK, name=SAID, word=CONTENT)
    def add_document(self, who: int, name: str, word: str) -> None:
        number, content = self.customer(who), CONTENTS[word]

        def changed(key: int) -> None:
            self.m.insert("document", {"customer": number, "name": name}, key)
            self.m.insert("version", {"document": key, "content": content})

        self.do(
            lambda: self.w.documents.add(number, content, file_name="a.txt", name=name), changed
        )

    @precondition(lambda self: self.m.tables["document"])
    @rule(which=PICK, name=SAID, word=CONTENT, end=st.sampled_from(["name", "new", "remove"]))
    def change_document(self, which: int, name: str, word: str, end: str) -> None:
        key, content = DocumentId(self.nth("document", which)), CONTENTS[word]
        versions = [row["content"] for _k, row in self.m.rows("version", document=key)]
        if end == "name":
            self.do(
                lambda: self.w.documents.rename(key, name),
                lambda _none: self.m.change("document", key, name=name),
            )
        elif end == "remove":
            self.do(
                lambda: self.w.documents.remove(key),
                lambda _step: self.m.drop("document", key),
            )
        elif versions[-1] != content:
            self.do(
                lambda: self.w.documents.replace(key, content, file_name="b.txt"),
                lambda _step: self.m.insert("version", {"document": key, "content": content}),
            )

    # Articles

    @precondition(lambda self: len(self.m.tables["article"]) < 3)
    @rule(title=SAID)
    def write_article(self, title: str) -> None:
        self.do(
            lambda: self.w.knowledge.create(title),
            lambda key: self.m.insert("article", {"title": title, "text": ""}, key),
        )

    @precondition(lambda self: self.m.tables["article"])
    @rule(which=PICK, text=SAID)
    def edit_article(self, which: int, text: str) -> None:
        key = ArticleId(self.nth("article", which))
        self.do(
            lambda: self.w.knowledge.update(key, "text", text),
            lambda _none: self.m.change("article", key, text=text),
        )

    @precondition(lambda self: self.m.tables["article"])
    @rule(which=PICK, who=PICK)
    def link_article(self, which: int, who: int) -> None:
        key, number = ArticleId(self.nth("article", which)), self.customer(who)
        if not number:
            return
        known = next((k for k, _r in self.m.rows("link", article=key, customer=number)), None)
        if known is None:
            self.do(
                lambda: self.w.knowledge.link(key, number),
                lambda _step: self.m.insert("link", {"article": key, "customer": number}),
            )
        else:
            self.do(
                lambda: self.w.knowledge.unlink(key, number),
                lambda _step: self.m.drop("link", known),
            )

    @precondition(lambda self: self.m.tables["article"])
    @rule(which=PICK)
    def delete_article(self, which: int) -> None:
        key = ArticleId(self.nth("article", which))
        self.do(lambda: self.w.knowledge.delete(key), lambda _step: self.m.drop("article", key))

    # The catalogue

    @precondition(lambda self: len(self.m.tables["product"]) < 3)
    @rule(name=SAID)
    def add_product(self, name: str) -> None:
        row = {"name": name, "notes": "", "trash": None}
        self.do(
            lambda: self.w.catalogue.create(name), lambda key: self.m.insert("product", row, key)
        )

    @precondition(lambda self: self.products())
    @rule(which=PICK, text=SAID)
    def note_of_product(self, which: int, text: str) -> None:
        key = self.product(which)
        self.do(
            lambda: self.w.catalogue.update(key, "notes", text),
            lambda _step: self.m.change("product", key, notes=text),
        )

    @precondition(lambda self: self.products())
    @rule(which=PICK, euros=st.integers(0, 3))
    def price_product(self, which: int, euros: int) -> None:
        """A new price, or another one for the first."""
        key = self.product(which)
        known = next((PriceId(k) for k, _r in self.m.rows("price", product=key)), None)
        if known is None or euros == 0:
            row = {"product": key, "amount": euros * 100}
            self.do(
                lambda: self.w.catalogue.add_price(key, f"{euros} EUR"),
                lambda number: self.m.insert("price", row, number),
            )
        else:
            self.do(
                lambda: self.w.catalogue.update_price(known, "amount", f"{euros} EUR"),
                lambda _step: self.m.change("price", known, amount=euros * 100),
            )

    @precondition(lambda self: self.products())
    @rule(which=PICK)
    def remove_price(self, which: int) -> None:
        key = self.product(which)
        known = next((PriceId(k) for k, _r in self.m.rows("price", product=key)), None)
        if known is not None:
            self.do(
                lambda: self.w.catalogue.remove_price(known),
                lambda _step: self.m.drop("price", known),
            )

    @precondition(lambda self: self.products())
    @rule(which=PICK, who=PICK)
    def supply_product(self, which: int, who: int) -> None:
        key, number = self.product(which), self.customer(who)
        if not number:
            return
        known = next((k for k, _r in self.m.rows("supply", product=key, customer=number)), None)
        if known is None:
            self.do(
                lambda: self.w.catalogue.add_supplier(key, number),
                lambda _step: self.m.insert("supply", {"product": key, "customer": number}),
            )
        else:
            self.do(
                lambda: self.w.catalogue.remove_supplier(key, number),
                lambda _step: self.m.drop("supply", known),
            )

    @precondition(lambda self: self.m.tables["product"])
    @rule(which=PICK)
    def trash_or_restore_product(self, which: int) -> None:
        key = ProductId(self.nth("product", which))
        if self.m.tables["product"][key]["trash"] is None:
            token = self.moment()
            self.do(
                lambda: self.w.catalogue.delete([key]),
                lambda _step: self.m.change("product", key, trash=token),
            )
        else:
            self.do(
                lambda: self.w.catalogue.restore([key]),
                lambda _step: self.m.change("product", key, trash=None),
            )

    def products(self) -> list[int]:
        """Those that are not in the trash."""
        return [key for key, row in self.m.rows("product") if row["trash"] is None]

    def product(self, which: int) -> ProductId:
        """One of them."""
        there = self.products()
        return ProductId(there[which % len(there)])
