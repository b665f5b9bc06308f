# inputs: 8x14x14
from collections import OrderedDict
from typing import NamedTuple

import torch
from torch import Tensor, nn


class HeadOutput(NamedTuple):
    masks: Tensor
    scores: Tensor
    boxes: Tensor


class MaskRCNNHeads(nn.Sequential):
    def __init__(self, in_channels, layers, dilation):
        d = OrderedDict()
        next_feature = in_channels
        for layer_idx, layer_features in enumerate(layers, 1):
            d[f"mask_fcn{layer_idx}"] = nn.Conv2d(next_feature, layer_features, kernel_size=3, stride=1, padding=dilation, dilation=dilation)
            d[f"relu{layer_idx}"] = nn.ReLU(inplace=True)
            next_feature = layer_features
        super().__init__(d)
        for name, param in self.named_parameters():
            if "weight" in name:
                nn.init.kaiming_normal_(param, mode="fan_out", nonlinearity="relu")


class MaskRCNNPredictor(nn.Sequential):
    def __init__(self, in_channels, dim_reduced, num_classes):
        super().__init__(
            OrderedDict([
                ("conv5_mask", nn.ConvTranspose2d(in_channels, dim_reduced, 2, 2, 0)),
                ("relu", nn.ReLU(inplace=True)),
                ("mask_fcn_logits", nn.Conv2d(dim_reduced, num_classes, 1, 1, 0)),
            ])
        )


class TwoMLPHead(nn.Module):
    def __init__(self, in_channels, representation_size):
        super().__init__()
        self.fc6 = nn.Linear(in_channels, representation_size)
        self.fc7 = nn.Linear(representation_size, representation_size)

    def forward(self, x):
        x = x.flatten(start_dim=1)
        return nn.functional.relu(self.fc7(nn.functional.relu(self.fc6(x))))


class RoIHeads(nn.Module):
    num_classes: int = 3

    def __init__(self, channels=8, size=14):
        super().__init__()
        self.mask_head = MaskRCNNHeads(channels, (8, 8), 1)
        self.mask_predictor = MaskRCNNPredictor(8, 6, self.num_classes)
        self.box_head = TwoMLPHead(channels * size**2, 16)
        self.cls_score = nn.Linear(16, self.num_classes)
        self.bbox_pred = nn.Linear(16, self.num_classes * 4)

    def forward(self, features: Tensor) -> HeadOutput:
        masks = self.mask_predictor(self.mask_head(features))
        box = self.box_head(features)
        return HeadOutput(masks=masks, scores=self.cls_score(box), boxes=self.bbox_pred(box))
