"""Samples that are pictures, as Qt draws them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap

Array = NDArray[Any]


def as_pixmap(features: Array, side: int) -> QPixmap | None:
    """Return a sample of shape (1 or 3, H, W) as a picture, ``None`` for any other."""
    if features.ndim != 3 or features.shape[0] not in (1, 3):
        return None
    finite = features[np.isfinite(features)]
    ends = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    image = as_image(features, *ends)
    modes = Qt.TransformationMode
    is_small = max(image.width(), image.height()) <= side
    mode = modes.FastTransformation if is_small else modes.SmoothTransformation
    keep = Qt.AspectRatioMode.KeepAspectRatio
    return QPixmap.fromImage(image).scaled(side, side, keep, mode)


def as_image(features: Array, low: float, high: float) -> QImage:
    """Return numbers of shape (1 or 3, H, W) as an image, black at ``low`` and bright at ``high``.

    What is beyond is as what is there; what is no number is black.
    """
    spread = high - low if high > low else 1.0
    shares = np.nan_to_num(np.clip((features - low) / spread, 0, 1), nan=0)
    levels = (255 * shares).astype(np.uint8)
    rows = np.ascontiguousarray(levels.transpose(1, 2, 0).repeat(3 // len(levels), axis=2))
    height, width = rows.shape[:2]
    return QImage(rows.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
