"""What stands in for the arguments of ``forward`` that a use of a block leaves open."""

from __future__ import annotations

from collections.abc import Sequence

from codegen.literals import Written
from codegen.model.named_sizes import beside
from codegen.model.operations import fresh
from codegen.model.program import Attribute, Part, Statement
from graph_model.inference.named_sizes import declared
from graph_model.layers import LAYERS
from graph_model.layers.kind import Fresh
from graph_model.network import Network, Node
from graph_model.open_inputs import has_default, may_stay_open


def stand_ins(network: Network, inputs: Sequence[Node]) -> tuple[list[Statement], list[Attribute]]:
    """Return the statements at the head of ``forward``, and what is kept for the device."""
    statements: list[Statement] = []
    attributes: list[Attribute] = []
    needed = [node for node in inputs if not may_stay_open(node)]
    for node in filter(has_default, inputs):
        made, places = _made(network, node, needed)
        lines = (f"if {node.name} is None:", f"    {node.name} = {made}")
        statements.append(Statement((Part(node.id),), lines))
        attributes += places
    return statements, attributes


def _made(network: Network, node: Node, needed: Sequence[Node]) -> tuple[str, list[Attribute]]:
    """Write ``torch.zeros(x.shape[0], 1, device=x.device)``."""
    arguments = LAYERS["Input"].complete(node.arguments)
    shape, at = arguments["shape"], declared(needed)
    assert isinstance(shape, tuple)
    read = [at[each].input.name for each in shape if isinstance(each, str)]
    sizes = [
        f"{at[s].input.name}.shape[{at[s].dim}]" if isinstance(s, str) else str(s) for s in shape
    ]
    like, places = beside(node, read, needed, network)
    constant = LAYERS["Constant"]
    assert isinstance(constant.sized, Fresh)
    end = "," if len(sizes) == 1 else ""
    values = {
        "shape": Written(f"({', '.join(sizes)}{end})") if sizes else (),
        "value": arguments["default"],
        "dtype": arguments["dtype"],
    }
    return fresh(constant, constant.sized, values, like), places
