"""Exports examples, reads them back and compares: ``python -m tools.archive_round_trips [NAME…]``.

The model of an example and that of its archive, with the weights of that, get the same inputs.
"""

from __future__ import annotations

import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from app.exporting import programs
from app.exporting.material import Material
from app.exporting.writer import Export
from app.project.examples import BY_NAME
from app.source_import.archives import FoundArchive, found_archive
from codegen.build import build
from codegen.emit import source
from graph_model.dims import evaluate
from graph_model.files.storage import read
from graph_model.inference.example_sizes import example_sizes
from graph_model.inference.infer import Inference, infer_project
from graph_model.problems import Problem, Refusal

_FORMATS: Final = {".onnx": programs.onnx, ".pt2": programs.exported_program,
                   ".pt": programs.torchscript}  # fmt: skip
_CLOSE: Final = 1e-3
"""How far results may lie apart, relative to the largest."""


def round_trip(name: str, suffix: str, folder: Path) -> str:
    """Return what came of one example, "" at the beginning where it is equal."""
    project, _ = read(BY_NAME[name].path)
    inference = infer_project(project)
    path = folder / f"{name}{suffix}"
    material = Material(Export(project, inference, path))
    try:
        path.write_bytes(_FORMATS[suffix](material)[0])
    except Refusal as refusal:
        return f"not exported: {refusal.problem.message[:120]}"
    began = time.process_time()
    found = found_archive(path)
    took = time.process_time() - began
    path.unlink()
    if isinstance(found, Problem):
        return f"REFUSED: {found.message}"
    if found.errors:
        return f"ERRORS: {found.errors[0].message}"
    nodes = len(found.inference.network.nodes)
    apart = _apart(material, _inputs(material, inference, suffix), found)
    told = f"{nodes} nodes, {len(found.notes)} notes, {took:.2f} s CPU, {apart:.1e} apart"
    return told if apart < _CLOSE else f"DIFFERS: {told}"


def _apart(material: Material, given: Sequence[Any], found: FoundArchive) -> float:
    """Return how far the results of both lie apart, relative to the largest."""
    model = build(source(found.inference)).make().eval()
    weights = {name: torch.from_numpy(np.array(each)) for name, each in found.weights().items()}
    model.load_state_dict(weights)
    with torch.no_grad():
        wanted, got = (_several(each(*given)) for each in (material.module, model))
    largest = max(float(each.abs().max()) for each in wanted)
    pairs = zip(wanted, got, strict=True)
    return max(float((one - other).abs().max()) for one, other in pairs) / max(largest, 1e-9)


def _several(result: Any) -> Sequence[Any]:
    return result if isinstance(result, tuple) else (result,)


def _inputs(material: Material, inference: Inference, suffix: str) -> list[Any]:
    """Return inputs at random, in the sizes that an export takes for its example, and one more.

    A traced model keeps all of these but that of the batch.
    """
    draw = torch.Generator().manual_seed(0)
    if suffix == ".pt":
        sizes = {name: size + (name == "N") for name, size in material.sizes.items()}
    else:
        sizes = {name: size + 1 for name, size in example_sizes(inference).items()}
    found = []
    for node in inference.of_kind("Input"):
        spec = inference.nodes[node.id].outputs["output"]
        shape = [evaluate(dim, sizes) for dim in spec.shape]
        if spec.has_fractions:
            found.append(torch.randn(shape, generator=draw))
        else:
            whole = torch.randint(0, 2, shape, generator=draw)
            found.append(whole.to(getattr(torch, spec.dtype)))
    return found


def main(names: Sequence[str]) -> int:
    """Make the round trip of these examples, of all where none is named."""
    warnings.simplefilter("ignore")
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in names or [*BY_NAME]:
            for suffix in _FORMATS:
                told = round_trip(name, suffix, Path(folder))
                bad += told.split(":")[0] in ("REFUSED", "ERRORS", "DIFFERS")
                print(f"{name}{suffix}: {told}", flush=True)
    print(f"{bad} are not equal")
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) > 0)
