"""What stands in a text for what it does not say yet: letters of Unicode's private use.

No text that a user typed comes to have one, for names and labels have none.
"""

from __future__ import annotations

from typing import Final

GAP: Final = "\ue000"
"""Stands for what is put into a text."""
_VALUES: Final = 0xF0000
_HELD: Final = 0x100000
"""Where the letters begin that stand for values, and those for tensors that are held: a plane of
65,534 letters each.
"""


def mark(number: int) -> str:
    """Return what stands for a value in statements until it has a name."""
    return chr(_VALUES + number)


def held_mark(number: int) -> str:
    """Return what stands for a tensor that is held while it is worked out what is made of it."""
    return chr(_HELD + number)
