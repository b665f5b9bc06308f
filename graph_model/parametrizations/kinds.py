"""The norms of ``torch.nn.utils.parametrizations``, with torch's own names and defaults."""

from __future__ import annotations

from typing import Final

from graph_model.entry import Entry, catalogue
from graph_model.values import Parameter, Type, integer, number

PARAMETRIZATIONS: Final = catalogue(
    (
        Entry(
            "weight_norm",
            "The weight is learned as a direction and a magnitude for each of its rows "
            "(Salimans and Kingma 2016).",
            (
                Parameter(
                    "dim",
                    Type.INTEGER,
                    0,
                    "The dimension of which each entry has a magnitude; empty for one of the "
                    "whole weight.",
                    minimum=0,
                    optional=True,
                ),
            ),
        ),
        Entry(
            "spectral_norm",
            "The weight is divided by its largest singular value, as in the discriminators of "
            "GANs (Miyato et al. 2018).",
            (
                integer(
                    "n_power_iterations",
                    1,
                    "How often each training step improves the estimate of that value.",
                    minimum=1,
                    maximum=1000,
                ),
                number(
                    "eps", 1e-12, "What norms are at least, against division by 0.",
                    minimum=0, maximum=1,
                ),
                integer(
                    "dim",
                    None,
                    "The dimension that is the rows of the matrix; empty for that of the outputs.",
                    minimum=0,
                ),
            ),
        ),
    )
)  # fmt: skip
"""Every one by its name."""
