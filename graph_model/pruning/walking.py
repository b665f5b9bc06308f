"""Following channels through a network: its blocks, and each of their repeats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.arrangement import Arrangement
from graph_model.findings.results import Inference, NodeResult
from graph_model.inference.arguments import as_owner, is_by_turn
from graph_model.network import Node, Port, used_network
from graph_model.pruning.channels import Axes
from graph_model.pruning.holding import HOLDING, tied
from graph_model.pruning.moving import MOVING
from graph_model.pruning.passing import PASSING
from graph_model.pruning.sheet import Place, Sheet, WeightKey
from graph_model.pruning.visit import Rule, Visit
from graph_model.tensors import TensorSpec

RULES: Final[Mapping[str, Rule]] = {**PASSING, **MOVING, **HOLDING}


def follow(inference: Inference) -> Sheet:
    """Follow the channels of a network without errors; what its Outputs give stays whole."""
    sheet = Sheet()
    for axes in walk(sheet, inference, {}, Place()).values():
        for line in axes:
            sheet.channels.fix(line or (), "")
    sheet.tie()
    return sheet


def walk(
    sheet: Sheet, inference: Inference, given: Mapping[str, Axes], place: Place
) -> dict[str, Axes]:
    """Go through a network or a block once, and return what its Outputs carry by name."""
    values: dict[Port, Axes] = {}
    outputs: dict[str, Axes] = {}
    nodes = inference.network.nodes
    for id in inference.structure.order:
        node, result = nodes[id], inference.nodes[id]
        arriving = _in_order_of_ports(
            inference,
            node,
            result,
            {edge.target.name: values[edge.source] for edge in inference.structure.feeders[id]},
        )
        if node.kind == "Input":
            found: Mapping[str, Axes] = {"output": given.get(node.name, ())}
        elif node.kind == "Output":
            outputs[node.name] = next(iter(arriving.values()), ())
            continue
        elif used_network(node.kind) is not None:
            found = _through(sheet, inference, node, result, arriving, place.at(node.shares or id))
        else:
            found = _at(sheet, inference, node, result, arriving, place)
        for port, spec in result.outputs.items():
            values[Port(id, port)] = _complete(found.get(port, ()), spec)
    return outputs


def _in_order_of_ports(
    inference: Inference, node: Node, result: NodeResult, arriving: Mapping[str, Axes]
) -> dict[str, Axes]:
    """Return what arrives as the ports stand, and not as the edges were laid."""
    kind = inference.block.find(node.kind)
    ports = kind.inputs(result.arguments) if kind is not None else tuple(arriving)
    return {port: arriving[port] for port in ports if port in arriving}


def _complete(axes: Axes, spec: TensorSpec) -> Axes:
    """Return what the axes of a tensor carry, nothing where that is not known."""
    return axes if len(axes) == spec.rank else (None,) * spec.rank


def _at(
    sheet: Sheet,
    inference: Inference,
    node: Node,
    result: NodeResult,
    arriving: Mapping[str, Axes],
    around: Place,
) -> Mapping[str, Axes]:
    """Let a layer say what its outputs carry; one that is not known keeps all."""
    network = inference.network
    owner = network.nodes.get(node.shares)
    is_tied = owner is not None and owner.kind != node.kind
    place = around.at(owner.id if owner is not None and not is_tied else node.id)
    visit = Visit(
        sheet,
        place,
        as_owner(network, node),
        result.arguments,
        {port: result.inputs[port] for port in arriving},
        result.outputs,
        arriving,
        {weight.name: weight.shape for weight in result.weights},
    )
    rule: Rule | None = tied if is_tied else RULES.get(node.kind)
    if rule is None or node.parametrization is not None or _by_itself(visit):
        visit.fix_all()
        return {}
    if owner is not None and is_tied:
        keys = [
            WeightKey(each.node_path, each.turns, "weight") for each in (place, around.at(owner.id))
        ]
        sheet.tied.append((keys[0], keys[1]))
    return rule(visit)


def _by_itself(visit: Visit) -> bool:
    """Tell whether a node has nothing that its rule could follow."""
    return not visit.given and visit.node.kind != "Parameter"


def _through(
    sheet: Sheet,
    inference: Inference,
    node: Node,
    result: NodeResult,
    arriving: Mapping[str, Axes],
    place: Place,
) -> Mapping[str, Axes]:
    """Go through a block as often as it is repeated."""
    ports = tuple(result.outputs)
    if not result.passes:  # left out
        return dict(zip(ports, arriving.values(), strict=False))
    differs = len(result.passes) > 1 and is_by_turn(node, inference.scope)
    sheet.fixing += differs
    found = _repeats(sheet, node, result, arriving, place)
    if differs:
        for axes in (*arriving.values(), *found.values()):
            for line in axes:
                sheet.channels.fix(line or (), place.node_path)
    sheet.fixing -= differs
    return found


def _repeats(
    sheet: Sheet, node: Node, result: NodeResult, arriving: Mapping[str, Axes], place: Place
) -> Mapping[str, Axes]:
    arrangement, given, turn = result.arrangement, dict(arriving), 0
    each: list[dict[str, Axes]] = []
    for passed in result.passes:
        for _ in range(passed.times):
            own = place.turn(0 if arrangement is Arrangement.SHARED else turn)
            found = walk(sheet, passed.inference, given, own)
            each.append(found)
            turn += 1
            if not arrangement.is_parallel:
                given |= dict(zip(given, found.values(), strict=False))
    if not arrangement.is_parallel or len(each) == 1:
        return each[-1]
    return {port: _side_by_side(sheet, node, [e[port] for e in each], place) for port in each[0]}


def _side_by_side(sheet: Sheet, node: Node, given: list[Axes], place: Place) -> Axes:
    """Return what parallel repeats carry together."""
    path = place.node_path
    rank = len(given[0]) + (node.arrangement is Arrangement.STACKED)
    along = node.along % rank if node.arrangement.has_dimension and rank else -1
    joined = list(given[0])
    for other in given[1:]:
        for at, (mine, its) in enumerate(zip(given[0], other, strict=True)):
            if at != along or node.arrangement is not Arrangement.CONCATENATED:
                sheet.agree(mine, its, path)
    if node.arrangement is Arrangement.CONCATENATED:
        lines = [axes[along] for axes in given]
        if all(line is not None for line in lines):
            joined[along] = tuple(channel for line in lines for channel in line or ())
        else:
            for line in lines:
                sheet.channels.fix(line or (), path)
    elif node.arrangement is Arrangement.STACKED:
        joined.insert(along, None)
    return tuple(joined)
