"""Beginning to train on a large ``.npz``, against reading it with NumPy.

``python -m benchmarks.arrays [MEGABYTES]`` writes pictures as float32, then reads them in processes
of their own: with NumPy, and up to the first steps of a training. It prints CPU seconds, and how
much memory each took at its peak beyond what it had before, as a multiple of the file. The aim is
less than 1.2.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

AIM = 1.2


def main() -> int:
    """Print both, and return 1 where the aim is missed."""
    if len(sys.argv) > 2:
        print(json.dumps(_WAYS[sys.argv[1]](Path(sys.argv[2]))))
        return 0
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "large.npz")
        _write(path, size * 2**20)
        found = {way: _measured(way, path) for way in _WAYS}
    for way, (seconds, share) in found.items():
        print(f"{way:10} {seconds:6.2f} s of CPU, a peak of {share:4.2f} × the file")
    return int(found["training"][1] > AIM)


def _write(path: Path, size: int) -> None:
    count = size // (3 * 32 * 32 * 4)
    random = np.random.default_rng(0)
    whole = np.empty((count, 3, 32, 32), np.float32)
    for start in range(0, count, 1000):
        whole[start : start + 1000] = random.random(whole[start : start + 1000].shape)
    np.savez(path, X=whole, y=np.arange(count) % 4)


def _measured(way: str, path: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.arrays", way, str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, peak = json.loads(told)
    return seconds, peak / path.stat().st_size


def _numpy(path: Path) -> tuple[float, int]:
    before, began = _peak(), time.process_time()
    with np.load(path) as file:
        total = sum(float(file[name].sum()) for name in file)
    assert total
    return time.process_time() - began, _peak() - before


def _training(path: Path) -> tuple[float, int]:
    from app.runs.events import Failed, Steps
    from app.training.engine import train
    from graph_model.recipe import Choice, Recipe
    from tests.app.training.networks import chain
    from tests.app.training.running import job

    network = chain(
        ("Input", {"shape": ("N", 3, 32, 32)}),
        ("Conv2d", {"out_channels": 4, "kernel_size": 7, "stride": 8}),
        ("Flatten", {}),
        ("Linear", {"out_features": 4}),
        ("Output", {}),
    )
    recipe = Recipe(Choice("npz", {"path": str(path)}), batch_size=64, epochs=1)
    list(train(job(network, Recipe(Choice("digits"), epochs=1))))  # imports what there is
    before, began = _peak(), time.process_time()
    for event in train(job(network, recipe)):
        if isinstance(event, Failed):
            raise SystemExit(event.problem.message)
        if isinstance(event, Steps) and event.step > 10:
            break
    return time.process_time() - began, _peak() - before


def _peak() -> int:
    """Return the most memory that this process has had, in bytes."""
    status = Path("/proc/self/status").read_text()  # getrusage counts what came before exec, too
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


_WAYS = {"numpy": _numpy, "training": _training}

if __name__ == "__main__":
    sys.exit(main())
