"""PyTorch source and archives of models come in as projects: read beside the window, never run."""
