"""Sections of a page that few nodes call for: each is made when a node first does."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.project.document import Document
from graph_model.network import NodeId


class Section(Protocol):
    """A part of a page that shows something of ``node`` and edits it."""

    node: NodeId

    def refresh(self) -> None:
        """Show the node as it is now."""


class SeldomKind(Protocol):
    """What makes a section, and says where one is called for."""

    def __call__(self, document: Document, node: NodeId) -> Section:
        """Make the section for a node."""

    def concerns(self, document: Document, node: NodeId) -> bool:
        """Tell whether there is anything of a node to show."""


class Seldom(QWidget):
    """The place of a section, empty until there is something of a node for it to show.

    A page is there the sooner: much of the time it takes would go into fields that stay hidden.
    """

    def __init__(self, kind: SeldomKind, document: Document, node: NodeId) -> None:
        super().__init__()
        self._kind, self._document, self.node = kind, document, node
        self._section: Section | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def refresh(self) -> None:
        """Show the node as it is now."""
        is_shown = self._kind.concerns(self._document, self.node)
        if is_shown and self._section is None:
            self._section = self._kind(self._document, self.node)
            assert isinstance(self._section, QWidget)
            self._column.addWidget(self._section)
        if self._section is not None:
            self._section.node = self.node
            self._section.refresh()
        self.setVisible(is_shown)
