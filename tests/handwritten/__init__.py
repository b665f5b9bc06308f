"""Networks with gates, rotary embedding, windows, experts and noise, each as written by hand.

None of them is an example of the application. Layers are called as in their drawings, so that the
weights of one fit the other.
"""

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import NamedTuple

import torch
from torch import Tensor, nn

from graph_model.network import Project
from tests.handwritten import (
    diffusion,
    dlrm,
    drawings,
    experts,
    film,
    gated_residual,
    llama,
    mixer,
    more_drawings,
    nerf,
    noisy,
    squeeze,
    vae,
    wavenet,
    windows,
)

Inputs = Callable[[], tuple[Tensor, ...]]


class Pair(NamedTuple):
    """A drawing, the file written by hand and what makes its network, and what both are given."""

    drawn: Callable[[], Project]
    file: ModuleType
    make: Callable[[], nn.Module]
    inputs: Inputs


def _images(channels: int, size: int) -> Tensor:
    return torch.randn(2, channels, size, size)


PAIRS: Mapping[str, Pair] = {
    "llama": Pair(drawings.llama, llama, llama.Llama, lambda: (torch.randint(500, (2, 11)),)),
    "swin": Pair(drawings.swin, windows, windows.Swin, lambda: (_images(3, 64),)),
    "experts": Pair(drawings.experts, experts, experts.Experts, lambda: (torch.randn(3, 32),)),
    "vae": Pair(drawings.vae, vae, vae.VAE, lambda: (torch.randn(3, 784),)),
    "wavenet": Pair(drawings.wavenet, wavenet, wavenet.WaveNet, lambda: (torch.randn(2, 1, 50),)),
    "recommender": Pair(
        drawings.recommender,
        dlrm,
        dlrm.Recommender,
        lambda: (torch.randn(3, 13), torch.randint(100, (3, 26))),
    ),
    "squeeze-excite": Pair(
        more_drawings.squeeze, squeeze, squeeze.SqueezeNet, lambda: (_images(3, 16),)
    ),
    "noisy-dueling": Pair(
        more_drawings.dueling, noisy, noisy.Dueling, lambda: (torch.randn(3, 8),)
    ),
    "gated-residual": Pair(
        more_drawings.chooser,
        gated_residual,
        gated_residual.Chooser,
        lambda: (torch.randn(3, 5), torch.randn(3, 8)),
    ),
    "mixer": Pair(more_drawings.mixer, mixer, mixer.Mixer, lambda: (_images(3, 32),)),
    "film": Pair(
        more_drawings.answers,
        film,
        film.Answers,
        lambda: (_images(3, 16), torch.randint(60, (2, 7))),
    ),
    "denoiser": Pair(
        more_drawings.denoiser,
        diffusion,
        diffusion.Denoiser,
        lambda: (_images(1, 16), torch.rand(2) * 100),
    ),
    "nerf": Pair(
        more_drawings.nerf, nerf, nerf.NeRF, lambda: (torch.randn(3, 63), torch.randn(3, 27))
    ),
}
"""By name."""
