"""The source of series, and the settings that bundled series have as well."""

from __future__ import annotations

from typing import Final

from graph_model.recipes.source_kinds.kind import (
    JOIN_TIMES,
    NORMALIZE,
    NORMALIZE_TARGET,
    Origin,
    SourceKind,
)
from graph_model.values import Parameter, boolean, choice, integer, number, path, text

WINDOWS: Final[tuple[Parameter, ...]] = (
    integer("window", None, "How many steps of the past a sample has; two seasons where empty."),
    integer("horizon", 1, "How many steps ahead are forecast.", maximum=10_000),
    number(
        "validation",
        0.15,
        "Share of the time that validates, after what trains.",
        above=0,
        maximum=0.8,
    ),
    number("test", 0.15, "Share of the time that tests, at the end.", minimum=0, maximum=0.8),
    boolean(
        "apart",
        True,
        "Leave a whole window free between the splits, so that they have no value in common.",
    ),
    NORMALIZE,
    NORMALIZE_TARGET,
)

SERIES: Final = (
    SourceKind(
        "series",
        "A table over time: windows of one or several variables, and what comes after them.",
        (
            path("path", "The table, one row for each moment."),
            text("time", "", "The column of times; found by what it holds where empty."),
            text("columns", "", "What is looked at, with commas; all columns of numbers if empty."),
            text("target", "", "What is forecast, with commas; the last column where empty."),
            choice(
                "missing",
                ("last", "leave_out", "refuse"),
                "last",
                "What becomes of missing values: the last one before, or no window over them.",
            ),
            text(
                "group",
                "",
                "The column that tells several series apart, such as one of sensors; found where "
                "moments repeat if empty.",
            ),
            JOIN_TIMES,
            choice(
                "gaps",
                ("auto", "apart", "fill", "join"),
                "auto",
                "What becomes of moments that lack: no window over them, a row that is as the one "
                "before, or the next row follows at once.",
            ),
            *WINDOWS,
        ),
        "Series over time",
        Origin.FILE,
    ),
)
BUNDLED_SERIES: Final = (
    SourceKind(
        "sunspots",
        "How many spots the sun had, each year from 1700 to 2008.",
        WINDOWS,
        "Sunspots",
    ),
    SourceKind(
        "co2",
        "Carbon dioxide in the air of Mauna Loa, each week from 1958 to 2001.",
        WINDOWS,
        "Carbon dioxide",
    ),
)
