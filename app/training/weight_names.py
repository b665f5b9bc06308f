"""Saved weights under the names that a model has now.

Equal parts are exported as a list, ``experts.0``, where their nodes are called ``expert1``. An edit
may begin or end that, and older files have the names of the nodes; the weights are the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from torch import Tensor, nn

from codegen.model.body import plural

_NUMBERED: Final = re.compile(r"([^\W\d]\w*?)(\d+)")


def as_called_now(state: Mapping[str, Tensor], model: nn.Module) -> dict[str, Tensor]:
    """Return weights with those of lists renamed where the model calls them otherwise.

    What it has under the same name keeps that, and so does what it has in no form.
    """
    wanted = model.state_dict().keys()
    counts = Counter(map(_as_listed, wanted))
    called = {_as_listed(name): name for name in wanted if counts[_as_listed(name)] == 1}
    return {
        name if name in wanted else called.get(_as_listed(name), name): value
        for name, value in state.items()
    }


def _as_listed(name: str) -> str:
    """Return ``fcs.0.weight`` for ``fc1.weight``, as if all that is numbered were in lists."""
    return ".".join(map(_listed, name.split(".")))


def _listed(part: str) -> str:
    found = _NUMBERED.fullmatch(part)
    return f"{plural(found[1])}.{int(found[2]) - 1}" if found else part
