"""A notebook that runs from top to bottom: the model, its weights, and a first call."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from app.exporting.material import Material
from codegen.emit import source

_MAIN: Final = '\n\nif __name__ == "__main__":\n'


def notebook(material: Material) -> Sequence[bytes]:
    """Return a notebook of format 4.5 that needs PyTorch alone."""
    export = material.export
    written = source(export.network)
    model, _, first_call = written.text.partition(_MAIN)
    title = export.network.network.name
    cells = [
        _words(f"# {title}\n\nWritten by Layerweft. Run the cells from top to bottom."),
        _code(model.strip()),
        _words("How many parameters it has:"),
        _code(
            f"model = {written.class_name}()\n"
            'print(f"{sum(each.numel() for each in model.parameters()):,}")'
        ),
    ]
    if export.weights is not None and "weights" in export.targets:
        weights = f"{export.path.stem}.pt"
        cells += [
            _words(f"Its trained weights, from {weights} beside this notebook:"),
            _code(f'model.load_state_dict(torch.load("{weights}", weights_only=True))'),
        ]
    lines = [each.removeprefix("    ") for each in first_call.splitlines()]
    call = "\n".join(each for each in lines if not each.startswith("model"))
    cells += [_words("A first call:"), _code(f"model.eval()\n{call}")]
    whole = {
        "cells": [{"id": f"cell-{number}", **each} for number, each in enumerate(cells, 1)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return [(json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()]


def _words(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(text: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": text.splitlines(keepends=True),
    }
