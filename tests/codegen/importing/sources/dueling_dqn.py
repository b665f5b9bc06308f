# inputs: 4x36x36
import numpy as np
import torch
import torch.nn as nn


class DuelingDQN(nn.Module):
    def __init__(self, input_shape=(4, 36, 36), n_actions=6):
        super(DuelingDQN, self).__init__()
        self.input_shape = input_shape
        self.num_actions = n_actions
        self.features = nn.Sequential(
            nn.Conv2d(input_shape[0], 8, kernel_size=8, stride=4),
            nn.ReLU(),
            nn.Conv2d(8, 16, kernel_size=4, stride=2),
            nn.ReLU(),
        )
        conv_out_size = self._get_conv_out(input_shape)
        self.advantage = nn.Sequential(nn.Linear(conv_out_size, 32), nn.ReLU(), nn.Linear(32, n_actions))
        self.value = nn.Sequential(nn.Linear(conv_out_size, 32), nn.ReLU(), nn.Linear(32, 1))

    def _get_conv_out(self, shape):
        o = self.features(torch.zeros(1, *shape))
        return int(np.prod(o.size()))

    @property
    def feature_size(self):
        return self.features(torch.zeros(1, *self.input_shape)).view(1, -1).size(1)

    def forward(self, x):
        fx = x.float() / 256
        conv_out = self.features(fx).view(fx.size()[0], -1)
        val, adv = self.value(conv_out), self.advantage(conv_out)
        return val + (adv - adv.mean(dim=1, keepdim=True))

    def act(self, state, epsilon):
        if np.random.rand() > epsilon:
            with torch.no_grad():
                return self.forward(torch.from_numpy(state)).max(1)[1].item()
        return np.random.randint(self.num_actions)


if __name__ == "__main__":
    net = DuelingDQN()
    print(net)
