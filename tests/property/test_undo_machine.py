"""Edits, undo, redo, reopening, in any order, against a plain model in memory."""

from __future__ import annotations

import shutil
import tempfile
from copy import deepcopy
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    precondition,
    rule,
)

from crm_desktop.domain.customers import (
    ContactKind,
    CustomerDraft,
    CustomerListQuery,
    InteractionKind,
)
from crm_desktop.services.workspace import Workspace

NAMES = st.sampled_from(["Ana", "王伟", "João", "x" * 300, "Ёлка 🎈", "محمد"])
TAGS = st.lists(st.sampled_from(["VIP", "novo", "家庭", "x"]), max_size=3, unique=True)
CONTENTS = st.sampled_from([b"a", b"b", b"\0" * 9_000])
TEXTS = st.sampled_from(["", "one", "dois", "三", "a\nb"])

Model = dict[int, dict[str, object]]


class Archive(RuleBasedStateMachine):
    customers = Bundle("customers")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.w = Workspace.open(self.folder / "a.crm", create=True, data_dir=self.folder)
        self.model: Model = {}
        self.past: list[Model] = []
        self.future: list[Model] = []

    def teardown(self) -> None:
        self.w.close(backup=False)
        shutil.rmtree(self.folder)

    def _done(self, before: Model) -> None:
        if before != self.model:
            self.past.append(before)
            self.future.clear()

    @rule(target=customers, name=NAMES, tags=TAGS)
    def create(self, name: str, tags: list[str]) -> int:
        before = deepcopy(self.model)
        number = self.w.customers.create(CustomerDraft(name=name, tags=tuple(tags)))
        assert number not in self.model
        self.model[number] = {
            "name": name,
            "notes": "",
            "tags": tags,
            "phones": [],
            "log": [],
            "seat": "",
            "documents": {},
            "trash": False,
        }
        self._done(before)
        return number

    def _present(self, number: int) -> bool:
        return number in self.model

    @rule(number=customers, name=NAMES)
    def rename(self, number: int, name: str) -> None:
        if self._present(number):
            before = deepcopy(self.model)
            self.w.customers.update(number, "name", name)
            self.model[number]["name"] = name
            self._done(before)

    @rule(number=customers, text=TEXTS)
    def write_notes(self, number: int, text: str) -> None:
        if self._present(number):
            before = deepcopy(self.model)
            self.w.customers.update(number, "notes", text)
            self.model[number]["notes"] = text
            self._done(before)

    @rule(number=customers, tags=TAGS)
    def tag(self, number: int, tags: list[str]) -> None:
        if self._present(number):
            before = deepcopy(self.model)
            self.w.customers.set_tags(number, tags)
            self.model[number]["tags"] = tags
            self._done(before)

    @rule(number=customers, text=TEXTS)
    def set_seat(self, number: int, text: str) -> None:
        if self._present(number):
            before = deepcopy(self.model)
            self.w.customers.set_custom(number, "Seat", text)
            self.model[number]["seat"] = text
            self._done(before)

    @rule(number=customers, phone=st.integers(910000000, 969999999))
    def add_phone(self, number: int, phone: int) -> None:
        if self._present(number):
            before = deepcopy(self.model)
            self.w.customers.save_contact_point(number, ContactKind.PHONE, str(phone))
            self.model[number]["phones"].append(str(phone))
            self._done(before)

    @rule(number=customers)
    def drop_phone(self, number: int) -> None:
        if self._present(number) and self.model[number]["phones"]:
            before = deepcopy(self.model)
            point = self.w.customers.get(number).phones[0]
            self.w.customers.save_contact_point(
                number, ContactKind.PHONE, "", contact_point_id=point.id
            )
            self.model[number]["phones"].pop(0)
            self._done(before)

    @rule(number=customers, text=TEXTS.filter(bool))
    def log(self, number: int, text: str) -> None:
        if self._present(number):
            before = deepcopy(self.model)
            self.w.customers.log_interaction(number, InteractionKind.NOTE, text)
            self.model[number]["log"].append(text)
            self._done(before)

    @rule(number=customers, content=CONTENTS, name=NAMES)
    def add_document(self, number: int, content: bytes, name: str) -> None:
        if self._present(number):
            before = deepcopy(self.model)
            made = self.w.documents.add(number, content, file_name="a.txt", name=name)
            self.model[number]["documents"][made] = (name, [content])
            self._done(before)

    def _document(self, number: int) -> int | None:
        return next(iter(self.model.get(number, {}).get("documents", ())), None)

    @rule(number=customers, content=CONTENTS)
    def replace_document(self, number: int, content: bytes) -> None:
        made = self._document(number)
        if made is not None:
            before = deepcopy(self.model)
            contents = self.model[number]["documents"][made][1]
            if contents[-1] != content:
                self.w.documents.replace(made, content, file_name="b.txt")
                contents.append(content)
            self._done(before)

    @rule(number=customers, name=NAMES)
    def rename_document(self, number: int, name: str) -> None:
        made = self._document(number)
        if made is not None:
            before = deepcopy(self.model)
            self.w.documents.rename(made, name)
            contents = self.model[number]["documents"][made][1]
            self.model[number]["documents"][made] = (name, contents)
            self._done(before)

    @rule(number=customers)
    def remove_document(self, number: int) -> None:
        made = self._document(number)
        if made is not None:
            before = deepcopy(self.model)
            self.w.documents.remove(made)
            del self.model[number]["documents"][made]
            self._done(before)

    @rule(numbers=st.lists(customers, max_size=3, unique=True))
    def trash(self, numbers: list[int]) -> None:
        before = deepcopy(self.model)
        self.w.customers.delete(numbers)
        for number in filter(self._present, numbers):
            self.model[number]["trash"] = True
        self._done(before)

    @rule(number=consumes(customers))
    def bring_back(self, number: int) -> None:
        if self._present(number):
            before = deepcopy(self.model)
            self.w.customers.restore([number])
            self.model[number]["trash"] = False
            self._done(before)

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        assert self.w.history.undo().conflicts == ()
        self.future.append(self.model)
        self.model = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        assert self.w.history.redo().conflicts == ()
        self.past.append(self.model)
        self.model = self.future.pop()

    @rule()
    def reopen(self) -> None:
        self.w.close(backup=False)
        self.w = Workspace.open(self.folder / "a.crm", data_dir=self.folder)

    @invariant()
    def archive_is_as_the_model(self) -> None:
        seen: Model = {}
        for trashed in (False, True):
            for number in self.w.customers.ids(CustomerListQuery(trashed=trashed)):
                c = self.w.customers.get(number)
                seen[number] = {
                    "name": c.name,
                    "notes": c.notes,
                    "tags": list(c.tags),
                    "phones": [p.raw for p in c.phones],
                    "log": [i.text for i in reversed(self.w.customers.timeline(number))],
                    "seat": c.custom.get("Seat", ""),
                    "documents": self._documents_of(number),
                    "trash": trashed,
                }
        assert seen == self.model
        assert (self.w.history.can_undo() is not None) == bool(self.past)
        assert (self.w.history.can_redo() is not None) == bool(self.future)

    def _documents_of(self, number: int) -> dict[int, tuple[str, list[bytes]]]:
        documents = self.w.documents
        return {
            d.id: (d.name, [documents.bytes_of(v.id) for v in reversed(documents.versions(d.id))])
            for d in documents.of(number)
        }

    @rule()
    def index_is_true(self) -> None:
        assert self.w.backups.check().messages == ()


TestArchive = Archive.TestCase
TestArchive.settings = settings(max_examples=15, stateful_step_count=25)
