# inputs: 20:int64
import torch
import torch.nn as nn
import torch.nn.functional as F



class TextCNN(nn.Module):
    def __init__(self, vocab=300, dim=24, kernels=(3, 4, 5), channels=10, classes=2):
        super().__init__()
        self.embedding = nn.Embedding(vocab, dim)
        self.convs = nn.ModuleList([nn.Conv2d(1, channels, (k, dim)) for k in kernels])
        self.dropout = nn.Dropout(0.5)
        self.fc = nn.Linear(len(kernels) * channels, classes)

    def forward(self, text):
        x = self.embedding(text).unsqueeze(1)
        x = [F.relu(conv(x)).squeeze(3) for conv in self.convs]
        x = [F.max_pool1d(line, line.size(2)).squeeze(2) for line in x]
        return self.fc(self.dropout(torch.cat(x, 1)))
