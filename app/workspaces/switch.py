"""The control in the middle of the top bar that leads from one workspace to another."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.actions.made import Actions
from app.look.style import set_role
from app.workspaces.kinds import Workspace

_LEAST: Final = 56
"""The width, in pixels, that each of them has at least, whatever the language."""


class Switch(QFrame):
    """One segment for each workspace, of which the one in use is raised."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "segments")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for workspace in Workspace:
            button = QToolButton()
            button.setDefaultAction(actions[f"workspace_{workspace.value}"])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setMinimumWidth(_LEAST)
            row.addWidget(button)
