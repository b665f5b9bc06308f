"""Proving an export: its files are run in a new process, and compared with the network."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from inspect import signature
from pathlib import Path
from threading import Timer
from time import perf_counter
from typing import Any, Final

import safetensors.torch
import torch

from app.exporting.material import Material
from app.exporting.proving import rerun
from app.exporting.proving.comparing import Results, compared, effects
from app.exporting.proving.given import Batches, batches_for
from app.exporting.proving.report import Proof, Report
from app.exporting.targets import TARGETS
from app.runs.job import spare_threads
from app.training.checkpoint import copy_of_weights
from app.training.outputs import results_of
from codegen.emit import source
from graph_model.frozen import frozen
from graph_model.problems import Problem

_SECONDS_OF_REFERENCE: Final = 2.0
"""For about so long the network itself is run; so many samples there are."""
_LIMIT: Final = 120.0
"""Seconds in which a file has to be loaded and run, where the network itself is soon done."""
_TIMES_SLOWER: Final = 10
"""So many times longer than the network itself a file may take besides."""
_STATE: Final = "weights-of-the-network.safetensors"
_RUNTIMES: Final[Mapping[str, str]] = {"onnx": "onnxruntime"}
"""The packages that run a file, beside PyTorch."""


@frozen
class Asked:
    """A file to be run: of which target, what it is called, and how it is run."""

    target: str
    file: str
    how: str


@frozen
class Reference:
    """What the network itself gives for batches, and in how many milliseconds each size."""

    batches: Batches
    results: Results
    milliseconds: Mapping[str, float]
    seconds: float
    is_drawn: bool

    @property
    def limit(self) -> float:
        """Seconds after which a file is given up."""
        return _LIMIT + _TIMES_SLOWER * self.seconds


def prove(material: Material, files: Mapping[str, bytes]) -> Report:
    """Run those of some files that hold the model, by name, and compare them with the network."""
    known = _reference(material)
    asked = [Asked(*each) for each in material.export.models if each[1] in files]
    lacking = {each: _RUNTIMES[each.how] for each in asked if _lacks(each.how)}
    run = [each for each in asked if each not in lacking]
    folder = Path(tempfile.mkdtemp(prefix="layerweft-proof-"))
    try:
        _lay_out(folder, material, known.batches, files)
        plain = [_plain(material, each) for each in run]
        told = zip(run, _rerun(folder, plain, known.limit), strict=True)
        proofs = {each: _proof(material, each, said, known, folder) for each, said in told}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for each, package in lacking.items():
        values = {"file": each.file, "packages": package}
        proofs[each] = _unknown(each, Problem("proof_needs_packages", values))
    sized = (replace(proofs[each], size=len(files[each.file])) for each in asked)
    versions = {"torch": torch.__version__, "python": sys.version.split()[0]}
    name = material.export.network.network.name
    return Report(name, known.batches.given, tuple(sized), known.milliseconds, versions)


def _reference(material: Material) -> Reference:
    """Run the network: first one batch, then as many more as its time allows."""
    torch.set_num_threads(spare_threads())
    module, batches = material.module, batches_for(material)

    def call(batch: rerun.Batch) -> rerun.Batch:
        return results_of(module, tuple(batch))

    with torch.no_grad():
        call(batches.batches[0])
        began = perf_counter()
        call(batches.batches[-1])
    count = _SECONDS_OF_REFERENCE / max(perf_counter() - began, 1e-9)
    batches = batches.first(max(2, int(count)))
    began = perf_counter()
    results, times = rerun.results_and_times(call, batches.batches)
    seconds = perf_counter() - began
    with torch.no_grad():
        torch.manual_seed(1)
        other = call(batches.batches[0])
    pairs = zip(other, results[0], strict=True)
    is_drawn = any(not torch.equal(one.nan_to_num(), two.nan_to_num()) for one, two in pairs)
    return Reference(batches, results, times, seconds, is_drawn)


def _lay_out(
    folder: Path, material: Material, batches: Batches, files: Mapping[str, bytes]
) -> None:
    """Write all that the new process is given."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    torch.save([[*batch] for batch in batches.batches], folder / "inputs.pt")
    (folder / _STATE).write_bytes(safetensors.torch.save(copy_of_weights(material.module)))


def _plain(material: Material, asked: Asked) -> Mapping[str, Any]:
    """Return what the new process is told of a file."""
    export = material.export
    return {
        "file": asked.file,
        "how": asked.how,
        "inputs": [*signature(material.module.forward).parameters],
        "module": export.path.name,
        "class": source(export.network).class_name,
        "state": _STATE,
        "has_weights": export.weights is not None and "weights" in export.targets,
    }


def _rerun(
    folder: Path, asked: Sequence[Mapping[str, Any]], limit: float
) -> Iterator[Mapping[str, Any]]:
    """Yield what the new process tells of each file; another does the rest where one has died."""
    left = [{**each, "number": number} for number, each in enumerate(asked)]
    while left:
        (folder / "asked.json").write_text(json.dumps(left), encoding="utf-8")
        told = list(_told(folder, limit))
        yield from told
        left = left[len(told) :]


def _told(folder: Path, limit: float) -> Iterator[Mapping[str, Any]]:
    """Yield what one process tells, and at last how it ended where it ended before its time."""
    count = len(json.loads((folder / "asked.json").read_text(encoding="utf-8")))
    command = [sys.executable, "-P", rerun.__file__, str(folder)]
    pipe, errors = subprocess.PIPE, folder / "errors.txt"
    with (
        errors.open("wb") as said,
        subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=said, text=True) as process,
    ):
        assert process.stdout is not None
        try:
            for _ in range(count):
                timer = Timer(limit, process.kill)
                timer.start()
                line = process.stdout.readline()
                is_late = not timer.is_alive()
                timer.cancel()
                if not line:
                    process.wait()
                    yield {"late": True} if is_late else {"error": _last(errors, process)}
                    return
                yield json.loads(line)
        finally:
            process.kill()


def _last(errors: Path, process: subprocess.Popen[str]) -> str:
    """Return the last thing that a process said, or else how it ended."""
    said = errors.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return said[-1] if said else f"exit code {process.returncode}"


def _proof(
    material: Material, asked: Asked, told: Mapping[str, Any], known: Reference, folder: Path
) -> Proof:
    """Return how a file compares, from what was told of it and its results."""
    if "late" in told:
        values = {"file": asked.file, "seconds": f"{known.limit:.0f}"}
        return _unknown(asked, Problem("proof_too_long", values))
    if "error" in told:
        reason = told["error"].strip().splitlines()[0]
        return _unknown(asked, Problem("proof_failed", {"file": asked.file, "reason": reason}))
    found = torch.load(folder / f"results-{told['number']}.pt", weights_only=True)
    apart = compared(asked.file, material.output_names, known.results, found)
    if isinstance(apart, Problem):
        return _unknown(asked, apart, told["runtime"])
    return Proof(
        asked.target,
        asked.file,
        0,
        told["runtime"],
        apart.is_equal,
        apart.difference,
        apart.relative,
        apart.outputs,
        told["milliseconds"],
        tuple(effects(known.batches, known.results, found)),
        known.is_drawn,
        asked.target not in TARGETS or TARGETS[asked.target].is_exact,
    )


def _unknown(asked: Asked, why: Problem, runtime: str = "") -> Proof:
    return Proof(asked.target, asked.file, 0, runtime, problem=why)


def _lacks(how: str) -> bool:
    return how in _RUNTIMES and find_spec(_RUNTIMES[how]) is None
