# inputs: user=:int64 item=:int64
import torch
import torch.nn as nn
import torch.nn.functional as F



class Recommender(nn.Module):
    def __init__(self, users=100, items=60, dim=8):
        super().__init__()
        self.user = nn.Embedding(users, dim)
        self.item = nn.Embedding(items, dim)
        self.user_bias = nn.Embedding(users, 1)
        self.item_bias = nn.Embedding(items, 1)

    def forward(self, user, item):
        dot = (self.user(user) * self.item(item)).sum(1)
        return dot + self.user_bias(user).squeeze() + self.item_bias(item).squeeze()
