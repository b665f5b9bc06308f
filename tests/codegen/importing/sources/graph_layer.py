# inputs: x=9x6 adj=9x9
import torch
import torch.nn as nn
import torch.nn.functional as F



class GraphConv(nn.Module):
    def __init__(self, fin, fout):
        super().__init__()
        self.lin = nn.Linear(fin, fout, bias=False)

    def forward(self, x, adj):
        return torch.bmm(adj, self.lin(x))


class GCN(nn.Module):
    def __init__(self, features=6, hidden=8, classes=3):
        super().__init__()
        self.gc1 = GraphConv(features, hidden)
        self.gc2 = GraphConv(hidden, classes)

    def forward(self, x, adj):
        x = F.relu(self.gc1(x, adj))
        x = F.dropout(x, 0.5, self.training)
        return self.gc2(x, adj).mean(dim=1)
