"""The published networks have the published number of parameters, and torch can make them."""

import pytest
import torch

from app.project.examples import load_example
from codegen.build import build
from codegen.emit import source
from graph_model.inference.infer import infer

PUBLISHED = {
    "lenet-5": 61_706,
    "alexnet": 61_100_840,
    "vgg-16": 138_357_544,
    "googlenet": 6_624_904,
    "resnet-18": 11_689_512,
    "resnet-50": 25_557_032,
    "resnet-152": 60_192_808,
    "squeezenet-1-0": 1_248_424,
    "densenet-121": 7_978_856,
    "mobilenet-v2": 3_504_872,
    "efficientnet-b0": 5_288_548,
    "vit-b-16": 86_567_656,
    "bert-base": 109_482_240,
    "gpt-2": 124_439_808,
}
"""Counts as torchvision's documentation and the papers state them."""


@pytest.mark.parametrize("name", PUBLISHED)
def test_it_has_the_published_number_of_parameters(name: str) -> None:
    project = load_example(name)
    found = infer(project.network, blocks=project.networks)
    assert found.parameter_count == PUBLISHED[name]
    with torch.device("meta"):
        module = build(source(found)).make()
    assert sum(each.numel() for each in module.parameters()) == PUBLISHED[name]
