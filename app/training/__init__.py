"""The training engine: the loop, what is measured and kept; without Qt."""
