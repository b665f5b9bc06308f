"""How much memory is free. Without torch, unless a device other than the CPU is asked for."""

from __future__ import annotations

import importlib


def free_on(device: str) -> int:
    """Return how many bytes are free on a device; on MPS that is main memory."""
    if device.startswith("cuda"):
        torch = importlib.import_module("torch")
        return int(torch.cuda.mem_get_info(torch.device(device))[0])
    return free_main_memory()


def free_main_memory() -> int:
    """Return how many bytes of main memory programs can still take without swapping."""
    psutil = importlib.import_module("psutil")  # slow to load, and seldom asked for
    return int(psutil.virtual_memory().available)
