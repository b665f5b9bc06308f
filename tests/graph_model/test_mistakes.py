"""Every ordinary mistake: what is said of it and where, that each fix mends it, what torch does."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from graph_model.editing.edits import apply_fix, still_fits
from graph_model.inference.infer import infer
from graph_model.layers import LAYERS
from graph_model.network import Network, disconnect, remove_nodes
from graph_model.problems import KINDS, Problem, Severity
from tests.untrained import Untrained
from tools.mistakes import MISTAKES, Mistake

EACH = pytest.mark.parametrize(
    "mistake",
    MISTAKES,
    ids=[f"{m.code}-{m.network.nodes[m.node].kind if m.node else ''}" for m in MISTAKES],
)


def _problem(mistake: Mistake) -> Problem:
    found = [each for each in infer(mistake.network).problems if each.code == mistake.code]
    assert len(found) == 1, [each.message for each in infer(mistake.network).problems]
    return found[0]


@EACH
def test_a_mistake_is_told_once_at_its_place(mistake: Mistake) -> None:
    problem = _problem(mistake)
    assert problem.node == mistake.node
    assert mistake.place in (problem.parameter, problem.port)
    others = [e for e in infer(mistake.network).problems if e.is_error and e is not problem]
    assert {each.code for each in others} <= {mistake.code, "missing_input"}


@EACH
def test_each_fix_mends_it_and_breaks_nothing(mistake: Mistake) -> None:
    problem = _problem(mistake)
    before = {each.code for each in infer(mistake.network).problems}
    for fix in problem.fixes:
        after = infer(apply_fix(mistake.network, fix))
        codes = [each.code for each in after.problems]
        assert mistake.code not in codes, fix.message
        left_open = {"missing_input"} if mistake.code == "cycle" else set()
        new = [each for each in after.problems if each.is_error and each.code not in before]
        assert {each.code for each in new} <= left_open, fix.message


SIZES = {"N": 7, "T": 5, "H": 16, "W": 16}


def _tensors(network: Network) -> dict[str, Tensor]:
    given = {}
    for node in infer(network).of_kind("Input"):
        arguments = LAYERS["Input"].complete(node.arguments)
        shape = [SIZES.get(entry, entry) for entry in arguments["shape"]]
        given[node.name] = torch.ones(shape, dtype=getattr(torch, arguments["dtype"]))
    return given


@pytest.mark.parametrize(
    "mistake",
    [each for each in MISTAKES if each.torch != "never asked"],
    ids=lambda each: f"{each.code}-{each.network.nodes[each.node].kind}",
)
@pytest.mark.filterwarnings("ignore:dropout option adds dropout")
@pytest.mark.filterwarnings("ignore:reduction. 'mean' divides")
def test_torch_raises_or_lets_it_pass(mistake: Mistake) -> None:
    network = Untrained(mistake.network, {"noise": torch.ones(8)}, training=True)
    if mistake.torch == "runs":
        network.run(_tensors(mistake.network))
        return
    refusals = (RuntimeError, ValueError, IndexError, TypeError, AssertionError)
    with pytest.raises(refusals):
        network.run(_tensors(mistake.network))


def test_an_error_is_what_torch_refuses_and_the_rest_runs() -> None:
    advised = {each.code for each in MISTAKES if KINDS[each.code].severity is not Severity.ERROR}
    assert not {each.code for each in MISTAKES if each.torch == "raises"} & advised
    assert len({each.code for each in MISTAKES}) >= 40


@EACH
def test_a_fix_of_before_is_done_only_where_all_is_there_that_it_changes(mistake: Mistake) -> None:
    """Qt may ask what it would change in the midst of the edit that takes the problem away."""
    network = mistake.network
    edited = [remove_nodes(network, [id]) for id in network.nodes]
    edited += [disconnect(network, [port]) for port in network.edges]
    for fix in _problem(mistake).fixes:
        assert still_fits(network, fix)
        for each in edited:
            if still_fits(each, fix):
                infer(apply_fix(each, fix), infer(each))
            else:
                assert each is not network
