"""What is made: each file by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from graph_model.network import Project
from tools.examples import attentive, basics, convolutional

BLOCKS: Final[Mapping[str, Callable[[], Project]]] = {
    "conv-bn-relu": convolutional.conv_bn_relu,
    "basic-block": convolutional.basic_block,
    "bottleneck": convolutional.bottleneck,
    "inverted-residual": convolutional.inverted_residual,
    "squeeze-excite": convolutional.squeeze_excite,
    "dense-layer": convolutional.dense_layer,
    "inception": convolutional.inception,
    "unet-down": convolutional.unet_down,
    "unet-up": convolutional.unet_up,
    "self-attention": attentive.self_attention,
    "transformer-encoder-block": attentive.encoder_block,
    "transformer-decoder-block": attentive.decoder_block,
    "patch-embedding": attentive.patch_embedding,
}

NETWORKS: Final[Mapping[str, Callable[[], Project]]] = {
    "linear-regression": basics.linear_regression,
    "perceptron": basics.perceptron,
    "iris-mlp": basics.iris_mlp,
    "fashion-mlp": basics.fashion_mlp,
    "fashion-cnn": basics.fashion_cnn,
    "digits-resnet": basics.digits_resnet,
    "sequence-lstm": basics.sequence_lstm,
}
