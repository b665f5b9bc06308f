"""Names of tensors in files, without what frameworks put before them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Final

WRAPPERS: Final = ("module.", "_orig_mod.", "model.", "state_dict.", "model_state_dict.", "net.")
"""What stands before every name where a model was wrapped, compiled, or part of another."""
_KINDS: Final = {
    "weight": "weight",
    "gamma": "weight",
    "bias": "bias",
    "beta": "bias",
    "running_mean": "running_mean",
    "running_var": "running_var",
    "num_batches_tracked": "num_batches_tracked",
}
"""What a tensor is, by the end of its name."""


def unwrapped(names: Collection[str], ours: Collection[str]) -> Mapping[str, str]:
    """Return each name of a file by what it is without wrappers, which are before all or none.

    What our own names begin with as well is no wrapper.
    """
    short = {name: name for name in names}
    while wrapper := _wrapper(short, ours):
        short = {name.removeprefix(wrapper): whole for name, whole in short.items()}
    return short


def _wrapper(names: Collection[str], ours: Collection[str]) -> str:
    """Return what stands before all names, nothing where nothing does."""
    for wrapper in WRAPPERS:
        is_ours = any(name.startswith(wrapper) for name in ours)
        if names and not is_ours and all(name.startswith(wrapper) for name in names):
            return wrapper
    return ""


def common_prefix(ours: Collection[str], theirs: Collection[str]) -> str:
    """Return what stands before most of their names where the rest is one of ours.

    It ends with a dot. Nothing is returned where two would do as well.
    """
    wanted = set(ours)
    found: Counter[str] = Counter()
    for name in theirs:
        parts = name.split(".")
        for at in range(1, len(parts)):
            if ".".join(parts[at:]) in wanted:
                found[".".join(parts[:at]) + "."] += 1
    best = found.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return ""
    return best[0][0]


def kind_of(name: str) -> str:
    """Return what a tensor is, told by the end of its name, nothing where that tells nothing."""
    last = name.rpartition(".")[2]
    return next((kind for word, kind in _KINDS.items() if last.endswith(word)), "")
