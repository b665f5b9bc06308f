"""Loads exported files and runs them, in a process that knows nothing else of the network.

It is a program: ``python -P rerun.py FOLDER``. In the folder are the files, ``asked.json`` with
what is to be run in which way, and ``inputs.pt`` with batches. Each file's results are written to
``results-NUMBER.pt``, and how it went is told as a line of JSON.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
import threading
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final, TypeAlias

import torch
from torch import Tensor, nn

Batch: TypeAlias = Sequence[Tensor]
Call: TypeAlias = Callable[[Batch], Sequence[Tensor]]
Asked: TypeAlias = Mapping[str, Any]

_TIMES: Final = 5
_SECONDS: Final = 1.0
"""For so long a batch is repeated at most, to find out how long it takes."""


def run_onnx(folder: Path, asked: Asked) -> tuple[Call, str]:
    """Load a file as ONNX Runtime does."""
    import onnxruntime

    session = onnxruntime.InferenceSession(
        folder / asked["file"], providers=["CPUExecutionProvider"]
    )
    known = {each.name for each in session.get_inputs()}

    def call(batch: Batch) -> Sequence[Tensor]:
        given = zip(asked["inputs"], batch, strict=True)
        arrays = {name: each.numpy() for name, each in given if name in known}
        return [torch.as_tensor(each) for each in session.run(None, arrays)]

    return call, f"onnxruntime {onnxruntime.__version__}"


def run_pt2(folder: Path, asked: Asked) -> tuple[Call, str]:
    """Load a program of ``torch.export``."""
    return _of_torch(torch.export.load(folder / asked["file"]).module())


def run_torchscript(folder: Path, asked: Asked) -> tuple[Call, str]:
    """Load what ``torch.jit`` has saved, which warns that it is deprecated."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return _of_torch(torch.jit.load(folder / asked["file"]))


def run_code(folder: Path, asked: Asked) -> tuple[Call, str]:
    """Import the Python file, and give its model the weights that the others hold."""
    return _of_torch(_model(folder, asked, folder / asked["state"]))


def run_weights(folder: Path, asked: Asked) -> tuple[Call, str]:
    """Load a file of weights into the model of the Python file."""
    return _of_torch(_model(folder, asked, folder / asked["file"]))


def run_notebook(folder: Path, asked: Asked) -> tuple[Call, str]:
    """Run all cells from top to bottom; a model that loaded no weights is given those."""
    os.chdir(folder)
    cells = json.loads((folder / asked["file"]).read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
    model = names["model"]
    if not asked["has_weights"]:
        model.load_state_dict(_read(folder / asked["state"]))
    return _of_torch(model.eval())


RUNNERS: Final[Mapping[str, Callable[[Path, Asked], tuple[Call, str]]]] = {
    "onnx": run_onnx,
    "pt2": run_pt2,
    "torchscript": run_torchscript,
    "code": run_code,
    "weights": run_weights,
    "notebook": run_notebook,
}


def _model(folder: Path, asked: Asked, weights: Path) -> nn.Module:
    path = folder / asked["module"]
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    model: nn.Module = getattr(module, asked["class"])()
    model.load_state_dict(_read(weights))
    return model.eval()


def _read(path: Path) -> Mapping[str, Tensor]:
    if path.suffix == ".safetensors":
        import safetensors.torch

        found: Mapping[str, Tensor] = safetensors.torch.load_file(path)
        return found
    stored: Mapping[str, Tensor] = torch.load(path, weights_only=True)
    return stored


def _of_torch(model: Callable[..., Any]) -> tuple[Call, str]:
    def call(batch: Batch) -> Sequence[Tensor]:
        results = model(*batch)
        return [results] if isinstance(results, Tensor) else list(results)

    return call, f"torch {torch.__version__}"


def results_and_times(
    call: Call, batches: Sequence[Batch]
) -> tuple[list[list[Tensor]], dict[str, float]]:
    """Return what is given for each batch, and the milliseconds of a batch by its size.

    What is drawn at random begins anew with each batch.
    """
    results: list[list[Tensor]] = []
    times: dict[str, float] = {}
    with torch.no_grad():
        for batch in batches:
            torch.manual_seed(0)
            results.append([each.detach() for each in call(batch)])
        for batch in batches:
            size = str(len(batch[0]) if batch and batch[0].ndim else 1)
            if size not in times:
                times[size] = _milliseconds(call, batch)
    return results, times


def _milliseconds(call: Call, batch: Batch) -> float:
    """Return the median of a few calls, of one where it takes long."""
    taken: list[float] = []
    while len(taken) < _TIMES and sum(taken) < _SECONDS:
        began = time.perf_counter()
        call(batch)
        taken.append(time.perf_counter() - began)
    return 1000 * median(taken)


def _end_with_parent(folder: Path) -> None:
    """End this process, and remove its folder, when whoever started it is gone."""

    def watch() -> None:
        sys.stdin.buffer.read()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def main(folder: Path) -> None:
    """Run all that is asked for, one after the other."""
    _end_with_parent(folder)
    telling = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what the files print is nobody's news
    torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))  # all of them spin against others
    batches = torch.load(folder / "inputs.pt", weights_only=True)
    for asked in json.loads((folder / "asked.json").read_text(encoding="utf-8")):
        told: dict[str, Any] = {"number": asked["number"]}
        try:
            call, told["runtime"] = RUNNERS[asked["how"]](folder, asked)
            results, told["milliseconds"] = results_and_times(call, batches)
            torch.save(results, folder / f"results-{asked['number']}.pt")
        except Exception as error:  # whatever the runtime raises: that is what is asked
            told["error"] = f"{type(error).__name__}: {error}"
        print(json.dumps(told), file=telling, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
