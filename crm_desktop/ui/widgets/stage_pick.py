"""The stage of an opportunity: a pill whose menu offers the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.domain.opportunities import PipelineStage
from crm_desktop.i18n import _
from crm_desktop.ui.theme import Colours, Tint, colours
from crm_desktop.ui.widgets.basic import PillButton, row


class StagePick(QWidget):
    """`picked` carries the number of another stage."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.button = PillButton()
        self.menu = QMenu(self)
        self.menu.triggered.connect(self._triggered)
        self.button.setMenu(self.menu)
        self.setLayout(row(self.button, None))

    def show_stage(
        self,
        stage: PipelineStage,
        stages: Sequence[PipelineStage],
        tint: Callable[[PipelineStage, Colours], Tint],
    ) -> None:
        """Show which one it is, and offer all of its pipeline."""
        self.button.set_pill(stage.name, tint(stage, colours()))
        self.button.setAccessibleName(_("Stage: {name}").format(name=stage.name))
        self.menu.clear()
        for one in stages:
            action = self.menu.addAction(one.name.replace("&", "&&"))
            action.setData(one.id)
            action.setCheckable(True)
            action.setChecked(one.id == stage.id)

    def _triggered(self, action: QAction) -> None:
        self.picked.emit(action.data())
