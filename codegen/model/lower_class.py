"""From one network to its class: the order of statements, the names, the arguments to write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from codegen.model.alone import method_name, needed
from codegen.model.block_steps import SUM
from codegen.model.block_uses import Uses
from codegen.model.body import Body
from codegen.model.fixed_values import fixed
from codegen.model.grouping import grouped
from codegen.model.initialising import resets, within
from codegen.model.inlining import returned
from codegen.model.lower_node import NodeLowering
from codegen.model.program import (
    Argument,
    Attribute,
    Class,
    Given,
    Method,
    Part,
    Result,
    Statement,
)
from codegen.model.sizes import Sizes
from codegen.model.stand_ins import stand_ins
from codegen.model.step import Step
from codegen.model.turns import in_turns
from codegen.model.variables import Variables, named, telling
from codegen.names import SEQUENTIAL
from graph_model.inference.answers import apply_rule
from graph_model.inference.infer import Inference
from graph_model.inference.reading_order import reading_order
from graph_model.layers import LAYERS
from graph_model.layers.gradient import GRADIENT
from graph_model.network import NetworkId, Node, NodeId, Port
from graph_model.open_inputs import may_stay_open


class ClassLowering:
    """The state of lowering one class: what its values stand for, and the steps so far."""

    def __init__(
        self,
        root: Inference,
        uses: Uses,
        names: Mapping[NetworkId, str],
        classes: Mapping[NetworkId, Class],
        *,
        one_by_one: bool = False,
    ) -> None:
        self._root, self._one_by_one = root, one_by_one
        self._inference = uses.passes[0]
        self._outputs = self._inference.of_kind("Output")
        self._uses, self._network = uses, uses.network
        self._name = names[uses.network.id]
        self._classes = classes
        self._is_main = uses.network.id == root.network.id
        self._sizes = Sizes(root, uses, names.values())
        self._nodes = NodeLowering(root, uses, self._sizes, classes)
        self._attributes: list[Attribute] = []
        self._steps: list[Step] = []

    @property
    def unmet(self) -> set[Inference]:
        """The variations in which the class would not work."""
        return self._sizes.unmet

    def lowered(self, alone: Sequence[Sequence[NodeId]] = ()) -> Class:
        """Walk the nodes in order and return the class, with a method for each of ``alone``."""
        for id in reading_order(self._inference):
            self._nodes.lower(id)
        kept = (Attribute("", attribute, name) for name, attribute in self._nodes.kept.items())
        self._steps, self._attributes = self._nodes.steps, [*kept, *self._nodes.attributes]
        ahead = self._stood_in()
        is_chain = self._is_chain() and not self._one_by_one
        if not is_chain:
            self._fix()
            self._list_up()
        statements, results = self._forward(self._outputs, self._steps)
        return Class(
            self._network.id,
            self._name,
            self._network.name,
            self._sizes.settings(),
            tuple(map(self._argument, self._nodes.inputs)),
            tuple(self._attributes),
            (*ahead, *statements),
            results,
            is_chain=is_chain,
            resets=resets(self._uses, self._classes),
            within=tuple(within(self._network, self._classes)),
            methods=tuple(self._method(outputs) for outputs in alone),
            derives=_derives(self._steps),
        )

    def _method(self, ids: Sequence[NodeId]) -> Method:
        """Return the method that computes some Outputs alone."""
        outputs = [node for node in self._outputs if node.id in ids]
        steps, read = needed(self._steps, self._returned(outputs))
        inputs = (node for node in self._nodes.inputs if node.name in read)
        taken = {each.name for each in self._attributes}
        name = method_name([node.name for node in outputs], taken)
        arguments = tuple(map(self._argument, inputs))
        return Method(name, arguments, *self._forward(outputs, steps), derives=_derives(steps))

    def _forward(
        self, outputs: Sequence[Node], steps: Sequence[Step]
    ) -> tuple[tuple[Statement, ...], tuple[Result, ...]]:
        """Return the statements that lead to some Outputs, and what these return."""

        def naming(steps: Sequence[Step]) -> Variables:
            return self._named(steps, outputs)

        joined, variables = (steps, naming(steps)) if self._one_by_one else named(steps, naming)
        stated, results = self._results(joined, variables, outputs)
        return tuple(self._stated(stated, variables)), results

    def _argument(self, node: Node) -> Argument:
        outputs = (each.nodes[node.id].outputs.get("output") for each in self._uses.passes)
        declared = apply_rule(LAYERS["Input"], LAYERS["Input"].complete(node.arguments), {})
        spec = next(filter(None, outputs), declared.outputs["output"])
        return Argument(node.id, node.name, spec, self._may_stay_open(node))

    def _may_stay_open(self, node: Node) -> bool:
        return not self._is_main and may_stay_open(node)

    def _stood_in(self) -> list[Statement]:
        """Return what fills the arguments that are left open."""
        if self._is_main:
            return []
        statements, attributes = stand_ins(self._network, self._nodes.inputs)
        self._attributes = [*attributes, *self._attributes]
        return statements

    def _list_up(self) -> None:
        """Make lists of equal parts, unless each node is to be computed by itself."""
        if not self._one_by_one:
            returned = self._returned(self._outputs)
            apart = self._begun_alone()
            body = Body(self._steps, self._attributes, returned, apart, self._nodes.mark)
            grouped(body)
            in_turns(body)
            self._steps, self._attributes = body.steps, body.attributes

    def _begun_alone(self) -> set[str]:
        """Return the attributes whose weights begin as their nodes say."""
        return {node.name for node in self._network.nodes.values() if node.init}

    def _fix(self) -> None:
        """Compute in ``__init__`` what depends on no input."""
        kinds = {node.name: self._nodes.kind_of(node) for node in self._network.nodes.values()}
        settings = [each.name for each in self._sizes.settings()]
        self._steps, self._attributes, words = fixed(
            self._steps, self._attributes, kinds, settings, self._returned(self._outputs)
        )
        values = self._nodes.values.items()
        self._nodes.values = {port: words.get(value, value) for port, value in values}

    def _is_chain(self) -> bool:
        """Tell whether a block calls its modules one after the other, and does nothing else."""
        outputs = self._outputs
        inputs = self._nodes.inputs
        if self._is_main or not len(inputs) == len(outputs) == 1 or may_stay_open(inputs[0]):
            return False
        value = inputs[0].name
        calls: list[str] = []
        for attribute, step in zip(self._attributes, self._steps, strict=False):
            calls.append(f"self.{attribute.name}({value})")
            value = step.target
        names = {attribute.name for attribute in self._attributes}
        return (
            bool(calls)
            and calls == [step.expression for step in self._steps]
            and len(calls) == len(names) == len(self._attributes)
            and value == self._nodes.values[self._source(outputs[0])]
            and names.isdisjoint(SEQUENTIAL)
        )

    def _named(self, steps: Sequence[Step], outputs: Sequence[Node]) -> Variables:
        """Return the names of all values."""
        called = {node.id: node.name for node in outputs} if len(outputs) > 1 else {}
        wishes: dict[str, str] = {}
        for port, value in self._nodes.values.items():
            targets = self._nodes.takers[port]
            results = [called[each.node] for each in targets if each.node in called]
            wish = results[0] if results else telling(each.name for each in targets)
            if wish:
                wishes[value] = wish
        return Variables(
            steps,
            self._returned(outputs),
            [node.name for node in self._nodes.inputs],
            {*(kind.name for kind in self._inference.block.layers.values()), *_summing(steps)},
            wishes,
        )

    def _returned(self, outputs: Sequence[Node]) -> list[str]:
        return [self._nodes.values[self._source(node)] for node in outputs]

    def _source(self, output: Node) -> Port:
        return self._network.edges[Port(output.id, "input")].source

    def _results(
        self, steps: Sequence[Step], variables: Variables, outputs: Sequence[Node]
    ) -> tuple[Sequence[Step], tuple[Result, ...]]:
        """Return the steps, and what is returned: a single result where it is computed."""
        results: list[Result] = []
        for node in outputs:
            text = self._nodes.values[self._source(node)]
            last: Step | None = None
            if len(outputs) == 1 and not self._one_by_one:
                steps, last = returned(steps, text)
            text = variables.written(last.expression if last else text)
            parts = _parts(last, variables) if last else ()
            spec = self._inference.nodes[node.id].inputs["input"]
            results.append(Result(node.id, node.name, text, parts, self._root.shown(spec)))
        return steps, tuple(results)

    def _stated(self, steps: Iterable[Step], variables: Variables) -> Iterator[Statement]:
        """Yield the statements, with the shapes where they change."""
        last = ""
        for step in steps:
            comment = self._nodes.shapes(step.nodes[-1], step.ports)
            told = comment if comment != last else ""
            gives = _gives(step, variables) if self._one_by_one else ()
            yield Statement(_parts(step, variables), variables.lines(step), told, gives)
            last = comment


def _summing(steps: Iterable[Step]) -> Iterator[str]:
    """Yield the function that adds up repeats, where steps call it."""
    if any(f" = {SUM}(" in line for step in steps for line in step.lines):
        yield SUM


def _derives(steps: Iterable[Step]) -> bool:
    """Tell whether there is a Gradient; what lies within blocks is told of their classes."""
    return any(kind is GRADIENT for step in steps for kind in step.kinds)


def _gives(step: Step, variables: Variables) -> tuple[Given, ...]:
    """Return the values that a step of one node gives, by their names."""
    pairs = zip(step.ports, step.writes, strict=False)
    return tuple(Given(step.nodes[-1], port, variables.written(value)) for port, value in pairs)


def _parts(step: Step, variables: Variables) -> tuple[Part, ...]:
    texts = map(variables.written, step.texts or [""] * len(step.nodes))
    return tuple(map(Part, step.nodes, texts))
