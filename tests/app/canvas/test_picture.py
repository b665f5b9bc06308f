"""Pictures of the network in files, read back by others than those who wrote them."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.canvas.picture import WRITERS, write_picture
from app.canvas.save_picture import save_picture
from app.look.theme import DARK, LIGHT
from app.project.state import Step, Trail, first_state
from graph_model.network import Project, empty_project
from tests.app.canvas.conftest import chain_project
from tests.codegen.blocks import SAMPLES


def test_an_svg_holds_the_words_as_text(themes, tmp_path):
    path = tmp_path / "net.svg"
    write_picture(chain_project(), path, LIGHT)
    text = " ".join(ElementTree.parse(path).getroot().itertext())
    for word in ("fc1", "Linear", "N×4", "relu1", "Net"):
        assert word in text


def test_blocks_their_repeats_and_what_they_share_are_in_the_picture(themes, tmp_path):
    path = tmp_path / "net.svg"
    project = Project(SAMPLES["encoder"], "main")
    write_picture(project, path, LIGHT)
    root = ElementTree.parse(path).getroot()
    text = " ".join(root.itertext())
    for word in ("Encoder block", "×6", "head", "padding"):
        assert word in text
    assert LIGHT.family("block").name() in path.read_text(encoding="utf-8").lower()


def test_the_inside_of_a_block_is_drawn_with_the_shapes_of_its_use(themes, tmp_path):
    path = tmp_path / "net.svg"
    project = Project(SAMPLES["encoder"], "main")
    write_picture(project, path, LIGHT, Trail("main", (Step("encoder"),)))
    text = " ".join(ElementTree.parse(path).getroot().itertext())
    assert "norm1" in text
    assert "N×T×192" in text  # four times 48, which the use gives
    assert "embedding" not in text


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda each: each.name)
def test_a_png_shows_the_cards_on_the_canvas(themes, tmp_path, theme):
    path = tmp_path / "net.png"
    write_picture(chain_project(), path, theme)
    with Image.open(path) as picture:
        assert picture.size[1] > picture.size[0] > 400
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24)}
    for wanted in (theme.color("canvas"), theme.color("raised"), theme.family("linear")):
        assert (wanted.red(), wanted.green(), wanted.blue()) in colours


def test_a_pdf_has_one_page_of_the_network_s_size(themes, tmp_path):
    path = tmp_path / "net.pdf"
    write_picture(chain_project(), path, LIGHT)
    data = path.read_bytes()
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("suffix", WRITERS)
def test_an_empty_network_gives_an_empty_picture(themes, tmp_path, suffix):
    path = tmp_path / f"net{suffix}"
    write_picture(empty_project(), path, LIGHT)
    assert path.stat().st_size > 0


def test_the_picture_is_saved_where_one_asks(qtbot, themes, tmp_path, monkeypatch):
    window = QWidget()
    qtbot.addWidget(window)
    chosen = str(tmp_path / "drawn")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, "PDF (*.pdf)"))
    assert (
        save_picture(first_state(chain_project()), tmp_path / "net", window)
        == tmp_path / "drawn.pdf"
    )
    assert (tmp_path / "drawn.pdf").read_bytes().startswith(b"%PDF")


def test_a_place_that_cannot_be_written_is_told(qtbot, themes, tmp_path, monkeypatch):
    window = QWidget()
    qtbot.addWidget(window)
    chosen = str(tmp_path / "missing" / "net.svg")
    told = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, "SVG (*.svg)"))
    monkeypatch.setattr(QMessageBox, "warning", lambda *said: told.append(said))
    assert save_picture(first_state(chain_project()), tmp_path / "net", window) is None
    assert "net.svg" in told[0][1]
