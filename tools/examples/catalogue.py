"""What is made: each file by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from graph_model.network import Project
from tools.examples import (
    attentive,
    basics,
    classics,
    convolutional,
    language,
    players,
    residual,
    sequences,
)

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
    "fashion-augmented": basics.fashion_augmented,
    "digits-resnet": basics.digits_resnet,
    "sequence-lstm": basics.sequence_lstm,
    "lenet-5": classics.lenet_5,
    "digits-gan": players.digits_gan,
    "fashion-autoencoder": players.fashion_autoencoder,
    "fashion-vae": players.fashion_vae,
    "fashion-distillation": players.fashion_distillation,
    "digits-pairs": players.digits_pairs,
    "digits-few": players.digits_few,
    "play-kinds": sequences.play_kinds,
    "character-transformer": sequences.character_transformer,
    "sunspots": sequences.sunspots,
    "carbon-dioxide": sequences.carbon_dioxide,
    "penguins": sequences.penguins,
    "coloured-pictures": sequences.coloured_pictures,
    "alexnet": classics.alexnet,
    "vgg-16": classics.vgg_16,
    "googlenet": classics.googlenet,
    "resnet-18": residual.resnet_18,
    "resnet-50": residual.resnet_50,
    "resnet-152": residual.resnet_152,
    "squeezenet-1-0": classics.squeezenet_1_0,
    "densenet-121": residual.densenet_121,
    "mobilenet-v2": residual.mobilenet_v2,
    "efficientnet-b0": residual.efficientnet_b0,
    "u-net": residual.u_net,
    "vit-b-16": language.vit_b_16,
    "text-classifier": language.text_classifier,
    "seq2seq-transformer": language.seq2seq_transformer,
    "bert-base": language.bert_base,
    "gpt-2": language.gpt_2,
}
