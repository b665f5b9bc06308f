"""How samples of a run are shown to people, by what enters the model."""

from __future__ import annotations

import numpy as np

from app.data.dataset import Array
from app.data.preprocessing import Entrance
from app.data.preview import is_picture
from app.data.sample_columns import sample_cells, sample_columns
from app.runs.looks import Looks
from app.training.samples import Samples
from app.training.text_trial import text_field


def looks_of(samples: Samples, chosen: Array) -> Looks:
    """Return what these samples, indices into the data, look like."""
    data, entrances = samples.data, samples.preprocessing.entrances
    text = text_field(samples.preprocessing, "")
    if text is not None:
        tokens = samples.prepared.inputs[0][chosen]
        return Looks(chosen, texts=tuple(text.read(row.tolist()) for row in tokens))
    picture = next((each for each in entrances if is_picture(each.shape)), None)
    if picture is not None:
        return Looks(chosen, pictures=_array(samples, picture)[chosen])
    entering = {each.array for each in entrances}
    targets = {each.target for each in samples.binding.objectives} - entering
    columns = sample_columns(data, targets)
    if columns:
        cells = tuple(sample_cells(data, columns, int(index)) for index in chosen)
        return Looks(chosen, columns=columns, cells=cells)
    series = next((each for each in entrances if len(each.shape) == 2), None)
    if series is not None:
        rows = np.asarray(_array(samples, series)[chosen])
        # A single row is a wave, whose steps in time are last.
        return Looks(chosen, curves=rows.swapaxes(1, 2) if rows.shape[1] == 1 else rows)
    return Looks(chosen)


def _array(samples: Samples, entrance: Entrance) -> Array:
    return samples.data.arrays[entrance.array]
