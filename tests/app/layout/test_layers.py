"""Layers and dummies: how low constants stand, and how much room long edges take."""

from __future__ import annotations

import random
from itertools import pairwise

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from app.layout.constants import brought_over
from app.layout.layers import Layered, Link, layers_of
from app.layout.ordering import ordered
from tests.app.layout.graphs import acyclic


def links(edges) -> list[Link]:
    return [Link(a, 0.5, b, 0.5) for a, b in edges]


@given(acyclic(), st.sets(st.integers(0, 23)))
def test_each_node_lies_below_all_that_feed_it_and_constants_just_above(graph, constants):
    count, edges = graph
    layers = layers_of(count, links(edges), constants)
    assert all(layers[a] < layers[b] for a, b in edges)
    dag = nx.DiGraph(edges)
    dag.add_nodes_from(range(count))
    assert max(layers) == nx.dag_longest_path_length(dag)
    for node in constants & set(range(count)):
        fed = [layers[b] for a, b in edges if a == node]
        if fed and all(b != node for _, b in edges):
            assert layers[node] == min(fed) - 1


def test_a_tangle_of_long_edges_takes_no_more_room_than_its_size():
    """Without a limit it would be 40 dummies for each node, and grow with the square."""
    dice = random.Random(1)
    for count in (3000, 6000):
        edges = [
            (a, b) for a, b in (sorted(dice.sample(range(count), 2)) for _ in range(2 * count))
        ]
        graph = Layered(layers_of(count, links(edges)), links(edges))
        assert graph.size <= 2 * count + len(edges)


def test_a_dummy_stands_in_every_layer_between_the_ends_of_an_edge():
    edges = [*pairwise(range(6)), (0, 5)]
    graph = Layered(layers_of(6, links(edges)), links(edges))
    dummies = [node for node in range(graph.size) if graph.is_dummy(node)]
    assert [graph.layer[node] for node in dummies] == [1, 2, 3, 4]
    rows = ordered(graph, lambda part: None)
    assert [len(row) for row in rows] == [1, 2, 2, 2, 2, 1]


def test_a_column_of_constants_alone_is_gone_once_they_stand_beside_what_they_feed():
    """Nodes 0 to 2 feed one another and then 3, which an Input feeds in the next column."""
    edges = [(0, 1), (1, 2), (2, 3), (4, 3), (3, 5)]
    layers, bounds = brought_over([0, 1, 2, 3, 3, 4], links(edges), [0, 3, 5], {0, 1, 2})
    assert bounds == [0, max(layers) + 1]
    assert all(layers[a] < layers[b] for a, b in edges if a != 4)
