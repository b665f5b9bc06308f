"""Where the layers and blocks of a network lie in the model that a training makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from codegen.model.program import Class, Program
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import NodeId
from graph_model.recipe import BETWEEN, NodePath
from graph_model.recipes.weights import parts
from graph_model.recipes.within import inside_of

_LISTS: Final = ("nn.ModuleList(", "nn.Sequential(")


@frozen
class Place:
    """Where one layer or block lies: the names of its modules, one for each of its repeats.

    ``item`` is what stands for its modules in a list of them. What is no module is a tensor.
    """

    names: tuple[str, ...]
    item: str
    is_module: bool = True


class _Step(NamedTuple):
    """One step into the model: what is said after what it lies in, and how often it is there."""

    name: str
    is_list: bool
    is_module: bool


def places(inference: Inference, program: Program) -> Mapping[NodePath, Place]:
    """Return the place of every part of a network, in the order in which they are used."""
    return {node.id: place(node.id, inference, program) for node in parts(inference)}


def place(path: NodePath, inference: Inference, program: Program) -> Place:
    """Return the place of a layer or block, be it within others; raises ``KeyError`` for none."""
    classes = {each.network: each for each in (*program.blocks, program.main)}
    ids = path.split(BETWEEN)
    steps: list[_Step] = []
    within: Inference | None = inference
    for id in ids:
        assert within is not None
        steps.append(_step(id, classes[within.network.id]))
        within = inside_of(within.nodes[id])
    names = [*_names(inference, ids, steps)]
    there = tuple(filter(None, names))
    is_everywhere = len(there) == len(names)
    item = _item(steps) if is_everywhere else ", ".join(map(_expression, there))
    return Place(there, item, steps[-1].is_module)


def _step(id: NodeId, within: Class) -> _Step:
    """Return the step to a node from what it lies in; raises ``KeyError`` where it has none."""
    for each in within.attributes:
        members = (each.node, *each.others)
        if id and id in members:
            if each.others:
                return _Step(f"{each.name}[{members.index(id)}]", is_list=False, is_module=True)
            is_list = each.constructor.startswith(_LISTS)
            return _Step(each.name, is_list, is_module=each.form is None)
    raise KeyError(id)


def _names(inference: Inference, ids: Sequence[NodeId], steps: Sequence[_Step]) -> Iterator[str]:
    """Yield the names of the modules that these steps lead to, "" where it is left out."""
    (id, *inner), (step, *later) = ids, steps
    result = inference.nodes.get(id)
    if result is None or not result.parameter_count:
        yield ""
        return
    name = step.name.replace("[", ".").rstrip("]")
    copies = [within for within, times in result.copies for _ in range(times)]
    for turn, within in enumerate(copies if step.is_list or inner else [inference]):
        here = f"{name}.{turn}" if step.is_list else name
        if not inner:
            yield here
        else:
            names = _names(within, inner, later)
            yield from (f"{here}.{each}" if each else "" for each in names)


def _item(steps: Sequence[_Step]) -> str:
    """Return the expression of the modules that these steps lead to."""
    loops: list[str] = []
    reached = container = "self.model"
    for step in steps:
        reached = f"{reached}.{step.name}"
        if step.is_list:
            container, reached = reached, f"inner_{len(loops)}" if loops else "block"
            loops.append(f"for {reached} in {container}")
    if steps[-1].is_list and len(loops) == 1:
        return f"*{container}"
    if not steps[-1].is_module:
        reached = f"nn.ParameterList([{reached}])"
    return f"*({reached} {' '.join(loops)})" if loops else reached


def _expression(name: str) -> str:
    """Return the expression of a module by its name: ``self.model.blocks[0].fc``."""
    return "self.model" + re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", f".{name}")


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
