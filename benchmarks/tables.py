"""Reading a CSV file of 1,000,000 × 20 numbers: CPU and peak memory, against polars and pandas.

Each reads in a process of its own, the fastest of three counts. The aims: at most twice the CPU
time of polars, and a peak below three times the size of the arrays.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

ROWS, COLUMNS = 1_000_000, 20
_AROUND = """
import resource, sys, time
{imports}
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before, began = peak(), time.process_time()
{read}
print(time.process_time() - began, peak() - before)
"""
READERS = {
    "polars": ("import polars", "found = polars.read_csv(sys.argv[1])"),
    "pandas": ("import pandas", "found = pandas.read_csv(sys.argv[1])"),
    "layerweft": (
        "import polars\nfrom app.data.reading import load\nfrom graph_model.recipe import Choice",
        "found = load(Choice('csv', {'path': sys.argv[1]}))",
    ),
}


def main() -> int:
    """Print what each reader took; return 1 where an aim is missed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "numbers.csv")
        _write(path)
        figures = {name: _measured(path, *reader) for name, reader in READERS.items()}
    size = 4 * ROWS * COLUMNS / 2**20
    for name, (cpu, peak) in figures.items():
        print(
            f"{name:10} {cpu:5.2f} s of CPU, {cpu / figures['polars'][0]:4.2f} × polars; "
            f"peak {peak:4.0f} MiB, {peak / size:4.2f} × the arrays"
        )
    cpu, peak = figures["layerweft"]
    return int(cpu > 2 * figures["polars"][0] or peak > 3 * size)


def _write(path: Path) -> None:
    random = np.random.default_rng(0)
    with path.open("w") as file:
        file.write(",".join(f"c{index}" for index in range(COLUMNS)) + "\n")
        for _ in range(ROWS // 50_000):
            rows = random.normal(size=(50_000, COLUMNS)).tolist()
            file.writelines(",".join(f"{value:.5f}" for value in row) + "\n" for row in rows)


def _measured(path: Path, imports: str, read: str) -> tuple[float, float]:
    program = _AROUND.format(imports=imports, read=read)
    found = []
    for _ in range(3):
        command = [sys.executable, "-c", program, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        cpu, peak = map(float, done.stdout.split())
        found.append((cpu, peak))
    return min(found)


if __name__ == "__main__":
    sys.exit(main())
