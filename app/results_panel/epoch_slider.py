"""A slider with a step for each epoch that is remembered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSlider


def offer_epochs(slider: QSlider, epochs: Sequence[int], chosen: int | None) -> None:
    """Have a slider choose among epochs, and tell nobody.

    It stands at ``chosen`` or, where that is remembered no more, at the last one before it; at the
    last of all for ``None``.
    """
    before = [place for place, each in enumerate(epochs) if chosen is None or each <= chosen]
    slider.blockSignals(True)
    slider.setRange(0, max(0, len(epochs) - 1))
    slider.setValue(before[-1] if before else 0)
    slider.blockSignals(False)
