"""The published networks among the examples, each as one writes it by hand."""

from collections.abc import Callable, Mapping
from functools import partial
from types import ModuleType
from typing import NamedTuple

from torch import nn

from tests.references import (
    alexnet,
    bert,
    densenet,
    efficientnet,
    googlenet,
    gpt,
    lenet,
    mobilenet,
    resnet,
    resnet_18,
    seq2seq,
    squeezenet,
    text_classifier,
    unet,
    vgg,
    vit,
)


class Reference(NamedTuple):
    """A file written by hand, and what makes its network."""

    file: ModuleType
    make: Callable[[], nn.Module]


REFERENCES: Mapping[str, Reference] = {
    "lenet-5": Reference(lenet, lenet.LeNet5),
    "alexnet": Reference(alexnet, alexnet.AlexNet),
    "vgg-16": Reference(vgg, vgg.VGG16),
    "googlenet": Reference(googlenet, googlenet.GoogLeNet),
    "resnet-18": Reference(resnet_18, resnet_18.ResNet18),
    "resnet-50": Reference(resnet, partial(resnet.ResNet, (3, 4, 6, 3))),
    "resnet-152": Reference(resnet, partial(resnet.ResNet, (3, 8, 36, 3))),
    "squeezenet-1-0": Reference(squeezenet, squeezenet.SqueezeNet),
    "densenet-121": Reference(densenet, densenet.DenseNet121),
    "mobilenet-v2": Reference(mobilenet, mobilenet.MobileNetV2),
    "efficientnet-b0": Reference(efficientnet, efficientnet.EfficientNetB0),
    "u-net": Reference(unet, unet.UNet),
    "vit-b-16": Reference(vit, vit.ViT),
    "text-classifier": Reference(text_classifier, text_classifier.TextClassifier),
    "seq2seq-transformer": Reference(seq2seq, seq2seq.Seq2seq),
    "bert-base": Reference(bert, bert.Bert),
    "gpt-2": Reference(gpt, gpt.GPT2),
}
"""For each published example its reference."""
