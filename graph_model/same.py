"""Networks as keys that are found again by identity."""

from __future__ import annotations

from typing import Final

from graph_model.network import Network


class Same:
    """A network that equals itself alone, so that what was made of it is remembered."""

    def __init__(self, network: Network) -> None:
        self.network: Final = network

    def __hash__(self) -> int:
        return id(self.network)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.network is other.network
