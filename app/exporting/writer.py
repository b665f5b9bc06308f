"""The one writer of exports: all is made first, and only then is anything written."""

from __future__ import annotations

import importlib
import keyword
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from app.exporting.proving.report import SUFFIX as PROOF
from app.exporting.proving.report import Report
from app.exporting.targets import TARGETS, Target
from app.paths import is_folder, is_there
from codegen.emit import source
from graph_model.custom_layers.known import NOTHING, Known
from graph_model.files.atomic import write_atomically
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import Project
from graph_model.problems import Problem, Refusal
from graph_model.recipes.players import alone

Files: TypeAlias = Mapping[str, bytes]
"""What is to be written, by the name of the file."""

PROVING: Final = "proof"
"""What is told instead of a target while files are proven."""
_BY_US: Final = b"Layerweft"
"""In the first line of files of which others may have one that is called the same."""
_IMPORTED: Final = frozenset({"torch", "numpy", "PIL", "safetensors"})
"""What the scripts import besides the standard library: a file called so would take its place."""


@frozen
class Export:
    """What is wanted of a project: the file of a network at ``path``, and ``targets`` beside it.

    ``network`` is the main one or another, without errors. ``weights`` is a file of trained weights
    that the targets are to hold; without one they hold what the recipe's seed gives. Where it
    ``proves``, what holds the model is run again in a new process, and a report lies beside it.
    ``opset`` is the version of ONNX's operators, which PyTorch chooses where none is given.
    """

    project: Project
    network: Inference
    path: Path
    targets: Sequence[str] = ()
    weights: Path | None = None
    known: Known = NOTHING
    proves: bool = False
    opset: int | None = None

    @property
    def needs_torch(self) -> bool:
        """Whether PyTorch is needed to write it."""
        return bool(self.targets) or self.proves

    @property
    def report(self) -> Path:
        """Where the report of what was proven lies."""
        return self.path.with_name(f"{self.path.stem}{PROOF}")

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where it may be written, the file of the network first."""
        beside = (name for each in self.wanted for name in each.names(self.path.stem))
        report = (self.report,) if self.proves else ()
        return self.path, *(self.path.with_name(name) for name in beside), *report

    @property
    def wanted(self) -> Iterator[Target]:
        """The entries of the catalogue that are to be written."""
        return (target for name, target in TARGETS.items() if name in self.targets)

    @property
    def models(self) -> Iterator[tuple[str, str, str]]:
        """The target, name and way to run of each file that holds the model, the code first."""
        yield "code", self.path.name, "code"
        for target in self.wanted:
            for name, way in target.models(self.path.stem):
                yield target.name, name, way

    @property
    def holds_models(self) -> bool:
        """Whether there is more that holds the model than its code, which is what runs anyway."""
        return len([*self.models]) > 1


@frozen
class Exported:
    """What was written, and what is to be known about it."""

    paths: tuple[Path, ...]
    notes: tuple[Problem, ...] = ()
    report: Report | None = None


def write(export: Export, tell: Callable[[str], object] = lambda _: None) -> Exported:
    """Write an export, each file whole or not at all, and none where any cannot be made.

    ``tell`` is called with the name of each target before it is made, with :data:`PROVING` before
    they are proven, and with none before anything is written. Raises ``Refusal``, and ``OSError``
    where the folder cannot be written.
    """
    for target in export.wanted:
        if why := obstacle(target, export):
            raise Refusal(why)
    _need_names_apart(export)
    network = source(export.network, alone(export.project, export.network))
    files = {export.path.name: network.text.encode()}
    notes: tuple[Problem, ...] = ()
    report = None
    if export.needs_torch:
        material = importlib.import_module("app.exporting.material").Material(export)
        for target in export.wanted:
            tell(target.name)
            contents = zip(target.names(export.path.stem), _made(target, material), strict=True)
            files |= {name: content for name, content in contents if content is not None}
        notes = tuple(material.notes)
        if export.proves:
            tell(PROVING)
            report = importlib.import_module("app.exporting.proving.prove").prove(material, files)
            files[export.report.name] = report.as_json()
    shared = {name for target in export.wanted for name in target.shared}
    paths = {export.path.with_name(name): content for name, content in files.items()}
    written = [path for path in paths if path.name not in shared or _may_replace(path)]
    tell("")
    if is_folder(export.path.parent.parent):
        export.path.parent.mkdir(exist_ok=True)
    for path in written:
        write_atomically(path, paths[path])
    return Exported(tuple(written), notes, report)


def _may_replace(path: Path) -> bool:
    """Tell whether there is no such file, or one of an earlier export."""
    if not is_there(path):
        return True
    with path.open("rb") as file:
        return _BY_US in file.readline(200)


def obstacle(target: Target, export: Export) -> Problem | None:
    """Return why a target cannot be made at all, as far as that is known before work begins."""
    if target.missing:
        values = {"format": target.title, "packages": " ".join(target.missing)}
        return Problem("export_needs_packages", values)
    if target.needs_weights and export.weights is None:
        return Problem("export_needs_weights", {"format": target.title})
    if target.name == "training" and not _can_be_imported(export.path.stem):
        return Problem("export_bad_module", {"name": export.path.name})
    return None


def _can_be_imported(stem: str) -> bool:
    """Tell whether a script beside a file can import it, and still what is called the same."""
    is_name = stem.isidentifier() and not keyword.iskeyword(stem)
    return is_name and stem not in sys.stdlib_module_names | _IMPORTED


def _need_names_apart(export: Export) -> None:
    """Refuse names of which one file would take the place of another."""
    names = [path.name for path in export.paths]
    for name in names:
        if names.count(name) > 1:
            raise Refusal(Problem("export_same_name", {"name": name}))


def _made(target: Target, material: Any) -> Sequence[bytes | None]:
    """Return the contents of the files of a target, in their order; ``None`` for none."""
    module, _, function = target.writer.partition(":")
    make: Callable[[Any], Sequence[bytes | None]] = getattr(
        importlib.import_module(module), function
    )
    return make(material)
