"""Tables in the Data workspace: why is in view, texts and pictures have settings and Inputs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from graph_model.problems import Problem
from graph_model.recipe import Choice
from tests.app.data_panel.test_panel import texts


@pytest.fixture
def homes(tmp_path):
    """Return a table of numbers, texts and pictures."""
    rows = []
    for n in range(40):
        Image.new("RGB", (9, 9), (6 * n, 90, 120)).save(tmp_path / f"{n}.png")
        rows.append(f'{n % 7},"A home with {n} windows near the {"park" if n % 2 else "sea"}",'
                    f"{n}.png,{n * 1.5}")  # fmt: skip
    (tmp_path / "homes.csv").write_text("\n".join(["rooms,text,photo,price", *rows]))
    return tmp_path / "homes.csv"


def test_why_is_in_view_beside_the_role_in_a_small_window(use, homes):
    panel = use("csv", homes)
    view, fields = panel.columns, panel.columns.model.fields
    end = fields.index("why")
    width = sum(view.table.columnWidth(place) for place in range(end + 1))
    assert width <= view.table.viewport().width() <= 660
    view._tell(view.model.index(1, 0))
    assert view.detail.toolTip() == (
        "text  ·  text: it is free text, whose tokens can enter an Input of their own"
    )


def test_roles_of_texts_and_pictures_can_be_chosen_and_taken_back(use, homes, document):
    panel = use("csv", homes)
    assert texts(panel, "role") == ["number", "text", "picture", "target"]
    model = panel.columns.model
    menu = panel.columns.menu_for(model.index(1, model.fields.index("role")))
    words = [each.text() for each in menu.actions() if each.text()]
    assert "text (proposed)" in words
    assert {"number", "category", "date", "picture", "target", "group", "weight", "ignore"} < {
        *words
    }
    next(each for each in menu.actions() if each.text() == "ignore").trigger()
    assert document.project.recipe.data.arguments["roles"] == ("text", "ignore")


def test_settings_of_texts_and_pictures_are_there_where_a_table_has_some(use, homes, table):
    panel = use("csv", homes)
    form = panel.source.choice._form
    assert form is not None
    assert {"tokens", "length", "size", "fit"} <= set(form._rows)
    rows = use("csv", table).source.choice._form._rows
    assert {"tokens", "length", "size", "fit"}.isdisjoint(rows)


def test_what_can_no_longer_be_read_is_said_in_place_of_the_old_batch(use, table, document, qtbot):
    panel = use("csv", table)
    assert panel.given.batch.isVisible()
    table.unlink()
    recipe = document.project.recipe
    document.edit(replace(document.project, recipe=replace(recipe, seed=recipe.seed + 1)), "seed")
    qtbot.waitUntil(lambda: not panel._looker.is_busy, timeout=20_000)
    panel._take(Problem("data_not_found", {"path": "t.csv", "what": "file"}))
    assert not panel.given.batch.isVisible()
    assert panel.given._why_not.isVisible()
    assert panel.given._why_not.text() == "t.csv: there is no such file."
    other = replace(recipe, data=Choice("csv", {"path": "/none/t.csv"}))
    document.edit(replace(document.project, recipe=other), "data")
    qtbot.waitUntil(lambda: panel._watch.facts is not None, timeout=20_000)
    assert not panel.given.batch.isVisible()
    assert not panel.given._why_not.isVisible()
