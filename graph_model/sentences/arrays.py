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
    "array_feeds_several": warning(
        "“{array}” feeds several Inputs: {inputs}. Choose another array for one of them, or this "
        "one for each."
    ),
}
"""Every problem code of arrays and pictures with its severity and sentence."""
