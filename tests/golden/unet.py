"""Small U-Net."""

import torch
from torch import Tensor, nn


class SmallUNet(nn.Module):
    """Small U-Net.

    Input: image (N, 3, H, W) float32
    Output: segmentation (N, 1, 2*(H//2), 2*(W//2)) float32
    Needs: H at least 2, W at least 2
    Parameters: 1,929
    """

    def __init__(self) -> None:
        super().__init__()
        self.down1 = nn.Conv2d(3, 8, kernel_size=3, padding=1)
        self.pool1 = nn.MaxPool2d(2)
        self.down2 = nn.Conv2d(8, 16, kernel_size=3, padding=1)
        self.up1 = nn.ConvTranspose2d(16, 8, kernel_size=2, stride=2)
        self.up2 = nn.Upsample(scale_factor=2.0, mode="bilinear")
        self.mask = nn.Conv2d(16, 1, kernel_size=1)
        self.sigmoid = nn.Sigmoid()

    def forward(self, image: Tensor) -> Tensor:
        x = self.down1(image)  # (N, 8, H, W)
        x = self.pool1(x)  # (N, 8, H//2, W//2)
        y = self.down2(x)  # (N, 16, H//2, W//2)
        y = self.up1(y)  # (N, 8, 2*(H//2), 2*(W//2))
        x = self.up2(x)
        return self.sigmoid(self.mask(torch.cat((y, x), dim=1)))


if __name__ == "__main__":
    model = SmallUNet()
    image = torch.zeros(2, 3, 8, 8)
    print(tuple(model(image).shape))
