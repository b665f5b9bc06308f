# inputs: 20x16
import torch
from torch import Tensor, nn


class Swish(nn.Module):
    def __init__(self):
        super(Swish, self).__init__()

    def forward(self, inputs: Tensor) -> Tensor:
        return inputs * inputs.sigmoid()


class GLU(nn.Module):
    def __init__(self, dim: int) -> None:
        super(GLU, self).__init__()
        self.dim = dim

    def forward(self, inputs: Tensor) -> Tensor:
        outputs, gate = inputs.chunk(2, dim=self.dim)
        return outputs * gate.sigmoid()


class Transpose(nn.Module):
    def __init__(self, shape: tuple):
        super().__init__()
        self.shape = shape

    def forward(self, x: Tensor) -> Tensor:
        return x.transpose(*self.shape)


class ResidualConnectionModule(nn.Module):
    def __init__(self, module: nn.Module, module_factor: float = 1.0, input_factor: float = 1.0):
        super().__init__()
        self.module = module
        self.module_factor = module_factor
        self.input_factor = input_factor

    def forward(self, inputs: Tensor) -> Tensor:
        return (self.module(inputs) * self.module_factor) + (inputs * self.input_factor)


class FeedForward(nn.Module):
    def __init__(self, d: int = 16, expansion: int = 4, p: float = 0.1):
        super().__init__()
        self.sequential = nn.Sequential(nn.LayerNorm(d), nn.Linear(d, d * expansion, bias=True), Swish(), nn.Dropout(p=p), nn.Linear(d * expansion, d), nn.Dropout(p=p))

    def forward(self, inputs):
        return self.sequential(inputs)


class ConvModule(nn.Module):
    def __init__(self, in_channels, kernel_size=7, expansion_factor=2, dropout_p=0.1):
        super().__init__()
        assert (kernel_size - 1) % 2 == 0, "kernel_size should be a odd number for 'SAME' padding"
        assert expansion_factor == 2
        self.sequential = nn.Sequential(
            nn.LayerNorm(in_channels),
            Transpose(shape=(1, 2)),
            nn.Conv1d(in_channels, in_channels * expansion_factor, 1),
            GLU(dim=1),
            nn.Conv1d(in_channels, in_channels, kernel_size, padding=(kernel_size - 1) // 2, groups=in_channels, bias=False),
            nn.BatchNorm1d(in_channels),
            Swish(),
            nn.Conv1d(in_channels, in_channels, 1),
            nn.Dropout(dropout_p),
        )

    def forward(self, inputs: Tensor) -> Tensor:
        return self.sequential(inputs).transpose(1, 2)


class MHSA(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.norm = nn.LayerNorm(d)
        self.attn = nn.MultiheadAttention(d, heads, batch_first=True)

    def forward(self, x):
        y = self.norm(x)
        return self.attn(y, y, y, need_weights=False)[0]


class ConformerBlock(nn.Module):
    def __init__(self, d=16, heads=4, half_step_residual: bool = True):
        super().__init__()
        if half_step_residual:
            self.feed_forward_residual_factor = 0.5
        else:
            self.feed_forward_residual_factor = 1
        self.sequential = nn.Sequential(
            ResidualConnectionModule(module=FeedForward(d), module_factor=self.feed_forward_residual_factor),
            ResidualConnectionModule(module=MHSA(d, heads)),
            ResidualConnectionModule(module=ConvModule(in_channels=d)),
            ResidualConnectionModule(module=FeedForward(d), module_factor=self.feed_forward_residual_factor),
            nn.LayerNorm(d),
        )

    def forward(self, inputs: Tensor) -> Tensor:
        return self.sequential(inputs)


class Conformer(nn.Module):
    def __init__(self, num_layers: int = 2):
        super().__init__()
        self.layers = nn.ModuleList([ConformerBlock() for _ in range(num_layers)])

    def forward(self, inputs: Tensor) -> Tensor:
        outputs = inputs
        for layer in self.layers:
            outputs = layer(outputs)
        return outputs
