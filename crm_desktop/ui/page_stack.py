"""The pages of the window, each built when it is first gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from crm_desktop.ui.clocks import stop_clocks
from crm_desktop.ui.pages import INNER, PAGES
from crm_desktop.ui.pages.base import Page

if TYPE_CHECKING:
    from crm_desktop.ui.shell import Shell


class PageStack(QStackedWidget):
    """The pages by their keys, and the welcome page where no archive is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: dict[str, Page] = {}
        self._welcome: QWidget | None = None
        self._kept: dict[str, object] = {}

    def page(self, key: str) -> Page:
        """A page, built where it was not."""
        if key not in self._pages:
            spec = next(spec for spec in (*PAGES, *INNER) if spec.key == key)
            self._pages[key] = spec.build(self)
            self.addWidget(self._pages[key])
            if (kept := self._kept.pop(key, None)) is not None:
                self._pages[key].take_up(kept)
        return self._pages[key]

    def built(self, key: str) -> Page | None:
        """A page, None where nobody has gone to it yet."""
        return self._pages.get(key)

    def current(self) -> Page | None:
        """The page in front, the welcome page too."""
        page = self.currentWidget()
        return page if isinstance(page, Page) else None

    def current_key(self) -> str:
        """The key of the page in front, "" for none."""
        page = self.current()
        return next((key for key, built in self._pages.items() if built is page), "")

    def show_welcome(self, shell: Shell) -> None:
        """Bring the page without an archive to the front."""
        if self._welcome is None:
            from crm_desktop.ui.pages.welcome import WelcomePage

            self._welcome = WelcomePage(shell, self)
            self.addWidget(self._welcome)
        self.setCurrentWidget(self._welcome)

    def kept(self) -> dict[str, object]:
        """What the pages want to show again when they are built anew, by their keys."""
        found = {key: page.kept() for key, page in self._pages.items()}
        return self._kept | {key: kept for key, kept in found.items() if kept is not None}

    def keep(self, kept: dict[str, object]) -> None:
        """Give the pages what they wanted kept, each when it is built."""
        self._kept = kept

    def drop_pages(self) -> None:
        """Take all pages away: the archive they show is closed, or the language another."""
        for index in reversed(range(self.count())):
            page = self.widget(index)
            if page is not None:
                self.removeWidget(page)
                stop_clocks(page)
                page.deleteLater()
        self._pages.clear()
        self._kept.clear()
        self._welcome = None
