"""WaveNet: twenty gated convolutions, each with twice the dilation of the one before."""

from torch import Tensor, nn


class GatedLayer(nn.Module):
    def __init__(self, dilation: int = 1, channels: int = 16) -> None:
        super().__init__()
        self.pad = nn.ConstantPad1d((dilation, 0), 0.0)
        self.filter = nn.Conv1d(channels, channels, kernel_size=2, dilation=dilation)
        self.tanh = nn.Tanh()
        self.gate = nn.Conv1d(channels, channels, kernel_size=2, dilation=dilation)
        self.sigmoid = nn.Sigmoid()
        self.skip = nn.Conv1d(channels, 32, kernel_size=1)
        self.out = nn.Conv1d(channels, channels, kernel_size=1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        past = self.pad(x)
        y = self.tanh(self.filter(past)) * self.sigmoid(self.gate(past))
        return x + self.out(y), self.skip(y)


class WaveNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv1d(1, 16, kernel_size=1)
        self.layers = nn.ModuleList([GatedLayer(dilation=2 ** (i % 10)) for i in range(20)])
        self.relu1 = nn.ReLU()
        self.conv = nn.Conv1d(32, 32, kernel_size=1)
        self.relu2 = nn.ReLU()
        self.head = nn.Conv1d(32, 256, kernel_size=1)

    def forward(self, wave: Tensor) -> Tensor:
        x = self.stem(wave)
        total = 0
        for layer in self.layers:
            x, skip = layer(x)
            total = total + skip
        x = self.relu2(self.conv(self.relu1(total)))
        return self.head(x)
