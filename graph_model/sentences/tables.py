"""What is worth knowing of a table before training, and what of it does not go together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.kind import ProblemKind, advice, error, warning

TABLES: Final[Mapping[str, ProblemKind]] = {
    "table_no_features": error(
        "{path} has no column to learn from besides the target. Give one of them a role: {columns}."
    ),
    "table_is_series": advice(
        "{path}: “{column}” goes on in steps of {step}. The rows can be read as a series over "
        "time: windows of what was, from which what comes is forecast."
    ),
    "table_names_sounds": advice(
        "{path}: “{column}” names sounds that lie beside it. They can be read with their labels."
    ),
    "table_input_is_target": warning(
        "The Input “{node}” takes “{array}”, which is what an Output is to predict: it is given "
        "the answer."
    ),
    "table_classes_uneven": advice(
        "The classes of “{array}” are very uneven: a loss that weighs them alike learns little of "
        "the rare ones."
    ),
    "table_ragged": advice(
        "{path}: {count} rows have another number of cells than the header, the first of them on "
        "line {line}. They are left out."
    ),
    "table_renamed": advice(
        "{path}: several columns have the same name. A number was added to: {columns}."
    ),
    "table_odd_cells": advice(
        "{path}, line {line}: “{got}” in column “{column}” is no number. Such cells count as "
        "missing: {count}."
    ),
    "table_units_row": advice(
        "{path}: the row below the header holds no data but {cells}. It is left out; choose “yes” "
        "for the header if it is a row as all others."
    ),
    "table_capitals": advice(
        "{path}: words in column “{column}” differ in capitals alone: {words}. They count as "
        "different words."
    ),
    "table_too_large": advice(
        "{path}: numbers in column “{column}” are as large as {value}, so that many that differ "
        "become the same in 32 bits. Subtract what they have in common, or leave the column out."
    ),
    "table_sum_row": advice(
        "{path}: the last row, on line {line}, sums up the others. It is left out."
    ),
    "table_odd_dates": advice(
        "{path}, line {line}: “{got}” in column “{column}” is no date as the others are. Such "
        "cells count as missing: {count}."
    ),
    "table_dates_mixed": advice(
        "{path}: the dates in column “{column}” are written in several ways: {forms}."
    ),
    "table_stand_in": advice(
        "{path}: {value} stands {count} times in column “{column}”, far from all its other values. "
        "It may stand for a missing one."
    ),
    "table_rows_left_out": advice(
        "{path}: {count} rows lack the target, or a value that is not filled in. They are left out."
    ),
    "table_filled": advice("{path}: missing values are filled in: {columns}."),
    "text_lines_labelled": advice(
        "{path}: each line begins with its class, as fastText has it. There are {count} classes."
    ),
    "text_file_for_class": advice(
        "{path}: each of the {count} files is taken for a class, and each line in it for a text."
    ),
    "table_numbers_apart": advice(
        "{path}: each cell of “{column}” holds {count} numbers. Each is a column of its own."
    ),
    "table_words_apart": advice(
        "{path}: cells of “{column}” hold several words. Each of the {count} is a column of zeros "
        "and ones: {words}."
    ),
    "table_target_singles": advice(
        "{path}: as what is to be predicted, “{column}” has {count} different words in {rows} "
        "rows, so that hardly any is there twice. Should another column be the target?"
    ),
    "table_columns_together": advice(
        "{path}: the columns {columns} tell a moment together. They are read as one, “{column}”."
    ),
    "table_ignored": advice("{path}: these columns are not used: {columns}."),
    "table_rare_class": advice(
        "{path}: the class “{name}” has {count} of {rows} samples. To say always the most frequent "
        "class is right in {share}, so look at recall and F1, and weigh the classes."
    ),
    "table_leak": advice(
        "{path}: column “{column}” all but gives the target away. Is it known before what is to be "
        "predicted?"
    ),
    "table_twins": advice(
        "{path}: {share} of the rows have the same features as another row. Training and test "
        "samples may be the same."
    ),
    "table_pictures_left_out": advice(
        "{path}: {count} pictures that it names cannot be read; their rows are left out. The first "
        "is {first}: {reason}."
    ),
    "table_shares": advice(
        "{path}: {columns} add up to 1 in every row. They are taken for the probabilities of "
        "classes, which cross entropy can be held against."
    ),
    "table_constant_target": advice(
        "{path}: the target is {value} in every row. There is nothing to learn of it; choose "
        "another column."
    ),
    "table_dates_open": advice(
        "{path}: dates such as {got} in column “{column}” may have the month or the day first. The "
        "{first} is taken to come first."
    ),
    "table_column_untaken": advice(
        "No Input takes “{column}”, which holds {what}. Draw an Input for it and name it so, or "
        "leave the column out."
    ),
}

OTHER_READINGS: Final = frozenset({"table_is_series", "table_names_sounds"})
"""The notes that say what a table can be read as instead."""
