"""The weights that a training begins with: of a run or any file, all or some of them."""

from __future__ import annotations

import pickle
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import safetensors.torch
import torch
from torch import Tensor, nn

from app.runs.events import BegunWith
from app.runs.job import Beginning
from app.training.checkpoint import first_line
from app.training.weight_names import as_called_now
from graph_model.files.plain_file import need_plain_file
from graph_model.phrases import phrase
from graph_model.problems import Problem, Refusal

_WITHIN: Final = ("model", "state_dict", "model_state_dict")
"""Under which names checkpoints keep the weights."""
_BEFORE: Final = ("module.", "_orig_mod.")
"""What torch puts before every name where a model was wrapped or compiled."""
_OBJECTS: Final = (
    "it holds Python objects beside tensors, which could do anything when they are read; where it "
    "was written, save model.state_dict() instead of the model"
)
_FOREIGN: Final = "it is damaged, or no file of safetensors or torch.save"
_AT_ONCE: Final = 4
"""How many names a sentence has."""


def begin_with(chosen: Beginning, model: nn.Module) -> BegunWith:
    """Load weights into a model, and return which were taken and which were not.

    Raises ``Refusal`` where the file cannot be read, where it does not fit and was not to be taken
    only where it does, and where nothing of it would be taken.
    """
    found = _called(read_weights(chosen.path), chosen, model)
    here = model.state_dict()
    _need_blocks(chosen.blocks, here)
    wanted = {name: value for name, value in here.items() if _is_of(name, chosen.blocks)}
    offered = {name: value for name, value in found.items() if _is_of(name, chosen.blocks)}
    taken = {
        name: value
        for name, value in offered.items()
        if name in wanted and value.shape == wanted[name].shape
    }
    left = tuple(_differing(wanted, taken, offered))
    unused = tuple(name for name in offered if name not in wanted)
    if not taken or ((left or unused) and not chosen.where_fitting):
        values = {"path": str(chosen.path), "reason": _reason(left, unused)}
        raise Refusal(Problem("wrong_weights", values))
    model.load_state_dict(taken, strict=False)
    return BegunWith(str(chosen.path), len(taken), left, unused)


def _called(
    stored: Mapping[str, Tensor], chosen: Beginning, model: nn.Module
) -> Mapping[str, Tensor]:
    """Return what a file holds under the names of the model, as they were matched or by itself."""
    if not chosen.names:
        return as_called_now(stored, model)
    return {ours: stored[theirs] for ours, theirs in chosen.names if theirs in stored}


def read_weights(path: Path) -> dict[str, Tensor]:
    """Return the tensors of a safetensors file, or of a ``state_dict`` that torch has saved.

    Nothing in it is executed. Raises ``Refusal`` where it is neither.
    """
    try:
        need_plain_file(path)
        if path.suffix == ".safetensors":
            return safetensors.torch.load_file(path)
        found = _weights_in(_loaded(path))
    except FileNotFoundError:
        raise Refusal(Problem("file_not_found", {"path": str(path)})) from None
    except OSError as error:
        raise _none_in(path, first_line(error)) from error
    except pickle.UnpicklingError as error:
        is_whole = zipfile.is_zipfile(path)
        raise _none_in(path, phrase(_OBJECTS if is_whole else _FOREIGN)) from error
    except Exception as error:  # pickle raises whatever a damaged file makes it raise
        raise _none_in(path, phrase(_FOREIGN)) from error
    if not found:
        raise _none_in(path, phrase("it holds no tensors by name"))
    return found


def _none_in(path: Path, reason: str) -> Refusal:
    return Refusal(Problem("no_weights", {"path": str(path), "reason": reason}))


def _loaded(path: Path) -> object:
    """Return what torch has saved; of its usual files no more is read than is looked at."""
    is_archive = zipfile.is_zipfile(path)
    return torch.load(path, map_location="cpu", weights_only=True, mmap=is_archive)


def _weights_in(stored: object) -> dict[str, Tensor]:
    """Return the tensors by name, those of a checkpoint without what is around them."""
    if not isinstance(stored, Mapping):
        return {}
    for name in _WITHIN:
        if isinstance(stored.get(name), Mapping):
            return _weights_in(stored[name])
    found = {str(name): value for name, value in stored.items() if isinstance(value, Tensor)}
    for before in _BEFORE:
        if found and all(name.startswith(before) for name in found):
            found = {name.removeprefix(before): value for name, value in found.items()}
    return found


def _need_blocks(blocks: tuple[str, ...], here: Mapping[str, Tensor]) -> None:
    """Raise ``Refusal`` for the name of a block in which there are no weights."""
    for block in blocks:
        if not any(_is_of(name, (block,)) for name in here):
            choices = ", ".join(dict.fromkeys(name.partition(".")[0] for name in here))
            raise Refusal(Problem("no_such_part", {"name": block, "choices": choices}))


def _is_of(name: str, blocks: tuple[str, ...]) -> bool:
    return not blocks or any(name == block or name.startswith(f"{block}.") for block in blocks)


def _differing(
    wanted: Mapping[str, Tensor], taken: Mapping[str, Tensor], offered: Mapping[str, Tensor]
) -> Iterator[str]:
    """Yield what stays as new: its name, and the shapes where they are the reason."""
    for name, value in wanted.items():
        if name in taken:
            continue
        if name in offered:
            yield f"{name} ({_shape(value)}; in the file {_shape(offered[name])})"
        else:
            yield name


def _shape(tensor: Tensor) -> str:
    return "×".join(map(str, tensor.shape)) or "1"


def _reason(left: tuple[str, ...], unused: tuple[str, ...]) -> str:
    if left and unused:
        both = {"names": _some(left), "others": _some(unused)}
        return phrase("not in it: {names}; only in it: {others}", **both)
    if left:
        return phrase("not in it: {names}", names=_some(left))
    if unused:
        return phrase("only in it: {names}", names=_some(unused))
    return phrase("nothing in it is asked for")


def _some(names: tuple[str, ...]) -> str:
    first = ", ".join(names[:_AT_ONCE])
    if len(names) <= _AT_ONCE:
        return first
    return phrase("{names} and {count} more", names=first, count=len(names) - _AT_ONCE)
