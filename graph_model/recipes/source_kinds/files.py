"""The sources that are read from files: tables, arrays and pictures."""

from __future__ import annotations

from typing import Final

from graph_model.recipes.columns import ARRAY_ROLES, ARRAY_TYPES
from graph_model.recipes.parameters import named_words
from graph_model.recipes.source_kinds.kind import (
    NORMALIZE,
    NORMALIZE_TARGET,
    Origin,
    SourceKind,
)
from graph_model.values import choice, folder, integer, path, text

FILES: Final = (
    SourceKind(
        "fashion_mnist_folder",
        "The full Fashion-MNIST, MNIST or any like it, from a folder of IDX files.",
        (
            folder("path", "Folder with train-images-idx3-ubyte and so on, packed or not."),
            NORMALIZE,
        ),
        "IDX folder (MNIST files)",
        Origin.FILE,
    ),
    SourceKind(
        "csv",
        "A table with a header line; columns of numbers and of words.",
        (
            path("path", "The file, in UTF-8."),
            text("target", "", "The column to predict; the last one where empty."),
            choice(
                "task",
                ("auto", "classification", "regression"),
                "auto",
                "Whether the target is a class or a number.",
            ),
            choice(
                "delimiter",
                ("auto", "comma", "semicolon", "tab"),
                "auto",
                "What stands between the columns.",
            ),
            choice(
                "missing",
                ("refuse", "skip"),
                "refuse",
                "What becomes of a row without a value in some column.",
            ),
            NORMALIZE,
            NORMALIZE_TARGET,
        ),
        "CSV table",
        Origin.FILE,
    ),
    SourceKind(
        "npz",
        "Arrays of a NumPy, safetensors or HDF5 file, samples along the first dimension.",
        (
            path("path", "The file: .npz, .npy, .safetensors or .h5."),
            text("features", "", "The array that enters; found by name where empty."),
            text("target", "", "The array to predict; found by name where empty."),
            choice(
                "layout",
                ("auto", "as_is", "channels_last", "no_channels"),
                "auto",
                "How pictures lie in their array: with channels as layers take them, behind the "
                "pixels, or with none at all.",
            ),
            named_words("roles", ARRAY_ROLES, "What each array is for."),
            named_words("types", ARRAY_TYPES, "What each array holds."),
            NORMALIZE,
            NORMALIZE_TARGET,
        ),
        "Arrays",
        Origin.FILE,
    ),
    SourceKind(
        "image_folder",
        "Pictures in folders, one folder for each class.",
        (
            folder("path", "The folder that holds the folders."),
            integer("size", 32, "Pictures are scaled to this width and height."),
            choice("color", ("rgb", "grey"), "rgb", "Three channels or one."),
            NORMALIZE,
        ),
        "Folder of pictures",
        Origin.FILE,
    ),
)
