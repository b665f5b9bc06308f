import torch
from torch import nn
from torch.distributions import Categorical


def mlp(sizes, activation=nn.Tanh, output_activation=nn.Identity):
    layers = []
    for j in range(len(sizes) - 1):
        act = activation if j < len(sizes) - 2 else output_activation
        layers += [nn.Linear(sizes[j], sizes[j + 1]), act()]
    return nn.Sequential(*layers)


class ActorCritic(nn.Module):
    def __init__(self, obs_dim=4, act_dim=2, hidden_sizes=(16, 16)):
        super().__init__()
        self.pi = mlp([obs_dim] + list(hidden_sizes) + [act_dim])
        self.v = mlp([obs_dim] + list(hidden_sizes) + [1])

    def act(self, obs):
        return Categorical(logits=self.pi(obs)).sample()

    def forward(self, obs):
        return self.pi(obs), torch.squeeze(self.v(obs), -1)
