"""Experiments that people often make, as far as a project has what they vary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from graph_model.findings.results import NodeResult
from graph_model.inference.infer import infer_project
from graph_model.network import Node, Project, used_network

_WITH_AND_WITHOUT: Final = "with, without"
_LEFT_AT_END: Final = 0.01
"""The share of the first learning rate that an exponential schedule ends with."""
_KINDS: Final = {
    "dropout": ("Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout"),
    "batch_norm": ("BatchNorm1d", "BatchNorm2d", "BatchNorm3d"),
}
"""The kinds of layers whose use is often doubted."""
RECIPE: Final[Mapping[str, Mapping[str, str]]] = {
    "rates": {"lr": "1e-5..1e-2 log 4"},
    "optimizers": {"optimizer": "SGD, SGD momentum=0.9, Adam, AdamW, RMSprop"},
    "l1": {"l1_penalty": _WITH_AND_WITHOUT},
    "l2": {"l2_penalty": _WITH_AND_WITHOUT},
    "early_stopping": {"early_stopping": _WITH_AND_WITHOUT},
    "seeds": {"seed": "0..4"},
}
"""What can be varied whatever the network is; how schedules are depends on the epochs, too."""


def presets(project: Project) -> dict[str, Mapping[str, str]]:
    """Return experiments by name: the settings that each varies, with their values as texts."""
    schedules = {"schedule": ", ".join(_schedules(project.recipe.epochs))}
    return {**RECIPE, "schedules": schedules, **dict(_of_network(project))}


def _schedules(epochs: int) -> Iterator[str]:
    """Yield schedules that act within so many epochs: as they are, some would never have a turn."""
    yield "constant"
    yield f"StepLR step_size={max(1, epochs // 3)}"
    yield f"ExponentialLR gamma={_LEFT_AT_END ** (1 / max(1, epochs)):.3g}"
    yield "CosineAnnealingLR"
    yield f"ReduceLROnPlateau patience={max(1, epochs // 8)}"


def _of_network(project: Project) -> Iterator[tuple[str, Mapping[str, str]]]:
    nodes = [each for network in project.networks.values() for each in network.nodes.values()]
    used = {each.kind for each in nodes}
    for name, kinds in _KINDS.items():
        found = [each for each in kinds if each in used]
        if found:
            yield name, dict.fromkeys(found[:1], _WITH_AND_WITHOUT)
    if project.recipe.transforms:
        yield "augmentation", {"transforms": _WITH_AND_WITHOUT}
    deep = _repeatable(project)
    if deep is not None:
        yield "depth", {f"{deep.name}.repeat": "3, 5, 10"}


def _repeatable(project: Project) -> Node | None:
    """Return the first node that is repeated, else the first block that could be."""
    nodes = project.network.nodes.values()
    repeated = (each for each in nodes if isinstance(each.repeat, int) and each.repeat > 1)
    blocks = [each for each in nodes if used_network(each.kind) is not None]
    told = infer_project(project).nodes if blocks else {}
    chained = (each for each in blocks if _takes_what_it_gives(told.get(each.id)))
    return next(repeated, None) or next(chained, None)


def _takes_what_it_gives(told: NodeResult | None) -> bool:
    if told is None or len(told.inputs) != 1 or len(told.outputs) != 1:
        return False
    return [*told.inputs.values()] == [*told.outputs.values()]
