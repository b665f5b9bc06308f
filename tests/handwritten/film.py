"""A convolutional network that a sentence conditions, channel by channel."""

from torch import Tensor, nn


class FiLM(nn.Module):
    def __init__(self, channels: int = 32) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, kernel_size=1)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)
        self.norm = nn.BatchNorm2d(channels, affine=False)
        self.scale_shift = nn.Linear(24, channels * 2)
        self.relu2 = nn.ReLU()

    def forward(self, x: Tensor, question: Tensor) -> Tensor:
        x = self.relu1(self.conv1(x))
        y = self.norm(self.conv2(x))
        scale, shift = self.scale_shift(question)[:, :, None, None].chunk(2, dim=1)
        return x + self.relu2(y * (1 + scale) + shift)


class Answers(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(60, 16)
        self.gru = nn.GRU(16, 24, batch_first=True)
        self.stem = nn.Conv2d(3, 32, kernel_size=4, stride=4)
        self.films = nn.ModuleList([FiLM() for _ in range(3)])
        self.head = nn.Linear(32, 9)

    def forward(self, image: Tensor, words: Tensor) -> Tensor:
        _, h = self.gru(self.embedding(words))
        question = h[0]
        x = self.stem(image)
        for film in self.films:
            x = film(x, question)
        return self.head(x.amax(dim=(2, 3)))
