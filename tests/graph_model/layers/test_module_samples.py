"""Rules agree with torch on the inputs that torch tests its own modules with."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import pytest
import torch
from torch import Tensor, nn
from torch.testing._internal.common_modules import FunctionInput, ModuleInfo, ModuleInput, module_db

from graph_model.complaints import complaint
from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind
from graph_model.layers.left_out import LEFT_OUT
from graph_model.recipes.losses import LOSSES, Target
from tests.graph_model.explain.reading import assert_explained
from tests.graph_model.layers.draws import Drawn
from tests.graph_model.layers.oracle import Answer, ask, spec_of, torch_defaults, weights_of
from tests.graph_model.layers.single import result
from tests.graph_model.layers.stricter import is_stricter
from tests.interpreter import SIZES

LAZY: Final = "Lazy"
"""How the classes begin whose sizes follow from the input, as all do here."""
INFOS: Final = tuple(
    info for info in module_db if info.module_cls.__name__.removeprefix(LAZY) in LAYERS
)
LOSS_INFOS: Final = tuple(info for info in module_db if info.module_cls.__name__ in LOSSES)

FEWEST_SAMPLES: Final = 900
MOST_REFUSED: Final = 9
FEWEST_ERRORS: Final = 70

NOT_EXPRESSED: Final = {
    "bias": "older versions of torch, on which exported files run, lack it in these norms",
    "weight": "a single number for all, by which MultiplyByNumber multiplies a loss",
    "output_size": "None in it keeps a size as it came, which no number says for all inputs",
    "no elements": "a batch has at least one sample here",
}
"""Why a sample of a class that we have is no use of its catalogue entry."""
AGREED: Final = "agreed"
GIVEN_A_BATCH: Final = "agreed, once given a batch"
REFUSED: Final = "refused on purpose"
NOT_OFFERED: Final = {"wrong_type", "not_a_choice"}
OF_VALUES: Final = "index out of range in self"
"""What torch says of the elements of a tensor, which no shape rule sees."""

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # torch's, on its own samples


def test_every_class_of_the_database_is_a_layer_a_loss_or_a_lazy_twin() -> None:
    others = {info.module_cls.__name__ for info in {*module_db} - {*INFOS, *LOSS_INFOS}}
    print(f"{len(INFOS)} of the {len(module_db)} entries of torch's database are layers here")
    assert others <= set(LEFT_OUT)


def test_rules_agree_on_torchs_samples() -> None:
    found = outcomes()
    print(dict(found))
    unexpressed = {reason for reason in found if reason not in (AGREED, GIVEN_A_BATCH, REFUSED)}
    assert unexpressed == set(NOT_EXPRESSED)
    assert found[AGREED] + found[GIVEN_A_BATCH] >= FEWEST_SAMPLES
    assert found[REFUSED] <= MOST_REFUSED


@cache
def outcomes() -> Counter[str]:
    """Count what became of torch's samples, with the argument that keeps some from being drawn."""
    counts: Counter[str] = Counter()
    for info, sample in samples("module_inputs_func"):
        drawn = expressed(info, sample)
        if isinstance(drawn, str):
            counts[drawn] += 1
            continue
        outcome = AGREED
        found, problem = result(drawn.kind, drawn.arguments, drawn.inputs)
        if problem and problem.code == "wrong_rank":
            drawn = with_batch(drawn)
            found, problem = result(drawn.kind, drawn.arguments, drawn.inputs)
            answer = ask(drawn.kind, found.arguments, drawn.inputs)
            outcome = GIVEN_A_BATCH
        else:
            answer = _answer(info, sample)
        if problem:
            assert is_stricter(drawn.kind.name, problem.code), f"{drawn}: {problem.message}"
            counts[REFUSED] += 1
            continue
        weights = sorted(found.weights, key=lambda weight: weight.name)
        assert tuple(found.outputs.values()) == answer.outputs, drawn
        assert tuple(weights) == answer.weights, drawn
        assert_explained(drawn.kind, drawn.arguments, drawn.inputs, answer.outputs, answer.weights)
        counts[outcome] += 1
    return counts


def test_rules_refuse_torchs_error_samples() -> None:
    covered = error_samples()
    print(f"{covered} of torch's error samples covered")
    assert covered >= FEWEST_ERRORS


@pytest.mark.parametrize("info", LOSS_INFOS, ids=lambda info: info.module_cls.__name__)
def test_a_loss_takes_the_targets_that_it_says(info: ModuleInfo) -> None:
    name = info.module_cls.__name__
    made = info.module_inputs_func(
        info, device="cpu", dtype=torch.float32, requires_grad=False, training=True
    )
    compared = 0
    for sample in made:
        output, target = sample.forward_input.args
        if LOSSES[name].target is Target.CLASSES:
            if target.is_floating_point() or output.dim() == 1:
                continue  # a distribution over classes, or no batch: no data source gives them
            assert target.dtype is torch.int64
            assert target.shape == output.shape[:1] + output.shape[2:]
        else:
            assert target.shape == output.shape
        compared += 1
    assert compared


@cache
def error_samples() -> int:
    """Count the inputs that torch refuses and a layer can be given, which refuses them too."""
    covered = 0
    for info, error in samples("module_error_inputs_func"):
        drawn = expressed(info, error.module_error_input, of_errors=True)
        if isinstance(drawn, str) or error.error_regex == OF_VALUES:
            continue
        covered += 1
        _, problem = result(drawn.kind, drawn.arguments, drawn.inputs)
        assert problem
        assert problem.code != "missing_input", f"{drawn}: {error.error_regex}"
    return covered


def samples(function: str) -> Iterator[tuple[ModuleInfo, Any]]:
    for info in INFOS:
        make = getattr(info, function)
        if make:
            made = make(info, device="cpu", dtype=torch.float32, requires_grad=False, training=True)
            for sample in made:
                yield info, sample


def _answer(info: ModuleInfo, sample: ModuleInput) -> Answer:
    """Make and call the module just as torch's own tests do."""
    made, called = sample.constructor_input, sample.forward_input
    module = info.module_cls(*made.args, **_without_places(made.kwargs))
    given = module(*called.args, **called.kwargs)
    return Answer(tuple(map(spec_of, _flat(given))), weights_of(module), ())


def with_batch(drawn: Drawn) -> Drawn:
    """Return a sample without a batch as a batch of one, which comes first or second."""
    batch_second = drawn.arguments.get("batch_first") is False
    inputs = {}
    for port, spec in drawn.inputs.items():
        if port.endswith("mask") and not port.endswith("padding_mask"):
            inputs[port] = spec  # of pairs of steps
            continue
        states = {"h_0", "c_0"} if "num_layers" in drawn.kind.by_name else set()
        dim = 1 if port in {*states, "log_probs"} or (batch_second and "mask" not in port) else 0
        inputs[port] = spec.with_shape(*spec.shape[:dim], 1, *spec.shape[dim:])
    return Drawn(drawn.kind, drawn.arguments, inputs)


def expressed(info: ModuleInfo, sample: ModuleInput, *, of_errors: bool = False) -> Drawn | str:
    """Return a sample as a use of the catalogue's kind, or why it is no such use."""
    name = info.module_cls.__name__
    kind = LAYERS[name.removeprefix(LAZY)]
    defaults = torch_defaults(kind)
    inferred = {"in_channels"} if name.startswith(LAZY) else set()
    taken = [each for each in defaults if each not in inferred]
    given = dict(zip(taken, sample.constructor_input.args, strict=False))
    given |= _without_places(sample.constructor_input.kwargs)
    if "encoder_layer" in given:
        given |= _layer_arguments(given.pop("encoder_layer"))
    tensors, call = _operands(kind, sample)
    if not tensors:  # the constructor is at fault
        tensors = {"input": _fitting(kind, given)}
    arguments = {}
    for name, value in {**defaults, **dict.fromkeys(inferred), **given, **call}.items():
        parameter = kind.by_name.get(name)
        if parameter is None:
            if value != defaults.get(name):
                return name
            continue
        value = _plain(name, value)
        wrong = complaint(parameter, value)
        if wrong and wrong.code in NOT_OFFERED and not of_errors:
            return name
        arguments[name] = value
    if any(0 in tensor.shape for tensor in tensors.values()):
        return "no elements"
    unknown = set(tensors) - set(kind.inputs(kind.complete(arguments)))
    if unknown:
        return min(unknown)
    return Drawn(kind, arguments, {port: spec_of(tensor) for port, tensor in tensors.items()})


def _operands(kind: LayerKind, sample: ModuleInput) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Part what a module is called with into tensors by port and further arguments."""
    called = sample.forward_input or FunctionInput()
    ports = kind.inputs(kind.defaults)
    args = tuple(itertools.chain.from_iterable(map(_flat, called.args)))
    if kind.name == "CTCLoss":  # lengths may be tuples of numbers
        args = tuple(map(torch.as_tensor, called.args))
    given = {**dict(zip(ports, args, strict=False)), **called.kwargs}
    given = {name: value for name, value in given.items() if value is not None}
    tensors = {name: value for name, value in given.items() if isinstance(value, Tensor)}
    rest = {name: value for name, value in given.items() if name not in tensors}
    if kind.name == "MultiheadAttention":
        rest = {"need_weights": True, **rest}
    return tensors, rest


def _fitting(kind: LayerKind, given: Mapping[str, Any]) -> Tensor:
    """Return a tensor of three dimensions with the sizes that a constructor names."""
    shape = [2, 10, 10]
    for name, (_, dim) in SIZES.get(kind.name, {}).items():
        if isinstance(given[name], int) and given[name] > 0:
            shape[dim] = given[name]
    return torch.zeros(shape)


def _without_places(given: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out where the windows of a random pooling are, on which no shape depends."""
    return {name: value for name, value in given.items() if name != "_random_samples"}


def _layer_arguments(layer: nn.TransformerEncoderLayer) -> dict[str, Any]:
    """Return what the layer of a stack was made with."""
    return {
        "d_model": layer.self_attn.embed_dim,
        "nhead": layer.self_attn.num_heads,
        "dim_feedforward": layer.linear1.out_features,
        "dropout": layer.dropout.p,
        "activation": layer.activation,
        "layer_norm_eps": layer.norm1.eps,
        "batch_first": layer.self_attn.batch_first,
        "norm_first": layer.norm_first,
        "bias": layer.linear1.bias is not None,
    }


def _plain(name: str, value: Any) -> Any:
    """Return a constructor argument as the catalogue has it."""
    if name == "normalized_shape":
        return tuple(value) if isinstance(value, list | tuple | torch.Size) else (value,)
    if isinstance(value, list | torch.Size):
        return tuple(value)
    if isinstance(value, Tensor) and value.dim() == 1:
        return tuple(value.abs().tolist())  # a weight below 0 would reward mistakes
    return getattr(value, "__name__", value) if callable(value) else value


def _flat(value: Any) -> tuple[Any, ...]:
    """Return what is nested in tuples side by side, without ``None``."""
    if isinstance(value, tuple):
        return tuple(itertools.chain.from_iterable(map(_flat, value)))
    return () if value is None else (value,)
