"""Whatever role, type or filling a column is given, it is taken or refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pytest

from app.data.gaps import FILLINGS
from app.data.preview import preview
from app.data.reading import describe, load
from graph_model.inference.infer import infer
from graph_model.network import Network
from graph_model.problems import Problem
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.columns import CODINGS, ROLES, TYPES, with_decision

COLUMNS: Final[dict[str, Callable[[int], str]]] = {
    "number": lambda at: f"{at * 37 % 101 / 7:.3f}",
    "gap": lambda at: "" if at % 4 == 0 else f"{at % 9}.5",
    "word": lambda at: ("", "red", "green", "blue")[at % 4],
    "day": lambda at: "" if at % 5 == 0 else f"2020-{at % 12 + 1:02}-{at % 28 + 1:02}",
    "text": lambda at: f"this is a rather long sentence of number {at} in the table",
    "path": lambda at: f"picture{at}.png",
    "empty": lambda at: "",
    "mixed": lambda at: "12" if at % 2 else "x1",
}
DECISIONS: Final = (
    *(("roles", role) for role in ROLES),
    *(("types", each) for each in TYPES),
    *(("codings", each) for each in CODINGS),
    *(("fillings", each) for each in (*FILLINGS, "7", "x")),
)
HEAD: Final = ",".join(["other", *COLUMNS, "y"])


def table(csv: Callable[[str], str]) -> Choice:
    rows = (
        ",".join([str(at * 7 % 13), *(cell(at) for cell in COLUMNS.values()), "ny"[at % 3 > 0]])
        for at in range(24)
    )
    return Choice("csv", {"path": csv("\n".join([HEAD, *rows]) + "\n")})


@pytest.mark.parametrize("column", COLUMNS)
def test_it_is_taken_or_refused_in_a_sentence(csv: Callable[[str], str], column: str) -> None:
    network = infer(Network("main", "Net"))
    for parameter, word in DECISIONS:
        choice = with_decision(table(csv), parameter, column, word)
        facts = describe(choice)
        if isinstance(facts, Problem):
            assert facts.message.endswith("."), (parameter, word)
            continue
        looked_at = preview(Recipe(choice), network, facts)
        assert not isinstance(looked_at, Problem) or looked_at.message.endswith(".")


def test_words_that_are_to_be_dates_are_told_to_be_none(csv: Callable[[str], str]) -> None:
    data = load(with_decision(table(csv), "roles", "mixed", "date"))
    note = next(each for each in data.facts.notes if each.code == "table_odd_dates")
    assert (note.values["column"], note.values["count"]) == ("mixed", "24")
    assert np.isnan(data.arrays["mixed"]).all()
    rows = with_decision(with_decision(table(csv), "roles", "mixed", "date"), "fillings", "mixed",
                         "leave_out")  # fmt: skip
    refused = describe(rows)
    assert isinstance(refused, Problem)
    assert refused.code == "data_too_few"
