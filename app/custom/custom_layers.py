"""The custom layers of a window: what they give is found out, and their texts can be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.custom.checker import Checker
from app.late import late
from app.project.document import Document
from graph_model.network import LayerId

if TYPE_CHECKING:
    from app.custom.allowed import AllowedCode
    from app.custom.editor import LayerEditor


class CustomLayers(QObject):
    """Opens a custom layer when the document asks for it; ``added`` names the kind of a new one."""

    added = Signal(str)

    def __init__(self, document: Document, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._window = document, window
        self.checker = Checker(document)
        document.layer_opened.connect(self.open)

    def new(self) -> None:
        """Open an editor on a new layer."""
        self.open("")

    def show_allowed(self) -> None:
        """Show all that may run on this machine, to be revoked."""
        dialog: AllowedCode = late("app.custom.allowed").AllowedCode(self.checker, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def open(self, layer: LayerId) -> LayerEditor:
        """Open an editor on a layer."""
        editor: LayerEditor = late("app.custom.editor").LayerEditor(
            self._document, self.checker, layer, self._window
        )
        editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editor.added.connect(self.added)
        editor.open()
        return editor

    def close(self) -> None:
        """End what runs beside the window."""
        self.checker.close()
