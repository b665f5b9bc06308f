"""Every shape rule agrees with torch: shapes, dtypes, weights, refusals and warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
import torch
from hypothesis import HealthCheck, given, note, settings

from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import infer
from graph_model.layers.kind import LayerKind
from graph_model.problems import Problem
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments
from tests.graph_model.explain.reading import assert_explained
from tests.graph_model.layers.draws import COMPUTING, Drawn, uses
from tests.graph_model.layers.oracle import Answer, as_told, ask
from tests.graph_model.layers.single import NODE, network, refusal, result
from tests.graph_model.layers.stricter import is_stricter
from tests.sampling import cases

EXAMPLES = cases(10, 200)
SELDOM_FIT = {"UnflattenLike"}
"""What is drawn for them is mostly refused."""


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
    count = 40 if kind.name in SELDOM_FIT else EXAMPLES

    @settings(max_examples=count, database=None, suppress_health_check=list(HealthCheck))
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
            assert is_stricter(kind.name, problem.code), "torch lets this pass"
        return "refused"
    if _lacks_kernel(answer):
        return "unknown"
    assert isinstance(answer, Answer), f"torch refuses: {answer}"
    assert tuple(map(as_told, found.outputs.values(), answer.outputs)) == answer.outputs
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
