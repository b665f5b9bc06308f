"""Modules written by hand run, and their drawings with their weights give the same."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.utils import _pytree as pytree

from codegen.archives.reading import read_archive
from codegen.importing.inputs import read_input
from codegen.tracing.exporting import examples, traced
from codegen.tracing.making import make
from graph_model.custom_layers.known import digest
from tests.codegen.archives.running import built

FILES = [Path(__file__).with_name(name) for name in ("pictures.py", "sequences.py")]
PICTURE, ROW, TOKENS = "4,3,8,8", "4,8", "4,9:int64"
CASES: dict[str, tuple[str, ...]] = {
    "Mlp": (ROW,),
    "Mlp(width=5, depth=3, activation=nn.Tanh)": (ROW,),
    "Cnn": ("4,1,14,14",),
    "Residual": (PICTURE,),
    "small_residual()": (PICTURE,),
    "Inception": (PICTURE,),
    "Dense": (PICTURE,),
    "UNet": ("2,1,16,16",),
    "Upsampling": ("2,2,8,8",),
    "Attention": ("N,T,16",),
    "CausalAttention": ("3,7,16",),
    "FusedAttention": ("N,T,8",),
    "MultiHead": ("3,7,8",),
    "EncoderLayer": ("3,7,8",),
    "Gpt(Config(layers=2))": (TOKENS,),
    "Patches": ("2,3,16,16",),
    "Lstm": (TOKENS,),
    "Gru": ("4,6,3",),
    "EmbeddingBagOfWords": (TOKENS,),
    "Gated": ("4,5,8",),
    "Experts": ("4,6",),
    "Depthwise": ("2,4,8,8",),
    "SqueezeExcite": (PICTURE,),
    "Siamese": ("4,6", "4,6"),
    "MultiInput": ("4,1,8,8", "row=4,5"),
    "MultiOutput": ("4,6",),
    "Scaled": ("4,6",),
    "Normalised": (PICTURE,),
    "Autoencoder": (ROW,),
    "Functional": ("2,2,6,6",),
    "Einsum": ("4,3", "4,4"),
    "Shuffle": ("2,4,6,6",),
    "Patched": (PICTURE,),
    "Configured": ("4,6",),
    "Configured(norm='none', skip=False, repeats=2)": ("4,6",),
    "Pyramid": (PICTURE,),
    "Temporal": ("2,4,12",),
    "Variational": (ROW,),
    "Rotary": ("2,7,8",),
    "Asserting": ("4,4",),
    "WithoutGradient": ("4,4",),
    "Lazy": (PICTURE,),
    "Keeping": ("4,4",),
}
NOTED = {"Asserting": ["module_by_fx"]}
"""Those of which more is to be said than that they are drawn."""


def _plain(text: str) -> dict[str, Any]:
    told = read_input(text, is_whole=True)
    shape = [size if isinstance(size, int) else str(size) for size in told.spec.shape]
    return {"name": told.name, "shape": shape, "dtype": told.spec.dtype}


def _made(expression: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> nn.Module:
    monkeypatch.chdir(path.parent)
    monkeypatch.setattr(sys, "path", [*sys.path])
    text = path.read_text(encoding="utf-8")
    return make({"text": text, "digest": digest(text), "path": str(path),
                 "expression": expression, "arguments": {}})  # fmt: skip


@pytest.mark.parametrize("expression", CASES)
@pytest.mark.filterwarnings("ignore")  # of torch's exporters, about themselves
def test_the_drawing_gives_the_same(
    expression: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = expression.partition("(")[0]
    (path,) = (
        each for each in FILES if re.search(rf"^(class|def) {name}\b", each.read_text(), re.M)
    )
    model = _made(expression, path, monkeypatch)
    found = traced(model, [_plain(each) for each in CASES[expression]], path)
    torch.export.save(found.program, tmp_path / "net.pt2")
    archive = read_archive(tmp_path / "net.pt2")
    assert [each.message for each in archive.notes] == []
    assert [each["code"] for each in found.notes] == NOTED.get(expression, [])
    drawn = built(archive)
    assert sum(each.numel() for each in drawn.parameters()) == sum(
        each.numel() for each in model.parameters()
    )
    assert len(found.several_sizes()) == 2
    for sizes in found.several_sizes():
        given, named = examples(found.inputs, sizes)
        with torch.no_grad():
            wanted = pytree.tree_leaves(model(*given, **named))
            results = pytree.tree_leaves(drawn(*given, *named.values()))
        assert len(results) == len(wanted)
        for one, other in zip(results, wanted, strict=True):
            np.testing.assert_allclose(one.numpy(), other.numpy(), rtol=1e-5, atol=1e-5)
