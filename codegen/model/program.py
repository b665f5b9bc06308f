"""A generated file before it is text: its classes, their attributes and statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from codegen.model.block_uses import Quantity
from graph_model.custom_layers.reading import Import
from graph_model.frozen import frozen
from graph_model.layers.kind import Held
from graph_model.network import NetworkId, NodeId
from graph_model.tensors import TensorSpec

DERIVING: Final = "torch.enable_grad()"
"""What a method is written with that has a gradient among its values, in evaluation too."""
RESET: Final = "_reset_parameters"
"""The method that says what weights begin with, called as in torch's own classes."""


@frozen
class Argument:
    """An argument of ``forward``: an Input node, ``None`` by default where it may stay open."""

    node: NodeId
    name: str
    spec: TensorSpec
    may_stay_open: bool = False


@frozen
class Setting:
    """An argument of ``__init__``: a parameter of a block, or a size that is passed in.

    ``quantity`` tells where the size is read in each pass; a parameter has none.
    """

    name: str
    annotation: str
    default: str = ""
    quantity: Quantity | None = None


class Part(NamedTuple):
    """A node that is computed in a line, and what it is there, "" where that is not told."""

    node: NodeId
    text: str = ""


class Given(NamedTuple):
    """A value of ``forward``: what a node gives at a port, and the name that it has there."""

    node: NodeId
    port: str
    name: str


@frozen
class Statement:
    """Lines of ``forward`` that compute nodes; ``comment`` tells the shapes that the last gives.

    ``gives`` are the values that there are after it, where each node is computed by itself.
    """

    parts: tuple[Part, ...]
    lines: tuple[str, ...]
    comment: str = ""
    gives: tuple[Given, ...] = ()


@frozen
class Attribute:
    """A module made in ``__init__``: ``self.name = constructor``; a kept setting has no node.

    With a ``form`` it is a parameter or a buffer. What is ``frozen`` has no gradients. A list holds
    the modules of ``others`` as well, and a buffer what those compute; some statements may come
    ``before`` it.
    """

    node: NodeId
    name: str
    constructor: str
    form: Held | None = None
    frozen: bool = False
    others: tuple[NodeId, ...] = ()
    before: tuple[Statement, ...] = ()


@frozen
class Result:
    """A value that ``forward`` returns: an Output node, after the parts computed in that line."""

    node: NodeId
    name: str
    text: str
    parts: tuple[Part, ...]
    spec: TensorSpec


@frozen
class Method:
    """A method that computes some of the Outputs, and nothing that they do not need.

    Where it ``derives``, torch has to record what it does, in evaluation too.
    """

    name: str
    arguments: tuple[Argument, ...]
    statements: tuple[Statement, ...]
    results: tuple[Result, ...]
    derives: bool = False


@frozen
class Class:
    """All that one generated class consists of.

    A chain calls its modules one after the other, as ``nn.Sequential`` does without ``forward``.
    ``resets`` are the statements that say what weights begin with; ``within`` are the classes of
    the blocks in it. ``methods`` compute some of the results alone. One that ``derives`` has torch
    record what ``forward`` does, in evaluation too.
    """

    network: NetworkId
    name: str
    title: str
    settings: tuple[Setting, ...]
    arguments: tuple[Argument, ...]
    attributes: tuple[Attribute, ...]
    statements: tuple[Statement, ...]
    results: tuple[Result, ...]
    is_chain: bool = False
    resets: tuple[Statement, ...] = ()
    within: tuple[Class, ...] = ()
    methods: tuple[Method, ...] = ()
    derives: bool = False


@frozen
class Program:
    """The classes of the blocks, each after those it uses, and that of the network itself.

    ``texts`` are those of the custom layers in use, ``imports`` what is imported besides torch.
    """

    blocks: tuple[Class, ...]
    main: Class
    parameter_count: int
    example_sizes: Mapping[str, int]
    required: tuple[str, ...]
    """What has to hold for the symbolic sizes, such as ``H divisible by 32``."""
    texts: tuple[str, ...] = ()
    imports: tuple[Import, ...] = ()
