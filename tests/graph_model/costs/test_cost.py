"""What whole networks cost: published figures, torch's counter, and the memory that torch saves."""

from __future__ import annotations

from typing import Final

import pytest
import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from codegen.build import build_network
from graph_model.blocks import Networks
from graph_model.costs.cost import Cost, cost
from graph_model.costs.sizes import sizes_for
from graph_model.inference.infer import infer
from graph_model.network import Node, Port, add_nodes, connect
from tests.codegen.blocks import SAMPLES as WITH_BLOCKS
from tests.codegen.samples import SAMPLES as PLAIN

NETWORKS: Final[dict[str, Networks]] = {
    **WITH_BLOCKS,
    **{name: {"main": each} for name, each in PLAIN.items()},
}
TOLERANCES: Final = {
    "lstm": 0.2,  # how much oneDNN keeps of an LSTM depends on its sizes
    "states": 0.2,
    **dict.fromkeys(("encoder", "steps", "attention", "transformers", "tokens"), 0.1),
    "wide": 1.1,  # an RMSNorm right after an Input keeps less, of which nobody will take notice
}
"""How far the activations may be off, where it is more than 2 %."""
NOT_COUNTED: Final = {"two_inputs", "transformers", "steps"}
"""Networks with a Bilinear, of which torch knows no cost, and that look at values on the way."""


def cost_of(networks: Networks, batch: int = 2) -> Cost:
    inference = infer(networks["main"], blocks=networks)
    return cost(inference, sizes_for(inference, batch))


def make(networks: Networks, batch: int = 2) -> tuple[nn.Module, list[Tensor]]:
    """Return the module and inputs of the sizes that costs are worked out for."""
    inference = infer(networks["main"], blocks=networks)
    sizes = dict(sizes_for(inference, batch))
    inputs = []
    for node in inference.of_kind("Input"):
        spec = inference.nodes[node.id].outputs["output"]
        shape = [sizes.get(str(dim), dim) for dim in spec.shape]
        inputs.append(torch.zeros(shape, dtype=getattr(torch, spec.dtype)))  # type: ignore[arg-type]
    return build_network(networks["main"], networks).make(), inputs


@pytest.mark.parametrize(("name", "published"), [("resnet18", 1.81e9), ("resnet50", 4.09e9)])
def test_published_multiply_adds(name: str, published: float) -> None:
    """Hold against those that torchvision states for its weights, in GFLOPS of one multiply-add."""
    found = cost_of(WITH_BLOCKS[name], batch=1).total.multiply_adds
    assert found == pytest.approx(published, rel=0.003)


@pytest.mark.parametrize("name", sorted(NETWORKS.keys() - NOT_COUNTED))
def test_multiply_adds_are_what_torch_counts(name: str) -> None:
    model, inputs = make(NETWORKS[name])
    with FlopCounterMode(display=False) as counter:
        model.to("meta")(*(each.to("meta") for each in inputs))
    assert cost_of(NETWORKS[name]).total.multiply_adds == counter.get_total_flops() / 2


@pytest.mark.parametrize("name", NETWORKS)
def test_activations_are_what_torch_saves(name: str) -> None:
    batch = 64 if name in TOLERANCES else 2  # oneDNN keeps a little whatever the size
    model, inputs = make(NETWORKS[name], batch)
    found = cost_of(NETWORKS[name], batch).total.activations
    saved = saved_bytes(model, inputs)
    print(f"{name}: {found:,} of {saved:,} bytes")
    assert found == pytest.approx(saved, rel=TOLERANCES.get(name, 0.02))


def test_what_cannot_be_computed_costs_nothing() -> None:
    network = PLAIN["cnn"]
    nodes = [
        Node("sum", "Add", "sum"),
        Node("after", "ReLU", "after"),
        Node("other", "Output", "other"),
        Node("loose", "Output", "loose"),
    ]
    broken = add_nodes(network, nodes)
    for source, target in (("conv1", "sum.input1"), ("sum", "after.input"),
                           ("after", "other.input")):  # fmt: skip
        node, _, port = target.partition(".")
        broken = connect(broken, Port(source, "output"), Port(node, port))
    assert infer(broken).has_errors
    assert cost_of({"main": broken}).total == cost_of({"main": network}).total


def saved_bytes(model: nn.Module, inputs: list[Tensor]) -> int:
    """Return the bytes of all storages that torch saves in a forward pass, weights left out."""
    saved: list[Tensor] = []

    def keep(tensor: Tensor) -> Tensor:
        saved.append(tensor)
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        outputs = model.train()(*inputs)
    assert outputs is not None
    storages = {each.untyped_storage().data_ptr(): each.untyped_storage() for each in saved}
    for weight in (*model.parameters(), *model.buffers()):
        storages.pop(weight.untyped_storage().data_ptr(), None)
    return sum(storage.nbytes() for storage in storages.values())
