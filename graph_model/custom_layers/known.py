"""Custom layers: Python text in a project, which stays text until it is allowed on this machine.

Nothing here runs it. What it takes and gives is read off the text; shapes and weights come from
whoever ran it, as the answers of :class:`Known`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import combinations
from typing import Final

from graph_model.blocks import Block, CustomKinds
from graph_model.constraints import Constraint
from graph_model.custom_layers.reading import Entry, read_text
from graph_model.findings.results import Inference
from graph_model.frozen import frozen
from graph_model.layers.kind import LayerKind, Script
from graph_model.layers.measured import Measured
from graph_model.layers.use import Use
from graph_model.layers.weight import Weight
from graph_model.naming import as_name
from graph_model.network import (
    CustomLayer,
    LayerId,
    NetworkId,
    Node,
    Project,
    custom_kind,
    new_id,
    with_renamed_ports,
)
from graph_model.problems import Problem, Refusal
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments, Value

FAMILY: Final = "custom"


@frozen
class Question:
    """What a text gives for these arguments and inputs."""

    text: str
    arguments: tuple[tuple[str, Value], ...]
    inputs: tuple[tuple[str, TensorSpec], ...]


@frozen
class Answer:
    """What running a text has shown: its outputs and weights, or what went wrong.

    ``constraints`` say for which values of the symbols this holds.
    """

    outputs: tuple[TensorSpec, ...] = ()
    weights: tuple[Weight, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    measured: Measured = field(default_factory=Measured)
    problem: Problem | None = None


@dataclass(frozen=True, eq=False)
class Known:
    """Which texts may run on this machine, by their digests, and what running them has shown."""

    allowed: frozenset[str] = frozenset()
    answers: Mapping[Question, Answer] = field(default_factory=dict)

    def allows(self, text: str) -> bool:
        """Tell whether exactly this text may run."""
        return digest(text) in self.allowed

    def with_answers(self, answers: Mapping[Question, Answer]) -> Known:
        """Return this with further answers."""
        return replace(self, answers={**self.answers, **answers})


NOTHING: Final = Known()
"""That no text may run, which is how it is until the user has said otherwise."""


def digest(text: str) -> str:
    """Return the SHA-256 of a text, by which it is allowed."""
    return hashlib.sha256(text.encode()).hexdigest()


# As layer kinds


def custom_kinds(layers: Mapping[LayerId, CustomLayer], known: Known = NOTHING) -> CustomKinds:
    """Return custom layers as layer kinds whose shapes are what is known."""
    return {custom_kind(id): as_layer_kind(layer, known) for id, layer in layers.items()}


@lru_cache(maxsize=1024)
def as_layer_kind(layer: CustomLayer, known: Known = NOTHING) -> LayerKind:
    """Return a custom layer as a layer kind; its ``form`` tells what is wrong with its text."""
    entry = read_text(layer.text)
    measured = partial(_measured, layer.text, known)
    if isinstance(entry, Problem):
        form = Script(layer.text, layer.name, measured, problem=entry)
        return LayerKind(layer.name, FAMILY, "", form, partial(_rule, layer.text, Entry(), known))
    inputs, outputs = entry.inputs, entry.outputs
    return LayerKind(
        entry.name,
        FAMILY,
        entry.help.translate(_NO_MARKUP),
        Script(layer.text, entry.name, measured, is_module=entry.is_module),
        partial(_rule, layer.text, entry, known),
        entry.parameters,
        lambda _: inputs,
        lambda _: outputs,
        entry.optional_inputs,
        card=tuple(f"{{{each.name}}}" for each in entry.parameters[:3]),
        stem=as_name(_snake(entry.name), "custom"),
    )


def _rule(text: str, entry: Entry, known: Known, use: Use) -> tuple[TensorSpec, ...]:
    if not known.allows(text):
        use.refuse("custom_not_allowed", name=entry.name)
    answer = known.answers.get(question(text, use.arguments, use.inputs))
    if answer is None:
        use.refuse("custom_pending", name=entry.name)
    if answer.problem is not None:
        raise Refusal(answer.problem)
    if len(answer.outputs) != len(entry.outputs):
        got, expected = len(answer.outputs), len(entry.outputs)
        use.refuse("custom_wrong_outputs", name=entry.name, got=got, expected=expected)
    use.weights.extend(answer.weights)
    use.constraints.extend(answer.constraints)
    return answer.outputs


def _measured(
    text: str, known: Known, arguments: Arguments, inputs: Mapping[str, TensorSpec]
) -> Measured:
    return known.answers[question(text, arguments, inputs)].measured


def question(text: str, arguments: Arguments, inputs: Mapping[str, TensorSpec]) -> Question:
    """Return the question whose answer tells the shapes of a node."""
    return Question(text, tuple(arguments.items()), tuple(inputs.items()))


def taken_names(block: Block) -> Iterator[Problem]:
    """Yield a problem for each name that a custom layer and something else in the file define."""
    entries = {kind: _entry(each) for kind, each in block.layers_in_reach.items()}
    for node in block.network.nodes.values() if block.layers else ():
        for kind in block.layers if node.kind == "Input" else ():
            if node.name in entries[kind].names:
                yield _taken(node.name, entries[kind], node.id)
    for parameter in block.network.parameters:
        for kind in block.layers:
            if parameter.name in entries[kind].names:
                yield _taken(parameter.name, entries[kind])
    for one, other in combinations(entries.values(), 2):
        for name in one.names.keys() & other.names.keys():
            if one.names[name] is None or one.names[name] != other.names[name]:
                yield _taken(name, other)


def _entry(kind: LayerKind) -> Entry:
    assert isinstance(kind.form, Script)
    entry = read_text(kind.form.text)
    return Entry() if isinstance(entry, Problem) else entry


def _taken(name: str, entry: Entry, node: str = "") -> Problem:
    return Problem("custom_name_taken", {"name": name, "layer": entry.name}, node=node)


_NO_MARKUP: Final = str.maketrans("<>&", "‹›+")
"""Views may take the help of a layer for rich text, where a link could hide."""
_WORD_START: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _snake(name: str) -> str:
    return _WORD_START.sub("_", name).lower()


def is_pending(problem: Problem) -> bool:
    """Tell whether a problem is only that a custom layer was not tried yet for these sizes."""
    return root(problem).code == "custom_pending"


def root(problem: Problem) -> Problem:
    """Return what is wrong at the bottom: in the innermost block, where it lies in one."""
    return problem if problem.cause is None else root(problem.cause)


def open_questions(inference: Inference) -> set[Question]:
    """Return what has to be asked of custom layers before more is known of a network."""
    found: set[Question] = set()
    for id, result in inference.nodes.items() if inference.block.layers_in_reach else ():
        kind = inference.block.find(inference.network.nodes[id].kind)
        if any(problem.code == "custom_pending" for problem in result.problems):
            assert kind is not None
            assert isinstance(kind.form, Script)
            found.add(question(kind.form.text, result.arguments, result.inputs))
        for each in result.passes:
            found |= open_questions(each.inference)
    return found


# Edits


def add_layer(project: Project, text: str) -> tuple[Project, LayerId]:
    """Add a custom layer and return the project and its id."""
    id = new_id(project.layers)
    return replace(project, layers={**project.layers, id: CustomLayer(id, text)}), id


def alter_text(project: Project, id: LayerId, text: str) -> Project:
    """Give a custom layer another text.

    Where its inputs were renamed, the edges at its uses follow, by their order.
    """
    old = project.layers[id]
    project = replace(project, layers={**project.layers, id: CustomLayer(id, text)})
    before, after = read_text(old.text), read_text(text)
    if isinstance(before, Entry) and isinstance(after, Entry):
        ports = [
            {old: new for old, new in zip(olds, news, strict=False) if old not in news}
            for olds, news in ((before.inputs, after.inputs), (before.outputs, after.outputs))
        ]
        return with_renamed_ports(project, custom_kind(id), *ports)
    return project


def remove_layer(project: Project, id: LayerId) -> Project:
    """Remove a custom layer that nothing uses; what does keeps a problem instead of it."""
    layers = {each: layer for each, layer in project.layers.items() if each != id}
    return replace(project, layers=layers)


def layer_uses(project: Project, id: LayerId) -> list[tuple[NetworkId, Node]]:
    """Return each node that uses a custom layer, with the network that it lies in."""
    kind = custom_kind(id)
    return [
        (network.id, node)
        for network in project.networks.values()
        for node in network.nodes.values()
        if node.kind == kind
    ]
