"""While a network is being drawn, what it lacks is no mistake."""

from __future__ import annotations

import pytest

from graph_model.findings.unfinished import lacking, timely
from graph_model.inference.infer import infer
from graph_model.network import Edge, Network, Node, Port

NODES = {
    "i": Node("i", "Input", "x", {"shape": ("N", 8)}),
    "l": Node("l", "Linear", "fc"),
    "c": Node("c", "Conv2d", "conv"),
    "o": Node("o", "Output", "y"),
}


def codes(nodes: str, *edges: str) -> tuple[set[str], set[str]]:
    """Return what a network lacks, and what is worth telling of it."""
    laid = [Edge(Port(a, "output"), Port(b, "input")) for a, b in edges]
    network = Network(
        "main", "Net", {id: NODES[id] for id in nodes}, {edge.target: edge for edge in laid}
    )
    found = infer(network)
    told = timely(found, found.problems)
    return {each.code for each in lacking(found)}, {each.code for each in told}


@pytest.mark.parametrize(
    ("nodes", "edges", "lacks", "told"),
    [
        ("", [], {"empty_network"}, set()),
        ("l", [], {"no_input", "no_output"}, {"no_input", "no_output"}),
        ("il", [], {"no_output"}, {"no_output"}),
        ("lo", ["lo"], {"no_input"}, {"no_input"}),
        ("ilo", [], set(), {"missing_input", "unused_output"}),
        ("ilo", ["il", "lo"], set(), set()),
        ("ic", ["ic"], {"no_output"}, {"no_output", "wrong_rank"}),
    ],
)
def test_what_is_told_of_a_network_as_it_is_drawn(nodes, edges, lacks, told):
    assert codes(nodes, *edges) == (lacks, told)
