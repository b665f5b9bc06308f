"""What is said of archives that become a drawing with their weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.kind import ProblemKind, error, warning

ARCHIVES: Final[Mapping[str, ProblemKind]] = {
    "archive_damaged": error("{path} cannot be read as {format}: {reason}."),
    "archive_outside": error(
        "The weights of {name} are said to lie at “{place}”, outside the folder of the model. "
        "Put them beside it."
    ),
    "archive_input_missing": error("{node} ({op}) reads “{name}”, which nothing gives."),
    "archive_no_output": error("The output “{name}” is given by nothing."),
    "archive_not_whole": error("{node} ({op}) cannot be drawn, nor stood for: {reason}."),
    "archive_unknown": warning(
        "{node}: the operation {op} is not known here. A custom layer stands in its place, whose "
        "text is yet to be written."
    ),
    "archive_not_drawn": warning(
        "{node}: {op} cannot be drawn like this ({reason}). A custom layer stands in its place, "
        "whose text is yet to be written."
    ),
    "archive_write_lost": warning(
        "{node}: {op} writes into a part of a tensor, which cannot be drawn and is left out."
    ),
    "archive_changes": warning(
        "The model changes {name} as it runs. A drawing does not: it computes with what that held "
        "at the beginning."
    ),
    "archive_copied": warning(
        "The model uses {name} in several ways. In the drawing each has weights of its own, which "
        "learn apart."
    ),
    "archive_precision": warning(
        "The model computes in {dtype}. It was read as float32, as layers are here; results differ "
        "by as much as {dtype} rounds."
    ),
    "archive_weights_wait": warning(
        "The weights are not written: their names follow from the drawing once it has no errors."
    ),
    "archive_needs_inputs": error(
        "The archive does not say what {names} may be. Give the sizes without the batch, such as "
        "3x224x224, or tokens=T:int64 for whole numbers."
    ),
    "archive_inputs_traced": warning(
        "The inputs are those that the model was traced with, for any batch: {shape}."
    ),
    "archive_code_unread": error("“{text}” in the code of the archive cannot be read."),
    "archive_unfit": error("This cannot be drawn: {reason}."),
}
"""How much a problem matters, and the sentence that tells of it."""
