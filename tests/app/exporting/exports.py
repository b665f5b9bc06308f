"""Exports of single networks in tests."""

from __future__ import annotations

from pathlib import Path

from app.exporting.writer import Export
from graph_model.inference.infer import infer
from graph_model.network import Network, Project


def export_of(network: Network, path: Path, *targets: str, weights: Path | None = None) -> Export:
    """Return the export of a network with these targets beside it."""
    project = Project({network.id: network}, network.id)
    return Export(project, infer(network), path, targets, weights)
