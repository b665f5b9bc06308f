"""The devices that torch can train on here."""

from __future__ import annotations

import torch

from graph_model.problems import Problem, Refusal


def devices() -> tuple[str, ...]:
    """Return the devices present: ``cpu``, each ``cuda:N``, ``mps``."""
    found = ["cpu", *(f"cuda:{index}" for index in range(torch.cuda.device_count()))]
    if torch.backends.mps.is_available():
        found.append("mps")
    return tuple(found)


def device_called(name: str) -> torch.device:
    """Return a device by its name; ``cuda`` is the first one.

    Raises ``Refusal`` where it is not present.
    """
    name = "cuda:0" if name == "cuda" else name
    present = devices()
    if name not in present:
        raise Refusal(Problem("no_device", {"device": name, "choices": ", ".join(present)}))
    return torch.device(name)


def device_title(name: str) -> str:
    """Return the name of a device for people: ``CPU``, ``cuda:0 (NVIDIA H200)``."""
    if name.startswith("cuda"):
        return f"{name} ({torch.cuda.get_device_name(torch.device(name))})"
    return name.upper()
