"""What an archive holds, as plain values: operations, what they are given, and fixed tensors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from graph_model.dims import Dim
from graph_model.frozen import frozen
from graph_model.network import Project
from graph_model.problems import Problem
from graph_model.recipe import NodePath
from graph_model.tensors import TensorSpec

Array: TypeAlias = "np.ndarray[Any, Any]"


@dataclass
class Operation:
    """One operation of an archive: its kind, its name there, and what goes in and comes out."""

    kind: str
    name: str
    inputs: list[str]
    outputs: list[str]
    attributes: dict[str, Any] = field(default_factory=dict)
    scope: tuple[tuple[str, str], ...] = ()
    """The paths and classes of the modules that it lies in, from the outermost on."""


@dataclass
class Graph:
    """All operations of an archive in their order."""

    name: str
    operations: list[Operation] = field(default_factory=list)
    inputs: dict[str, TensorSpec] = field(default_factory=dict)
    outputs: list[str] = field(default_factory=list)
    constants: dict[str, Array] = field(default_factory=dict)
    specs: dict[str, TensorSpec] = field(default_factory=dict)
    """What the archive itself says of tensors between operations."""
    version: int = 0
    notes: list[Problem] = field(default_factory=list)


@frozen
class Filled:
    """A tensor with one number everywhere, whose sizes may be symbolic; drawn where it is used."""

    value: float | int | bool
    shape: tuple[Dim, ...]
    dtype: str


@frozen
class ReadArchive:
    """What an archive became: the project, and the weights of its nodes by their names there."""

    project: Project
    name: str
    weights: Mapping[NodePath, Mapping[str, Array]]
    notes: tuple[Problem, ...] = ()
