"""Watches one call of a custom layer: what it multiplies and adds up, and what autograd keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import FlopCounterMode

_TORCHS_OWN: Final = frozenset({"aten", "prim", "prims"})
_NOT_COUNTED: Final = frozenset({"mkldnn_rnn_layer"})
"""Operations of torch's own that its counter passes over, much as they multiply."""


class _Operations(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Notes whether there is an operation of which the counter cannot know."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.are_known = True

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        name = func.name().partition("::")[2].partition(".")[0]
        self.are_known &= func.namespace in _TORCHS_OWN and name not in _NOT_COUNTED
        return func(*args, **(kwargs or {}))


class Watch:
    """Watches what is called within it; ``cost`` then tells what that took."""

    def __enter__(self) -> None:
        self._saved: list[Tensor] = []
        self._counter = FlopCounterMode(display=False)
        self._operations = _Operations()
        self._stack = ExitStack()
        self._stack.enter_context(self._counter)
        self._stack.enter_context(self._operations)
        hooks = torch.autograd.graph.saved_tensors_hooks(self._keep, lambda tensor: tensor)
        self._stack.enter_context(hooks)

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _keep(self, tensor: Tensor) -> Tensor:
        self._saved.append(tensor)
        return tensor

    def cost(
        self, inputs: Mapping[str, Tensor], outputs: Sequence[Tensor], made: nn.Module | None
    ) -> dict[str, Any]:
        """Return ``multiply_adds``, and what is kept, in terms of ports and numbers of outputs.

        ``kept`` is in bytes, of what is neither input nor output nor weight; ``same_as`` lists
        the port or the earlier output that each output is the memory of, ``None`` for its own.
        """
        held = [*made.parameters(), *made.buffers()] if made is not None else []
        weights = set(map(_memory, held))
        saved = {_memory(each): each.untyped_storage().nbytes() for each in self._saved}
        owners: dict[int, str | int] = {_memory(each): port for port, each in inputs.items()}
        same_as: list[str | int | None] = []
        for at, each in enumerate(outputs):
            same_as.append(owners.get(_memory(each)))
            owners.setdefault(_memory(each), at)
        return {
            "multiply_adds": (
                self._counter.get_total_flops() // 2 if self._operations.are_known else None
            ),
            "kept": (
                sum(saved[each] for each in saved.keys() - owners.keys() - weights)
                if made is None or not _has_lstm(made)
                else None
            ),
            "kept_inputs": [port for port, each in inputs.items() if _memory(each) in saved],
            "kept_outputs": [
                at
                for at, other in enumerate(same_as)
                if other is None and _memory(outputs[at]) in saved
            ],
            "same_as": same_as,
            "with_gradient": [at for at, each in enumerate(outputs) if each.requires_grad],
        }


def _has_lstm(made: nn.Module) -> bool:
    """Tell whether it has an LSTM, whose workspace only the device knows that it is trained on."""
    return any(isinstance(each, nn.LSTM) for each in made.modules())


def _memory(tensor: Tensor) -> int:
    """Return what tells the memory of a tensor, which on the meta device has no address."""
    return int(tensor.untyped_storage()._cdata)
