"""Every shape rule agrees with torch: shapes, dtypes, weights, refusals and warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import pytest
import torch
from hypothesis import HealthCheck, given, note, settings

from graph_model.edits import apply_fix
from graph_model.infer import infer
from graph_model.layers import LAYERS
from graph_model.layers.kind import LayerKind
from graph_model.problems import Problem
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments
from tests.graph_model.explain.reading import assert_explained
from tests.graph_model.layers.draws import COMPUTING, Drawn, uses
from tests.graph_model.layers.oracle import Answer, ask
from tests.graph_model.layers.single import NODE, network, refusal, result

EXAMPLES = 40


def _family(*families: str) -> frozenset[str]:
    return frozenset(kind.name for kind in LAYERS.values() if kind.family in families)


_RANDOM_RANKS: Final = frozenset({"Dropout1d", "Dropout2d", "Dropout3d"})
_PIXELS: Final = frozenset({"PixelShuffle", "PixelUnshuffle"})
_NORMS: Final = _family("normalisation")

_REAL: Final = frozenset({
    "Power", "Atan2", "LogAddExp", "Hypot", "Lerp", "Pad", "Upsample",
    "Interpolate", "InterpolateLike",
})  # fmt: skip

STRICTER: Final = {
    # A batch comes first in every network drawn here. torch takes a tensor with one dimension
    # less for a sample without a batch, and the adaptive pools and dropouts take nearly anything.
    "wrong_rank": _family("convolution", "pooling", "padding", "recurrent", "attention", "distance")
    | _RANDOM_RANKS
    | _PIXELS
    | {"Softmax2d", "Unfold", "Fold", "ExpandLike", "TakeAlongDim", "IndexSelect"}
    | _NORMS - {"LayerNorm", "RMSNorm", "GroupNorm"},
    # Without channels FeatureAlphaDropout works for p = 0 alone.
    # torch pretends that a single number has one dimension.
    "rank_too_small": {
        "FeatureAlphaDropout",
        "PairwiseDistance",
        "TripletMarginLoss",
        "GaussianNLLLoss",
    },
    # torch takes whole numbers here and there, and gives whole numbers or float32.
    "needs_real_numbers": _family("activation", "dropout", "pooling", "padding", "distance")
    | {"LocalResponseNorm", "Unfold", "Fold"}
    | _REAL,
    # torch mixes dtypes in normalisation, by conversions that differ from device to device.
    "needs_float32": _NORMS,
    # torch would find a common dtype, so that a wrong connection goes unnoticed.
    "different_dtypes": _family("arithmetic", "comparison", "distance")
    | {"ScatterAdd", "Bucketize"},
    # torch broadcasts, so that losses of things that do not belong together are added up.
    "wrong_shape": _family("distance"),
    # torch makes tables without elements, so that the rarest classes are all alike.
    "cluster_without_width": {"AdaptiveLogSoftmaxWithLoss"},
    # torch adds such a mask to the weights: a mask of truth values says what is meant.
    # Of other numbers, & and | combine the bits, where all but zero counts as true for the rest.
    "needs_truth_values": _family("attention", "comparison", "reduction"),
    # torch pretends that a single number has one dimension.
    "no_dims": _family("shape", "reduction", "activation", "distance"),
    # torch ignores the size where there are no weights, or warns.
    "pinned_size": _NORMS,
    # The result would be zero whatever comes in.
    "single_value_per_group": {"GroupNorm"},
    # torch takes no dimension for all of them.
    "dims_missing": _family("reduction") | {"Flip", "ExpandLike"},
    # torch turns one element into a single number, which has no batch.
    "bad_sizes": {"Reshape"},
    # torch removes nothing, silently.
    "wrong_size": {"Squeeze"},
    # torch cuts the range off at the end, so that the size differs from what was asked.
    "index_out_of_range": {"Slice"},
    # torch gives fewer pieces than were asked for.
    "cannot_chunk": {"Chunk"},
    "cannot_unbind": {"Unbind"},  # and more than there are ports
    # torch pads nothing, silently, and cuts off in modes that are made for padding.
    "bad_pad": {"Pad"},
    "pad_negative": {"Pad"},
    "value_without_constant": {"Pad"},  # of 0, which it takes for none
    # torch gives tensors without elements.
    "bad_repeats": {"Repeat"},
    "bad_split": {"Split"},
    "sizes_not_positive": {"Parameter", "Buffer", "Constant"},
    # Older versions of torch do not take int32.
    "needs_indices": {"Gather", "IndexSelect", "ScatterAdd", "Lookup", "TakeAlongDim"},
    # torch has ``...`` for dimensions without a letter.
    "bad_equation": {"Einsum"},
    # torch lets the upper bound win.
    "min_above_max": {"Clamp"},
    # torch gives not-a-number, and warns.
    "too_few_for_variance": {"Var", "Std"},
    # torch rolls the tensor as if it were flat.
    "lengths_differ": {"Roll"},
    # torch takes truth values for numbers.
    "needs_numbers": _family("arithmetic", "comparison", "reduction"),
    # torch gives a tensor without elements.
    "size_not_positive": {"Slice", "Diagonal", "Pad"}
    | _family("convolution", "pooling", "padding", "embedding"),
    "empty_range": {"Arange"},
    # torch rounds towards zero.
    "fraction_of_whole": {"Constant", "FullLike", "MaskedFill"},
    # torch divides real numbers so, but has no gradient of it.
    "needs_whole_numbers": {"FloorDivide"},
    # torch gives infinity.
    "zero_divisor": {"DivideByNumber", "FloorDivide", "Remainder"},
}
"""What the rules refuse although torch lets it pass: the problem, and for which kinds."""


@pytest.fixture(autouse=True)
def _one_thread_and_seed() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    yield
    torch.set_num_threads(threads)


@pytest.mark.parametrize("kind", COMPUTING, ids=lambda kind: kind.name)
def test_a_rule_agrees_with_torch(kind: LayerKind) -> None:
    outcomes: Counter[str] = Counter()

    @settings(max_examples=EXAMPLES, database=None, suppress_health_check=list(HealthCheck))
    @given(uses(kind))
    def agrees(drawn: Drawn) -> None:
        outcomes[_outcome(drawn)] += 1

    agrees()
    assert outcomes["accepted"] >= EXAMPLES // 10, outcomes


def _outcome(drawn: Drawn) -> str:
    kind = drawn.kind
    found, problem = result(kind, drawn.arguments, drawn.inputs)
    note(f"{kind.name} {drawn.arguments} {drawn.inputs}: {problem.message if problem else found}")
    arguments = kind.complete(drawn.arguments) if problem else found.arguments
    answer = _answer(kind, arguments, drawn.inputs)
    if problem:
        _assert_fixes_mend(drawn, problem)
        if isinstance(answer, Answer):
            assert kind.name in STRICTER.get(problem.code, ()), "torch lets this pass"
        return "refused"
    if _lacks_kernel(answer):
        return "unknown"
    assert isinstance(answer, Answer), f"torch refuses: {answer}"
    assert tuple(found.outputs.values()) == answer.outputs
    assert sorted(found.weights, key=lambda weight: weight.name) == list(answer.weights)
    assert found.parameter_count == _count(answer)
    assert not answer.warnings or found.problems, "torch warns"
    assert_explained(kind, drawn.arguments, drawn.inputs, answer.outputs, answer.weights)
    return "accepted"


def _answer(
    kind: LayerKind, arguments: Arguments, inputs: Mapping[str, TensorSpec]
) -> Answer | Exception:
    try:
        return ask(kind, arguments, inputs)
    except Exception as error:  # whatever torch raises is its refusal
        return error


def _lacks_kernel(answer: Answer | Exception) -> bool:
    """Tell whether only the CPU cannot do it, which has less for half precision than GPUs have."""
    return any(f"not implemented for '{name}'" in str(answer) for name in ("Half", "BFloat16"))


def _count(answer: Answer) -> int:
    return sum(weight.count for weight in answer.weights if not weight.is_buffer)


def _assert_fixes_mend(drawn: Drawn, problem: Problem) -> None:
    before = network(drawn.kind, drawn.arguments, drawn.inputs)
    for fix in problem.fixes:
        after = refusal(infer(apply_fix(before, replace(fix, node=NODE))))
        assert after is None or _place(after) != _place(problem), fix.message


def _place(problem: Problem) -> tuple[str, str, str]:
    return problem.code, problem.port, problem.parameter
