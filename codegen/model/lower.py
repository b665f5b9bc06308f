"""From a network to a program: one class for each block in use, and one for itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from codegen.custom_layers.sections import NORMS, entry_of, texts_of
from codegen.model.block_uses import Uses, all_uses
from codegen.model.kind_parameters import imports
from codegen.model.lower_class import ClassLowering
from codegen.model.parametrizing import imported
from codegen.model.program import Class, Program
from codegen.names import class_names
from graph_model.blocks import parameter_name_complaint
from graph_model.custom_layers.reading import Import
from graph_model.inference.example_sizes import example_sizes
from graph_model.inference.infer import Inference
from graph_model.naming import name_complaint
from graph_model.network import Network, NetworkId, NodeId
from graph_model.problems import GraphError
from graph_model.structure_problems import is_attribute


def lower(
    inference: Inference, alone: Sequence[Sequence[NodeId]] = (), *, one_by_one: bool = False
) -> Program:
    """Return the program of a network.

    Its class has a method for each of ``alone``, which computes these Outputs and no others.
    ``one_by_one`` gives each node a statement of its own, which tells what values it gives, where
    otherwise one joins them as one writes them. Raises ``GraphError`` where the network has errors.
    """
    if inference.has_errors:
        raise GraphError("a network with errors has no program")
    *blocks, main = classes = _classes(inference, alone, one_by_one)
    return Program(
        tuple(blocks),
        main,
        inference.parameter_count,
        example_sizes(inference),
        tuple(str(each.words) for each in inference.requirements),
        texts_of(inference),
        (*(Import(NORMS, each) for each in imported(inference, classes)), *imports(classes)),
    )


def _classes(
    inference: Inference, alone: Sequence[Sequence[NodeId]], one_by_one: bool
) -> Collection[Class]:
    """Return the classes, again without what turns out to be more than they can promise."""
    _check_names(inference.network)
    unmet: set[Inference] = set()
    while True:
        uses = all_uses(inference, unmet)
        for each in uses.values():
            _check_names(each.network)  # a block that is left out is not written
        names = _class_names(inference, uses)
        classes: dict[NetworkId, Class] = {}
        failed: set[Inference] = set()
        for id, each in uses.items():
            lowering = ClassLowering(inference, each, names, classes, one_by_one=one_by_one)
            classes[id] = lowering.lowered(alone if id == inference.network.id else ())
            failed |= lowering.unmet
        if not failed:
            return classes.values()
        unmet |= failed


def main_class_name(inference: Inference) -> str:
    """Return the name of the class that a network becomes."""
    return _class_names(inference, all_uses(inference))[inference.network.id]


def _class_names(inference: Inference, uses: Mapping[NetworkId, Uses]) -> Mapping[NetworkId, str]:
    defined = {name for text in texts_of(inference) for name in entry_of(text).names}
    return class_names([each.network for each in uses.values()], defined)


def _check_names(network: Network) -> None:
    """Refuse names that would not be identifiers; infer has told the user already."""
    for node in network.nodes.values():
        if name_complaint(node.name, is_attribute=is_attribute(node)):
            raise GraphError(f"{node.name!r} is no identifier")
    for parameter in network.parameters:
        if parameter_name_complaint(parameter.name):
            raise GraphError(f"{parameter.name!r} is no identifier")
