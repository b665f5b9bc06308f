"""Transformers."""

import torch
from torch import Tensor, nn


class Transformers(nn.Module):
    """Transformers.

    Input: source (N, S, 32) float32
    Input: target (N, T, 32) float32
    Input: padding (N, S) bool
    Input: causal (T, T) bool
    Output: written (N, T, 32) float32
    Output: attended (N, T, 32) float32
    Parameters: 1,696,672
    """

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.TransformerEncoder(
            nn.TransformerEncoderLayer(
                32,
                4,
                dim_feedforward=64,
                layer_norm_eps=1e-6,
                batch_first=True,
                norm_first=True,
                bias=False,
            ),
            2,
            norm=nn.LayerNorm(32, eps=1e-6, bias=False),
            enable_nested_tensor=False,
        )
        self.decoder = nn.TransformerDecoder(nn.TransformerDecoderLayer(32, 8, batch_first=True), 2)
        self.layer = nn.TransformerDecoderLayer(32, 4, activation="gelu", batch_first=True)
        self.transformer = nn.Transformer(
            32, 4, num_decoder_layers=3, dropout=0.0, batch_first=True
        )
        self.attention = nn.MultiheadAttention(32, 4, add_zero_attn=True, batch_first=True)

    def forward(
        self, source: Tensor, target: Tensor, padding: Tensor, causal: Tensor
    ) -> tuple[Tensor, Tensor]:
        memory = self.encoder(source, src_key_padding_mask=padding)  # (N, S, 32)
        x = self.decoder(target, memory, tgt_mask=causal)  # (N, T, 32)
        layer = self.layer(x, memory, memory_key_padding_mask=padding)
        written = self.transformer(source, layer, src_key_padding_mask=padding, tgt_mask=causal)
        attended, _ = self.attention(
            layer, source, source, key_padding_mask=padding, need_weights=False
        )
        return written, attended


if __name__ == "__main__":
    model = Transformers()
    source = torch.zeros(2, 8, 32)
    target = torch.zeros(2, 8, 32)
    padding = torch.zeros(2, 8, dtype=torch.bool)
    causal = torch.zeros(8, 8, dtype=torch.bool)
    for output in model(source, target, padding, causal):
        print(tuple(output.shape))
