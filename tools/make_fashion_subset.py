"""Make the bundled subset of Fashion-MNIST from the full set of IDX files.

    python tools/make_fashion_subset.py /usr/share/datasets/fashion-mnist

takes the first 600 training and the first 100 test images of each of the ten classes, in the
order in which they stand there, and writes them to ``resources/data/fashion_mnist.npz``: ``images``
(7000×28×28, uint8, the 1,000 test images last) and ``labels`` (7000, uint8). The archive is packed
with LZMA, which numpy reads as it does any other.
"""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

TARGET = Path(__file__).resolve().parent.parent / "resources" / "data" / "fashion_mnist.npz"


def read(path: Path, header: int) -> Bytes:
    """Return the bytes of an IDX file behind its header."""
    return np.frombuffer(gzip.decompress(path.read_bytes())[header:], np.uint8)


def first_of_each_class(folder: Path, split: str, count: int) -> tuple[Bytes, Bytes]:
    """Return the first ``count`` images of each class with their labels, in order."""
    images = read(folder / f"{split}-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28)
    labels = read(folder / f"{split}-labels-idx1-ubyte.gz", 8)
    chosen = np.sort(np.concatenate([np.flatnonzero(labels == c)[:count] for c in range(10)]))
    return images[chosen], labels[chosen]


def main() -> None:
    """Write the subset."""
    folder = Path(sys.argv[1])
    parts = first_of_each_class(folder, "train", 600), first_of_each_class(folder, "t10k", 100)
    arrays = {
        "images": np.concatenate([images for images, _ in parts]),
        "labels": np.concatenate([labels for _, labels in parts]),
    }
    with zipfile.ZipFile(TARGET, "w", zipfile.ZIP_LZMA) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_LZMA
            archive.writestr(entry, buffer.getvalue())
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
