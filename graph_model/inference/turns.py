"""Going through a block as often as it is repeated: in a row, in a loop, or side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from graph_model.arrangement import Arrangement
from graph_model.blocks import DEEPEST, LARGEST, REPEAT, Block
from graph_model.findings.results import Inference, NodeResult, Pass, Specs
from graph_model.formulas import Scope
from graph_model.frozen import frozen
from graph_model.inference.arguments import arrangement, at_turn, is_by_turn, worked_out
from graph_model.inference.data_sizes import told_at
from graph_model.inference.joining import joined
from graph_model.network import Node
from graph_model.problems import Problem, Refusal
from graph_model.values import Arguments

Ask: TypeAlias = Callable[[Block, Arguments, Specs], Inference]
"""Works out a block for arguments and inputs."""


MOST_DIFFERENT: Final = 2048
"""How many repeats of one use may differ, each of which has to be gone through by itself."""


@frozen
class Repeated:
    """The use of a block that may be repeated: of which node, with what, how often.

    ``scope`` is that of the network around, ``left`` how many nodes may still be gone through.
    """

    node: Node
    block: Block
    arguments: Arguments
    inputs: Specs
    times: int
    scope: Scope
    left: int

    @property
    def outputs_left_out(self) -> Specs:
        """What it gives where it is left out: the first of what it is given."""
        return dict(zip(self.block.kind.outputs({}), self.inputs.values(), strict=False))


def gone_through(use: Repeated, ask: Ask) -> NodeResult:
    """Return what is known of a block's use, each of its repeats that differ asked for."""
    if use.block.depth > DEEPEST:
        return _failed(use, Problem("blocks_too_deep", {"limit": str(DEEPEST)}, node=use.node.id))
    if use.left < use.times * use.block.least_size:
        return _failed(use, _too_large(use))
    arranged = arrangement(use.node, use.scope)
    by_turn = is_by_turn(use.node, use.scope)
    passes: list[Pass] = []
    specs, outputs, own = use.inputs, use.outputs_left_out, use.arguments
    problems: tuple[Problem, ...] = ()
    turn, left = 0, use.left
    while turn < use.times and not problems:
        if len(passes) == MOST_DIFFERENT:
            return _failed(use, _too_many(use), passes=passes)
        if by_turn and turn:
            scope = at_turn(use.scope, turn, use.node)
            own, wrong = worked_out(use.block.kind, use.node, scope)
            if wrong:
                return _failed(use, *wrong, passes=passes)
        inference = ask(use.block, own, specs)
        outputs = _outputs(inference)
        following = use.inputs
        if not arranged.is_parallel:
            following = {**specs, **dict(zip(specs, outputs.values(), strict=False))}
        # What is given the same as before will give the same each time.
        same = use.times - turn if following == specs and not by_turn else 1
        passes.append(Pass(inference, same))
        left -= inference.size * same
        problems = (_too_large(use),) if left < 0 else _problems_within(use.node, inference)
        if arranged is Arrangement.SHARED and not problems:
            problems = _changed(use, passes, specs)
        specs, turn = following, turn + same
    if arranged.is_parallel and not problems:
        if told_at(use.inputs, outputs):
            values = {"got": str(next(iter(outputs.values())))}
            return _failed(use, Problem("repeats_of_data", values, node=use.node.id), passes=passes)
        outputs, problems = _side_by_side(use.node, arranged, passes)
    return NodeResult(
        use.inputs, outputs, use.arguments, (), problems, tuple(passes), arrangement=arranged
    )


def _failed(use: Repeated, *problems: Problem, passes: Sequence[Pass] = ()) -> NodeResult:
    return NodeResult(use.inputs, arguments=use.arguments, problems=problems, passes=tuple(passes))


def _outputs(inference: Inference) -> Specs:
    """Return what reaches the Outputs of a block, by their names."""
    reached = {
        node.name: inference.nodes[node.id].inputs.get("input")
        for node in inference.of_kind("Output")
    }
    return {name: spec for name, spec in reached.items() if spec is not None}


def _problems_within(node: Node, inference: Inference) -> tuple[Problem, ...]:
    """Return the errors within a block as problems of the node that uses it."""
    found: list[Problem] = []
    for cause in inference.problems:
        if cause.is_error:
            values = {"block": inference.network.name, "reason": cause.message}
            code = "inside_block"
            if cause.node:
                code = "inside_block_node"
                values["node"] = inference.network.nodes[cause.node].name
            found.append(Problem(code, values, node=node.id, cause=cause))
    return tuple(found)


def _too_large(use: Repeated) -> Problem:
    return Problem("blocks_too_large", {"limit": f"{LARGEST:,}"}, node=use.node.id)


def _too_many(use: Repeated) -> Problem:
    values = {"name": use.node.name, "limit": f"{MOST_DIFFERENT:,}", "got": f"{use.times:,}"}
    return Problem("too_many_differ", values, node=use.node.id)


def _side_by_side(
    node: Node, arranged: Arrangement, passes: Sequence[Pass]
) -> tuple[Specs, tuple[Problem, ...]]:
    """Return what repeats give together that take the same, and what is wrong with that."""
    given = [(each.inference, each.times) for each in passes]
    known = [(name, spec, n) for each, n in given for name, spec in _outputs(each).items()]
    try:
        spec = joined(node, arranged, [(spec, times) for _, spec, times in known])
    except Refusal as refusal:
        return {}, (refusal.problem,)
    return {known[0][0]: spec}, ()


def _changed(use: Repeated, passes: Sequence[Pass], specs: Specs) -> tuple[Problem, ...]:
    """Return what is wrong where the last repeat would need other weights than the first."""
    first, last = (list(each.inference.weights()) for each in (passes[0], passes[-1]))
    if first == last:
        return ()
    port = next(name for name, spec in specs.items() if spec != use.inputs[name])
    turn = sum(each.times for each in passes[:-1]) + 1
    values = {"turn": str(turn), "expected": str(use.inputs[port]), "got": str(specs[port])}
    return (Problem("loop_changes", values, node=use.node.id, parameter=REPEAT.name),)
