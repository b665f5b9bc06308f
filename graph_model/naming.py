"""Which names a node may have, as the attribute of a generated ``nn.Module``."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Final

LONGEST: Final = 64

_TRAILING_NUMBER: Final = re.compile(r"\d+$")

_OF_MODULES: Final = frozenset(
    """
    T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda
    device double dump_patches eval extra_repr float forward get_buffer get_extra_state
    get_parameter get_submodule half ipu load_state_dict modules mtia named_buffers
    named_children named_modules named_parameters parameters register_backward_hook
    register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook
    register_full_backward_pre_hook register_load_state_dict_post_hook
    register_load_state_dict_pre_hook register_module register_parameter
    register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state
    set_submodule share_memory state_dict to to_empty train training type xpu zero_grad
    """.split()
)
"""Attributes of ``nn.Module``, none of which a layer may be called."""
_OF_THE_FILE: Final = frozenset(
    "bool enumerate float int len math nn print range self str super Tensor torch tuple".split()
)
"""Names that the generated file uses itself."""
RESERVED: Final = _OF_MODULES | _OF_THE_FILE


def name_complaint(name: str, *, is_attribute: bool = True) -> str:
    """Say why ``name`` cannot name a node, or return an empty string where it can.

    ``is_attribute`` tells that it may become one of the module: an Input never does.
    """
    if not name:
        return "it is empty"
    if len(name) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    is_normal = name.isascii() or unicodedata.normalize("NFKC", name) == name
    if not is_normal or not name.isidentifier():
        return "a name has letters, digits and underscores, and does not begin with a digit"
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        return "it is a keyword of Python"
    if name.startswith("_"):
        return "names that begin with an underscore belong to Python and PyTorch"
    if name in ("l", "O", "I"):
        return "it is easily mistaken for another letter or a digit"
    if name in _OF_THE_FILE or (is_attribute and name in _OF_MODULES):
        return "PyTorch's nn.Module or the generated file uses it already"
    return ""


def as_name(text: str, fallback: str) -> str:
    """Return a permitted name as near to ``text`` as can be, else ``fallback``."""
    folded = unicodedata.normalize("NFKC", text).strip()
    candidate = "".join(
        letter if letter.isidentifier() or letter.isdigit() else "_" for letter in folded
    )
    candidate = candidate.strip("_")[:LONGEST]
    if candidate and candidate[0].isdigit():
        candidate = f"{fallback}_{candidate}"[:LONGEST]
    return fallback if name_complaint(candidate) else candidate


def free_names(wanted: Iterable[str], taken: Collection[str]) -> list[str]:
    """Return each name as it is where it is free, else with the lowest number that makes it so."""
    used, found = set(taken), []
    lowest: dict[str, int] = {}  # names are only added, so no lower number comes free again
    for name in wanted:
        if name in used:
            stem = without_number(name)
            lowest[stem] = free_number(stem, used, lowest.get(stem, 1))
            name = f"{stem}{lowest[stem]}"
        used.add(name)
        found.append(name)
    return found


def without_number(name: str) -> str:
    """Return a name without the number at its end."""
    return _TRAILING_NUMBER.sub("", name) or name


def free_number(stem: str, taken: Collection[str], number: int = 1) -> int:
    """Return the lowest number, from ``number`` on, with which no name in ``taken`` is one."""
    while f"{stem}{number}" in taken:
        number += 1
    return number
