# inputs: 20
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


def linear_space(backcast_length, forecast_length, is_forecast=True):
    horizon = forecast_length if is_forecast else backcast_length
    return np.arange(0, horizon) / horizon


class Block(nn.Module):
    def __init__(self, units, thetas_dim, backcast_length=20, forecast_length=5, share_thetas=False):
        super(Block, self).__init__()
        self.units = units
        self.thetas_dim = thetas_dim
        self.backcast_length = backcast_length
        self.forecast_length = forecast_length
        self.fc1 = nn.Linear(backcast_length, units)
        self.fc2 = nn.Linear(units, units)
        if share_thetas:
            self.theta_f_fc = self.theta_b_fc = nn.Linear(units, thetas_dim, bias=False)
        else:
            self.theta_b_fc = nn.Linear(units, thetas_dim, bias=False)
            self.theta_f_fc = nn.Linear(units, thetas_dim, bias=False)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return x

    def __str__(self):
        return f"{type(self).__name__}(units={self.units})"


class GenericBlock(Block):
    def __init__(self, *args, **kwargs):
        super(GenericBlock, self).__init__(*args, **kwargs)
        self.backcast_fc = nn.Linear(self.thetas_dim, self.backcast_length)
        self.forecast_fc = nn.Linear(self.thetas_dim, self.forecast_length)

    def forward(self, x):
        x = super(GenericBlock, self).forward(x)
        backcast = self.backcast_fc(self.theta_b_fc(x))
        forecast = self.forecast_fc(self.theta_f_fc(x))
        return backcast, forecast


class TrendBlock(Block):
    def __init__(self, units, thetas_dim, backcast_length=20, forecast_length=5):
        super().__init__(units, thetas_dim, backcast_length, forecast_length, share_thetas=True)
        t = torch.arange(forecast_length) / forecast_length
        tb = torch.arange(backcast_length) / backcast_length
        self.register_buffer("T", torch.stack([t**i for i in range(thetas_dim)]))
        self.register_buffer("TB", torch.stack([tb**i for i in range(thetas_dim)]))

    def forward(self, x):
        x = super().forward(x)
        return self.theta_b_fc(x).mm(self.TB), self.theta_f_fc(x).mm(self.T)


class NBeatsNet(nn.Module):
    GENERIC_BLOCK = "generic"
    TREND_BLOCK = "trend"

    def __init__(self, stack_types=(TREND_BLOCK, GENERIC_BLOCK), nb_blocks_per_stack=2, forecast_length=5, backcast_length=20, thetas_dim=(3, 8), hidden=16):
        super().__init__()
        self.forecast_length = forecast_length
        self.backcast_length = backcast_length
        self.stack_types = stack_types
        self.thetas_dim = thetas_dim
        self.hidden = hidden
        self.stacks = nn.ModuleList()
        for stack_id in range(len(self.stack_types)):
            self.stacks.append(self.create_stack(stack_id, nb_blocks_per_stack))

    def create_stack(self, stack_id, n):
        stack_type = self.stack_types[stack_id]
        blocks = nn.ModuleList()
        for block_id in range(n):
            block_init = NBeatsNet.select_block(stack_type)
            block = block_init(self.hidden, self.thetas_dim[stack_id], self.backcast_length, self.forecast_length)
            blocks.append(block)
        return blocks

    @staticmethod
    def select_block(block_type):
        if block_type == NBeatsNet.TREND_BLOCK:
            return TrendBlock
        return GenericBlock

    def forward(self, backcast):
        forecast = torch.zeros(size=(backcast.size()[0], self.forecast_length))
        for stack_id in range(len(self.stacks)):
            for block_id in range(len(self.stacks[stack_id])):
                b, f = self.stacks[stack_id][block_id](backcast)
                backcast = backcast - b
                forecast = forecast + f
        return backcast, forecast
