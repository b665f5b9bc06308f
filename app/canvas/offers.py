"""What fits where a layer is to be wired: the layers that may be added, the likeliest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from app.canvas.connectable import OF_ONE_INPUT
from app.language.sentences import problem_sentence
from app.quick_add.names import Kinds
from app.quick_add.ranks import spatial_rank
from graph_model.inference.answers import ask
from graph_model.layers.kind import Composite, LayerKind, Script
from graph_model.layers.ranks import of_rank
from graph_model.problems import Problem
from graph_model.tensors import TensorSpec

_AFTER: Final[Mapping[str, str]] = {
    "input_output": "Conv Linear Embedding Flatten LSTM GRU LayerNorm MultiheadAttention",
    "convolution": "BatchNorm ReLU MaxPool Conv Add Concatenate AdaptiveAvgPool Dropout",
    "pooling": "Conv Flatten Dropout Concatenate",
    "normalisation": "ReLU GELU SiLU Conv Linear MultiheadAttention Dropout Add",
    "activation": "Conv MaxPool Linear Dropout Flatten Add BatchNorm",
    "dropout": "Linear Add Conv LayerNorm",
    "linear": "ReLU GELU Dropout Linear BatchNorm LayerNorm Add Softmax",
    "recurrent": "Dropout Linear LSTM GRU Select LayerNorm",
    "attention": "Dropout Add LayerNorm Linear",
    "embedding": "LSTM GRU TransformerEncoderLayer Add Dropout LayerNorm",
    "arithmetic": "ReLU LayerNorm Conv Linear Dropout",
    "reduction": "Linear Softmax Sigmoid Add",
}
"""What usually comes after a layer of a family, by names without the number of dimensions."""

_BEFORE: Final[Mapping[str, str]] = {
    "convolution": "ReLU BatchNorm MaxPool Conv Input",
    "linear": "Flatten ReLU Dropout Linear Input",
    "normalisation": "Conv Linear Add Input",
    "recurrent": "Embedding LSTM GRU Dropout Input",
    "attention": "LayerNorm Embedding Add Linear Input",
    "embedding": "Input",
}
"""What usually comes before a layer of a family."""

_OTHERWISE: Final = "Linear Conv ReLU Dropout Add"


def offered_after(kinds: Kinds, family: str, given: TensorSpec | None) -> dict[str, LayerKind]:
    """Return those of some kinds that take what a layer of a family gives, the likeliest first.

    Where it is not known what that is, all that take anything.
    """
    found = {
        name: kind
        for name, kind in kinds.items()
        if kind.inputs(kind.defaults) and not (given and complaint_about(kind, given))
    }
    likely = f"{_AFTER.get(family, _OTHERWISE)} Output"
    return _first(found, likely, spatial_rank(given))


def offered_before(kinds: Kinds, family: str) -> dict[str, LayerKind]:
    """Return those of some kinds that give anything, the likeliest before a family first."""
    found = {name: kind for name, kind in kinds.items() if kind.outputs(kind.defaults)}
    return _first(found, _BEFORE.get(family, f"{_OTHERWISE} Input"), None)


def complaint_about(kind: LayerKind, given: TensorSpec) -> str:
    """Say why no input of a layer takes a tensor, nothing where one does."""
    wrong = _wrong(kind, given)
    return "" if _taking(kind, wrong) or not wrong else problem_sentence(wrong[0])


def input_for(kind: LayerKind, given: TensorSpec | None) -> str:
    """Return the first input of a layer that takes a tensor; where none does, the first."""
    inputs = kind.inputs(kind.defaults)
    taking = _taking(kind, _wrong(kind, given)) if given is not None else []
    return next(iter(taking or inputs), "")


def _wrong(kind: LayerKind, given: TensorSpec) -> list[Problem]:
    """Return what would be wrong with a tensor at each input that needs one.

    Blocks and custom layers are taken at their word.
    """
    if isinstance(kind.form, Composite | Script):
        return []
    required = _required(kind)
    inputs = tuple((name, given) for name in required)
    answer = ask(kind.name, tuple(kind.defaults.items()), inputs)
    return [each for each in answer.problems if each.is_error and _is_final(each, len(required))]


def _taking(kind: LayerKind, wrong: Sequence[Problem]) -> list[str]:
    refusing = {each.port for each in wrong}
    ports = _required(kind)
    return [] if len(ports) == 1 and wrong else [port for port in ports if port not in refusing]


def _required(kind: LayerKind) -> list[str]:
    inputs = kind.inputs(kind.defaults)
    return [each for each in inputs if each not in kind.optional_inputs] or list(inputs[:1])


def _is_final(problem: Problem, inputs: int) -> bool:
    """Tell whether a problem would stay whatever else the layer were given."""
    return inputs == 1 or problem.code in OF_ONE_INPUT


def _first(kinds: Kinds, likely: str, rank: int | None) -> dict[str, LayerKind]:
    """Return the kinds with the likely ones first, those of the given rank where there are several
    of a name."""
    ranks = (1, 2, 3) if rank is None or rank not in (1, 2, 3) else (rank, 2, 1, 3)
    names = (
        name
        for stem in likely.split()
        for name in (stem, *(of_rank(stem, each) for each in ranks))
        if name in kinds
    )
    return {**{name: kinds[name] for name in names}, **kinds}
