"""A drawing enters a model as samples of its data do: where they lie, as large, the same way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy import ndimage

from app.data.dataset import classified
from app.data.reading import load
from app.training.drawing import as_sample, drawable, ink_of_picture
from graph_model.problems import Refusal
from graph_model.recipe import Choice


def ring(side: int, middle: tuple[int, int], radius: int) -> np.ndarray:
    rows, columns = np.mgrid[:side, :side]
    apart = np.hypot(rows - middle[0], columns - middle[1])
    return (np.abs(apart - radius) < radius / 4).astype(np.float32)


def squares(ground: float, ink: float):
    """Pictures of 28 × 28 with a square of 20 × 20 in the middle, as MNIST places its digits."""
    pictures = np.full((40, 1, 28, 28), ground, np.float32)
    pictures[:, :, 4:24, 4:24] = ink
    return classified(pictures, np.arange(40) % 2, ("a", "b"))


@pytest.mark.parametrize(("ground", "ink"), [(0.0, 1.0), (255.0, 3.0)])
def test_a_drawing_lies_as_the_samples_do(ground: float, ink: float) -> None:
    like = drawable(squares(ground, ink), "features", np.arange(40))
    assert like is not None
    assert (like.ground, like.ink) == (ground, ink)
    assert like.extent == pytest.approx(20 / 28)
    sample = as_sample(ring(256, (60, 190), 40), like)
    assert sample.shape == (1, 1, 28, 28)
    inked = (sample[0, 0] - ground) / (ink - ground)
    assert inked.min() == pytest.approx(0)
    assert inked.max() == pytest.approx(1)
    rows = np.flatnonzero((inked > 0.1).any(axis=1))
    assert len(rows) == 20
    assert ndimage.center_of_mass(inked) == pytest.approx((13.5, 13.5), abs=0.6)


def test_as_it_was_drawn_it_stays_where_it_is() -> None:
    like = drawable(squares(0, 1), "features", np.arange(40))
    assert like is not None
    drawn = ring(280, (70, 210), 30)
    sample = as_sample(drawn, like, is_fitted=False)[0, 0]
    expected = drawn.reshape(28, 10, 28, 10).mean(axis=(1, 3))
    np.testing.assert_allclose(sample, expected, atol=1e-5)
    assert not as_sample(np.zeros((64, 64), np.float32), like).any()


def test_bundled_digits_are_bright_on_dark_and_large() -> None:
    like = drawable(load(Choice("digits")), "features", np.arange(1000))
    assert like is not None
    assert like.is_bright_on_dark
    assert (like.height, like.width) == (8, 8)
    assert like.extent == 1
    assert like.middle == pytest.approx((0.5, 0.5), abs=0.08)


def test_a_photo_of_a_dark_stroke_on_paper_is_the_same_ink(tmp_path: Path) -> None:
    drawn = ring(120, (60, 60), 30)
    for name, levels in (("dark.png", 230 - 200 * drawn), ("bright.png", 20 + 200 * drawn)):
        Image.fromarray(levels.astype(np.uint8)).save(tmp_path / name)
    dark, bright = (ink_of_picture(tmp_path / name) for name in ("dark.png", "bright.png"))
    np.testing.assert_allclose(dark, bright, atol=0.13)  # what is faint is ground
    assert dark.max() == 1
    (tmp_path / "no.png").write_text("no picture")
    with pytest.raises(Refusal):
        ink_of_picture(tmp_path / "no.png")
