"""The little field that adds a layer by typing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QCursor, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from app.canvas.hits import PortHit
from app.canvas.offers import complaint_about, offered_after, offered_before
from app.canvas.surface import Surface
from app.language.sentences import layer_help
from app.look.icons import layer_icon
from app.look.style import set_role
from app.project.document import Document
from app.quick_add.reading import MOST_LAYERS, Card, Suggestion, misread, suggestions
from app.search.palette_entries import kinds
from graph_model.layers.card import format_value
from graph_model.layers.kind import LayerKind
from graph_model.network import Edge, NodeId
from graph_model.phrases import shortened
from graph_model.tensors import TensorSpec

_WIDTH: Final = 400
_ROWS: Final = 8
_NORM_OF_WEIGHTS: Final = re.compile(
    r"(spectral|weight) ?norm(ali[sz]ation)?|(谱|权重)(归一化|规范化)", re.IGNORECASE
)
_LONGEST_WORD: Final = 60
"""Letters of a word that is no layer, as it is shown."""
_MOST: Final = 40
"""How many layers are offered before anything is typed."""


class QuickAdd(QFrame):
    """Opens at a point of the canvas; Enter takes the suggestion that stands out.

    ``chosen`` carries what :meth:`CanvasView.add_cards` takes: the cards, the point or ``None``,
    and the :class:`PortHit` to wire the first one to or ``None``.
    """

    chosen = Signal(object, object, object)

    def __init__(self, view: Surface) -> None:
        super().__init__(view, Qt.WindowType.Popup)
        self._view = view
        self._at: QPointF | None = None
        self._wire_to: PortHit | None = None
        self._kinds: Mapping[str, LayerKind] = {}
        self._fitting: Mapping[str, LayerKind] = {}
        self._given: TensorSpec | None = None
        set_role(self, "card")
        self.line = QLineEdit()
        self.line.textChanged.connect(self._suggest)
        self.line.installEventFilter(self)
        self._list = QListWidget()
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(lambda _: self._add())
        self._list.currentItemChanged.connect(lambda *_: self._explain())
        self._help = QLabel()
        self._help.setWordWrap(True)
        set_role(self._help, "caption")
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(6)
        box.addWidget(self.line)
        box.addWidget(self._list)
        box.addWidget(self._help)
        self.setFixedWidth(_WIDTH)

    def open_at(self, at: QPointF | None, wire_to: PortHit | None) -> None:
        """Open at a point of the scene, at the mouse where none is given."""
        view = self._view
        self._at, self._wire_to = at, wire_to
        self._kinds = kinds(view.document)
        self._given = self._arriving()
        self._fitting = self._offered()
        self.line.setPlaceholderText(self.tr("Layer and sizes, such as: conv 64 3 s2"))
        self.line.clear()
        self._suggest("")
        if at is not None:
            corner = view.viewport().mapToGlobal(view.mapFromScene(at))
        else:
            inside = view.viewport().rect().contains(view.viewport().mapFromGlobal(QCursor.pos()))
            middle = view.viewport().mapToGlobal(view.viewport().rect().center())
            corner = QCursor.pos() if inside else middle - QPoint(self.width() // 2, 0)
        screen, place = view.screen().availableGeometry(), view.viewport().rect()
        left = view.viewport().mapToGlobal(place.topLeft()).x()
        right = view.viewport().mapToGlobal(place.topRight()).x()
        beside = max(left, min(corner.x(), right - _WIDTH))  # not over other panels
        corner.setX(min(beside, screen.right() - _WIDTH))
        corner.setY(min(corner.y(), screen.bottom() - self.height()))
        self.move(corner)
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys choose and Enter add, while the focus stays in the line."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + step) % max(1, self._list.count()))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._add()
            return True
        return False

    def _suggest(self, text: str) -> None:
        self._list.clear()
        for suggestion in self._suggestions(text):
            icon = layer_icon(suggestion.cards[0].kind)
            item = QListWidgetItem(icon, "  →  ".join(map(_described, suggestion.cards)))
            item.setData(Qt.ItemDataRole.UserRole, suggestion)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        rows = max(1, min(_ROWS, self._list.count()))
        self._list.setFixedHeight(rows * max(24, self._list.sizeHintForRow(0)) + 4)
        self._explain()

    def _suggestions(self, text: str) -> list[Suggestion]:
        """Return what fits here; of what is equally like what was typed, that which fits first."""
        if not text.strip():
            return suggestions("", _MOST, self._fitting)
        return suggestions(text, kinds={**self._fitting, **self._kinds}, given=self._given)

    def _explain(self) -> None:
        """Say what the chosen layer does, or why it does not fit here."""
        suggestion = self._chosen()
        if suggestion is None:
            text, role = self._complaint(), "caption"
        else:
            misfit = self._misfit(suggestion.cards[0])
            text = misfit or layer_help(suggestion.cards[-1].kind)
            role = "warning" if misfit else "caption"
        set_role(self._help, role)
        self._help.setText(text)
        self.adjustSize()

    def _misfit(self, card: Card) -> str:
        """Say why a layer does not take what it would be given; nothing where it does."""
        if self._given is None or card.kind_name in self._fitting:
            return ""
        return complaint_about(card.kind, self._given)

    def _complaint(self) -> str:
        """Say which word means nothing where it stands."""
        found = misread(self.line.text(), self._kinds, self._given)
        if found is None:
            return ""
        word = shortened(found.word, _LONGEST_WORD)
        if found.lacks_channels:
            return self.tr(
                "How many channels come is not known here, so “{0}” cannot be read: select the "
                "layer before it, or begin with “input 3x32x32 >”."
            ).format(word)
        if _NORM_OF_WEIGHTS.fullmatch(found.word):
            return self.tr(
                "A norm of weights belongs to a layer: select it, and choose the norm on the right."
            )
        if found.after:
            return self.tr("{0} takes no “{1}”.").format(found.after, word)
        if found.word.isdigit():
            return self.tr("At most {0} layers can be added at once.").format(MOST_LAYERS)
        return self.tr("No layer is called “{0}”.").format(word)

    def _arriving(self) -> TensorSpec | None:
        """Return the tensor that the first layer will be given, where that is known."""
        document, lead = self._view.document, self._view.selection.single
        if isinstance(self._wire_to, Edge):
            return document.inference.spec(self._wire_to.source)
        if self._wire_to is not None:
            return None if self._wire_to.is_input else document.inference.spec(self._wire_to.port)
        if self._at is not None or lead is None:
            return None
        return _first_output(document, lead)

    def _offered(self) -> Mapping[str, LayerKind]:
        """Return the kinds that fit where the layer is added, the likeliest first."""
        wire, lead = self._wire_to, self._view.selection.single
        if isinstance(wire, PortHit) and wire.is_input:
            return offered_before(self._kinds, self._family(wire.port.node))
        if isinstance(wire, Edge):
            through = {n: kind for n, kind in self._kinds.items() if kind.outputs(kind.defaults)}
            return offered_after(through, self._family(wire.source.node), self._given)
        source = wire.port.node if wire else lead if self._at is None else None
        if source is None:
            return self._kinds
        return offered_after(self._kinds, self._family(source), self._given)

    def _family(self, node: NodeId) -> str:
        document = self._view.document
        kind = document.state.kind(document.network.nodes[node].kind)
        return kind.family if kind else ""

    def _chosen(self) -> Suggestion | None:
        item = self._list.currentItem()
        if item is None:
            return None
        suggestion = item.data(Qt.ItemDataRole.UserRole)
        assert isinstance(suggestion, Suggestion)
        return suggestion

    def _add(self) -> None:
        suggestion = self._chosen()
        if suggestion is None:
            return
        self.hide()
        self.chosen.emit(suggestion.cards, self._at, self._wire_to)
        self._view.setFocus(Qt.FocusReason.PopupFocusReason)


def _first_output(document: Document, node: NodeId) -> TensorSpec | None:
    """Return what the first output of a node holds, which is what a layer below it is fed by."""
    result = document.inference.nodes.get(node)
    return next(iter(result.outputs.values()), None) if result else None


def _described(card: Card) -> str:
    values = (f"{name} {format_value(value)}" for name, value in card.arguments.items())
    return "  ".join([card.kind.name, *values])
