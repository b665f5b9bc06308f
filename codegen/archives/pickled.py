"""The pickles of TorchScript as data: of all that a pickle can do, only what those need.

Nothing is imported and nothing called: a name of a class is only a name, and what would be called
is kept with what it would be given, unless it makes a tensor of bytes that lie in the archive.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from codegen.archives.protobuf import DamagedError

_MOST: Final = 5_000_000
"""How many steps a pickle has at most."""
_MARK: Final = object()


@dataclass(frozen=True)
class Global:
    """The name of a class or function: never the thing itself."""

    path: str


@dataclass(eq=False)
class Held:
    """An object of a class by its name, with its members."""

    of: str
    members: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Storage:
    """The bytes of tensors, by the name of their file, and what numbers they are."""

    dtype: str
    name: str


@dataclass(frozen=True)
class Stored:
    """A tensor by where it lies in its storage."""

    storage: Storage
    offset: int
    sizes: tuple[int, ...]
    strides: tuple[int, ...]


_DTYPES: Final = {
    "FloatStorage": "float32", "DoubleStorage": "float64", "HalfStorage": "float16",
    "BFloat16Storage": "bfloat16", "LongStorage": "int64", "IntStorage": "int32",
    "ShortStorage": "int16", "CharStorage": "int8", "ByteStorage": "uint8", "BoolStorage": "bool",
}  # fmt: skip


def unpickled(data: memoryview) -> Any:
    """Return what a pickle holds; raises ``DamagedError`` for any that does more than hold data."""
    try:
        return _Machine(data).run()
    except (IndexError, KeyError, TypeError, ValueError, AttributeError, struct.error) as error:
        raise DamagedError(f"a pickle is not as expected ({error})") from None


class _Machine:
    """Goes through the steps of a pickle."""

    def __init__(self, data: memoryview) -> None:
        self._data, self._place = data, 0
        self._stack: list[Any] = []
        self._memo: dict[int, Any] = {}

    def run(self) -> Any:
        for _ in range(_MOST):
            code = bytes(self._take(1))
            if code == b".":
                return self._stack.pop()
            work = _STEPS.get(code)
            if work is None:
                raise DamagedError(f"a pickle has the step {code!r}, which data have no need of")
            work(self)
        raise DamagedError("a pickle goes on for too long")

    def _take(self, count: int) -> memoryview:
        if count < 0 or self._place + count > len(self._data):
            raise DamagedError("a pickle ends too early")
        self._place += count
        return self._data[self._place - count : self._place]

    def _line(self) -> str:
        end = bytes(self._data[self._place : self._place + 500]).find(b"\n")
        if end < 0:
            raise DamagedError("a name in a pickle is too long")
        found = str(self._take(end), "utf-8")
        self._take(1)
        return found

    def _number(self, form: str) -> Any:
        return struct.unpack(form, self._take(struct.calcsize(form)))[0]

    def _marked(self) -> list[Any]:
        place = len(self._stack) - 1
        while self._stack[place] is not _MARK:
            place -= 1
            if place < 0:
                raise DamagedError("a pickle has no mark")
        found = self._stack[place + 1 :]
        del self._stack[place:]
        return found

    # Steps

    def push(self, value: Any) -> None:
        self._stack.append(value)

    def name(self) -> None:
        module = self._line()
        self.push(Global(f"{module}.{self._line()}"))

    def make(self) -> None:
        self._stack.pop()
        of = self._stack.pop()
        self.push(Held(of.path))

    def text(self) -> None:
        self.push(str(self._take(self._number("<I")), "utf-8"))

    def long(self) -> None:
        self.push(int.from_bytes(self._take(self._number("<B")), "little", signed=True))

    def put(self, form: str) -> None:
        self._memo[self._number(form)] = self._stack[-1]

    def get(self, form: str) -> None:
        self.push(self._memo[self._number(form)])

    def tuple_of(self, count: int) -> None:
        found = tuple(self._stack[len(self._stack) - count :])
        del self._stack[len(self._stack) - count :]
        self.push(found)

    def append(self) -> None:
        value = self._stack.pop()
        self._stack[-1].append(value)

    def appends(self) -> None:
        values = self._marked()
        self._stack[-1].extend(values)

    def set_item(self) -> None:
        value, key = self._stack.pop(), self._stack.pop()
        self._stack[-1][key] = value

    def set_items(self) -> None:
        values = self._marked()
        self._stack[-1].update(zip(values[::2], values[1::2], strict=True))

    def build(self) -> None:
        state = self._stack.pop()
        if isinstance(state, dict):
            self._stack[-1].members.update(state)

    def persistent(self) -> None:
        kind, of, name, *_ = self._stack.pop()
        if kind != "storage":
            raise DamagedError("a pickle refers to something that is no tensor")
        dtype = _DTYPES.get(of.path.rpartition(".")[2])
        if dtype is None:
            raise DamagedError(f"a tensor is of {of.path}")
        self.push(Storage(dtype, name))

    def reduce(self) -> None:
        given, of = self._stack.pop(), self._stack.pop()
        work = _CALLS.get(of.path)
        if work is None:
            raise DamagedError(f"a pickle would call {of.path}")
        self.push(work(*given))


def _stored(storage: Any, offset: Any, sizes: Any, strides: Any, *rest: Any) -> Stored:
    if not isinstance(storage, Storage) or not all(
        isinstance(each, int) for each in (offset, *sizes, *strides)
    ):
        raise DamagedError("a tensor has no sizes")
    return Stored(storage, offset, tuple(sizes), tuple(strides))


def _first(value: Any, *rest: Any) -> Any:
    return value


_CALLS: Final[Mapping[str, Callable[..., Any]]] = {
    "torch._utils._rebuild_tensor_v2": _stored,
    "torch._utils._rebuild_parameter": _first,
    "collections.OrderedDict": lambda *given: {},
    "torch.jit._pickle.restore_type_tag": _first,
    "torch.jit._pickle.build_intlist": _first,
    "torch.jit._pickle.build_doublelist": _first,
    "torch.jit._pickle.build_boollist": _first,
    "torch.jit._pickle.build_tensorlist": _first,
    "torch.device": lambda *given: None,
}
"""What is done in the place of those few that pickles of tensors call."""
_STEPS: Final[Mapping[bytes, Callable[[_Machine], None]]] = {
    b"\x80": lambda it: it._number("<B"),
    b"c": _Machine.name,
    b"(": lambda it: it.push(_MARK),
    b")": lambda it: it.push(()),
    b"]": lambda it: it.push([]),
    b"}": lambda it: it.push({}),
    b"N": lambda it: it.push(None),
    b"\x88": lambda it: it.push(True),
    b"\x89": lambda it: it.push(False),
    b"J": lambda it: it.push(it._number("<i")),
    b"K": lambda it: it.push(it._number("<B")),
    b"M": lambda it: it.push(it._number("<H")),
    b"G": lambda it: it.push(it._number(">d")),
    b"\x8a": _Machine.long,
    b"X": _Machine.text,
    b"q": lambda it: it.put("<B"),
    b"r": lambda it: it.put("<I"),
    b"h": lambda it: it.get("<B"),
    b"j": lambda it: it.get("<I"),
    b"t": lambda it: it.push(tuple(it._marked())),
    b"\x85": lambda it: it.tuple_of(1),
    b"\x86": lambda it: it.tuple_of(2),
    b"\x87": lambda it: it.tuple_of(3),
    b"a": _Machine.append,
    b"e": _Machine.appends,
    b"s": _Machine.set_item,
    b"u": _Machine.set_items,
    b"b": _Machine.build,
    b"\x81": _Machine.make,
    b"Q": _Machine.persistent,
    b"R": _Machine.reduce,
}
"""The steps of a pickle that are done."""
