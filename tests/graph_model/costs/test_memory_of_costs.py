"""What a network cost before an edit is not kept for ever."""

from __future__ import annotations

import gc
from dataclasses import replace

from graph_model.costs.cost import cost
from graph_model.inference.infer import Inference, infer
from tools.examples.sketch import Sketch


def test_networks_of_before_are_forgotten() -> None:
    sketch = Sketch("Main")
    sketch.output(sketch.add("Linear", sketch.input("x", "N", 8), name="fc"))
    network = sketch.project().network
    id = next(node.id for node in network.nodes.values() if node.name == "fc")

    def kept() -> int:
        gc.collect()
        return sum(isinstance(each, Inference) for each in gc.get_objects())

    before = kept()
    for size in range(10, 60):
        edited = replace(network.nodes[id], arguments={"out_features": size})
        cost(infer(replace(network, nodes={**network.nodes, id: edited})), (("N", 4),))
    assert kept() - before < 10
