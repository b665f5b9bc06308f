"""A menu of the arrays of data, for an Input to take or an Output to be held against."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import islice
from typing import Final

from PySide6.QtWidgets import QComboBox

from app.language.sentences import translate
from app.widgets.scrolling import unmoved_by_wheel

_MOST: Final = 300
"""So many arrays are offered: each column of a table is one, and there may be 50,000."""


def array_menu(names: Collection[str], chosen: str, choose: Callable[[str], None]) -> QComboBox:
    """Return a menu of arrays, those of bundled data called as in the language in use."""
    menu = unmoved_by_wheel(QComboBox())
    menu.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    menu.setMinimumContentsLength(8)  # the name of a column may be as long as one likes
    offered = dict.fromkeys((*islice(names, _MOST), *[chosen] * (chosen in names)))
    for name in offered:
        menu.addItem(translate("ArrayName", name), name)
    menu.setCurrentIndex(menu.findData(chosen))
    menu.activated.connect(lambda place: choose(menu.itemData(place)))
    return menu
