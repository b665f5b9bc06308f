"""Random projects, valid as values but not as networks: what a file must be able to hold."""

from hypothesis import strategies as st

from graph_model.arrangement import Arrangement
from graph_model.editing.edits import Fragment
from graph_model.formulas import Formula
from graph_model.network import (
    Edge,
    Network,
    Node,
    Port,
    Position,
    Project,
    add_nodes,
    connect,
    empty_project,
    with_layout,
    with_network,
)
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.values import OF_RECIPES, Parameter, Type
from tests.graph_model.test_formulas import readable_formulas

_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
words = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters=_BIDI),
    max_size=12,
)
texts = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), include_characters="\t\n\r"), max_size=20
)
ids = st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True)
integers = st.integers(-(2**63) + 1, 2**63 - 1)
finite = st.floats(allow_nan=False, allow_infinity=False)
values = st.one_of(
    st.none(),
    st.booleans(),
    integers,
    st.floats(allow_nan=False),
    texts,
    st.lists(integers | words, max_size=4).map(tuple),
    st.lists(finite, max_size=4).map(tuple),
)
kinds = st.sampled_from(["Input", "Linear", "Conv2d", "Add", "LSTM", "Output", "No such kind"])
arguments = st.dictionaries(words, values, max_size=3)
formulas: st.SearchStrategy[Formula] = readable_formulas
parameters = st.builds(
    Parameter,
    words,
    st.sampled_from([each for each in Type if each not in OF_RECIPES]),
    values,
    texts,
    st.none() | finite,
    st.none() | finite,
    st.none() | finite,
    st.lists(words, max_size=2).map(tuple),
    st.integers(0, 4),
    st.booleans(),
)
choices = st.builds(Choice, words, arguments)
inits = st.dictionaries(st.sampled_from(("weight", "bias")), choices, max_size=2)


@st.composite
def _node(draw: st.DrawFn, id: str) -> Node:
    given = draw(arguments)
    worked_out = draw(st.dictionaries(words, formulas, max_size=1))
    return Node(
        id,
        draw(kinds),
        draw(words),
        given,
        {name: formula for name, formula in worked_out.items() if name not in given},
        draw(st.just(1) | integers | formulas),
        draw(st.just("") | ids),
        init=draw(inits),
        arrangement=draw(st.sampled_from(Arrangement)),
        along=draw(st.just(1) | integers),
        parametrization=draw(st.none() | choices),
    )


@st.composite
def fragments(draw: st.DrawFn) -> Fragment:
    """Draw nodes of any kind, edges between them, and positions of some."""
    chosen = draw(st.lists(ids, max_size=6, unique=True))
    nodes = tuple(draw(_node(id)) for id in chosen)
    edges: dict[Port, Edge] = {}
    if nodes:
        ports = st.builds(Port, st.sampled_from(chosen), words)
        for source, target in draw(st.lists(st.tuples(ports, ports), max_size=8)):
            edges[target] = Edge(source, target)
    places = st.builds(Position, finite, finite)
    layout = {id: draw(places) for id in chosen if draw(st.booleans())}
    return Fragment(nodes, tuple(edges.values()), layout)


recipes = st.builds(
    Recipe,
    choices,
    st.dictionaries(ids, words, max_size=2),
    st.lists(st.builds(Objective, ids, words, choices, finite), max_size=2).map(tuple),
    choices,
    choices,
    integers,
    integers,
    finite,
    finite,
    integers,
)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Draw a project of one to three networks."""
    networks, layouts = {}, {}
    for id in draw(st.lists(ids, min_size=1, max_size=3, unique=True)):
        drawn = draw(fragments())
        networks[id] = Network(
            id,
            draw(words),
            {node.id: node for node in drawn.nodes},
            {edge.target: edge for edge in drawn.edges},
            draw(st.sampled_from(["network", "block"])),
            draw(st.lists(parameters, max_size=2).map(tuple)),
            draw(inits),
        )
        if drawn.layout:
            layouts[id] = drawn.layout
    return Project(networks, draw(st.sampled_from(list(networks))), layouts, draw(recipes))


def small_project() -> Project:
    network = Network("main", "Two layers")
    network = add_nodes(
        network,
        [
            Node("x", "Input", "x", {"shape": ("N", 4)}),
            Node("fc", "Linear", "fc", {"out_features": 3, "bias": False}),
            Node("y", "Output", "y"),
        ],
    )
    network = connect(network, Port("x", "output"), Port("fc", "input"))
    network = connect(network, Port("fc", "output"), Port("y", "input"))
    layout = {"x": Position(0, 0), "fc": Position(0, 128), "y": Position(0.5, 256)}
    return with_layout(with_network(empty_project(), network), "main", layout)
