"""Training on pictures that are read as needed, against a DataLoader with two workers.

``python -m benchmarks.pictures [PICTURES]`` makes JPEG files, trains a tiny network on them twice
through, and prints pictures a second and how many cores were kept busy. The aims: as fast as the
peer within a tenth, and nine tenths of two cores. Both train on all pictures but those that ours
keeps aside, which are evaluated within its epoch and so are counted.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset

from app.data.pictures import loading
from app.runs.events import EpochEnded, Failed
from app.runs.job import Job
from app.training.engine import train
from graph_model.network import Edge, Network, Node, Port, Project
from graph_model.recipe import Choice, Recipe

STORED, SIZE, BATCH, EPOCHS = 384, 192, 32, 2


def main() -> int:
    """Print both, and return 1 where an aim is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), count)
        ours, peer = _ours(Path(folder), count), _peer(Path(folder))
    for name, (speed, cores) in (("layerweft", ours), ("DataLoader", peer)):
        print(f"{name:10} {speed:6.0f} pictures/s, {speed / peer[0]:4.2f} ×; {cores:4.2f} cores")
    return int(ours[0] < 0.9 * peer[0] or ours[1] < 0.9 * min(2, os.cpu_count() or 1))


def _write(folder: Path, count: int) -> None:
    random = np.random.default_rng(0)
    for number in range(count):
        path = folder / "ab"[number % 2] / f"{number}.jpg"
        path.parent.mkdir(exist_ok=True)
        coarse = random.integers(0, 255, (32, 32, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((STORED, STORED)).save(path, quality=90)


def _used() -> float:
    """Return the seconds of CPU that this process and those that it ended have used."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _ours(folder: Path, count: int) -> tuple[float, float]:
    """Return pictures a second and cores used in the last epoch."""
    loading.LARGE = 0  # none of them is held in memory
    data = Choice("image_folder", {"path": str(folder), "size": SIZE})
    recipe = Recipe(data, epochs=EPOCHS, batch_size=BATCH, test_fraction=0)
    began = time.perf_counter(), _used()
    figures = (0.0, 0.0)
    for event in train(Job(Project({"main": _network()}, "main", recipe=recipe), threads=1)):
        if isinstance(event, Failed):
            raise SystemExit(event.problem.message)
        now = time.perf_counter(), _used()
        if isinstance(event, EpochEnded):
            seconds = now[0] - began[0]
            figures = count / seconds, (now[1] - began[1]) / seconds
            began = now
    return figures


def _network() -> Network:
    arguments = {
        "Input": {"shape": ("N", 3, SIZE, SIZE)},
        "Conv2d": {"out_channels": 4, "kernel_size": 7, "stride": 8},
        "AdaptiveAvgPool2d": {"output_size": 1},
        "Flatten": {},
        "Linear": {"out_features": 2},
        "Output": {},
    }
    nodes = {kind: Node(kind, kind, f"{kind.lower()}1", each) for kind, each in arguments.items()}
    edges = (
        Edge(Port(one, "output"), Port(other, "input")) for one, other in pairwise([*arguments])
    )
    return Network("main", "Tiny", nodes, {each.target: each for each in edges})


class _Pictures(Dataset[torch.Tensor]):
    def __init__(self, folder: Path) -> None:
        self.paths = sorted(folder.glob("*/*.jpg"))

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: int) -> torch.Tensor:
        with Image.open(self.paths[index]) as picture:
            picture.draft("RGB", (2 * SIZE, 2 * SIZE))
            small = picture.convert("RGB").resize((SIZE, SIZE), Image.Resampling.BILINEAR)
        return torch.from_numpy(np.asarray(small, np.float32) / 255).permute(2, 0, 1)


def _peer(folder: Path) -> tuple[float, float]:
    """Return the same of a loop by hand over a DataLoader."""
    torch.set_num_threads(1)
    model = torch.nn.Sequential(
        torch.nn.Conv2d(3, 4, 7, 8),
        torch.nn.AdaptiveAvgPool2d(1),
        torch.nn.Flatten(),
        torch.nn.Linear(4, 2),
    )
    optimizer = torch.optim.Adam(model.parameters())
    pictures = _Pictures(folder)
    figures = (0.0, 0.0)
    for _ in range(EPOCHS):
        began = time.perf_counter(), _used()
        for batch in DataLoader(pictures, BATCH, shuffle=True, num_workers=2):
            optimizer.zero_grad()
            model(batch).sum().backward()
            optimizer.step()
        seconds = time.perf_counter() - began[0]
        figures = len(pictures) / seconds, (_used() - began[1]) / seconds
    return figures


if __name__ == "__main__":
    sys.exit(main())
