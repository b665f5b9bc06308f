"""An archive of TorchScript as data: its modules and tensors, and its code as syntax trees."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any, Final

from codegen.archives.graph import Array
from codegen.archives.pickled import Held, Stored, unpickled
from codegen.archives.protobuf import DamagedError
from codegen.archives.pt2_file import strided
from codegen.archives.zipped import Zipped
from graph_model.problems import Problem, Refusal
from graph_model.syntax import parse

_LONGEST: Final = 5_000_000
"""How many characters the code of one file has at most."""


class ScriptFile:
    """The parts of an archive by their names."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._zip = Zipped(path)
        self._code: dict[str, dict[str, ast.stmt]] = {}
        self._storages: dict[tuple[str, str], memoryview] = {}
        self._arrays: dict[Stored, Array] = {}
        if not any(each.startswith("code/") for each in self._zip.names()):
            reason = "it holds no code: these are weights alone, or another kind of file"
            raise self.damaged(reason)

    def damaged(self, reason: str) -> Refusal:
        """Return the refusal of the archive."""
        values = {"path": self.path.name, "format": "TorchScript", "reason": reason}
        return Refusal(Problem("archive_damaged", values))

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def module(self) -> Held:
        """Return the outermost module."""
        found = unpickled(self._zip.read("data.pkl"))
        if not isinstance(found, Held):
            raise DamagedError("it holds no module")
        return found

    def constants(self) -> list[Any]:
        """Return the constants of the code; tensors among them lie in a folder of their own."""
        if "constants.pkl" not in self._zip.names():
            return []
        return [self.resolved(each, "constants") for each in unpickled(
            self._zip.read("constants.pkl"))]  # fmt: skip

    def examples(self) -> list[Stored]:
        """Return the inputs that the module was traced with, where it was."""
        if "traced_inputs.pkl" not in self._zip.names():
            return []
        found = unpickled(self._zip.read("traced_inputs.pkl"))
        given = found.get("forward", []) if isinstance(found, dict) else []
        return [each for each in given if isinstance(each, Stored)]

    def resolved(self, value: Any, folder: str = "data") -> Any:
        """Return a value with the tensor that it stands for."""
        if not isinstance(value, Stored):
            return value
        if value not in self._arrays:
            key = (folder, value.storage.name)
            if key not in self._storages:
                self._storages[key] = self._zip.read(f"{folder}/{value.storage.name}")
            self._arrays[value] = strided(
                value.storage.name,
                self._storages[key],
                value.storage.dtype,
                [*value.sizes],
                [*value.strides],
                value.offset,
            )
        return self._arrays[value]

    def definition(self, path: str) -> ast.stmt:
        """Return the class or function of a name such as ``__torch__.models.Net``."""
        module, _, name = path.rpartition(".")
        if module not in self._code:
            file = f"code/{module.replace('.', '/')}.py"
            text = str(self._zip.read(file), "utf-8", "replace")
            if len(text) > _LONGEST:
                raise DamagedError(f"{file} is too long")
            try:
                tree = parse(text)
            except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
                raise DamagedError(f"{file} is no code ({error})") from None
            self._code[module] = {
                each.name: each
                for each in tree.body
                if isinstance(each, ast.ClassDef | ast.FunctionDef)
            }
        found = self._code[module].get(name)
        if found is None:
            raise DamagedError(f"it has no {path}")
        return found
