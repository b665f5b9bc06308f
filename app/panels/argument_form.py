"""The arguments of a node as a form that edits them in the document."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from app.language.sentences import translate
from app.project.document import Document
from app.widgets.field import Field
from app.widgets.fields import make_field
from app.widgets.forms import ParameterForm
from app.widgets.formula_field import FormulaField
from app.widgets.reasons import Reason, set_reason
from graph_model.blocks import REPEAT
from graph_model.editing.block_parameters import add_parameter, follow_formula, make_parameter
from graph_model.editing.repeating import may_repeat_layer, repeat_layer
from graph_model.formulas import Formula, Scope, names_in
from graph_model.inference.arguments import as_owner, at_turn, takes_formula, with_sizes
from graph_model.inference.infer import NodeResult
from graph_model.inference.named_sizes import sizes_known
from graph_model.layers.kind import Composite, LayerKind
from graph_model.network import (
    Network,
    Node,
    NodeId,
    Project,
    reset_argument,
    set_arguments,
    set_repeat,
    with_network,
)
from graph_model.open_inputs import OF_BLOCKS
from graph_model.values import Parameter, Type, Value


class ArgumentForm(ParameterForm):
    """What a node is given: plain values, in a block formulas as well; for a block its repeats.

    A node that shares the weights of another shows the arguments of that, not to be changed. A
    field may tell what was typed into it as it goes, when the node is gone already.
    """

    def __init__(self, document: Document, node: Node, kind: LayerKind) -> None:
        self._document, self.node, self._kind = document, node.id, kind
        self._is_block = isinstance(kind.form, Composite)
        may_repeat = self._is_block or may_repeat_layer(
            document.project, document.network.id, node.id, document.known
        )
        parameters = (*kind.parameters, REPEAT) if may_repeat else kind.parameters
        self._is_within = document.network.role == "block"
        # These stand beside the names of the sizes, in a section of their own.
        hidden = {each.name for each in parameters if each.type is Type.MULTIPLES}
        if node.kind == "Input" and not self._is_within:
            hidden |= OF_BLOCKS
        parameters = tuple(each for each in parameters if each.name not in hidden)
        has_formulas = takes_formulas(document, node)
        make = partial(_made, kind) if has_formulas else make_field
        super().__init__(parameters, {}, make=make)
        if not parameters:  # shown now, it would be a window of its own for a moment
            self.hide()
        self.edited.connect(self._set)
        self.reset.connect(self._reset)
        self.formula_edited.connect(self._set_formula)
        self.parameter_wanted.connect(self._add_parameter)
        self.promotion_wanted.connect(self._make_parameter)

    def refresh(self) -> None:
        """Show the arguments as they are now."""
        network, inference = self._document.network, self._document.inference
        node = as_owner(network, network.nodes[self.node])
        arguments, formulas = dict(node.arguments), dict(node.formulas)
        if isinstance(node.repeat, int):
            arguments[REPEAT.name] = node.repeat
        else:
            formulas[REPEAT.name] = node.repeat
        result = inference.nodes.get(node.id, NodeResult())
        for field in self.fields:
            if isinstance(field, FormulaField):
                field.turns, field.is_in_block = max(result.repeat, 1), self._is_within
        self.show_arguments(arguments, result.arguments, formulas, inference.scope)
        set_reason(self, shared_arguments(network, self.node))

    def scope_of(self, name: str, scope: Scope) -> Scope:
        """Return the parameters of the block around, and which repeat it is for an argument.

        What takes sizes of Inputs may name these as well.
        """
        network = self._document.network
        node = as_owner(network, network.nodes[self.node])
        if (parameter := self._kind.by_name.get(name)) and parameter.symbolic:
            return with_sizes(scope, sizes_known(self._document.inference))
        return at_turn(scope, 0, node) if node.repeat != 1 and name != REPEAT.name else scope

    def _set(self, name: str, value: Value) -> None:
        if self.node not in self._document.network.nodes:
            return
        project, network = self._document.project, self._document.network
        if name != REPEAT.name:
            project = with_network(project, set_arguments(network, self.node, {name: value}))
        elif self._is_block:
            assert isinstance(value, int)
            project = with_network(project, set_repeat(network, self.node, value))
        elif value != 1:
            assert isinstance(value, int)
            project = repeat_layer(project, network.id, self.node, value, self._document.known)
        text = self.tr("Set {0}").format(name)
        self._document.edit(project, text, merge=f"set {self.node} {name}")

    def _reset(self, name: str) -> None:
        if self.node not in self._document.network.nodes:
            return
        network = self._document.network
        network = (
            set_repeat(network, self.node, 1)
            if name == REPEAT.name
            else reset_argument(network, self.node, name)
        )
        self._document.edit_network(network, self.tr("Reset {0}").format(name))

    def _set_formula(self, name: str, formula: Formula) -> None:
        if self.node not in self._document.network.nodes:
            return
        network = follow_formula(self._document.network, self.node, name, formula)
        text = self.tr("Set {0}").format(name)
        self._document.edit_network(network, text, merge=f"formula {self.node} {name}")

    def _add_parameter(self, argument: str, name: str, formula: Formula) -> None:
        """Add the parameter that a formula lacks, and take on the formula if it lacks no other."""
        if self.node not in self._document.network.nodes:
            return
        added = replace(self._parameter(argument), name=name, inferred=False, symbolic=False)
        added = replace(added, default=self._value(argument))
        project = add_parameter(self._document.project, self._document.network.id, added)
        scope = self.scope_of(argument, self._document.inference.scope)
        if set(names_in(formula)) <= {*scope, name}:
            block = project.networks[self._document.network.id]
            network = follow_formula(block, self.node, argument, formula)
            project = with_network(project, network)
        self._edit(project, name)

    def _make_parameter(self, argument: str) -> None:
        if self.node not in self._document.network.nodes:
            return
        id, parameter = self._document.network.id, self._parameter(argument)
        value = self._value(argument)
        project = make_parameter(self._document.project, id, self.node, parameter, value)
        self._edit(project, argument)

    def _edit(self, project: Project, name: str) -> None:
        self._document.edit(project, self.tr("Add parameter {0}").format(name))

    def _parameter(self, argument: str) -> Parameter:
        return REPEAT if argument == REPEAT.name else self._kind.by_name[argument]

    def _value(self, argument: str) -> Value:
        """Return what an argument is at the use of the block that is shown."""
        result = self._document.inference.nodes[self.node]
        if argument == REPEAT.name:
            return result.repeat if result.outputs else 1
        parameter = self._kind.by_name[argument]
        value = result.arguments.get(argument, parameter.default)
        return 1 if value is None and parameter.inferred else value


def shared_arguments(network: Network, node: NodeId) -> Reason | None:
    """Say whose arguments a node has, where they are not its own."""
    owner = network.nodes.get(network.nodes[node].shares)
    if owner is None:
        return None
    text = translate("ArgumentForm", "It has the arguments and weights of {0}.")
    return Reason(text.format(owner.name))


def takes_formulas(document: Document, node: Node) -> bool:
    """Tell whether there is something for formulas to name: parameters, or which repeat it is."""
    network = document.network
    return network.role == "block" or as_owner(network, node).repeat != 1


def _made(kind: LayerKind, parameter: Parameter) -> Field:
    """Return a field that takes formulas where the parameter does."""
    is_block = isinstance(kind.form, Composite)
    if is_block if parameter is REPEAT else takes_formula(kind, parameter.name):
        return FormulaField(parameter)
    return make_field(parameter)
