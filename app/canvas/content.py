"""What a card says: worked out from a node and what is known of it, as a value to compare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from app.language.numbers import brief_count, shape_label
from app.language.sentences import phrase_text
from app.project.state import State
from graph_model.arrangement import Arrangement
from graph_model.formulas import Formula, Scope, evaluate, write
from graph_model.frozen import frozen
from graph_model.inference.arguments import as_owner
from graph_model.inference.infer import NodeResult
from graph_model.layers.card import format_value, summary
from graph_model.layers.kind import Composite, LayerKind
from graph_model.network import Node
from graph_model.problems import Problem, Refusal, Severity
from graph_model.values import Arguments, Value

Standing = Literal["fine", "warning", "error"]
PortNames: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""The ports of a node: those of its inputs, and those of its outputs."""


@frozen
class Content:
    """The words on a card, its ports, and how its node stands."""

    name: str
    kind: str
    family: str
    glyph: str
    summary: str
    shape: str
    dtype: str
    count: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    optional: frozenset[int]
    """The indices of inputs that may stay open."""
    standing: Standing
    problems: tuple[Problem, ...]
    times: str = ""
    """How often a block is repeated, such as ``×12``."""
    owner: str = ""
    """The name of the node whose weights it shares."""
    batch_first: bool | None = None
    """Whether it reads sequences with the batch first, or the steps; ``None`` of other layers."""


def port_names(state: State, node: Node) -> PortNames:
    """Return the ports of a node."""
    shown = state.inference.network.nodes.get(node.id, node)
    kind = state.kind(shown.kind)
    if kind is None:
        return (), ()
    arguments = state.inference.nodes[node.id].arguments or kind.complete(shown.arguments)
    return kind.inputs(arguments), kind.outputs(arguments)


def content(state: State, node: Node) -> Content:
    """Return what the card of a node says."""
    result = state.inference.nodes[node.id]
    problems = state.problems_of(node.id)
    shown = state.inference.network.nodes.get(node.id, node)  # of the kind that it has here
    kind = state.kind(shown.kind)
    if kind is None:
        return Content(
            node.name, node.kind, "", "", "", "", "", "", (), (), frozenset(), "error", problems
        )
    arguments: Arguments = result.arguments or kind.complete(shown.arguments)
    specs = list(result.outputs.values()) or list(result.inputs.values())
    inputs, outputs = port_names(state, node)
    known = bool(result.outputs) or (not outputs and bool(specs))
    owner = state.network.nodes.get(node.shares)
    return Content(
        node.name,
        f"{node.kind_from}: {kind.name}" if node.kind_from else kind.name,
        kind.family,
        kind.glyph,
        _summary(state, node, kind, arguments),
        shape_label(state.shown(specs[0])) if known else "",
        specs[0].dtype if known else "",
        "" if owner or (_is_block(kind) and not known) else _count(result.parameter_count),
        inputs,
        outputs,
        frozenset(i for i, name in enumerate(inputs) if name in kind.optional_inputs),
        _standing(problems),
        problems,
        times_text(as_owner(state.network, node), result, state.inference.scope),
        owner.name if owner else "",
        batch_first if isinstance(batch_first := arguments.get("batch_first"), bool) else None,
    )


def _is_block(kind: LayerKind) -> bool:
    return isinstance(kind.form, Composite)


def _summary(state: State, node: Node, kind: LayerKind, arguments: Arguments) -> str:
    """Return the norm and the arguments that matter, at an Input what its sizes have to meet."""
    if _is_block(kind):
        condition = _condition(as_owner(state.network, node).repeat, state.inference.scope)
        pieces = (condition, _block_summary(kind, arguments))
        return ", ".join(each for each in pieces if each)
    required = map(phrase_text, state.inference.required_of(node.id))
    norm = as_owner(state.network, node).parametrization
    own = " ".join(filter(None, (norm.kind if norm else "", summary(kind, arguments))))
    return ", ".join([each for each in (own, *required) if each])


def _block_summary(kind: LayerKind, arguments: Arguments) -> str:
    """Return all arguments of a block, those first in which it differs from others."""
    known = [each for each in kind.parameters if each.name in arguments]
    known.sort(key=lambda each: arguments[each.name] == each.default)
    return ", ".join(_piece(each.name, arguments[each.name]) for each in known)


def _piece(name: str, value: Value) -> str:
    return name if value is True else f"{name} {format_value(value)}"


def times_text(node: Node, result: NodeResult, scope: Scope) -> str:
    """Write how often a block is repeated and how; as a formula where its value is not known.

    Nothing of what is there once, be it because a condition holds.
    """
    how = _ARRANGED[node.arrangement]
    if isinstance(node.repeat, int):
        return f"×{node.repeat}{how}" if node.repeat != 1 else ""
    if _condition(node.repeat, scope):
        return "" if result.repeat == 1 else f"×{result.repeat}"
    return f"×{result.repeat}{how}" if result.outputs else f"×({write(node.repeat)}){how}"


_ARRANGED: Final[Mapping[Arrangement, str]] = {
    Arrangement.SEQUENCE: "",
    Arrangement.SHARED: " ↻",
    Arrangement.CONCATENATED: " ∥ cat",
    Arrangement.SUMMED: " ∥ sum",
    Arrangement.STACKED: " ∥ stack",
}
"""What stands behind the number of repeats: a loop, or side by side and how that is joined."""


def _condition(repeat: int | Formula, scope: Scope) -> str:
    """Write the condition under which a block is there at all, ``if downsample``, if it has one."""
    if isinstance(repeat, int):
        return ""
    try:
        return f"if {write(repeat)}" if isinstance(evaluate(repeat, scope), bool) else ""
    except Refusal:
        return ""


def _count(parameters: int) -> str:
    return brief_count(parameters) if parameters else ""


def _standing(problems: tuple[Problem, ...]) -> Standing:
    severities = {problem.severity for problem in problems}
    if Severity.ERROR in severities:
        return "error"
    return "warning" if Severity.WARNING in severities else "fine"
