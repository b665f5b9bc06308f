"""PyTorch source comes in as a project: read beside the window, never run."""
