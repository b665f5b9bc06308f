"""What weights begin with, written as the statements of a class's ``_reset_parameters``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from codegen.literals import call
from codegen.model.block_uses import Uses
from codegen.model.expressions import spelled
from codegen.model.program import RESET, Class, Part, Statement
from graph_model.inference.infer import Inference
from graph_model.initialisation.check import covered
from graph_model.initialisation.groups import filled
from graph_model.initialisation.kinds import INITS
from graph_model.layers import LAYERS
from graph_model.layers.kind import Module
from graph_model.layers.weight import Weight
from graph_model.network import Network, NetworkId, Node, used_network
from graph_model.recipe import Choice

_STEP = "    "


def resets(uses: Uses, classes: Mapping[NetworkId, Class]) -> tuple[Statement, ...]:
    """Return the statements: first what goes for all layers within, then each layer's own.

    ``classes`` are those of the blocks within. What one of them says itself goes before what is
    said for all, so it is said once more afterwards.
    """
    network = uses.network
    passes = [*uses.given, *(each.inference for each in uses.promised)]
    lines = tuple(_for_all(network, passes))
    own = sorted({each.name for each in within(network, classes) if each.resets})
    if lines and own:
        classes_with = own[0] if len(own) == 1 else f"({', '.join(own)})"
        lines += (
            "for module in self.modules():",
            f"{_STEP}if isinstance(module, {classes_with}):",
            f"{2 * _STEP}module.{RESET}()",
        )
    statements = [Statement((), lines)] if lines else []
    for node in network.nodes.values():
        if node.init and not node.shares:
            weights = [each.nodes[node.id].weights for each in passes]
            statements.append(Statement((Part(node.id),), tuple(_of_layer(node, weights))))
    return tuple(each for each in statements if each.lines)


def within(network: Network, classes: Mapping[NetworkId, Class]) -> Iterator[Class]:
    """Yield the classes of the blocks that a network uses, and of those within them."""
    for kind in dict.fromkeys(node.kind for node in network.nodes.values()):
        id = used_network(kind)
        if id in classes:
            assert id is not None
            yield classes[id]
            yield from classes[id].within


def _for_all(network: Network, passes: Iterable[Inference]) -> Iterator[str]:
    """Yield one loop over all modules within, with a condition for those of a few classes."""
    conditions: dict[str, list[str]] = {}
    for group, chosen in sorted(network.init.items(), reverse=True):  # the weight first
        found = [*_targets(passes, group)]
        is_computed = any(node.parametrization for _, node in found)
        filling = [_filling(chosen, f"module.{group}", is_computed=is_computed)]
        if group == "bias":
            filling = ["if module.bias is not None:", _STEP + filling[0]]
        if targets := sorted({target for target, _ in found}):
            conditions.setdefault(f"isinstance(module, {_one_of(targets)})", []).extend(filling)
    if conditions:
        yield "for module in self.modules():"
    for condition, lines in conditions.items():
        if lines[0].startswith("if "):  # with nothing else to say of these
            condition += f" and {lines[0].removeprefix('if ').removesuffix(':')}"
            lines = [lines[1].removeprefix(_STEP)]
        yield f"{_STEP}if {condition}:"
        yield from (2 * _STEP + line for line in lines)


def _targets(passes: Iterable[Inference], group: str) -> Iterator[tuple[str, Node]]:
    """Yield all layers within that have a tensor of this group, and their classes of torch."""
    waiting = [*passes]
    for inference in waiting:  # which grows meanwhile
        for id, result in inference.nodes.items():
            node = inference.network.nodes[id]
            form = LAYERS[node.kind].form if node.kind in LAYERS else None
            if isinstance(form, Module) and covered(node.kind, result.weights, group):
                yield form.target, node
            waiting += (each.inference for each in result.passes)


def _one_of(targets: list[str]) -> str:
    named = [f"nn.{each}" for each in targets]
    return named[0] if len(named) == 1 else f"({', '.join(named)})"


def _of_layer(node: Node, weights: Iterable[tuple[Weight, ...]]) -> Iterator[str]:
    """Yield the lines for one layer, which may have other tensors in other uses of its block."""
    weights = [*weights]
    for group, chosen in node.init.items():
        tensors = [filled(each, group) for each in weights]
        names = {each.name for some in tensors for each in some}
        if len(names) == 1 and max(map(len, tensors)) == 1:
            yield from _of_tensor(node, names.pop(), chosen, may_lack=not all(tensors))
        elif names:
            yield from _of_several(node, group, chosen, weights)


def _of_tensor(node: Node, name: str, chosen: Choice, *, may_lack: bool) -> Iterator[str]:
    tensor = f"self.{node.name}" + (f".{name}" if name else "")
    is_computed = node.parametrization is not None and name == "weight"
    filling = _filling(chosen, tensor, is_computed=is_computed)
    if may_lack:
        yield f"if {tensor} is not None:"
        filling = _STEP + filling
    yield filling


def _of_several(
    node: Node, group: str, chosen: Choice, weights: Iterable[tuple[Weight, ...]]
) -> Iterator[str]:
    """Yield a loop over the tensors of a layer that are of this group, as those of an LSTM."""
    condition = '"bias" in name' if group == "bias" else '"bias" not in name'
    own = [each for some in weights for each in some if not each.is_buffer]
    if group == "weight" and any(len(each.shape) < 2 and "bias" not in each.name for each in own):
        condition += " and parameter.dim() > 1"
    yield f"for name, parameter in self.{node.name}.named_parameters():"
    yield f"{_STEP}if {condition}:"
    yield f"{2 * _STEP}{_filling(chosen, 'parameter')}"


def _filling(chosen: Choice, tensor: str, *, is_computed: bool = False) -> str:
    """Write ``nn.init.normal_(self.fc.weight, std=0.02)``, with what differs from the defaults.

    A weight that is computed, as with a norm, is assigned: torch fills what it is computed from.
    """
    kind = INITS[chosen.kind]
    arguments = kind.complete(chosen.arguments)
    written = {each.name: spelled(each, arguments[each.name]) for each in kind.parameters}
    usual = {each.name: spelled(each, each.default) for each in kind.parameters}
    keywords = {
        name: text
        for name, text in written.items()
        if name not in kind.positional and text != usual[name]
    }
    positional = [tensor, *(written[name] for name in kind.positional)]
    filled = call(f"nn.init.{kind.name}", positional, keywords)
    return f"{tensor} = {filled}" if is_computed else filled
