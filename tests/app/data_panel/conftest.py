"""A window that shows the Data workspace, and files for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.data_panel.panel import DataPanel
from app.project.document import Document
from app.project.examples import load_example
from app.training_panel.data_watch import DataWatch
from app.widgets.arrangement import Arrangement
from graph_model.recipe import Choice


@pytest.fixture
def document(qtbot: QtBot, look) -> Document:
    return Document(load_example("iris-mlp"))


@pytest.fixture
def watch(document: Document) -> DataWatch:
    return DataWatch(document)


@pytest.fixture
def panel(document: Document, watch: DataWatch, qtbot: QtBot) -> DataPanel:
    panel = DataPanel(document, watch, Arrangement())
    qtbot.addWidget(panel)
    panel.resize(1280, 760)
    panel.show()
    return panel


@pytest.fixture
def use(panel: DataPanel, document: Document, watch: DataWatch, qtbot: QtBot):
    """Return a function that chooses data and waits until all of them is shown."""

    def choose(kind: str, path: Path | None = None, **arguments) -> DataPanel:
        given = {"path": str(path)} if path else {}
        recipe = replace(document.project.recipe, data=Choice(kind, {**given, **arguments}))
        document.edit(replace(document.project, recipe=recipe), "data")
        shown(panel, watch, qtbot)
        return panel

    return choose


def shown(panel: DataPanel, watch: DataWatch, qtbot: QtBot) -> None:
    """Wait until all that is known of the data is shown."""
    qtbot.waitUntil(lambda: watch.facts is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not panel._looker.is_busy, timeout=20_000)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """60 flowers in a table: a number, a word, and a class of three."""
    rows = [f"{n / 2},{'ab'[n % 2]},{'xyz'[n % 3]}" for n in range(60)]
    path = tmp_path / "flowers.csv"
    path.write_text("\n".join(["size,side,kind", *rows]), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures of two colours: 12 red ones and 4 blue ones."""
    for name, colour, count in (("red", (255, 0, 0), 12), ("blue", (0, 0, 255), 4)):
        (tmp_path / "pictures" / name).mkdir(parents=True)
        for number in range(count):
            picture = Image.fromarray(np.full((8, 8, 3), colour, np.uint8))
            picture.save(tmp_path / "pictures" / name / f"{number}.png")
    return tmp_path / "pictures"
