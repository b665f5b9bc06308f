"""Whatever is done with blocks, the canvas shows what one opened anew on the same state shows."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from app.canvas.card_style import CardStyle
from app.canvas.scene import CanvasScene
from app.canvas.view import CanvasView
from app.project.document import Document, Selection
from graph_model.network import use_kind
from tests.app.canvas.block_steps import sample

STEPS = 60


class Player:
    """Does random things to a canvas, as a user would."""

    def __init__(self, view: CanvasView, seed: int) -> None:
        self.view, self.rng = view, random.Random(seed)
        self.document, self.selection = view.document, view.selection

    def step(self) -> None:
        """Select something and do something with it."""
        nodes = list(self.document.network.nodes)
        chosen = self.rng.sample(nodes, min(len(nodes), self.rng.randint(0, 4)))
        self.selection.set(chosen)
        self.rng.choice(self._acts())()
        self.view.blocks._prompt.hide()

    def _acts(self) -> list[Callable[[], object]]:
        blocks, editing, history = self.view.blocks, self.view.editing, self.document.history
        return [
            blocks.make,
            blocks.make,
            self._open,
            self._open,
            self._open,
            self.document.leave,
            blocks.ungroup,
            blocks.detach,
            blocks.share,
            blocks.stop_sharing,
            self._repeat,
            self._add_block,
            editing.duplicate,
            editing.delete_selected,
            editing.copy,
            self.view.paste,
            self.view.arranging.arrange,
            lambda: self.view.add_kind(self.rng.choice(("Input", "Output", "ReLU"))),
            history.undo,
            history.undo,
            history.redo,
        ]

    def _open(self) -> None:
        nodes = self.document.network.nodes.values()
        blocks = [node.id for node in nodes if self.view.blocks.block_of(node)]
        if blocks:
            self.document.enter(self.rng.choice(blocks), self.rng.randrange(3))

    def _repeat(self) -> None:
        for id in self.selection.nodes:
            if self.view.blocks.block_of(self.document.network.nodes[id]):
                self.view.blocks._repeat(id, str(self.rng.randint(1, 4)))

    def _add_block(self) -> None:
        networks = self.document.project.networks.values()
        blocks = [each.id for each in networks if each.role == "block"]
        self.view.add_kind(use_kind(self.rng.choice(blocks)))


def shown(scene: CanvasScene) -> dict[str, object]:
    """Return all that a scene shows, by what it is of."""
    cards = {id: (card.content, card.pos().toTuple()) for id, card in scene.cards.items()}
    wires = {
        port: (wire.edge, wire.toolTip(), wire.pen().color().name(), wire.path().elementCount() > 0)
        for port, wire in scene.wires.items()
    }
    nodes = scene.cards
    links = {id: scene.links[id].path().currentPosition().toTuple() for id in nodes
             if id in scene.links}  # fmt: skip
    return {"cards": cards, "wires": wires, "links": links}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["dense", "encoder"])
def test_a_canvas_with_a_history_shows_what_a_fresh_one_shows(view, document, themes, name, seed):
    sample(document, name)
    player = Player(view, seed)
    for _ in range(STEPS):
        player.step()
        fresh = Document(document.project)
        fresh.go_to(document.state.trail)
        other = CanvasScene(fresh, Selection(fresh), CardStyle(themes.theme))
        assert shown(view.canvas) == shown(other)
    while document.history.canUndo():
        document.history.undo()
    assert document.project.networks["main"].name in ("Small DenseNet", "Tiny encoder")
