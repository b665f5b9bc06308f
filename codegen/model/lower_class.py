"""From one network to its class: the order of statements, the names, the arguments to write."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from codegen.literals import Written, call
from codegen.model.alone import method_name, needed
from codegen.model.block_calls import calls_in_a_row, construction, is_chained
from codegen.model.block_steps import (
    is_local,
    left_out,
    loop,
    presence,
    side_by_side,
    takers,
    times,
)
from codegen.model.block_uses import Uses
from codegen.model.expressions import LIKE, constructor, expression, targets_of
from codegen.model.fixed_values import fixed
from codegen.model.grouping import grouped
from codegen.model.initialising import resets, within
from codegen.model.inlining import returned
from codegen.model.kind_parameters import by_parameter
from codegen.model.marks import mark
from codegen.model.named_sizes import as_written, beside, in_forward
from codegen.model.operations import held
from codegen.model.parametrizing import parametrized
from codegen.model.program import Argument, Attribute, Class, Method, Part, Result, Statement
from codegen.model.quantities import argument
from codegen.model.sizes import Sizes
from codegen.model.step import Step
from codegen.model.variables import Variables, named, telling
from graph_model.arrangement import Arrangement
from graph_model.findings.sharing import is_tied
from graph_model.inference.arguments import as_owner, is_condition
from graph_model.inference.infer import Inference, NodeResult
from graph_model.inference.reading_order import reading_order
from graph_model.layers.kind import (
    Boundary,
    Composite,
    ExpandLike,
    Fresh,
    Held,
    LayerKind,
    Module,
    PerSample,
    Script,
)
from graph_model.naming import without_number
from graph_model.network import NetworkId, Node, NodeId, Port, used_network
from graph_model.values import Value


class ClassLowering:
    """The state of lowering one class: what its values stand for, and the steps so far."""

    def __init__(
        self,
        root: Inference,
        uses: Uses,
        names: Mapping[NetworkId, str],
        classes: Mapping[NetworkId, Class],
    ) -> None:
        self._root = root
        self._inference = inference = uses.passes[0]
        self._uses, self._network = uses, uses.network
        self._name = names[uses.network.id]
        self._classes = classes
        self._is_main = uses.network.id == root.network.id
        self._sizes = Sizes(root, uses, names.values())
        self._inputs = inference.of_kind("Input")
        self._outputs = inference.of_kind("Output")
        self._values = {Port(node.id, "output"): node.name for node in self._inputs}
        self._left_out = left_out(inference.block, inference.scope, self._sizes, classes)
        self._takers = takers(self._network, self._left_out)
        self._attributes: list[Attribute] = []
        self._steps: list[Step] = []
        self._kept: dict[str, str] = {}
        self._marks = 0

    @property
    def unmet(self) -> set[Inference]:
        """The variations in which the class would not work."""
        return self._sizes.unmet

    def lowered(self, alone: Sequence[Sequence[NodeId]] = ()) -> Class:
        """Walk the nodes in order and return the class, with a method for each of ``alone``."""
        for id in reading_order(self._inference):
            node = self._network.nodes[id]
            kind = self._kind(node)
            if isinstance(kind.form, Composite):
                self._lower_block(as_owner(self._network, node), kind, self._inference.nodes[id])
            elif isinstance(kind.form, Held):
                self._hold(node, kind, kind.form, self._inference.nodes[id])
            elif not isinstance(kind.form, Boundary):
                self._lower(as_owner(self._network, node), kind, self._inference.nodes[id])
        is_chain = self._is_chain()
        self._attributes[:0] = [Attribute("", name, value) for value, name in self._kept.items()]
        if not is_chain:
            self._fix()
            returned = self._returned(self._outputs)
            begun_alone = {node.name for node in self._network.nodes.values() if node.init}
            self._steps, self._attributes = grouped(
                self._steps, self._attributes, returned, begun_alone, self._mark
            )
        statements, results = self._forward(self._outputs, self._steps)
        return Class(
            self._network.id,
            self._name,
            self._network.name,
            self._sizes.settings(),
            tuple(map(self._argument, self._inputs)),
            tuple(self._attributes),
            statements,
            results,
            is_chain=is_chain,
            resets=resets(self._uses, self._classes),
            within=tuple(within(self._network, self._classes)),
            methods=tuple(self._method(outputs) for outputs in alone),
        )

    def _argument(self, node: Node) -> Argument:
        return Argument(node.id, node.name, self._inference.nodes[node.id].outputs["output"])

    def _method(self, ids: Sequence[NodeId]) -> Method:
        """Return the method that computes some Outputs alone."""
        outputs = [node for node in self._outputs if node.id in ids]
        steps, read = needed(self._steps, self._returned(outputs))
        inputs = (node for node in self._inputs if node.name in read)
        taken = {each.name for each in self._attributes}
        name = method_name([node.name for node in outputs], taken)
        return Method(name, tuple(map(self._argument, inputs)), *self._forward(outputs, steps))

    def _forward(
        self, outputs: Sequence[Node], steps: Sequence[Step]
    ) -> tuple[tuple[Statement, ...], tuple[Result, ...]]:
        """Return the statements that lead to some Outputs, and what these return."""
        joined, variables = named(steps, lambda steps: self._named(steps, outputs))
        stated, results = self._results(joined, variables, outputs)
        return tuple(self._stated(stated, variables)), results

    def _fix(self) -> None:
        """Compute in ``__init__`` what depends on no input."""
        kinds = {node.name: self._kind(node) for node in self._network.nodes.values()}
        given = [each.name for each in self._sizes.settings()], self._returned(self._outputs)
        self._steps, self._attributes, words = fixed(self._steps, self._attributes, kinds, *given)
        self._values = {port: words.get(value, value) for port, value in self._values.items()}

    def _is_chain(self) -> bool:
        """Tell whether a block calls its modules one after the other, and does nothing else."""
        if self._is_main or not len(self._inputs) == len(self._outputs) == 1:
            return False
        first, result = self._inputs[0].name, self._values[self._source(self._outputs[0])]
        return calls_in_a_row(self._attributes, self._steps, first, result)

    def _named(self, steps: Sequence[Step], outputs: Sequence[Node]) -> Variables:
        """Return the names of all values."""
        called = {node.id: node.name for node in outputs} if len(outputs) > 1 else {}
        wishes: dict[str, str] = {}
        for port, value in self._values.items():
            targets = self._takers[port]
            results = [called[each.node] for each in targets if each.node in called]
            wish = results[0] if results else telling(each.name for each in targets)
            if wish:
                wishes[value] = wish
        return Variables(
            steps,
            self._returned(outputs),
            [node.name for node in self._inputs],
            [kind.name for kind in self._inference.block.layers.values()],
            wishes,
        )

    def _returned(self, outputs: Sequence[Node]) -> list[str]:
        return [self._values[self._source(node)] for node in outputs]

    def _source(self, output: Node) -> Port:
        return self._network.edges[Port(output.id, "input")].source

    def _results(
        self, steps: Sequence[Step], variables: Variables, outputs: Sequence[Node]
    ) -> tuple[Sequence[Step], tuple[Result, ...]]:
        """Return the steps, and what is returned: a single result where it is computed."""
        results: list[Result] = []
        for node in outputs:
            text = self._values[self._source(node)]
            last: Step | None = None
            if len(outputs) == 1:
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
            comment = self._comment(step.nodes[-1], step.ports)
            told = comment if comment != last else ""
            yield Statement(_parts(step, variables), variables.lines(step), told)
            last = comment

    def _kind(self, node: Node) -> LayerKind:
        kind = self._inference.block.find(node.kind)
        assert kind is not None
        return as_written(kind, node.id, self._sizes)

    def _sources(self, node: Node, result: NodeResult) -> dict[str, Port]:
        return {name: self._network.edges[Port(node.id, name)].source for name in result.inputs}

    def _attribute(self, node: Node) -> str:
        """Return the attribute that holds a node's module, which may be another node's."""
        return self._network.nodes[node.shares].name if node.shares else node.name

    def _hold(self, node: Node, kind: LayerKind, form: Held, result: NodeResult) -> None:
        """Make a tensor in ``__init__``, which is read where it is used."""
        if not node.shares:
            arguments = self._constructor_arguments(node, kind, result)
            made = held(kind, form, {**arguments, **self._as_float(node, arguments)})
            self._attributes.append(Attribute(node.id, node.name, made, form, node.frozen))
        self._values[Port(node.id, "output")] = f"self.{self._attribute(node)}"

    def _as_float(self, node: Node, arguments: Mapping[str, Value]) -> dict[str, Value]:
        """Return the formula of a whole number that fills a tensor, whose dtype follows from it."""
        value = arguments.get("value")
        given = (each.nodes[node.id].arguments.get("value") for each in self._sizes.needed)
        is_whole = isinstance(value, Written) and any(type(each) is int for each in given)
        is_float = arguments.get("dtype", "float32") == "float32"
        return {"value": Written(f"float({value})")} if is_whole and is_float else {}

    def _lower(self, node: Node, kind: LayerKind, result: NodeResult) -> None:
        sources = self._sources(node, result)
        operands = {name: self._values[source] for name, source in sources.items()}
        if isinstance(kind.form, Module | Script) and kind.holds_module and not node.shares:
            if node.kind_from:
                made = by_parameter(node, self._sizes, self._constructor_arguments)
            else:
                made = constructor(kind, kind.form, self._constructor_arguments(node, kind, result))
            made = parametrized(made, node, self._root)
            self._attributes.append(Attribute(node.id, node.name, made, frozen=node.frozen))
        called = in_forward(node, kind, self._sizes, operands, self._keep)
        arguments = {**result.arguments, **called.arguments}
        if isinstance(kind.form, Fresh):
            operands[LIKE], places = beside(node, called.reads, self._inputs, self._network)
            self._attributes += places
        ranks = self._ranks(node) if isinstance(kind.form, ExpandLike | PerSample) else ()
        computed = expression(kind, self._attribute(node), arguments, operands, ranks)
        if is_tied(node, owner := self._network.nodes.get(node.shares, node)):
            computed = f"{operands['input']} @ self.{owner.name}.weight.T"
        marks = self._mark_outputs(node, result)
        targets = targets_of(kind, result.outputs, marks)
        read = (*operands.values(), *called.reads)
        self._state(node, kind, result, marks, targets, computed, dict.fromkeys(read))

    def _ranks(self, node: Node) -> set[int]:
        """Return the ranks that a node's input has in the uses of this network."""
        inputs = [each.nodes[node.id].inputs for each in self._sizes.passes]
        return {each["input"].rank for each in inputs if "input" in each}

    def _constructor_arguments(
        self, node: Node, kind: LayerKind, result: NodeResult
    ) -> dict[str, Value]:
        """Return what a module is made with: formulas as written, sizes as the class has them."""
        written: dict[str, Value] = dict(result.arguments)
        for parameter in kind.parameters:
            name = parameter.name
            if name in node.formulas:
                written[name] = self._sizes.formula(node.formulas[name])
            elif parameter.inferred and node.arguments.get(name) is None:
                written[name] = self._sizes.resolve(argument(node, name), name, node.name)
        return written

    def _keep(self, name: str) -> str:
        """Keep a setting as an attribute and return the word for it in ``forward``."""
        taken = {node.name for node in self._network.nodes.values()}
        taken |= {attribute for other, attribute in self._kept.items() if other != name}
        attribute = name
        while attribute in taken:
            attribute += "_"
        self._kept[name] = attribute
        return f"self.{attribute}"

    def _lower_block(self, node: Node, kind: LayerKind, result: NodeResult) -> None:
        network = used_network(node.kind)
        assert network is not None
        made = self._classes.get(network)  # none where every use is left out
        sources = self._sources(node, result).values()
        if node.id in self._left_out:
            for port, source in zip(result.outputs, sources, strict=False):
                if source in self._values:  # else nothing reads it
                    self._values[Port(node.id, port)] = self._values[source]
            return
        operands = [self._values[source] for source in sources]
        if not node.shares:
            text = construction(made, kind, node, self._sizes) if made else "nn.Identity()"
            frozen = node.frozen and not text.endswith(" else None")  # which has no weights
            self._attributes.append(Attribute(node.id, node.name, text, frozen=frozen))
        is_loop = result.arrangement is Arrangement.SHARED or not is_chained(kind)
        if result.arrangement.is_parallel:
            self._lower_side_by_side(node, kind, result, operands)
        elif node.repeat != 1 and is_loop and not self._is_always_there(node):
            self._lower_loop(node, kind, result, operands)
        else:
            computed = call(f"self.{self._attribute(node)}", operands, {})
            marks = self._mark_outputs(node, result)
            targets = ", ".join(marks.get(port, "_") for port in result.outputs) if marks else "_"
            self._state(node, kind, result, marks, targets, computed, operands)

    def _is_always_there(self, node: Node) -> bool:
        return presence(node, self._inference.scope, self._sizes) is True

    def _lower_side_by_side(
        self, node: Node, kind: LayerKind, result: NodeResult, operands: Sequence[str]
    ) -> None:
        """Write what repeats give together that all take the same, in a line of its own."""
        marks, turn = self._mark_outputs(node, result), self._mark()
        target = ", ".join(marks.values()) or "_"
        computed = side_by_side(node, self._attribute(node), turn, operands)
        self._state(node, kind, result, marks, target, computed, operands)
        line = f"{target} = {computed}"
        self._steps[-1] = self._steps[-1]._replace(lines=(line,), turns=((turn, "layer"),))

    def _lower_loop(
        self, node: Node, kind: LayerKind, result: NodeResult, operands: Sequence[str]
    ) -> None:
        """Write a loop over repeats, or what is there or not."""
        marks = self._mark_outputs(node, result, all_of_them=True)
        results = {port: (each, self._own_name(node, result, port)) for port, each in marks.items()}
        is_same = result.arrangement is Arrangement.SHARED
        count = times(node, self._sizes, self._keep) if is_same else ""
        turn = "" if is_same or is_condition(node, self._inference.scope) else self._mark()
        attribute = self._attribute(node)
        self._steps.append(loop(node, kind, operands, results, attribute, turn, count))

    def _state(
        self,
        node: Node,
        kind: LayerKind,
        result: NodeResult,
        marks: Mapping[str, str],
        targets: str,
        computed: str,
        operands: Collection[str],
    ) -> None:
        uses = sum(len(self._takers[Port(node.id, port)]) for port in result.outputs)
        self._steps.append(
            Step(
                (node.id,),
                (kind,),
                tuple(marks or result.outputs),
                reads=tuple(filter(is_local, operands)),
                writes=tuple(marks.values()),
                names=tuple(self._own_name(node, result, port) for port in marks),
                target=targets,
                expression=computed,
                is_used_once=uses == 1 == len(result.outputs),
                texts=(computed,),
                takers=dict.fromkeys(filter(is_local, operands), kind),
                rank=next(iter(ranks)) if len(ranks := self._ranks(node)) == 1 else 0,
                is_named=len(result.outputs) == 1 and without_number(node.name) != kind.code_stem,
            )
        )

    def _comment(self, node: NodeId, ports: tuple[str, ...]) -> str:
        """Return the shapes that a node gives, where they can be told for every use."""
        found = [self._sizes.shape(node, port) for port in ports]
        if len(found) > 1 and len({*found}) == 1:
            found = [found[0] and f"each {found[0]}"]
        return ", ".join(found) if all(found) else ""

    def _mark_outputs(
        self, node: Node, result: NodeResult, *, all_of_them: bool = False
    ) -> dict[str, str]:
        """Return a mark for each output that something uses, or for all."""
        marks: dict[str, str] = {}
        for port in result.outputs:
            if all_of_them or self._takers[Port(node.id, port)]:
                self._values[Port(node.id, port)] = marks[port] = self._mark()
        return marks

    def _mark(self) -> str:
        self._marks += 1
        return mark(self._marks)

    def _own_name(self, node: Node, result: NodeResult, port: str) -> str:
        """Return what an output is called by itself: ``conv1``, ``split2`` or ``indices``."""
        if len(result.outputs) == 1 or port == "output":
            return node.name
        return telling([port]) or f"{node.name}{[*result.outputs].index(port) + 1}"


def _parts(step: Step, variables: Variables) -> tuple[Part, ...]:
    texts = map(variables.written, step.texts or [""] * len(step.nodes))
    return tuple(map(Part, step.nodes, texts))
