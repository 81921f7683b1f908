"""The guide's pictures of the lookup and of an article, in a firm of its own."""

from __future__ import annotations

from pathlib import Path

from lookup_pictures import Scene, Settle
from lookup_pictures import scenes as lookup_scenes

from crm_desktop.domain.customers import ContactKind, ContactPoint, CustomerDraft, InteractionKind
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.shell import Shell

_WANTED = ("knowledge", "lookup", "lookup-log")
_PEOPLE = (
    ("王秀英", "上海东方贸易有限公司", "+86 21 5888 1024"),
    ("João da Conceição", "Lisboa Têxteis, Lda.", "+351 912 343 456"),
    ("Zoë Müller", "Alpenwerk GmbH", "+49 89 1233456"),
)


def scenes(shell: Shell, folder: Path, settle: Settle) -> list[Scene]:
    """Each picture's name and how to take it; taken at once, as the window goes on."""
    archive = folder / "Viagens Aurora lookup.crm"
    with Workspace.open(archive, create=True, data_dir=folder / "lookup-data") as workspace:
        workspace.settings.set_home_country("PT")
        people = [
            workspace.customers.create(
                CustomerDraft(
                    name=name,
                    organisation=firm,
                    stage="customer",
                    tags=("vip",),
                    contact_points=(ContactPoint(ContactKind.PHONE.value, phone, None, "work"),),
                )
            )
            for name, firm, phone in _PEOPLE
        ]
        workspace.customers.log_interaction(
            people[0], InteractionKind.CALL, "Wants a quote for the groups in May."
        )
        workspace.tasks.add("Send the revised terms tomorrow", customer_id=people[0])
        workspace.close(backup=False)
    before = shell.session
    shell.open_archive(archive)
    settle(lambda: shell.session not in (None, before) and not shell.operations.busy)
    taken = []
    for name, take in lookup_scenes(shell, settle, people[0]):
        if name in _WANTED:
            picture = take()
            taken.append((name, lambda picture=picture: picture))
    return taken
