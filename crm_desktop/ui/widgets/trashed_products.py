"""Products that were deleted, each a click away from coming back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.catalogue import ProductId
from crm_desktop.domain.changes import StepId
from crm_desktop.i18n import _
from crm_desktop.services.catalogue import CatalogueService
from crm_desktop.ui.host import session_of
from crm_desktop.ui.widgets.trashed import Gone, Trashed


class TrashedProducts(Trashed):
    """The products of the trash."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, title=_("Deleted products"), icon="tag", table="product")

    def ids(self) -> list[ProductId]:
        """All of them."""
        return [ProductId(one.id) for one in self.found]

    def reader(self) -> Callable[[], Sequence[Gone]]:
        """What reads them."""
        catalogue = self._service()
        return lambda: [Gone(one.id, one.name, one.at) for one in catalogue.trashed()]

    def restorer(self, number: int) -> Callable[[], StepId]:
        """What brings one back."""
        catalogue = self._service()
        return lambda: catalogue.restore([ProductId(number)])

    def eraser(self, number: int) -> Callable[[], int]:
        """What erases one for good."""
        catalogue = self._service()
        return lambda: catalogue.erase([ProductId(number)])

    def back_words(self) -> str:
        """What is said once one is back."""
        return _("The product is back")

    def _service(self) -> CatalogueService:
        return session_of(self).workspace.catalogue
