"""The blocks that come with the application, each a project file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from app.resources import RESOURCES
from graph_model.files.storage import load
from graph_model.network import Project

READY_BLOCKS: Final = (
    "conv-bn-relu",
    "squeeze-excite",
    "basic-block",
    "bottleneck",
    "inverted-residual",
    "dense-layer",
    "inception",
    "unet-down",
    "unet-up",
    "patch-embedding",
    "self-attention",
    "transformer-encoder-block",
    "transformer-decoder-block",
)
"""Their files in the order of the palette."""


@cache
def ready_blocks() -> Mapping[str, Project]:
    """Return them by name; the main network of each is the block, to be added by ``insert``."""
    return {name: load(RESOURCES / "blocks" / f"{name}.weft") for name in READY_BLOCKS}
