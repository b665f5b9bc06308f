"""What autograd keeps is what torch really saves, storage by storage, on the CPU.

Most kinds agree to the byte. Those that torch composes of many steps agree within 6 % at usual
sizes; losses drawn as layers are not compared, being small beside all else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest
import torch
from hypothesis import HealthCheck, Phase, given, settings
from torch import Tensor

from graph_model.costs.effect import effect_of_layer
from graph_model.costs.sizes import size_of
from graph_model.inference.infer import NodeResult
from graph_model.layers import LAYERS
from graph_model.layers.call import Call
from graph_model.layers.kind import LayerKind, Module
from graph_model.tensors import TensorSpec
from graph_model.values import Value
from tests.graph_model.layers.draws import BY_THE_DATA, COMPUTING, Drawn, uses
from tests.graph_model.layers.oracle import constructor, example
from tests.graph_model.layers.single import result
from tests.interpreter import OPERATIONS, call, make
from tests.operations import FUNCTIONS

COMPOSED: Final = {
    *(kind.name for kind in COMPUTING if kind.family in {"recurrent", "attention"}),
    *("ScaledDotProductAttention", "EmbeddingBag", "CosineSimilarity", "Einsum"),
    *(f"LPPool{rank}d" for rank in (1, 2, 3)),
}
EXACT: Final = tuple(
    kind
    for kind in COMPUTING
    if kind.name not in COMPOSED | BY_THE_DATA
    and kind.family not in {"distance", "loss", "constant"}
    and kind.name not in {"FloorDivide", "Slice"}  # drawn with zeros; written as an index in files
)

X, Y = TensorSpec((8, 32, 64)), TensorSpec((8, 24, 64))
Q, K = TensorSpec((8, 4, 32, 16)), TensorSpec((8, 4, 24, 16))
IMAGE = TensorSpec((8, 16, 8, 8))
_WIDE: Final = {"nhead": 4, "dim_feedforward": 256}

USUAL: Final[tuple[tuple[str, dict[str, Value], dict[str, TensorSpec]], ...]] = (
    *(
        (name, {"hidden_size": 64, **arguments}, {"input": X})
        for name in ("RNN", "LSTM", "GRU")
        for arguments in (
            {},
            {"num_layers": 2},
            {"bidirectional": True},
            {"num_layers": 2, "dropout": 0.1, "hidden_size": 96},
        )
    ),
    *(
        (name, {"hidden_size": 64}, {"input": TensorSpec((8, 64))})
        for name in ("RNNCell", "LSTMCell", "GRUCell")
    ),
    *(
        ("MultiheadAttention", arguments, {"query": X, "key": Y, "value": Y})
        for arguments in ({}, {"need_weights": True}, {"dropout": 0.1})
    ),
    *(
        (name, {**_WIDE, **arguments}, inputs)
        for name, inputs in (
            ("TransformerEncoderLayer", {"input": X}),
            ("TransformerDecoderLayer", {"tgt": X, "memory": Y}),
        )
        for arguments in ({}, {"dropout": 0.0}, {"norm_first": True}, {"dim_feedforward": 64})
    ),
    ("TransformerEncoder", {**_WIDE, "num_layers": 2}, {"input": X}),
    ("TransformerDecoder", {**_WIDE, "num_layers": 2}, {"tgt": X, "memory": Y}),
    ("Transformer", {**_WIDE, "num_encoder_layers": 1}, {"src": Y, "tgt": X}),
    ("ScaledDotProductAttention", {}, {"query": Q, "key": K, "value": K}),
    ("EmbeddingBag", {"embedding_dim": 64}, {"input": TensorSpec((8, 32), "int64")}),
    ("CosineSimilarity", {}, {"x1": X, "x2": X}),
    ("Einsum", {"equation": "nij,nkj->nik"}, {"input1": X, "input2": Y}),
    ("LPPool2d", {}, {"input": IMAGE}),
)

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # torch's, on its own layers


@pytest.mark.parametrize("kind", EXACT, ids=lambda kind: kind.name)
def test_drawn_uses(kind: LayerKind) -> None:
    @settings(
        max_examples=10,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(uses(kind))
    def compare(drawn: Drawn) -> None:
        found, problem = result(drawn.kind, drawn.arguments, drawn.inputs)
        halves = {
            "float16",
            "bfloat16",
            "float64",
            "complex128",
        }  # torch keeps some of them as float32
        leading = -2 if kind.name == "MatMul" else None
        shapes = {spec.shape[:leading] for spec in drawn.inputs.values()}
        if kind.name in {"MatMul", "Multiply"} and len(shapes) > 1:
            return  # what is broadcast on the way is kept as a copy
        if kind.name == "Lookup" and not drawn.inputs["index"].shape:
            return  # a single index is read at once, and not kept
        if problem is None and not halves & {spec.dtype for spec in drawn.inputs.values()}:
            assert counted(kind, found) == measured(kind, found)

    compare()


@pytest.mark.parametrize(("name", "arguments", "inputs"), USUAL)
def test_usual_sizes(
    name: str, arguments: Mapping[str, Value], inputs: Mapping[str, TensorSpec]
) -> None:
    kind = LAYERS[name]
    found, problem = result(kind, arguments, inputs)
    assert problem is None
    assert counted(kind, found) == pytest.approx(measured(kind, found), rel=0.06)


def counted(kind: LayerKind, found: NodeResult) -> int:
    """Return what is kept by our rules, weights left out."""
    made = Call(kind.name, found.arguments, found.inputs, found.outputs, found.weights)
    gradients = [port for port, spec in found.inputs.items() if spec.has_fractions]
    trained = any(not weight.is_buffer for weight in found.weights)
    effect = effect_of_layer(kind, made, gradients, trained=trained)
    ports = {effect.same_as.get(port, port) for port in (*effect.kept_inputs, *effect.kept_outputs)}
    specs = {**found.outputs, **found.inputs}
    return effect.kept + sum(size_of(specs[port]) for port in ports)


def measured(kind: LayerKind, found: NodeResult) -> int:
    """Return the bytes of all storages that torch saves, weights left out."""
    tensors = {port: example(spec, found.arguments) for port, spec in found.inputs.items()}
    for port, tensor in tensors.items():
        if tensor.is_floating_point() or tensor.is_complex():
            tensors[port] = tensor.requires_grad_().clone()
    saved: list[Tensor] = []

    def keep(tensor: Tensor) -> Tensor:
        saved.append(tensor)
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        outputs, weights = _run(kind, found, tensors)
    if not any(each.requires_grad for each in outputs):
        return 0
    storages = [each.untyped_storage() for each in saved]
    held = {each.untyped_storage().data_ptr() for each in weights}
    sizes = {each.data_ptr(): each.nbytes() for each in storages if each.data_ptr() not in held}
    return sum(sizes.values())


def _run(
    kind: LayerKind, found: NodeResult, tensors: Mapping[str, Tensor]
) -> tuple[tuple[Tensor, ...], list[Tensor]]:
    """Return what a layer gives, and its weights."""
    if isinstance(kind.form, Module):
        module = make(kind.name, constructor(kind, found.arguments, tensors))
        weights = [*module.parameters(), *module.buffers()]
        return call(kind.name, module, found.arguments, tensors), weights
    if kind.name in FUNCTIONS:
        given = FUNCTIONS[kind.name](tensors, found.arguments)
        return given if isinstance(given, tuple) else (given,), []
    return (OPERATIONS[kind.name](list(tensors.values()), found.arguments),), []
