"""From text to a class and a module: the one place where generated code is executed."""

from __future__ import annotations

import ast
import gc
import itertools
import linecache
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType, ModuleType
from typing import Any, Final

from torch import nn

from codegen.custom_layers.sections import entry_of
from codegen.emit import Origin, Source, emit, source
from codegen.model.program import Program
from codegen.model.safety import check
from codegen.model.watched import WATCHING, Watching, watched
from codegen.training.safety import check as check_training
from graph_model.blocks import Networks
from graph_model.custom_layers.known import NOTHING, Known
from graph_model.frozen import frozen
from graph_model.inference.infer import infer, infer_project
from graph_model.network import Network, NodeId, Project
from graph_model.problems import Problem, Refusal
from graph_model.recipes.players import alone
from graph_model.syntax import parse

_PREFIX: Final = "layerweft_generated_"
_KEPT: Final = 64
_numbers = itertools.count(1)
_registered: deque[tuple[str, str]] = deque()


@frozen
class Built:
    """A class made from generated text; call :meth:`make` for an ``nn.Module``."""

    source: Source
    module_class: type[nn.Module]
    module_name: str
    file_name: str

    def make(self) -> nn.Module:
        """Return a new module with freshly initialised weights."""
        return self.module_class()

    def node_at_fault(self, error: BaseException) -> NodeId | None:
        """Return the node whose line of the generated text an exception passed through last.

        Where that lies within a block, it is the node that uses the block.
        """
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            origin = self.origin_of(frame)
            if origin is not None and frame.lineno in self.source.line_to_node:
                return origin.node
        return None

    def origin_of(self, frame: traceback.FrameSummary) -> Origin | None:
        """Return the node that a frame of the generated text is at, ``None`` for another one.

        Where several are computed in its line, it is that of the expression under way.
        """
        origins = self.origins_of(frame)
        return origins[_at_fault(frame, origins)] if origins else None

    def origins_of(self, frame: traceback.FrameSummary) -> Sequence[Origin]:
        """Return the nodes that are computed in the line of a frame, those of a loop in turn."""
        if frame.filename != self.file_name or frame.lineno is None:
            return ()
        if any(frame.lineno in each.numbers for each in self.source.sections):
            return ()
        return self.source.origins.get(frame.lineno, ())


def _at_fault(frame: traceback.FrameSummary, origins: Sequence[Origin]) -> int:
    """Return which of the nodes that a line computes failed, the innermost being the first."""
    lines = linecache.getlines(frame.filename)[(frame.lineno or 1) - 1 : frame.end_lineno]
    end = sum(map(len, lines[:-1])) + (frame.end_colno or 0)
    failed = "".join("".join(lines)[frame.colno : end].split())
    texts = ["".join(each.text.split()) for each in origins]
    return texts.index(failed) if failed in texts else len(origins) - 1


def build_network(network: Network, blocks: Networks | None = None) -> Built:
    """Return the class of a network without errors; ``blocks`` holds those it may use, by id."""
    return build(source(infer(network, blocks=blocks)))


def build_project(project: Project, known: Known = NOTHING) -> Built:
    """Return the class of a project's main network, which has no errors."""
    inference = infer_project(project, known)
    return build(source(inference, alone(project, inference)), known)


def build(source: Source, known: Known = NOTHING) -> Built:
    """Execute generated text and return its class.

    Raises ``Refusal`` where it holds a custom layer that is not allowed on this machine.

    The text lives in a registered module with an entry in ``linecache``, so that
    ``inspect.getsource``, pickling, ``torch.export`` and tracebacks work. Only the latest of them
    are kept registered.
    """
    module = _executed(source.text, _checked(source, known))
    module_class: type[nn.Module] = module.__dict__[source.class_name]
    return Built(source, module_class, module.__name__, str(module.__file__))


def build_watched(program: Program, watching: Watching, known: Known = NOTHING) -> Built:
    """Execute the text of a program that was lowered node by node, and return its class.

    ``watching`` is told what each node gives, in all modules that are made of it. Raises
    ``Refusal`` where it holds a custom layer that is not allowed on this machine.
    """
    made = emit(program)
    tree = watched(_checked(made, known), program)
    module = _executed(made.text, tree, {WATCHING: watching})
    module_class: type[nn.Module] = module.__dict__[made.class_name]
    return Built(made, module_class, module.__name__, str(module.__file__))


def _checked(source: Source, known: Known) -> ast.Module:
    """Return the tree of generated text that may be executed."""
    for section in source.sections:
        if not known.allows(section.text):
            layer = entry_of(section.text).name
            raise Refusal(Problem("custom_not_allowed", {"name": layer}))
    with _no_collection():
        return check(source.text, source.sections)


def build_training(
    text: str, module: str, make_model: Callable[[], nn.Module] | None = None
) -> Callable[..., object]:
    """Execute a training script and return its class ``Training``.

    ``module`` is the registered one from which it imports the network, in whose place
    ``make_model`` is called where it is given.
    """
    made = _executed(text, check_training(text, module))
    if make_model is not None:
        (imported,) = (
            each.names[0].asname or each.names[0].name
            for each in parse(text).body
            if isinstance(each, ast.ImportFrom) and each.module == module
        )
        made.__dict__[imported] = make_model
    training: Callable[..., object] = made.__dict__["Training"]
    return training


def build_transforms(text: str, module: str) -> Callable[..., Any] | None:
    """Execute a training script and return its class ``Transforms``, ``None`` where it has none."""
    made = _executed(text, check_training(text, module))
    found: Callable[..., Any] | None = made.__dict__.get("Transforms")
    return found


def _executed(
    text: str, tree: ast.Module, given: Mapping[str, object] = MappingProxyType({})
) -> ModuleType:
    """Execute a checked text as a registered module, which is forgotten after many others.

    What is ``given`` has these names in it.
    """
    name = f"{_PREFIX}{next(_numbers)}"
    file_name = f"<{name}>"
    module = ModuleType(name, doc=None)
    module.__file__ = file_name
    module.__dict__.update(given)
    sys.modules[name] = module
    lines = text.splitlines(keepends=True)
    linecache.cache[file_name] = (len(text), None, lines, file_name)
    with _no_collection():
        code = compile(tree, file_name, "exec")
    exec(code, module.__dict__)
    _registered.append((name, file_name))
    while len(_registered) > _KEPT:
        _forget(*_registered.popleft())
    return module


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold off the search for circles, which costs more than all else where torch is loaded.

    A syntax tree is many objects at once, none of them in a circle.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _forget(name: str, file_name: str) -> None:
    sys.modules.pop(name, None)
    linecache.cache.pop(file_name, None)
