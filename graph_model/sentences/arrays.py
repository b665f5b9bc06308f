"""What can be wrong with arrays and pictures that are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.kind import ProblemKind, advice, error, warning

ARRAYS: Final[Mapping[str, ProblemKind]] = {
    "data_no_target": error(
        "{path} has no array to predict beside “{array}”. Let it be what is predicted as well, as "
        "an autoencoder does, or name a file with a target."
    ),
    "data_of_objects": error(
        "{path}: the array “{array}” holds Python objects, which are not read, for they may run "
        "anything. Save it as numbers or words, such as with array.astype(float)."
    ),
    "pictures_of_many_levels": advice(
        "{path}: there are pictures of 16 bits or of floats. Each is scaled from its darkest to "
        "its brightest value; “levels” can take the range of their format instead."
    ),
    "pictures_left_out": advice(
        "{path}: files left out, for they cannot be read as pictures with a class or partner: "
        "{count} ({names}). The first: {reason}."
    ),
    "data_arrays_left_out": advice(
        "{path}: these arrays have other numbers of samples, and are left out: {names}."
    ),
    "array_filled": warning(
        "{path}: values of “{array}” that are no number: {count}, the first at {first}; samples "
        "that have any: {samples}. They are filled with {filling}."
    ),
    "array_incomplete_left_out": warning(
        "{path}: values of “{array}” that are no number: {count}, the first at {first}. Samples "
        "that have any are left out: {samples}."
    ),
    "data_missing_values": error(
        "{path}: “{array}” has values that are no number. “missing” says what becomes of them: "
        "the mean of the training samples, or their samples are left out."
    ),
    "split_word_training": warning(
        "{path}: the array that splits the samples calls some “{word}”: they train. They are {count}."
    ),
    "split_word_validation": advice(
        "{path}: the array that splits the samples calls some “{word}”: they validate. They are "
        "{count}."
    ),
    "split_word_test": advice(
        "{path}: the array that splits the samples calls some “{word}”: they test. They are {count}."
    ),
    "split_word_leave_out": advice(
        "{path}: the array that splits the samples calls some “{word}”: they are left out. They are "
        "{count}."
    ),
    "array_feeds_several": warning(
        "“{array}” feeds several Inputs: {inputs}. Choose another array for one of them, or this "
        "one for each."
    ),
}
"""Every problem code of arrays and pictures with its severity and sentence."""
