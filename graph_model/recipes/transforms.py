"""What can be done to each sample before it enters the network, anew in each epoch.

How each is written stands in ``codegen.training.transforms``, under the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.entry import Entry, catalogue

TRANSFORMS: Final[Mapping[str, Entry]] = catalogue(())
"""Every transform by its name."""
