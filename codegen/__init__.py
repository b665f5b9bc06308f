"""From a network to PyTorch: code, modules and training scripts."""
