"""A sample of a table is told under the names of its columns, as the table has it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.data.reading import load
from app.data.sample_columns import sample_cells, sample_columns
from graph_model.recipe import Choice


def test_cells_are_those_of_the_table(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    rows = [f"{n}.5,{('red', 'blue')[n % 2]},{'' if n == 3 else n * 10},{n % 3}" for n in range(30)]
    path.write_text("size,colour,weight,kind\n" + "\n".join(rows) + "\n")
    data = load(Choice("csv", {"path": str(path), "target": "kind"}))
    columns = sample_columns(data)
    assert columns == ("size", "colour", "weight")
    assert sample_cells(data, columns, 7) == ("7.5", "blue", "70")
    assert sample_cells(data, columns, 3) == ("3.5", "blue", "")


def test_arrays_have_the_names_of_single_columns_or_numbers(tmp_path: Path) -> None:
    iris = load(Choice("iris"))
    columns = sample_columns(iris)
    assert "petal width" in columns
    assert iris.facts.target not in columns
    np.savez(tmp_path / "a.npz", x=np.eye(4, 3, dtype=np.float32), y=np.arange(4) % 2)
    data = load(Choice("npz", {"path": str(tmp_path / "a.npz")}))
    columns = sample_columns(data, ["y"])
    assert columns == ("0", "1", "2")
    assert sample_cells(data, columns, 1) == ("0", "1", "0")
    assert sample_columns(load(Choice("digits"))) == ()
