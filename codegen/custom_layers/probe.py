"""Runs the text of a custom layer to see what it gives: the work of a process of its own.

    python -m codegen.custom_layers.probe

It reads requests, one JSON object a line, from its standard input, and writes an answer to each
to its standard output. :mod:`prober` beside it starts it, and ends it where it takes too long.
Tensors are on torch's meta device, where they have shapes and no elements; a text that needs
elements is run on the CPU.
"""

from __future__ import annotations

import faulthandler
import hashlib
import json
import os
import re
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final, TextIO

import torch
from torch import Tensor, nn
from torch._subclasses.fake_tensor import FakeTensorMode

from codegen.custom_layers.call_costs import Watch
from codegen.custom_layers.memory import limit_memory

FILE: Final = "<custom layer>"
_REFUSED: Final = re.compile(r"[Ff]unction (\w+)Backward returned an ")
_UNWATCHED: Final = nullcontext()


class _Failure(Exception):  # noqa: N818 - it carries an answer
    """What a text did wrong: a problem code and its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.answer: Final = {"code": code, "values": values}


def answer(
    request: Mapping[str, Any], begin: Callable[[], object] = lambda: None
) -> dict[str, Any]:
    """Return what a text gives for each of several sets of input sizes.

    ``request`` holds the ``text`` with its ``digest``, the name of its ``entry``, the
    ``arguments``, ``inputs`` (a list of ``[port, shape, dtype]`` for each set) and the ``optional``
    ports. The answer holds ``trials``, one for each set up to the first that fails, or where the
    request is a ``search``, that does not fail. A trial has ``outputs`` (``[shape, dtype]``)
    and ``weights`` (``[name, shape, is_buffer, dtype]``), or where the request says ``measure``,
    what ``Watch.cost`` tells; one that failed has the ``code`` and ``values`` of a problem.
    ``begin`` is called before each, but for the costs, which take their time together.
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
        if not request.get("measure"):
            begin()
        try:
            trials.append(tried(entry, request, inputs))
        except _Failure as failure:
            trials.append(_at_its_class(failure.answer, text))
        if ("code" in trials[-1]) != bool(request.get("search")):
            break
    return {"trials": trials}


def _run(text: str) -> dict[str, Any]:
    """Define the classes and functions of a text."""
    names: dict[str, Any] = {"__name__": "custom_layer"}
    with _told():
        exec(compile(text, FILE, "exec"), names)
    return names


def _at_its_class(answer: dict[str, Any], text: str) -> dict[str, Any]:
    """Return the answer with the line of the function whose gradients torch refuses."""
    found = _REFUSED.search(answer["values"].get("reason", ""))
    lines = text.split("\n")
    for number, line in enumerate(lines if found and "line" not in answer["values"] else ()):
        if found and re.match(rf"class {re.escape(found[1])}\b", line):
            values = {**answer["values"], "line": str(number + 1)}
            return {"code": "custom_backward_failed", "values": values}
    return answer


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
        found = _on(torch.device("cpu"), entry, request, inputs)
    try:
        _, _, others = _call(torch.device("cpu"), entry, request, inputs, fill=_alternate)
    except _Failure:  # not every number will do as an index
        return found
    if [list(each.shape) for each in others] != [shape for shape, _ in found["outputs"]]:
        raise _Failure("custom_depends_on_numbers")
    return found


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
    fill: Callable[[Tensor], Tensor] = lambda zeros: zeros,
) -> tuple[Mapping[str, Tensor], nn.Module | None, Sequence[Tensor]]:
    """Make the layer and call it; return its inputs, what was made, and its outputs."""
    arguments = {name: _value(value) for name, value in request["arguments"].items()}
    made: nn.Module | None = None
    with device, _told():
        tensors = {port: fill(_tensor(shape, dtype)) for port, shape, dtype in inputs}
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


def _alternate(tensor: Tensor) -> Tensor:
    """Fill a tensor with ones; where it is of real numbers, every other is negative."""
    ones = torch.ones(tensor.numel(), dtype=tensor.dtype)
    if tensor.is_floating_point():
        ones[::2] = -1
    return tensor.copy_(ones.view(tensor.shape))


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


def _close(*files: int) -> None:  # pragma: no cover - in a process of its own
    for each in files:
        os.close(each)


def main() -> None:  # pragma: no cover - no tracer sees it end
    """Answer until the input ends.

    After each answer, or what came in its place, the ``status`` with which the work on it ended
    is told. Where the system can fork, that is done by a process of its own: what a text changes
    in torch, or leaves running, concerns no other.
    """
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with open(os.devnull) as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)  # what a text reads is no request
    os.dup2(2, 1)  # what it prints is no answer
    torch.set_num_threads(1)
    limit_memory()
    _warm_up()
    faulthandler.enable(answers)
    for line in requests:
        if not hasattr(os, "fork"):
            _work(line, answers)
            status = 0
        elif child := os.fork():
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        else:
            pipes = (requests.fileno(), answers.fileno())
            os.register_at_fork(after_in_child=lambda: _close(*pipes))  # noqa: B023
            _work(line, answers)
            os._exit(0)
        answers.write(json.dumps({"status": status}) + "\n")
        answers.flush()


def _work(line: str, answers: TextIO) -> None:  # pragma: no cover - in a process of its own
    """Answer one request; an empty one asks nothing."""
    if request := json.loads(line or "{}"):
        # Whatever hangs, even in C, is ended, and the answer is where it was.
        seconds = request["seconds"]

        def begin() -> None:
            faulthandler.dump_traceback_later(seconds, exit=True, file=answers)

        begin()
        answers.write(json.dumps(answer(request, begin)) + "\n")
        answers.flush()
        faulthandler.cancel_dump_traceback_later()


def _warm_up() -> None:  # pragma: no cover - in a process of its own
    """Have torch load what it loads with the first use of these devices."""
    for device in (torch.device("meta"), FakeTensorMode()):
        with device, Watch():
            torch.nn.functional.relu(torch.zeros(2, 2) @ torch.zeros(2, 2))


if __name__ == "__main__":  # pragma: no cover - in a process of its own
    main()
