"""From one node to its statements: what makes it, what computes it, what its values are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from codegen.literals import Written
from codegen.model.block_calls import construction, is_chained
from codegen.model.block_steps import (
    given,
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
from codegen.model.kind_parameters import by_parameter
from codegen.model.marks import mark as mark_of
from codegen.model.named_sizes import as_written, beside, in_forward
from codegen.model.operations import held
from codegen.model.parametrizing import parametrized
from codegen.model.program import Attribute, Class
from codegen.model.quantities import argument
from codegen.model.sizes import Sizes
from codegen.model.step import Step
from codegen.model.variables import is_telling, telling
from graph_model.arrangement import Arrangement
from graph_model.findings.sharing import is_tied
from graph_model.inference.arguments import as_owner, is_condition
from graph_model.inference.infer import Inference, NodeResult
from graph_model.layers.gradient import BY, GRADIENT, RECORDING
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
from graph_model.open_inputs import in_order
from graph_model.values import Value


class NodeLowering:
    """The state of lowering the nodes of one class: their values, the steps and attributes so far.

    ``kept`` are the settings that ``forward`` reads, by name with the attributes for them.
    """

    def __init__(
        self, root: Inference, uses: Uses, sizes: Sizes, made: Mapping[NetworkId, Class]
    ) -> None:
        self._root, self._network, self._classes = root, uses.network, made
        self._inference = inference = uses.passes[0]
        self.sizes = sizes
        self.inputs = in_order(inference.of_kind("Input"))
        self.values = {Port(node.id, "output"): node.name for node in self.inputs}
        self._left_out = left_out(inference.block, inference.scope, sizes, made)
        self.takers = takers(self._network, self._left_out)
        self._derived_by = {
            edge.source: None
            for port, edge in self._network.edges.items()
            if port.name == BY and self._network.nodes[port.node].kind == GRADIENT.name
        }
        self.attributes: list[Attribute] = []
        self.steps: list[Step] = []
        self.kept: dict[str, str] = {}
        self._marks = 0

    def lower(self, id: NodeId) -> None:
        """Add what a node needs, whose inputs are computed already."""
        node, result = self._network.nodes[id], self._inference.nodes[id]
        kind = self.kind_of(node)
        if isinstance(kind.form, Composite):
            self._lower_block(as_owner(self._network, node), kind, result)
        elif isinstance(kind.form, Held):
            self._hold(node, kind, kind.form, result)
        elif not isinstance(kind.form, Boundary):
            self._lower(as_owner(self._network, node), kind, result)
        for port in self._derived_by:
            if port.node == id:
                self._record(node, port)

    def _record(self, node: Node, port: Port) -> None:
        """Have torch record from here on what becomes of a value, as a Gradient by it needs.

        A parameter that is trained does so by itself.
        """
        value, mark = self.values[port], self.mark()
        if not is_local(value):
            form = self.kind_of(node).form
            if isinstance(form, Held) and form.is_parameter and not node.frozen:
                return
            value += ".detach()"  # what is held stays as it is
        reads = (value,) if is_local(value) else ()
        self.values[port] = mark
        self.steps.append(
            Step(
                (node.id,),
                (RECORDING,),
                (port.name,),
                reads=reads,
                writes=(mark,),
                names=(node.name,),
                target=mark,
                expression=(computed := f"{value}.requires_grad_()"),
                texts=(computed,),
                takers=dict.fromkeys(reads, RECORDING),
            )
        )

    def kind_of(self, node: Node) -> LayerKind:
        """Return the kind of a node, in the form that it is written in."""
        kind = self._inference.block.find(node.kind)
        assert kind is not None
        return as_written(kind, node.id, self.sizes)

    def _sources(self, node: Node, kind: LayerKind, result: NodeResult) -> dict[str, Port]:
        edges = self._network.edges
        ports = ((name, Port(node.id, name)) for name in kind.inputs(result.arguments))
        return {name: edges[port].source for name, port in ports if port in edges}

    def _attribute(self, node: Node) -> str:
        """Return the attribute that holds a node's module, which may be another node's."""
        return self._network.nodes[node.shares].name if node.shares else node.name

    def _hold(self, node: Node, kind: LayerKind, form: Held, result: NodeResult) -> None:
        """Make a tensor in ``__init__``, which is read where it is used."""
        if not node.shares:
            arguments = self._constructor_arguments(node, kind, result)
            made = held(kind, form, {**arguments, **self._as_float(node, arguments)})
            self.attributes.append(Attribute(node.id, node.name, made, form, node.frozen))
        self.values[Port(node.id, "output")] = f"self.{self._attribute(node)}"

    def _as_float(self, node: Node, arguments: Mapping[str, Value]) -> dict[str, Value]:
        """Return the formula of a whole number that fills a tensor, whose dtype follows from it."""
        value = arguments.get("value")
        given = (each.nodes[node.id].arguments.get("value") for each in self.sizes.needed)
        is_whole = isinstance(value, Written) and any(type(each) is int for each in given)
        is_float = arguments.get("dtype", "float32") == "float32"
        return {"value": Written(f"float({value})")} if is_whole and is_float else {}

    def _lower(self, node: Node, kind: LayerKind, result: NodeResult) -> None:
        sources = self._sources(node, kind, result)
        operands = {name: self.values[source] for name, source in sources.items()}
        if isinstance(kind.form, Module | Script) and kind.holds_module and not node.shares:
            if node.kind_from:
                made = by_parameter(node, self.sizes, self._constructor_arguments)
            else:
                made = constructor(kind, kind.form, self._constructor_arguments(node, kind, result))
            made = parametrized(made, node, self._root)
            self.attributes.append(Attribute(node.id, node.name, made, frozen=node.frozen))
        called = in_forward(node, kind, self.sizes, operands, self._keep)
        arguments = {**result.arguments, **called.arguments}
        if isinstance(kind.form, Fresh):
            operands[LIKE], places = beside(node, called.reads, self.inputs, self._network)
            self.attributes += places
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
        inputs = [each.nodes[node.id].inputs for each in self.sizes.passes]
        return {each["input"].rank for each in inputs if "input" in each}

    def _constructor_arguments(
        self, node: Node, kind: LayerKind, result: NodeResult
    ) -> dict[str, Value]:
        """Return what a module is made with: formulas as written, sizes as the class has them."""
        written: dict[str, Value] = dict(result.arguments)
        for parameter in kind.parameters:
            name = parameter.name
            if name in node.formulas:
                written[name] = self.sizes.formula(node.formulas[name])
            elif parameter.inferred and node.arguments.get(name) is None:
                written[name] = self.sizes.resolve(argument(node, name), name, node.name)
        return written

    def _keep(self, name: str) -> str:
        """Keep a setting as an attribute and return the word for it in ``forward``."""
        taken = {node.name for node in self._network.nodes.values()}
        taken |= {attribute for other, attribute in self.kept.items() if other != name}
        attribute = name
        while attribute in taken:
            attribute += "_"
        self.kept[name] = attribute
        return f"self.{attribute}"

    def _lower_block(self, node: Node, kind: LayerKind, result: NodeResult) -> None:
        network = used_network(node.kind)
        assert network is not None
        made = self._classes.get(network)  # none where every use is left out
        sources = self._sources(node, kind, result)
        if node.id in self._left_out:
            for port, source in zip(result.outputs, sources.values(), strict=False):
                if source in self.values:  # else nothing reads it
                    self.values[Port(node.id, port)] = self.values[source]
            return
        operands = {port: self.values[source] for port, source in sources.items()}
        if not node.shares:
            text = construction(made, kind, node, self.sizes) if made else "nn.Identity()"
            frozen = node.frozen and not text.endswith(" else None")  # which has no weights
            self.attributes.append(Attribute(node.id, node.name, text, frozen=frozen))
        is_loop = result.arrangement is Arrangement.SHARED or not is_chained(kind)
        if result.arrangement.is_parallel:
            self._lower_side_by_side(node, kind, result, operands)
        elif node.repeat != 1 and is_loop and not self._is_always_there(node):
            self._lower_loop(node, kind, result, operands)
        else:
            computed = f"self.{self._attribute(node)}({', '.join(given(kind, operands))})"
            marks = self._mark_outputs(node, result)
            targets = ", ".join(marks.get(port, "_") for port in result.outputs) if marks else "_"
            self._state(node, kind, result, marks, targets, computed, operands.values())

    def _is_always_there(self, node: Node) -> bool:
        return presence(node, self._inference.scope, self.sizes) is True

    def _lower_side_by_side(
        self, node: Node, kind: LayerKind, result: NodeResult, operands: Mapping[str, str]
    ) -> None:
        """Write what repeats give together that all take the same, in a line of its own."""
        marks, turn = self._mark_outputs(node, result), self.mark()
        target = ", ".join(marks.values()) or "_"
        names = {each.name for each in self.inputs}
        computed = side_by_side(node, self._attribute(node), turn, given(kind, operands), names)
        self._state(node, kind, result, marks, target, computed, operands.values())
        line = f"{target} = {computed}"
        self.steps[-1] = self.steps[-1]._replace(lines=(line,), turns=((turn, "layer"),))

    def _lower_loop(
        self, node: Node, kind: LayerKind, result: NodeResult, operands: Mapping[str, str]
    ) -> None:
        """Write a loop over repeats, or what is there or not."""
        marks = self._mark_outputs(node, result, all_of_them=True)
        results = {port: (each, self._own_name(node, result, port)) for port, each in marks.items()}
        is_same = result.arrangement is Arrangement.SHARED
        count = times(node, self.sizes, self._keep) if is_same else ""
        turn = "" if is_same or is_condition(node, self._inference.scope) else self.mark()
        attribute = self._attribute(node)
        self.steps.append(loop(node, kind, operands, results, attribute, turn, count))

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
        uses = sum(len(self.takers[Port(node.id, port)]) for port in result.outputs)
        self.steps.append(
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
                is_telling=len(result.outputs) == 1 and is_telling(node.name, kind),
            )
        )

    def shapes(self, node: NodeId, ports: tuple[str, ...]) -> str:
        """Return the shapes that a node gives, where they can be told for every use."""
        found = [self.sizes.shape(node, port) for port in ports]
        if len(found) > 1 and len({*found}) == 1:
            found = [found[0] and f"each {found[0]}"]
        return ", ".join(found) if all(found) else ""

    def _mark_outputs(
        self, node: Node, result: NodeResult, *, all_of_them: bool = False
    ) -> dict[str, str]:
        """Return a mark for each output that something uses, or for all."""
        marks: dict[str, str] = {}
        for port in result.outputs:
            if all_of_them or self.takers[Port(node.id, port)]:
                self.values[Port(node.id, port)] = marks[port] = self.mark()
        return marks

    def mark(self) -> str:
        """Return a mark that stands for a value until all are named."""
        self._marks += 1
        return mark_of(self._marks)

    def _own_name(self, node: Node, result: NodeResult, port: str) -> str:
        """Return what an output is called by itself: ``conv1``, ``split2`` or ``indices``."""
        if len(result.outputs) == 1 or port == "output":
            return node.name
        return telling([port]) or f"{node.name}{[*result.outputs].index(port) + 1}"
