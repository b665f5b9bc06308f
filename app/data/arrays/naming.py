"""Which array enters a network and which is to be predicted, by their names and their order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from app.data.arrays.parts import part_of
from app.data.dataset import Array, refuse
from graph_model.frozen import frozen
from graph_model.phrases import phrase
from graph_model.problems import Fix, SetDataArguments

FEATURE_NAMES: Final = (
    "features feature x data images image imgs img inputs input samples pictures signals "
    "sequences texts tokens arr_0"
).split()
TARGET_NAMES: Final = (
    "target targets y labels label classes class masks mask annotations ground_truth gt "
    "outputs output arr_1"
).split()
_OTHERS: Final = {
    "groups": "group",
    "group": "group",
    "weights": "weight",
    "sample_weight": "weight",
    "sample_weights": "weight",
    "split": "split",
    "splits": "split",
    **dict.fromkeys(("id", "ids", "index", "indices", "idx", "filename", "filenames"), "ignore"),
    **dict.fromkeys(("path", "paths", "file", "files", "image_id", "image_ids"), "ignore"),
}
"""Names of arrays that say something else of each sample, with the role that they have."""


@frozen
class Roles:
    """The role of each array by its name, the first that enters, the first that is predicted."""

    roles: Mapping[str, str]
    why: Mapping[str, str]
    features: str
    target: str


def roles_of(
    path: Path, arrays: Mapping[str, Array], chosen: Mapping[str, str], features: str, target: str
) -> Roles:
    """Return the roles of arrays: those chosen, and otherwise what their names say."""
    for name, parameter in ((features, "features"), (target, "target")):
        if name and name not in arrays:
            _refuse_unknown(path, name, arrays, parameter)
    decided = {name: role for name, role in chosen.items() if name in arrays}
    decided.setdefault(features, "features") if features else None
    if target and target != features:
        decided[target] = "target"
    features = features or _first(decided, "features")
    target = target or _first(decided, "target")
    named = {name: decided.get(name) or _named(name, arrays[name]) for name in arrays}
    free = [name for name in arrays if name not in decided]
    why: dict[str, str] = {name: phrase("by its name") for name in free if named[name]}
    target = target or _usual(free, TARGET_NAMES)
    features = features or _usual([name for name in free if name != target], FEATURE_NAMES)
    if not features:
        features = next((name for name in free if name != target and not named[name]), "")
        why[features] = phrase("the first array")
    if not features and not (target and _named(target, arrays[target]) == "target"):
        features = target  # what is named to be predicted is all that there is
    if not features:
        _refuse_unknown(path, FEATURE_NAMES[0], arrays, "features")
    if not target:
        left = [name for name in free if name != features and named[name] != "features"]
        left = [name for name in left if not named[name]]
        samples = len(arrays[features])
        target = next((name for name in reversed(left) if len(arrays[name]) == samples), "")
        target = target or next(reversed(left), "")
        why[target] = phrase("the last array")
    if not target:
        _refuse_no_target(path, features)
    roles = {name: role or "features" for name, role in named.items()}
    roles[features] = "features"
    if target != features:
        roles[target] = "target"
    for name in free:
        if roles[name] == "target" and name != target:
            roles[name] = "features"
    return Roles(roles, why, features, target)


def _named(name: str, array: Array) -> str:
    """Return the role that a name says, empty where it says none."""
    low = part_of(name)[0].lower()
    if low in TARGET_NAMES:
        return "target"
    if low in _OTHERS and array.ndim == 1:
        return _OTHERS[low]
    return "features" if low in FEATURE_NAMES else ""


def _usual(names: list[str], usual: list[str]) -> str:
    by_low = {part_of(name)[0].lower(): name for name in reversed(names)}
    return next((by_low[each] for each in usual if each in by_low), "")


def _first(decided: Mapping[str, str], role: str) -> str:
    return next((name for name, each in decided.items() if each == role), "")


def _refuse_unknown(path: Path, name: str, arrays: Mapping[str, Array], parameter: str) -> None:
    choices = ", ".join(arrays) or phrase("nothing")
    refuse("data_no_array", parameter=f"data.{parameter}", path=path, array=name, choices=choices)


def _refuse_no_target(path: Path, features: str) -> None:
    fix = Fix("predict_features", SetDataArguments({"target": features}), {"array": features})
    refuse("data_no_target", parameter="data.target", fixes=(fix,), path=path, array=features)
