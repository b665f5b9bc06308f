import torch
import torch.nn as nn
import torch.nn.functional as F



class Classifier(nn.Module):
    def __init__(self, ntoken=100, d_model=32, nhead=4, nlayers=2, nclass=4):
        super().__init__()
        self.embedding = nn.Embedding(ntoken, d_model, padding_idx=0)
        layer = nn.TransformerEncoderLayer(d_model, nhead, dim_feedforward=64, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, nlayers, enable_nested_tensor=False)
        self.fc = nn.Linear(d_model, nclass)

    def forward(self, src):
        x = self.embedding(src) * self.embedding.embedding_dim ** 0.5
        x = self.encoder(x)
        return self.fc(x.mean(dim=1))
