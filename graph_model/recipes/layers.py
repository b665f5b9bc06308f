"""What data and batch size are to single layers: indices beyond a table, batches of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from graph_model.inference.infer import Inference
from graph_model.layers.use import set_argument
from graph_model.network import NodeId
from graph_model.problems import Problem
from graph_model.recipes.facts import ArrayFacts, DataFacts

_TABLES: Final = frozenset({"Embedding", "EmbeddingBag"})


def index_problems(
    inputs: Iterable[tuple[NodeId, str]], inference: Inference, facts: DataFacts
) -> Iterator[Problem]:
    """Find tables that have no entry for some index of the data that they are given."""
    highest = {id: _highest(facts.arrays[name]) for id, name in inputs}
    for edge in inference.network.edges.values():
        index, node = highest.get(edge.source.node), inference.network.nodes[edge.target.node]
        if index is None or node.kind not in _TABLES or edge.target.name != "input":
            continue
        count = inference.nodes[node.id].arguments.get("num_embeddings")
        if isinstance(count, int) and index >= count:
            fix = replace(set_argument("num_embeddings", index + 1), node=node.id)
            values = {"name": node.name, "index": str(index), "last": str(count - 1)}
            yield Problem("index_outside_table", values, node=node.id, port="input", fixes=(fix,))


def _highest(array: ArrayFacts) -> int | None:
    """Return the largest index that an array may have, ``None`` where it has none."""
    return array.classes - 1 if array.classes else array.highest


def single_value_problems(batch_size: int, inference: Inference) -> Iterator[Problem]:
    """Find batch norms that would see one value of each channel, which torch refuses."""
    for id, node in inference.network.nodes.items() if batch_size == 1 else ():
        spec = inference.nodes[id].inputs.get("input")
        if node.kind.startswith("BatchNorm") and spec and all(dim == 1 for dim in spec.shape[2:]):
            values = {"name": node.name}
            yield Problem("batch_of_one", values, node=id, parameter="batch_size")
