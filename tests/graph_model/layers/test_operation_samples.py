"""Every shape rule of an operation agrees with torch on the samples that torch's own tests use.

``op_db`` holds, for each function of torch, inputs that must work and inputs that must not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

import pytest
import torch
from torch import Tensor
from torch.testing._internal import common_utils, opinfo
from torch.testing._internal.common_methods_invocations import op_db
from torch.testing._internal.opinfo.core import ErrorInput, OpInfo, SampleInput

from graph_model.complaints import complaint
from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind, Module
from graph_model.tensors import DTYPES
from graph_model.values import Type, Value
from tests.graph_model.explain.reading import assert_explained
from tests.graph_model.layers.draws import Drawn
from tests.graph_model.layers.operation_entries import (
    ENTRIES,
    OF_VALUES_ALONE,
    SPELLINGS,
    TORCH_DEFAULTS,
    WITHOUT,
)
from tests.graph_model.layers.oracle import as_told, dtype_of, spec_of
from tests.graph_model.layers.single import result
from tests.graph_model.layers.stricter import is_stricter

SAMPLES_DTYPES: Final = (torch.float32, torch.complex64, torch.int64, torch.bool)
FEWEST_SAMPLES: Final = 4800
FEWEST_ERRORS: Final = 40

_NEEDED: Final = {"dim", "dims", "size", "end"}
"""What has another meaning in torch where it is left out."""

NOT_OFFERED: Final = "an argument that the catalogue does not offer"
LEFT_OUT: Final = "no dimension named, which means all of them or the flat tensor"
OTHER_VALUE: Final = "a value of a type or range that the catalogue does not take"
OTHER_PORTS: Final = "a number where a tensor is taken, or the reverse"
EMPTY: Final = "a tensor without elements"
"""Why a sample is no use of a kind."""
AGREED: Final = "agreed"
REFUSED: Final = "refused on purpose"
OUTCOMES: Final = (AGREED, REFUSED, EMPTY, LEFT_OUT, OTHER_VALUE, OTHER_PORTS, NOT_OFFERED)
"""What may become of a sample, from the best on."""
ENTRY_NAMES: Final = tuple(dict.fromkeys(spelled[0] for _, spelled in SPELLINGS))
"""The entries of torch's database that are layers here."""
_OWN_DTYPE: Final = {
    "Arange": torch.int64,
    **dict.fromkeys(("Linspace", "Eye", "Randn"), torch.float32),
}
_WITH_NUMBERS: Final = {"add", "sub", "mul", "div", "rsub"}
"""Entries that have samples with numbers among their further ones alone."""
OF_VALUES: Final = (
    "is out of bounds for dimension",
    "probability tensor contains",
    "invalid multinomial distribution",
    "number of categories cannot exceed",
)
"""What torch says of the elements of a tensor, which no shape rule sees."""
_OUT_OF_BOUNDS: Final = {"wrong_type", "below_minimum", "above_maximum", "not_above"}

pytestmark = pytest.mark.filterwarnings("ignore")  # torch's, on its own samples

# For each list of samples torch looks through the stack for a unittest to note them at: none is
# there, and the search takes five times as long as all the rest.
for each in (common_utils, opinfo.core):
    each.extract_test_fn = lambda: None


def test_every_operation_is_compared_with_an_entry() -> None:
    operations = {
        kind.name
        for kind in LAYERS.values()
        if not isinstance(kind.form, Module) and kind.family != "input_output"
    }
    also_modules = {"Flatten", "Unflatten"}
    assert ENTRIES.keys() | WITHOUT.keys() == operations | also_modules
    assert not ENTRIES.keys() & WITHOUT.keys()
    assert set(ENTRY_NAMES) <= {info.name for info in op_db}


@pytest.mark.parametrize("entry", ENTRY_NAMES)
def test_rules_agree_on_torchs_samples(entry: str) -> None:
    assert outcomes(entry).total(), "no sample of torch's"


def test_every_layer_agrees_on_some_sample() -> None:
    agreed = {kind for entry in ENTRY_NAMES for kind in agreeing(entry)}
    assert ENTRIES.keys() - agreed == set()


def test_the_samples_are_many() -> None:
    total = sum(map(outcomes, ENTRY_NAMES), Counter())
    print(f"{len(ENTRY_NAMES)} entries, {dict(total)}")
    assert total[AGREED] >= FEWEST_SAMPLES


def outcomes(entry: str) -> Counter[str]:
    """Count what became of the samples of an entry: of its layers, the one that goes furthest."""
    return Counter(next(iter(each), NOT_OFFERED) for each in _tried(entry))


def agreeing(entry: str) -> set[str]:
    """Return the layers that agree with torch on some sample of an entry."""
    return {kind for each in _tried(entry) for kind in each.get(AGREED, ())}


@cache
def _tried(entry: str) -> tuple[Mapping[str, Sequence[str]], ...]:
    """Return for each sample the outcomes, furthest first, with the layers that they are of."""
    found = []
    for info in _infos(entry):
        for dtype in SAMPLES_DTYPES:
            if dtype not in info.dtypes:
                continue
            samples = info.reference_inputs if entry in _WITH_NUMBERS else info.sample_inputs
            for sample in samples("cpu", dtype):
                reached: dict[str, list[str]] = {}
                for kind, spelled in _spelled(entry):
                    outcome = _outcome(kind, spelled, info, sample)
                    reached.setdefault(outcome, []).append(kind.name)
                found.append(dict(sorted(reached.items(), key=lambda pair: _furthest(pair[0]))))
    return tuple(found)


def _furthest(outcome: str) -> int:
    """Return a number that is the lower, the further a sample came."""
    return next((n for n, each in enumerate(OUTCOMES) if outcome.startswith(each)), len(OUTCOMES))


def _outcome(kind: LayerKind, spelled: Sequence[str], info: OpInfo, sample: SampleInput) -> str:
    drawn = _expressed(kind, spelled, sample)
    if isinstance(drawn, str):
        return drawn
    given = info.op(sample.input, *sample.args, **sample.kwargs)
    outputs = (given,) if isinstance(given, Tensor) else tuple(given)
    found, problem = result(drawn.kind, drawn.arguments, drawn.inputs)
    place = f"{kind.name} {drawn.arguments} {drawn.inputs}"
    if problem:
        if problem.code in _OUT_OF_BOUNDS:
            return OTHER_VALUE
        assert is_stricter(kind.name, problem.code), f"{place}: {problem.message}"
        return f"{REFUSED}: {problem.code}"
    shapes = tuple(map(spec_of, outputs))
    assert tuple(map(as_told, found.outputs.values(), shapes)) == shapes, place
    assert_explained(drawn.kind, drawn.arguments, drawn.inputs, shapes, found.weights)
    return AGREED


def test_rules_refuse_torchs_error_samples() -> None:
    found = error_outcomes()
    print(dict(found))
    assert found[REFUSED] >= FEWEST_ERRORS


@cache
def error_outcomes() -> Counter[str]:
    """Count what became of the inputs that torch refuses: each layer refuses what it can be."""
    found: Counter[str] = Counter()
    for entry in ENTRY_NAMES:
        for info in _infos(entry):
            for error in info.error_inputs("cpu") if info.error_inputs_func else ():
                reached = [_error(kind, each, error) for kind, each in _spelled(entry)]
                found[min(reached, key=_furthest)] += 1
    return found


def _error(kind: LayerKind, spelled: Sequence[str], error: ErrorInput) -> str:
    drawn = _expressed(kind, spelled, error.sample_input)
    if isinstance(drawn, str):
        return drawn
    if any(each in error.error_regex for each in OF_VALUES):
        return OF_VALUES[0]
    _, problem = result(kind, drawn.arguments, drawn.inputs)
    place = f"{kind.name} {drawn.arguments} {drawn.inputs}: {error.error_regex}"
    assert problem, place
    assert problem.code != "missing_input", place
    return REFUSED


def _spelled(entry: str) -> list[tuple[LayerKind, Sequence[str]]]:
    """Return the layers that an entry is, with what its arguments are called there."""
    return [(LAYERS[kind], spelled) for kind, spelled in SPELLINGS if spelled[0] == entry]


def _infos(entry: str) -> Iterator[OpInfo]:
    """Return the variants of an entry, as ``max`` has one for pairs."""
    return (info for info in op_db if info.name == entry)


def _expressed(kind: LayerKind, spelled: Sequence[str], sample: SampleInput) -> Drawn | str:
    """Return a sample as a use of the catalogue's kind, or why it is no such use."""
    entry, *names = spelled
    values = (sample.input, *sample.args)
    if len(values) > len(names):
        return NOT_OFFERED
    named = {**dict(zip(names, values, strict=False)), **sample.kwargs}
    if kind.name == "FloorDivide" and entry == "div" and named.pop("rounding_mode", "") != "floor":
        return NOT_OFFERED
    tensors: dict[str, Tensor] = {}
    arguments: dict[str, Value] = dict(TORCH_DEFAULTS.get(kind.name, {}))
    for name, value in named.items():
        port, _, parameter = name.partition("|")
        if name in OF_VALUES_ALONE or (name == "dtype" and value == _OWN_DTYPE.get(kind.name)):
            continue
        if isinstance(value, Tensor):
            tensors[port] = value
        elif name == "inputs":
            tensors |= {f"input{n}": each for n, each in enumerate(value, start=1)}
            arguments["inputs"] = len(value)
        elif name == "align_corners" and value is None:
            continue
        elif (parameter or port) in kind.by_name:
            arguments[parameter or port] = _plain(kind, parameter or port, value)
        elif value not in (None, False):
            return NOT_OFFERED
    _name_all_dims(kind, arguments, tensors)
    given = {name.partition("|")[2] or name for name in named} | set(arguments)
    if any(name in _NEEDED - given for name in kind.by_name) and kind.name != "Pad":
        return LEFT_OUT
    if kind.name == "Unbind":
        arguments["outputs"] = _elements(tensors["input"], arguments["dim"])
    return _checked(kind, arguments, tensors)


def _name_all_dims(
    kind: LayerKind, arguments: dict[str, Value], tensors: Mapping[str, Tensor]
) -> None:
    """Name every dimension where none is named, for a kind that takes several."""
    dim = kind.by_name.get("dim")
    takes_several = dim is not None and dim.type is Type.INTEGERS
    rank = tensors["input"].dim() if "input" in tensors else 0
    if takes_several and rank and arguments.get("dim") is None:
        sizes = arguments.get("s")
        arguments["dim"] = tuple(range(-len(sizes) if isinstance(sizes, tuple) else -rank, 0))


def _plain(kind: LayerKind, name: str, value: Any) -> Any:
    """Return an argument as the catalogue has it."""
    if isinstance(value, list | torch.Size):
        value = tuple(value)
    if isinstance(value, torch.dtype):
        return str(value).removeprefix("torch.")
    if kind.by_name[name].type is Type.INTEGERS and type(value) is int:
        return (value,)
    return value


def _elements(x: Tensor, dim: Value) -> int:
    assert isinstance(dim, int)
    return x.shape[dim] if -x.dim() <= dim < x.dim() else 2


def _checked(
    kind: LayerKind, arguments: Mapping[str, Value], tensors: Mapping[str, Any]
) -> Drawn | str:
    """Return the use, unless a port or parameter takes something else."""
    for name, value in arguments.items():
        if complaint(kind.by_name[name], value):
            return OTHER_VALUE
    if not all(isinstance(each, Tensor) for each in tensors.values()):
        return OTHER_VALUE
    if any(0 in each.shape for each in tensors.values()):
        return EMPTY
    if any(each.dim() > 64 or dtype_of(each) not in DTYPES for each in tensors.values()):
        return OTHER_VALUE
    ports = set(kind.inputs(kind.complete(arguments)))
    if not ports - kind.optional_inputs <= set(tensors) <= ports:
        return OTHER_PORTS
    return Drawn(kind, arguments, {port: spec_of(each) for port, each in tensors.items()})
