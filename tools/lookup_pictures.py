"""Pictures of the lookup window and of the knowledge page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtGui import QGuiApplication, QPixmap

from crm_desktop.domain.cases import CaseKind
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.promises import Side
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.shell import Shell

Settle = Callable[..., None]
Scene = tuple[str, Callable[[], QPixmap]]

ARTICLES = (
    (
        "Visa for Angola",
        "Takes **two weeks**; the consulate opens on *Tuesdays*.\n"
        "\n"
        "What the customer brings:\n"
        "1. passport, valid for six more months\n"
        "2. two photos on white ground\n"
        "3. the invitation, where there is one\n"
        "\n"
        "Forms: [consulate](https://consulate.example/visa)\n"
        "- fill in **block letters**\n"
        "- no staples",
        "visa, africa",
    ),
    (
        "How to treat our best customers",
        "Answer within the hour.\n- a **window seat** without asking\n- a card on the birthday",
        "vip",
    ),
    ("签证须知", "两张白底照片，护照有效期**六个月以上**。", "visa, groups"),
    ("Luggage is lost: what to say on the phone", "1. be sorry\n2. take the number", "complaints"),
)


def fill(workspace: Workspace, chosen: CustomerId) -> None:
    """Write the articles, and what is open with one customer."""
    for title, text, tags in ARTICLES:
        number = workspace.knowledge.create(title, text, tags)
        if title == "Visa for Angola":
            workspace.knowledge.link(number, chosen)
    workspace.cases.begin(chosen, "Hotel was overbooked", kind=CaseKind.COMPLAINT)
    workspace.promises.add(chosen, Side.THEY, "¥ 2,400 of the deposit")
    workspace.promises.add(chosen, Side.WE, "the revised terms")
    workspace.customers.update(
        chosen, "notes", "Prefers **morning flights** and a *window seat*.\n- tea, no coffee"
    )


def scenes(shell: Shell, settle: Settle, chosen: CustomerId) -> Iterator[Scene]:
    """Each picture's name and how to take it."""

    def quiet() -> bool:
        return not shell.operations.busy

    session = shell.session
    assert session is not None
    if not session.workspace.knowledge.all():  # of the other theme's round
        fill(session.workspace, chosen)
    settle(quiet)
    shell.show_page("knowledge")
    settle(quiet)
    from crm_desktop.ui.pages.knowledge import KnowledgePage

    page = shell.page("knowledge")
    assert isinstance(page, KnowledgePage)
    number = next(a.id for a in session.workspace.knowledge.all() if a.title == ARTICLES[0][0])
    assert number is not None
    shell.show_article(number)
    settle(quiet)
    yield "knowledge", shell.grab
    QGuiApplication.clipboard().clear()
    for name, text in (
        ("lookup", "021 5888 1024"),
        ("lookup-several", "3456"),
        ("lookup-nobody", "+351 966 555 444"),
    ):
        shell.look_up(text)
        desk = shell.front_desk
        window = desk.window() if desk is not None else None
        assert window is not None
        settle(quiet)
        window.said.clear()
        yield name, window.grab
        if name == "lookup":
            window.start_log()
            window.composer.field.setText("Asked whether the rooms are confirmed")
            window.composer.follow_up.setText("call back tomorrow 10h")
            window.composer.follow_up.textEdited.emit("call back tomorrow 10h")
            settle(quiet)
            yield "lookup-log", window.grab
            window.composer.done()
        window.hide()
