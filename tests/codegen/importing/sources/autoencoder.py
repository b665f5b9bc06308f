from torch import nn


class AutoEncoder(nn.Module):
    def __init__(self, code=8):
        super().__init__()
        sizes = [784, 128, 32, code]
        encoder, decoder = [], []
        for a, b in zip(sizes, sizes[1:]):
            encoder += [nn.Linear(a, b), nn.ReLU()]
        for a, b in zip(sizes[::-1], sizes[::-1][1:]):
            decoder += [nn.Linear(a, b), nn.ReLU()]
        decoder[-1] = nn.Sigmoid()
        self.encoder = nn.Sequential(*encoder[:-1])
        self.decoder = nn.Sequential(*decoder)

    def encode(self, x):
        return self.encoder(x)

    def decode(self, z):
        return self.decoder(z)

    def forward(self, x):
        return self.decode(self.encode(x))
