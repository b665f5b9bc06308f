"""LSTM, GRU and RNN of ONNX: weights in the order of torch, results as ONNX has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from codegen.archives.graph import Array, Filled
from codegen.archives.step import Step
from codegen.importing.values import Tensor

_GATES: Final[Mapping[str, tuple[int, ...]]] = {"LSTM": (0, 2, 3, 1), "GRU": (1, 0, 2), "RNN": (0,)}
"""For each gate of torch, its place in ONNX."""
_USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "LSTM": ("sigmoid", "tanh", "tanh"),
    "GRU": ("sigmoid", "tanh"),
    "RNN": ("tanh",),
}


def _recurrent(step: Step) -> Any:
    kind = step.operation.kind
    hidden = int(step.attribute("hidden_size"))
    direction = step.attribute("direction", "forward")
    _need_usual(step, kind, direction)
    rows, columns, biases = step.fixed(1), step.fixed(2), step.weight(3)
    arguments: dict[str, Any] = {
        "hidden_size": hidden,
        "batch_first": False,
        "bias": biases is not None,
        "bidirectional": direction == "bidirectional",
    }
    first = next(each.lower() for each in step.attribute("activations") or _USUAL[kind])
    if kind == "RNN":
        arguments["nonlinearity"] = first
    weights = _weights(kind, rows, columns, biases)
    inputs: dict[str, Any] = {"input": step.x}
    states = ("h_0", "c_0") if kind == "LSTM" else ("h_0",)
    given = {name: step.given[place] for place, name in enumerate(states, 5) if step.has(place)}
    if any(not _is_zero(each) for each in given.values()):
        inputs |= {name: step.sketch.tensor(each) for name, each in given.items()}
    found = step.sketch.layer(kind, arguments, inputs, weights, step.names(1, 2, 3))
    y = _as_onnx(step, found["output"], hidden, is_both=direction == "bidirectional")
    return [y, found["h_n"], found.get("c_n", found["h_n"])]


def _need_usual(step: Step, kind: str, direction: str) -> None:
    """Refuse what torch has no layer for."""
    given = [each.lower() for each in step.attribute("activations") or ()]
    usual = [*_USUAL[kind]] * (2 if direction == "bidirectional" else 1)
    is_relu = kind == "RNN" and set(given) == {"relu"}
    if given and given != usual and not is_relu:
        raise step.unfit(f"its functions are {', '.join(given)}")
    if direction == "reverse":
        raise step.unfit("it reads from the end alone")
    if step.attribute("layout", 0) or step.attribute("clip") or step.attribute("input_forget"):
        raise step.unfit("it has options that torch has none for")
    if kind == "GRU" and not step.attribute("linear_before_reset", 0):
        raise step.unfit("its reset gate comes before the product (linear_before_reset = 0)")
    if step.has(7) or (step.has(4) and not isinstance(step.given[4], np.ndarray)):
        raise step.unfit("it has peepholes, or lengths of its sequences")


def _weights(kind: str, rows: Array, columns: Array, biases: Array | None) -> dict[str, Array]:
    found: dict[str, Array] = {}
    for turn in range(rows.shape[0]):
        suffix = "_l0_reverse" if turn else "_l0"
        found[f"weight_ih{suffix}"] = _ordered(kind, rows[turn])
        found[f"weight_hh{suffix}"] = _ordered(kind, columns[turn])
        if biases is not None:
            half = biases.shape[1] // 2
            found[f"bias_ih{suffix}"] = _ordered(kind, biases[turn, :half])
            found[f"bias_hh{suffix}"] = _ordered(kind, biases[turn, half:])
    return found


def _ordered(kind: str, rows: Array) -> Array:
    """Return the rows of all gates in the order of torch."""
    parts = np.split(rows, len(_GATES[kind]))
    return np.concatenate([parts[place] for place in _GATES[kind]])


def _is_zero(value: Any) -> bool:
    if isinstance(value, Filled):
        return value.value == 0
    return isinstance(value, np.ndarray) and value.dtype != object and not value.any()


def _as_onnx(step: Step, output: Tensor, hidden: int, *, is_both: bool) -> Any:
    """Draw the results of all steps with an axis for the directions, as ONNX has them."""
    if not is_both:
        return step.one("Unsqueeze", {"dim": 1}, input=output)
    parted = step.one("Unflatten", {"dim": -1, "unflattened_size": (2, hidden)}, input=output)
    return step.one("Permute", {"dims": (0, 2, 1, 3)}, input=parted)


RECURRENT: Final[Mapping[str, Callable[[Step], Any]]] = dict.fromkeys(_GATES, _recurrent)
"""What draws each operator."""
