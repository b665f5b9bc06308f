"""Writes the example projects and the ready blocks: ``python -m tools.make_examples``."""

from __future__ import annotations

from pathlib import Path

from app.project.examples import EXAMPLES
from app.project.ready_blocks import READY_BLOCKS
from app.resources import RESOURCES
from graph_model.files.storage import save
from graph_model.inference.infer import infer
from graph_model.network import Project
from tools.examples.catalogue import BLOCKS, NETWORKS


def main() -> None:
    """Write every example and every block."""
    for name in READY_BLOCKS:
        _write(BLOCKS[name](), RESOURCES / "blocks" / f"{name}.weft")
    for example in EXAMPLES:
        _write(NETWORKS[example.name](), example.path)


def _write(project: Project, path: Path) -> None:
    found = infer(project.network, blocks=project.networks)
    assert not found.problems, [problem.message for problem in found.problems]
    save(project, path)
    print(f"{path.name}: {found.parameter_count:,} parameters")


if __name__ == "__main__":
    main()
