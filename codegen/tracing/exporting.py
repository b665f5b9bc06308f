"""A module becomes a program of ``torch.export``, for as many sizes of its inputs as it takes."""

from __future__ import annotations

import inspect
import linecache
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import torch
from torch import Tensor, fx, nn
from torch.export import Dim, ExportedProgram

from codegen.tracing.failures import failure, has_place, sentence, told

Input: TypeAlias = Mapping[str, Any]
"""An input: its ``name``, "" where it is given by place, its ``shape`` and its ``dtype``."""
Examples: TypeAlias = tuple[tuple[Tensor, ...], dict[str, Tensor]]
Sizes: TypeAlias = Mapping[str, int]
"""Numbers for the letters of shapes."""
Note: TypeAlias = Mapping[str, Any]

BATCH: Final = "N"
_LEAST: Final = 2
"""A batch of one is no size of any number to torch."""
_OTHER_BATCH: Final = 5
_LETTERS: Final = (12, 20, 28, 36, 44, 52, 60)
"""Sizes for letters: no two alike, and whole when halved twice."""
_OWN: Final = ("torch.", "codegen.tracing.")


@dataclass
class Traced:
    """A program, and the module that it was made of with what that is given."""

    model: nn.Module
    program: ExportedProgram
    inputs: Sequence[Input]
    sizes: Sizes
    fixed: frozenset[str]
    """The letters that have to be these sizes."""
    notes: list[Note]

    def several_sizes(self) -> list[Sizes]:
        """Return sizes that the program takes: those of the trace, and another batch."""
        is_free = BATCH in self.sizes and BATCH not in self.fixed
        return [self.sizes, *([{**self.sizes, BATCH: _OTHER_BATCH}] if is_free else [])]


def traced(model: nn.Module, inputs: Sequence[Input], path: Path) -> Traced:
    """Return the program of a module; raises ``Failure`` where it cannot run or be traced."""
    inputs, given = _with_batch(inputs)
    letters = dict.fromkeys(
        each for one in inputs for each in one["shape"] if isinstance(each, str)
    )
    free: Sizes = {BATCH: max(_LEAST, given.get(BATCH, 0)), **_sizes(letters)}
    free = {letter: free[letter] for letter in letters}
    exact = {**free, **given}
    with told("module_forward_failed", path):
        run(model, examples(inputs, exact))
    errors: list[Exception] = []
    for by_fx in (False, True):
        module = _by_fx(model, errors) if by_fx else model
        if module is None:
            break
        for how in ("named", "automatic", "") if letters else ("",):
            sizes = free if how else exact
            try:
                program = _exported(module, examples(inputs, sizes), _dims(inputs, sizes, how))
                if how and BATCH in sizes and BATCH not in _fixed(program, inputs):
                    run(model, examples(inputs, {**sizes, BATCH: _OTHER_BATCH}))
            except Exception as error:  # of torch, or of the module: the next way may do
                errors.append(error)
                continue
            notes = [_note("module_by_fx", reason=sentence(errors[0]))] if by_fx else []
            fixed = _fixed(program, inputs)
            notes += [_note("module_fixed_size", name=name, size=str(sizes[name]))
                      for name in sorted(fixed)]  # fmt: skip
            return Traced(model, program, inputs, sizes, frozenset(fixed), notes)
    first = next((each for each in errors if has_place(each, path)), errors[0])
    raise failure("module_not_traced", first, path) from first


def _with_batch(inputs: Sequence[Input]) -> tuple[Sequence[Input], dict[str, int]]:
    """Return inputs with a letter for the batch that all have first, where no letter is given."""
    shapes = [each["shape"] for each in inputs]
    has_letters = any(isinstance(size, str) for shape in shapes for size in shape)
    first = {shape[0] if shape else None for shape in shapes}
    if has_letters or len(first) != 1 or None in first:
        return inputs, {}
    batch = shapes[0][0]
    return [{**each, "shape": [BATCH, *each["shape"][1:]]} for each in inputs], {BATCH: batch}


def _sizes(letters: Mapping[str, None]) -> dict[str, int]:
    others = [each for each in letters if each != BATCH]
    return {each: _LETTERS[place % len(_LETTERS)] for place, each in enumerate(others)}


def examples(inputs: Sequence[Input], sizes: Sizes) -> Examples:
    """Return random tensors for inputs: those given by place, and those by name."""
    made = [(each["name"], _tensor(each, sizes)) for each in inputs]
    by_place = tuple(each for name, each in made if not name)
    return by_place, {name: each for name, each in made if name}


def _tensor(each: Input, sizes: Sizes) -> Tensor:
    shape = [size if isinstance(size, int) else sizes[size] for size in each["shape"]]
    dtype: torch.dtype = getattr(torch, each["dtype"])
    if dtype.is_floating_point:
        return torch.randn(shape, dtype=dtype)
    return torch.randint(0, 2, shape).to(dtype)  # which the table of any Embedding has


def run(model: nn.Module, given: Examples) -> Any:
    """Return what a module gives; what it changes of its buffers is undone."""
    with torch.no_grad(), _undone(model):
        return model(*given[0], **given[1])


@contextmanager
def _undone(model: nn.Module) -> Iterator[None]:
    lazy = nn.parameter.UninitializedBuffer
    before = {name: each.clone() for name, each in model.named_buffers()
              if not isinstance(each, lazy)}  # fmt: skip
    yield
    for name, each in model.named_buffers():
        if name in before and before[name].shape == each.shape:
            each.copy_(before[name])


def _exported(module: nn.Module, given: Examples, dims: Sequence[Any]) -> ExportedProgram:
    """Return the program of a module; ``dims`` say of each input which sizes are any number."""
    args, kwargs = given
    by_name = dict(zip(kwargs, dims[len(args) :], strict=True))
    shapes = inspect.signature(module.forward).bind(*dims[: len(args)], **by_name).arguments
    with torch.no_grad(), _undone(module):
        return torch.export.export(module, args, kwargs, dynamic_shapes=dict(shapes))


def _dims(inputs: Sequence[Input], letters: Iterable[str], how: str) -> list[Any]:
    """Return which sizes of each input are any number: each letter one, or as torch finds out."""
    named = {letter: Dim(f"size_{letter}") if how == "named" else Dim.AUTO for letter in letters}
    by_place = [each for each in inputs if not each["name"]]
    return [
        {place: named[size] for place, size in enumerate(each["shape"]) if size in named}
        if how
        else None
        for each in (*by_place, *(each for each in inputs if each["name"]))
    ]


def _fixed(program: ExportedProgram, inputs: Sequence[Input]) -> set[str]:
    """Return the letters of sizes that the program takes one number for."""
    names = program.graph_signature.user_inputs
    values = {each.name: each.meta["val"] for each in program.graph.find_nodes(op="placeholder")}
    ordered = [*(each for each in inputs if not each["name"]),
               *(each for each in inputs if each["name"])]  # fmt: skip
    return {
        size
        for each, name in zip(ordered, names, strict=False)
        for size, found in zip(each["shape"], values[str(name)].shape, strict=True)
        if isinstance(size, str) and isinstance(found, int)
    }


def _note(code: str, **values: str) -> Note:
    return {"code": code, "values": values}


# By torch.fx


class _Tracer(fx.Tracer):
    """Follows a module; what it asserts of values is taken to hold."""

    def to_bool(self, obj: fx.Proxy) -> bool:
        frame = inspect.currentframe()
        while frame is not None and frame.f_globals.get("__name__", "").startswith(_OWN):
            frame = frame.f_back
        if frame is not None:
            line = linecache.getline(frame.f_code.co_filename, frame.f_lineno)
            if line.strip().startswith("assert "):
                return True
        return super().to_bool(obj)


def _by_fx(model: nn.Module, errors: list[Exception]) -> nn.Module | None:
    """Return a module with one statement for each call, ``None`` where it cannot be followed."""
    try:
        graph = _Tracer().trace(model)
    except Exception as error:  # of the module, or of torch
        errors.append(error)
        return None
    made = fx.GraphModule(model, graph)
    graph.eliminate_dead_code()
    made.recompile()
    return made
