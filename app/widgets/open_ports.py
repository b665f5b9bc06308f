"""What the ports of a block are that nothing is connected to."""

from __future__ import annotations

from app.language.sentences import translate
from app.project.state import State
from graph_model.network import Node, used_network
from graph_model.open_inputs import defaults


def open_texts(state: State, node: Node) -> dict[str, str]:
    """Say of each port that may stay open what it is then."""
    network = state.project.networks.get(used_network(node.kind) or "")
    return {name: _text(value) for name, value in defaults(network).items()} if network else {}


def _text(value: float | None) -> str:
    if value is None:
        return translate("Card", "left out unless connected")
    return translate("Card", "{0} unless connected").format(f"{value:g}")
