"""What is said of a place while the mouse rests there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF

from app.canvas.tips import tip
from app.language.i18n import translations
from app.panels.argument_form import ArgumentForm
from app.project.document import Document
from app.project.examples import load_example
from graph_model.layers import LAYERS
from graph_model.network import Project, set_arguments
from tests.app.panels.conftest import chain
from tests.codegen.model.test_open_inputs import ATTEND, using

BATCH = "Sequences have the batch first, then the steps (batch_first = True)."
STEPS = "Sequences have the steps first, then the batch (batch_first = False)."


class TestSequences:
    @pytest.fixture
    def document(self, qapp) -> Document:
        return Document(load_example("text-classifier"))

    def _lstm(self, document) -> str:
        return next(id for id, node in document.network.nodes.items() if node.name == "lstm")

    def test_a_layer_for_sequences_and_its_ports_tell_the_order(self, view, document):
        lstm = self._lstm(document)
        card = view.canvas.cards[lstm]
        assert tip(view, card.port("input", is_input=True)).splitlines()[-1] == BATCH
        assert BATCH not in tip(view, card.port("h_0", is_input=True))
        lines = tip(view, card.pos() - QPointF(60, 0)).splitlines()
        assert lines[-2:] == ["128→128 bidirectional on", BATCH]
        changed = set_arguments(document.network, lstm, {"batch_first": False})
        document.edit_network(changed, "")
        assert tip(view, card.port("output", is_input=False)).splitlines()[-1] == STEPS

    def test_so_does_a_wire_that_leads_there(self, view, document):
        lstm = self._lstm(document)
        wire = next(each for each in view.canvas.wires.values() if each.edge.target.node == lstm)
        middle = wire.path().pointAtPercent(0.5)
        assert tip(view, middle).splitlines()[-1] == BATCH


class TestRounding:
    @pytest.fixture
    def document(self, qapp) -> Document:
        shape = {"shape": ("N", 3, "L"), "multiples": ("L", 4)}
        return Document(chain(("Input", shape), *[("MaxPool1d", {})] * 3, ("Output", {})))

    def test_a_size_that_is_rounded_says_so(self, view, document):
        outputs = [
            tip(view, card.port("output", is_input=False)).splitlines()
            for card in view.canvas.cards.values()
            if card.content.outputs
        ]
        shown = [lines[0] for lines in outputs]
        assert shown == [f"output: N×3×{size} float32" for size in ("L", "L/2", "L/4", "L//8")]
        rounded = "“//” rounds down. The Input can state: L divisible by 8."
        assert [lines[-1] == rounded for lines in outputs] == [False, False, False, True]
        batch = document.project.recipe.batch_size
        assert outputs[2][1] == f"{batch}×3×2, L = 8, N = {batch}"

    def test_what_is_stated_follows_the_language(self, view, qapp):
        (card,) = (each for each in view.canvas.cards.values() if each.content.kind == "Input")
        assert card.content.summary == "L divisible by 4, L at least 8"
        translations().use("zh_CN")
        try:
            qapp.processEvents()
            assert "L" in card.content.summary
            assert "divisible" not in card.content.summary
        finally:
            translations().use("en")


class TestOpenPorts:
    @pytest.fixture
    def document(self, qapp) -> Document:
        return Document(Project({"main": using("s").network, "attend": ATTEND}, "main"))

    def test_a_port_says_what_it_is_while_nothing_is_connected(self, view, document):
        card = view.canvas.cards["part1"]
        said = {
            name: tip(view, card.port(name, is_input=True)).splitlines()[0]
            for name in card.content.inputs
        }
        assert said == {
            "x": "x: N×T×8 float32",
            "mask": "mask: left out unless connected",
            "scale": "scale: N×1×8 float32",
            "shift": "shift: 1 unless connected",
        }
        assert card.content.optional == {1, 2, 3}

    def test_an_input_is_left_open_within_a_block_alone(self, view, document, qtbot):
        def shown(node: str) -> set[str]:
            form = ArgumentForm(document, document.network.nodes[node], LAYERS["Input"])
            qtbot.addWidget(form)
            return {field.parameter.name for field in form.fields} & {"optional", "default"}

        assert shown("factor") == set()
        document.enter("part1")
        assert shown("scale") == {"optional", "default"}
        assert view.canvas.cards["mask"].content.shape == ""
        assert view.canvas.cards["scale"].content.summary == "= 0.5"
        assert not any(document.state.problems_of(id) for id in document.network.nodes)
