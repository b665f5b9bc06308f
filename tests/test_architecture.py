"""The rules on which module may know which, held by import-linter and by a fresh process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def test_import_contracts_hold(root: Path) -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("graph_model.infer", {"torch", "PySide6", "numpy", "sklearn"}),
        ("codegen.emit", {"torch", "PySide6"}),
        ("app.cli", {"torch", "PySide6", "sklearn"}),
        ("app.main_window", {"torch", "sklearn"}),
    ],
)
def test_importing_leaves_heavy_packages_alone(root: Path, module: str, absent: set[str]) -> None:
    text = f"import sys, {module}; print(sorted(set(sys.modules) & {absent!r}))"
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_no_file_is_beyond_reading(root: Path) -> None:
    lengths = {
        path.relative_to(root).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for package in ("app", "graph_model", "codegen", "tests", "benchmarks", "tools")
        for path in (root / package).rglob("*.py")
    }
    assert not {name: length for name, length in lengths.items() if length > 450}
