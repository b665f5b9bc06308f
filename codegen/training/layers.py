"""Where the layers and blocks of a network lie in the model that a training makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from codegen.model.program import Class
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import NodeId
from graph_model.recipes.weights import parts

_LISTS: Final = ("nn.ModuleList(", "nn.Sequential(")


@frozen
class Place:
    """Where one layer or block lies: the names of its modules, one for each of its repeats.

    What is no module is a tensor.
    """

    names: tuple[str, ...]
    is_list: bool = False
    is_module: bool = True

    @property
    def attribute(self) -> str:
        """The expression of the module, or of the list of its repeats."""
        name = self.names[0]
        listed, dot, number = name.rpartition(".")
        if self.is_list:
            return f"self.model.{listed}"
        return f"self.model.{listed}[{number}]" if dot else f"self.model.{name}"

    @property
    def item(self) -> str:
        """What stands for its modules in a list of them."""
        return f"*{self.attribute}" if self.is_list else self.attribute


def places(inference: Inference, main: Class) -> Mapping[NodeId, Place]:
    """Return the place of every part of a network, in the order in which they are used."""
    found: dict[NodeId, Place] = {}
    for attribute in main.attributes:
        if attribute.others:
            for index, node in enumerate((attribute.node, *attribute.others)):
                found[node] = Place((f"{attribute.name}.{index}",))
        elif attribute.node:
            repeat = inference.nodes[attribute.node].repeat
            if repeat and attribute.constructor.startswith(_LISTS):
                names = tuple(f"{attribute.name}.{index}" for index in range(repeat))
                found[attribute.node] = Place(names, is_list=True)
            else:
                is_module = attribute.form is None
                found[attribute.node] = Place((attribute.name,), is_module=is_module)
    return {node.id: found[node.id] for node in parts(inference) if node.id in found}


def listed(places: Sequence[Place]) -> str:
    """Return the expression of a list of the modules at these places."""
    return f"[{', '.join(each.item for each in places)}]"


_FROZEN: Final = (
    "self.frozen: list[nn.Module] = []",
    "for module in self.model.modules():",
    "    weights = [*module.parameters()]",
    "    if weights and not any(weight.requires_grad for weight in weights):",
    "        self.frozen.append(module)",
)


def held_still(holds_still: bool) -> Sequence[str]:
    """Return the lines that find what the drawing froze, where it would still change."""
    return _FROZEN if holds_still else ()


def at_epoch(holds_still: bool, thaws: bool) -> Sequence[str]:
    """Return the lines that keep it as in evaluation: statistics stay, and nothing is dropped.

    Where something ``thaws``, they follow the lines that do that: some of it may be frozen no more.
    """
    if not holds_still:
        return ()
    if not thaws:
        return ("for module in self.frozen:", "    module.eval()")
    return (
        "for module in self.frozen:",
        "    if not any(weight.requires_grad for weight in module.parameters()):",
        "        module.eval()",
    )
