"""Follows one step of a training call by call: what torch gives where, forward and back.

Hooks and a mode of torch read what is there and change no number. All figures of tensors are made
where these lie, and read in one go after the step.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Final

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils.hooks import RemovableHandle

from app.observing.bounded import BOUNDS
from app.observing.observers import Trained, optimizers_of
from app.observing.places import Places
from app.observing.shares import dead_units, saturation
from app.observing.trace import Call, Seen, Trace

_BACKWARD: Final = "backward"


class Tracing(TorchFunctionMode):
    """Records each call of torch in the thread while it is entered, with the way back through it.

    ``trace`` is complete once it is left.
    """

    def __init__(self, training: Trained, places: Places) -> None:
        super().__init__()
        self.trace = Trace()
        self._training, self._places = training, places
        model = training.model
        self._is_paused = False
        self._modules: list[str] = []
        self._weights = {
            id(each): name for name, each in (*model.named_parameters(), *model.named_buffers())
        }
        self._makers: dict[int, tuple[weakref.ref[Tensor], int]] = {}
        self._pending: list[tuple[Call, bool, Tensor]] = []
        self._gradients: list[tuple[int, Tensor, Tensor, Tensor]] = []
        self._met: set[Any] = set()
        self._handles: list[RemovableHandle] = []

    def __enter__(self) -> Tracing:
        self._places.begin()
        for each in optimizers_of(self._training):
            self._handles.append(each.register_step_pre_hook(self._pause))
            self._handles.append(each.register_step_post_hook(self._go_on))
        for name, module in self._training.model.named_modules():
            if name:
                self._handles.append(module.register_forward_pre_hook(self._entering(name)))
                hook = module.register_forward_hook(self._leaving, always_call=True)
                self._handles.append(hook)
        super().__enter__()
        return self

    def __exit__(self, *reason: Any) -> None:
        super().__exit__(*reason)
        for handle in self._handles:
            handle.remove()
        self._handles.clear()
        self._met.clear()
        self._read()

    def _pause(self, *_: object) -> None:
        """Follow no call of an optimizer."""
        self._is_paused = True

    def _go_on(self, *_: object) -> None:
        self._is_paused = False

    def _entering(self, name: str) -> Callable[..., None]:
        def enter(*_: object) -> None:
            self._modules.append(name)

        return enter

    def _leaving(self, *_: object) -> None:
        self._modules.pop()

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: object,
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Do the call, and take down what it took and gave."""
        kwargs = kwargs or {}
        if self._is_paused:
            return func(*args, **kwargs)
        name = getattr(func, "__name__", str(func))
        if name == _BACKWARD:
            maker = self._maker(args[0]) if args else None
            if maker is not None:
                self.trace.losses.append(maker)
            return func(*args, **kwargs)
        took = [*_tensors((*args, *kwargs.values()))]
        fed = tuple(maker for each in took if (maker := self._maker(each)) is not None)
        weights = tuple(self._weights[id(each)] for each in took if id(each) in self._weights)
        before = [_figures(each) for each in took if self._is_made(each) and _is_told(each)]
        given = func(*args, **kwargs)
        gave = [each for each in _tensors((given,)) if self._is_made(each)]
        if gave and name != "__get__":
            path = self._places.now(self._modules[-1] if self._modules else "", name)
            self._add(Call(name, path, fed, weights), before, gave)
        return given

    def _is_made(self, tensor: Tensor) -> bool:
        """Tell whether it is something new that there are gradients of."""
        return tensor.is_floating_point() and id(tensor) not in self._weights

    def _add(self, call: Call, before: Sequence[Tensor], gave: Sequence[Tensor]) -> None:
        number = len(self.trace.calls)
        self.trace.calls.append(call)
        self._pending += [(call, False, each) for each in before]
        for each in gave:
            self._makers[id(each)] = (weakref.ref(each), number)
            if _is_told(each):
                self._pending.append((call, True, _figures(each)))
            if each.grad_fn is not None:
                self._follow_back(each.grad_fn, number)

    def _maker(self, tensor: Tensor) -> int | None:
        """Return the last call that gave a tensor, if one did."""
        held, number = self._makers.get(id(tensor), (None, 0))
        return number if held is not None and held() is tensor else None

    def _follow_back(self, last: Any, number: int) -> None:
        """Look at the way back through a call: all steps of it that no call before it has."""
        waiting = [last]
        while waiting:
            step = waiting.pop()
            if step in self._met or step.name().endswith("AccumulateGrad"):
                continue
            self._met.add(step)
            self._handles.append(step.register_hook(self._looking_back(number)))
            waiting += [each for each, _ in step.next_functions if each is not None]

    def _looking_back(self, number: int) -> Callable[[Any, Any], None]:
        def look(made: Sequence[Tensor | None], came: Sequence[Tensor | None]) -> None:
            with torch._C.DisableTorchFunction():
                inwards, size = _unfinished(came)
                outwards, _ = _unfinished(made)
                self._gradients.append((number, inwards, outwards, size))

        return look

    def _read(self) -> None:
        """Read all figures from the device at once."""
        figures = _numbers([each for *_, each in self._pending])
        for (call, is_given, _), row in zip(self._pending, figures, strict=True):
            if is_given:
                call.gave = (*call.gave, Seen(*row))
            else:
                call.took = (*call.took, Seen(*row))
        back = _numbers([torch.stack(each) for _, *each in self._gradients])
        for (number, *_), (inwards, outwards, size) in zip(self._gradients, back, strict=True):
            self._take_back(number, bool(inwards), bool(outwards), size)
        self._pending.clear()
        self._gradients.clear()
        self._makers.clear()

    def _take_back(self, number: int, inwards: bool, outwards: bool, size: float) -> None:
        call = self.trace.calls[number]
        if outwards and not inwards and self.trace.first_back is None:
            self.trace.first_back = number
        was = call.back or (False, False)
        call.back = (was[0] or inwards, was[1] or outwards)
        call.gradient = max(call.gradient, size)


@contextmanager
def traced(training: Trained, places: Places) -> Iterator[Tracing]:
    """Follow what is done within, of a compiled model as if it were not."""
    model: Any = training.model
    compiled = model._compiled_call_impl
    with ExitStack() as stack:
        model._compiled_call_impl = None
        stack.callback(setattr, model, "_compiled_call_impl", compiled)
        yield stack.enter_context(Tracing(training, places))


def _numbers(rows: Sequence[Tensor]) -> list[list[float]]:
    """Read rows of numbers from the device, in one go where they lie on one."""
    devices = {each.device for each in rows}
    if len(devices) > 1:
        rows = [each.cpu() for each in rows]
    found: list[list[float]] = torch.stack([*rows]).tolist() if rows else []
    return found


def _tensors(values: Sequence[Any]) -> Iterator[Tensor]:
    """Yield the tensors among arguments or results, and in lists of them."""
    for each in values:
        if isinstance(each, Tensor):
            yield each
        elif isinstance(each, tuple | list):
            yield from _tensors(each)


def _is_told(tensor: Tensor) -> bool:
    return tensor.is_floating_point() and tensor.numel() > 0 and not tensor.is_sparse


_NEAR: Final = 0.015
"""So near to a bound, in parts of the range, less than a sixteenth of the slope is left.

Nearer than the share that is drawn of each layer: that one shows, this one accuses.
"""


@torch.no_grad()
def _figures(tensor: Tensor) -> Tensor:
    """Return the numbers of a :class:`Seen`, in its order."""
    found = tensor.detach().float()
    nans, infinities = found.isnan().sum(), found.isinf().sum()
    clean = torch.nan_to_num(found, 0.0, 0.0, 0.0)
    share = dead_units(clean)
    flat = saturation(clean, BOUNDS["Tanh"], _NEAR)
    half = saturation(clean, BOUNDS["Sigmoid"], _NEAR)
    size = clean.float().square().mean().sqrt()
    return torch.stack([nans, infinities, clean.min(), clean.max(), size, share, flat, half])


def _unfinished(gradients: Sequence[Tensor | None]) -> tuple[Tensor, Tensor]:
    """Return whether any gradient is not finite, and the size of the first one."""
    there = [each.detach() for each in gradients if each is not None and each.numel()]
    there = [each.coalesce().values() if each.is_sparse else each for each in there]
    if not there:
        return torch.zeros(()), torch.zeros(())
    bad = torch.stack([(~each.isfinite()).any() for each in there]).any().float()
    return bad, there[0].float().square().mean().sqrt()
