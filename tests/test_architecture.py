"""The rules on which module may know which, held by import-linter and by fresh processes."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PACKAGES = ("app", "graph_model", "codegen")
BREACHES = {
    "graph_model/dims.py": "import graph_model.inference.infer",
    "graph_model/naming.py": "from codegen.names import class_name; import torch",
    "codegen/names.py": "import pyqtgraph; from codegen.build import build",
    "codegen/literals.py": "import torch.nn",
    "codegen/model/lower_class.py": "from codegen.emit import source",
    "app/runs/events.py": "import torch; from PySide6.QtCore import QObject",
    "app/layout/measures.py": "from PySide6.QtCore import QPointF",
    "app/resources.py": "import app.cli",
    "app/settings.py": "import torch",
}
"""One line for the end of each of these files; together they break every contract."""


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def check_contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    return run(Path(sys.executable).with_name("lint-imports"), "--no-cache", folder=folder)


@pytest.fixture(scope="module")
def contracts(root: Path) -> list[dict[str, Any]]:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return list(settings["tool"]["importlinter"]["contracts"])


def test_import_contracts_hold(root: Path) -> None:
    done = check_contracts(root)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_contract_can_be_broken(
    root: Path, tmp_path: Path, contracts: list[dict[str, Any]]
) -> None:
    shutil.copy(root / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        shutil.copytree(root / package, tmp_path / package)
    for name, line in BREACHES.items():
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    done = check_contracts(tmp_path)
    kept = [each["name"] for each in contracts if f"{each['name']} BROKEN" not in done.stdout]
    assert not kept, done.stdout + done.stderr


def test_only_training_watching_explaining_and_exporting_import_torch(root: Path) -> None:
    using_torch = {
        path.relative_to(root / "app").parts[0]
        for path in (root / "app").rglob("*.py")
        if "torch" in imported_packages(path)
    }
    assert using_torch == {
        "attribution",
        "exporting",
        "inspecting",
        "observing",
        "pruning",
        "quantising",
        "training",
    }


def imported_packages(path: Path) -> set[str]:
    """The top-level packages that a file imports anywhere, not counting those for types alone."""
    return {name.partition(".")[0] for name in _imported(ast.parse(path.read_text("utf-8")))}


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
        yield from _imported(node)


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("graph_model.inference.infer", {"torch", "PySide6", "numpy", "sklearn"}),
        ("codegen.emit", {"torch", "PySide6", "numpy", "sklearn"}),
        ("app.cli", {"torch", "PySide6", "numpy", "sklearn", "networkx"}),
        ("app.commands.check", {"torch", "PySide6", "numpy", "sklearn"}),
        ("app.opening", {"torch", "sklearn", "numpy", "pygments", "pyqtgraph", "networkx"}),
    ],
)
def test_importing_leaves_heavy_packages_alone(root: Path, module: str, absent: set[str]) -> None:
    text = f"import sys, {module}; print(sorted(set(sys.modules) & {absent!r}))"
    done = run(sys.executable, "-c", text, folder=root)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_resources_hold_no_python(root: Path) -> None:
    assert (root / "resources").is_dir()
    assert not list((root / "resources").rglob("*.py"))


def test_no_file_is_beyond_reading(root: Path) -> None:
    limits = dict.fromkeys((*PACKAGES, "benchmarks", "tools"), 400) | {"tests": 500}
    too_long = {
        path.relative_to(root).as_posix(): length
        for package, limit in limits.items()
        for path in (root / package).rglob("*.py")
        if (length := len(path.read_text(encoding="utf-8").splitlines())) > limit
    }
    assert not too_long
