"""Experiments that people often make, as far as a project has what they vary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from graph_model.network import Node, Project

_WITH_AND_WITHOUT: Final = "with, without"
_KINDS: Final = {
    "dropout": ("Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout"),
    "batch_norm": ("BatchNorm1d", "BatchNorm2d", "BatchNorm3d"),
}
"""The kinds of layers whose use is often doubted."""
RECIPE: Final[Mapping[str, Mapping[str, str]]] = {
    "rates": {"lr": "1e-5..1e-2 log 4"},
    "optimizers": {"optimizer": "SGD, SGD momentum=0.9, Adam, AdamW, RMSprop"},
    "schedules": {
        "schedule": "constant, StepLR, ExponentialLR, CosineAnnealingLR, ReduceLROnPlateau"
    },
    "l1": {"l1_penalty": _WITH_AND_WITHOUT},
    "l2": {"l2_penalty": _WITH_AND_WITHOUT},
    "early_stopping": {"early_stopping": _WITH_AND_WITHOUT},
    "seeds": {"seed": "0..4"},
}
"""What can be varied whatever the network is."""


def presets(project: Project) -> dict[str, Mapping[str, str]]:
    """Return experiments by name: the settings that each varies, with their values as texts."""
    return {**RECIPE, **dict(_of_network(project))}


def _of_network(project: Project) -> Iterator[tuple[str, Mapping[str, str]]]:
    nodes = [each for network in project.networks.values() for each in network.nodes.values()]
    used = {each.kind for each in nodes}
    for name, kinds in _KINDS.items():
        found = [each for each in kinds if each in used]
        if found:
            yield name, dict.fromkeys(found[:1], _WITH_AND_WITHOUT)
    if project.recipe.transforms:
        yield "augmentation", {"transforms": _WITH_AND_WITHOUT}
    deep = [each for each in project.network.nodes.values() if _is_repeated(each)]
    if deep:
        yield "depth", {f"{deep[0].name}.repeat": "3, 5, 10"}


def _is_repeated(node: Node) -> bool:
    return isinstance(node.repeat, int) and node.repeat > 1
