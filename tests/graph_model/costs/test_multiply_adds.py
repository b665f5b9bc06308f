"""Multiply-adds agree with torch's own counter, which sees the operations that really run."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pytest
import torch
from hypothesis import HealthCheck, Phase, given, settings
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from graph_model.inference.infer import NodeResult
from graph_model.layers import LAYERS
from graph_model.layers.call import Call, nothing
from graph_model.layers.kind import LayerKind, Module
from graph_model.tensors import TensorSpec
from tests.graph_model.layers.draws import Drawn, uses
from tests.graph_model.layers.oracle import constructor
from tests.graph_model.layers.single import result
from tests.graph_model.layers.test_module_samples import expressed, samples, with_batch
from tests.interpreter import OPERATIONS, call, make
from tests.operations import FUNCTIONS
from tests.sampling import cases

NOT_SEEN: Final = {"AdaptiveLogSoftmaxWithLoss", "Bilinear"}
"""What the one computes depends on its targets; of the other torch knows no cost."""
COUNTED: Final = tuple(
    kind
    for kind in LAYERS.values()
    if kind.multiply_adds is not nothing and kind.name not in NOT_SEEN
)
FEWEST_SAMPLES: Final = 80
FEWEST_USES: Final = 1
MOST_SAMPLES: Final = cases(8, 1000)
"""Of a kind: torch's counter takes its time over each."""

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # torch's, on its own samples


@pytest.mark.parametrize("kind", COUNTED, ids=lambda kind: kind.name)
def test_drawn_uses(kind: LayerKind) -> None:
    compared = 0

    @settings(
        max_examples=15,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(uses(kind))
    def compare(drawn: Drawn) -> None:
        nonlocal compared
        found, problem = result(drawn.kind, drawn.arguments, drawn.inputs)
        if problem is None:
            assert counted(kind, found) == measured(kind, found)
            compared += 1

    compare()
    assert compared >= FEWEST_USES


def test_torchs_samples() -> None:
    compared: Counter[str] = Counter()
    for info, sample in samples("module_inputs_func"):
        drawn = expressed(info, sample)
        if isinstance(drawn, str) or drawn.kind not in COUNTED:
            continue
        if compared[drawn.kind.name] >= MOST_SAMPLES:
            continue
        found, problem = result(drawn.kind, drawn.arguments, drawn.inputs)
        if problem and problem.code == "wrong_rank":
            drawn = with_batch(drawn)
            found, problem = result(drawn.kind, drawn.arguments, drawn.inputs)
        if problem is None:
            assert counted(drawn.kind, found) == measured(drawn.kind, found), drawn
            compared[drawn.kind.name] += 1
    print(f"{compared.total()} samples of {len(compared)} kinds")
    assert compared.total() >= FEWEST_SAMPLES


def counted(kind: LayerKind, found: NodeResult) -> object:
    """Return the multiply-adds by the catalogue."""
    call = Call(kind.name, found.arguments, found.inputs, found.outputs, found.weights)
    return kind.multiply_adds(call)


def measured(kind: LayerKind, found: NodeResult) -> float:
    """Return what torch counts, a multiply-add being two of its operations."""
    with torch.device("meta"), FlopCounterMode(display=False) as counter:
        # torch looks at the values of masks, which change nothing here.
        tensors = {
            port: _tensor(spec) for port, spec in found.inputs.items() if not port.endswith("mask")
        }
        if isinstance(kind.form, Module):
            module = make(kind.name, constructor(kind, found.arguments, tensors))
            call(kind.name, module, found.arguments, tensors)
        elif kind.name in FUNCTIONS:
            FUNCTIONS[kind.name](tensors, found.arguments)
        elif kind.name == "MatMul":  # torch counts no product of vectors, but of single rows
            a, b = tensors.values()
            torch.matmul(torch.atleast_2d(a), b if b.dim() > 1 else b[:, None])
        else:
            OPERATIONS[kind.name](list(tensors.values()), found.arguments)
    return counter.get_total_flops() / 2


def _tensor(spec: TensorSpec) -> Tensor:
    return torch.empty(spec.shape, dtype=getattr(torch, spec.dtype))
