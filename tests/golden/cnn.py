"""Tiny CNN."""

import torch
from torch import Tensor, nn


class TinyCNN(nn.Module):
    """Tiny CNN.

    Input: image (N, 1, 28, 28) float32
    Output: logits (N, 10) float32
    Parameters: 23,578
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, kernel_size=3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.relu1 = nn.ReLU(inplace=True)
        self.pool1 = nn.MaxPool2d(2)
        self.conv2 = nn.Conv2d(
            16, 32, kernel_size=(3, 5), stride=2, padding=(1, 2), padding_mode="reflect"
        )
        self.act2 = nn.LeakyReLU(0.2)
        self.flatten = nn.Flatten()
        self.dropout = nn.Dropout(0.25)
        self.fc = nn.Linear(1568, 10)

    def forward(self, image: Tensor) -> Tensor:
        x = self.relu1(self.bn1(self.conv1(image)))  # (N, 16, 28, 28)
        x = self.pool1(x)  # (N, 16, 14, 14)
        x = self.act2(self.conv2(x))  # (N, 32, 7, 7)
        x = self.flatten(x)  # (N, 1568)
        return self.fc(self.dropout(x))


if __name__ == "__main__":
    model = TinyCNN()
    image = torch.zeros(2, 1, 28, 28)
    print(tuple(model(image).shape))
