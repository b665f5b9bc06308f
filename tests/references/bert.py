"""The encoder of BERT with its pooler, as one writes it by hand."""

import torch
from torch import Tensor, nn


class BertEmbeddings(nn.Module):
    def __init__(self, words: int, length: int, dim: int, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(words, dim, padding_idx=0)
        self.positions = nn.Embedding(length, dim)
        self.types = nn.Embedding(2, dim)
        self.norm = nn.LayerNorm(dim, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, input_ids: Tensor, token_type_ids: Tensor) -> Tensor:
        positions = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = self.words(input_ids) + self.positions(positions) + self.types(token_type_ids)
        return self.dropout(self.norm(x))


class BertLayer(nn.Module):
    def __init__(self, dim: int, num_heads: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.attention = nn.MultiheadAttention(dim, num_heads, dropout, batch_first=True)
        self.norm1 = nn.LayerNorm(dim, eps=1e-12)
        self.fc1 = nn.Linear(dim, hidden)
        self.act = nn.GELU()
        self.fc2 = nn.Linear(hidden, dim)
        self.norm2 = nn.LayerNorm(dim, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, padding: Tensor) -> Tensor:
        y, _ = self.attention(x, x, x, key_padding_mask=padding, need_weights=False)
        x = self.norm1(x + self.dropout(y))
        y = self.fc2(self.act(self.fc1(x)))
        return self.norm2(x + self.dropout(y))


class Bert(nn.Module):
    def __init__(
        self,
        words: int = 30522,
        length: int = 512,
        dim: int = 768,
        depth: int = 12,
        num_heads: int = 12,
        hidden: int = 3072,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.embeddings = BertEmbeddings(words, length, dim, dropout)
        self.layers = nn.ModuleList(
            BertLayer(dim, num_heads, hidden, dropout) for _ in range(depth)
        )
        self.pooler = nn.Linear(dim, dim)

    def forward(
        self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        x = self.embeddings(input_ids, token_type_ids)
        padding = attention_mask == 0
        for layer in self.layers:
            x = layer(x, padding)
        return x, torch.tanh(self.pooler(x[:, 0]))
