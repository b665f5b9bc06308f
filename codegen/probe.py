"""Runs the text of a custom layer to see what it gives: the work of a process of its own.

    python -m codegen.probe

It reads requests, one JSON object a line, from its standard input, and writes an answer to each
to its standard output. ``codegen.prober`` starts it, and ends it where it takes too long. Tensors
are on torch's meta device, where they have shapes and no elements; a text that needs elements is
run on the CPU.
"""

from __future__ import annotations

import faulthandler
import hashlib
import json
import os
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch._subclasses.fake_tensor import FakeTensorMode

from codegen.watch import Watch

FILE: Final = "<custom layer>"
_MEMORY: Final = 8 * 2**30
"""How many bytes a text may take."""
_UNWATCHED: Final = nullcontext()


class _Failure(Exception):  # noqa: N818 - it carries an answer
    """What a text did wrong: a problem code and its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.answer: Final = {"code": code, "values": values}


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a text gives for each of several sets of input sizes.

    ``request`` holds the ``text`` with its ``digest``, the name of its ``entry``, the
    ``arguments``, ``inputs`` (a list of ``[port, shape, dtype]`` for each set) and the ``optional``
    ports. The answer holds ``trials``, one for each set up to the first that fails, or where the
    request is a ``search``, that does not fail. A trial has ``outputs`` (``[shape, dtype]``)
    and ``weights`` (``[name, shape, is_buffer, dtype]``), or where the request says ``measure``,
    what ``Watch.cost`` tells; one that failed has the ``code`` and ``values`` of a problem.
    """
    text = request["text"]
    if hashlib.sha256(text.encode()).hexdigest() != request["digest"]:
        raise ValueError("this is not the text that was allowed")
    trials: list[dict[str, Any]] = []
    try:
        entry = _run(text)[request["entry"]]
    except _Failure as failure:
        return {"trials": [failure.answer]}
    tried = _cost if request.get("measure") else _on_some_device
    for inputs in request["inputs"]:
        try:
            trials.append(tried(entry, request, inputs))
        except _Failure as failure:
            trials.append(failure.answer)
        if ("code" in trials[-1]) != bool(request.get("search")):
            break
    return {"trials": trials}


def _run(text: str) -> dict[str, Any]:
    """Define the classes and functions of a text."""
    names: dict[str, Any] = {"__name__": "custom_layer"}
    with _told():
        exec(compile(text, FILE, "exec"), names)
    return names


class _told:  # noqa: N801 - used like a function
    """Turns any exception within into a failure that names the line of the text."""

    def __init__(self, code: str = "custom_failed") -> None:
        self._code = code

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, _Failure) or error is None:
            return
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == FILE]
        reason = _sentence(error)
        if isinstance(error, SyntaxError) and error.filename == FILE:
            lines.append(error.lineno)
        if lines:
            raise _Failure(self._code, line=str(lines[-1]), reason=reason) from error
        raise _Failure("custom_failed_outside", reason=reason) from error


def _sentence(error: BaseException) -> str:
    """Return an exception as one line."""
    text = str(error).strip().partition("\n")[0][:400]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _on_some_device(
    entry: Callable[..., Any], request: Mapping[str, Any], inputs: Sequence[Sequence[Any]]
) -> dict[str, Any]:
    try:
        return _on(torch.device("meta"), entry, request, inputs)
    except _Failure:  # it may need elements, which the meta device has none of
        return _on(torch.device("cpu"), entry, request, inputs)


def _on(
    device: torch.device,
    entry: Callable[..., Any],
    request: Mapping[str, Any],
    inputs: Sequence[Sequence[Any]],
) -> dict[str, Any]:
    _, made, outputs = _call(device, entry, request, inputs)
    if request.get("search") and not all(each.numel() for each in outputs):
        raise _Failure("custom_failed_outside", reason="nothing comes out")
    with device, _told("custom_backward_failed"):
        _go_backward(outputs)
    return {
        "outputs": [[list(each.shape), str(each.dtype)[6:]] for each in outputs],
        "weights": list(_weights(made)),
    }


def _cost(
    entry: Callable[..., Any], request: Mapping[str, Any], inputs: Sequence[Sequence[Any]]
) -> dict[str, Any]:
    """Return the cost: what is computed as the meta device shows it, what is kept as on the CPU."""
    try:
        cost = _watched(FakeTensorMode(), entry, request, inputs)
        on_meta = _watched(torch.device("meta"), entry, request, inputs)
        return {**cost, "multiply_adds": on_meta["multiply_adds"]}
    except _Failure:
        return _watched(torch.device("cpu"), entry, request, inputs)


def _watched(
    device: AbstractContextManager[Any],
    entry: Callable[..., Any],
    request: Mapping[str, Any],
    inputs: Sequence[Sequence[Any]],
) -> dict[str, Any]:
    watch = Watch()
    tensors, made, outputs = _call(device, entry, request, inputs, watch)
    return watch.cost(tensors, outputs, made)


def _call(
    device: AbstractContextManager[Any],
    entry: Callable[..., Any],
    request: Mapping[str, Any],
    inputs: Sequence[Sequence[Any]],
    watch: AbstractContextManager[None] = _UNWATCHED,
) -> tuple[Mapping[str, Tensor], nn.Module | None, Sequence[Tensor]]:
    """Make the layer and call it; return its inputs, what was made, and its outputs."""
    arguments = {name: _value(value) for name, value in request["arguments"].items()}
    made: nn.Module | None = None
    with device, _told():
        tensors = {port: _tensor(shape, dtype) for port, shape, dtype in inputs}
        given = [each for port, each in tensors.items() if port not in request["optional"]]
        left = {port: each for port, each in tensors.items() if port in request["optional"]}
        if isinstance(entry, type):
            made = entry(**arguments)
            _refuse_lazy(made)
            with watch:
                result = made(*given, **left)
        else:
            with watch:
                result = entry(*given, **left, **arguments)
    outputs = list(result) if isinstance(result, tuple | list) else [result]
    for each in outputs:
        if not isinstance(each, Tensor):
            raise _Failure("custom_not_tensors", got=type(each).__name__)
    return tensors, made, outputs


def _refuse_lazy(made: nn.Module) -> None:
    """Refuse modules that take their sizes from their first input: no optimizer could hold them."""
    for each in made.modules():
        if isinstance(each, nn.modules.lazy.LazyModuleMixin):
            raise _Failure("custom_lazy", module=type(each).__name__)


def _tensor(shape: Sequence[int], dtype: str) -> Tensor:
    made = torch.zeros(list(shape), dtype=getattr(torch, dtype))
    # A layer may overwrite its input in place, which torch forbids for a leaf of the gradient.
    return made.requires_grad_().clone() if made.is_floating_point() else made


def _go_backward(outputs: Sequence[Tensor]) -> None:
    """Follow the gradients, as training will, so that a backward of one's own is run as well."""
    for each in outputs:
        if each.requires_grad and each.is_floating_point():
            torch.autograd.backward(each.sum(), retain_graph=True)


def _value(value: Any) -> Any:
    """Return an argument: JSON has lists in place of tuples."""
    return tuple(value) if isinstance(value, list) else value


def _weights(made: nn.Module | None) -> Iterator[list[Any]]:
    if made is not None:
        for name, each in made.named_parameters():
            yield [name, list(each.shape), False, str(each.dtype)[6:]]
        for name, buffer in made.named_buffers():
            yield [name, list(buffer.shape), True, str(buffer.dtype)[6:]]


def _limit_memory() -> None:  # pragma: no cover - in a process of its own, as main is
    if os.name == "posix":
        import resource  # which other systems do not have

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, most))


def _close(*files: int) -> None:  # pragma: no cover - in a process of its own
    for each in files:
        os.close(each)


def main() -> None:  # pragma: no cover - no tracer sees it end
    """Answer until the input ends."""
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with open(os.devnull) as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)  # what a text reads is no request
    os.dup2(2, 1)  # what it prints is no answer
    if hasattr(os, "register_at_fork"):  # nor is what a process of its own does
        os.register_at_fork(after_in_child=lambda: _close(requests.fileno(), answers.fileno()))
    torch.set_num_threads(1)
    _limit_memory()
    faulthandler.enable(answers)
    requests.readline()
    answers.write("ready\n")
    answers.flush()
    for line in requests:
        request = json.loads(line)
        # Whatever hangs, even in C, is ended, and the answer is where it was.
        faulthandler.dump_traceback_later(request["seconds"], exit=True, file=answers)
        answers.write(json.dumps(answer(request)) + "\n")
        answers.flush()
        faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":  # pragma: no cover - in a process of its own
    main()
