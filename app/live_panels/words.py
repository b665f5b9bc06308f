"""What panels are called, what they show, and why one cannot be had, in the language in use."""

from __future__ import annotations

from app.language.sentences import translate
from app.live_panels.kinds import Circumstances, PanelKind
from app.runs.events import LOAD


def panel_title(kind: str) -> str:
    """Return what a panel is called."""
    return {
        "loss": translate("Panels", "Loss"),
        "metrics": translate("Panels", "Metrics"),
        "rate": translate("Panels", "Learning rate"),
        "throughput": translate("Panels", "Samples per second"),
        "gradients": translate("Panels", "Gradient norm"),
        "updates": translate("Panels", "Update over weight"),
        "layers": translate("Panels", "Layer by layer"),
        "histograms": translate("Panels", "Histograms"),
        "phases": translate("Panels", "Step time"),
        "memory": translate("Panels", "Memory"),
        "processors": translate("Panels", "Processor load"),
    }[kind]


def panel_help(kind: str) -> str:
    """Return in a sentence or two what a panel shows."""
    return {
        "loss": translate(
            "Panels", "The loss of each step, and of each epoch for training and validation."
        ),
        "metrics": translate(
            "Panels", "Accuracy and other figures after each epoch; which of them is chosen."
        ),
        "rate": translate("Panels", "The learning rate at each step, as the schedule sets it."),
        "throughput": translate("Panels", "How many samples are trained on in a second."),
        "gradients": translate(
            "Panels",
            "The norm of all gradients together, before they are clipped too, and how often "
            "clipping acts.",
        ),
        "updates": translate(
            "Panels",
            "How far a step moves each weight over its norm: the median of all weights, and where "
            "four fifths of them lie. About 0.001 is usual.",
        ),
        "layers": translate(
            "Panels",
            "Gradients, updates or activations of each layer over the steps, as a map of colours.",
        ),
        "histograms": translate(
            "Panels",
            "How the weights, gradients or outputs of a layer are spread, over the steps.",
        ),
        "phases": translate(
            "Panels",
            "How long data, forward pass, backward pass and optimizer take in a step that is "
            "looked at.",
        ),
        "memory": translate(
            "Panels",
            "The main memory that Layerweft and the processes it started take, and that of the "
            "device.",
        ),
        "processors": translate(
            "Panels", "How busy they keep the processors of this computer, measured once a second."
        ),
    }[kind]


def obstacle(kind: PanelKind, now: Circumstances) -> str:
    """Return why a panel cannot be had, nothing where it can."""
    if not kind.asks:
        return ""
    if not now.is_live:
        return translate("Panels", "It is seen only while a run trains, and not kept with it.")
    if LOAD in kind.asks:
        if now.is_elsewhere:
            return translate("Panels", "Only what a run takes of this computer can be measured.")
        return ""
    if now.barred:
        return now.barred
    if now.is_compiled and "phases" in kind.asks:
        return translate("Panels", "With torch.compile nobody can look between its parts.")
    return ""


def nothing_yet(kind: PanelKind) -> str:
    """Return what a panel says before there is anything to show."""
    if LOAD in kind.asks:
        return translate("Panels", "Measured once a second while it trains.")
    if kind.asks:
        return translate("Panels", "Looked at now and then while it trains.")
    return translate("Panels", "Drawn here while it trains.")
