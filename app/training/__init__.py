"""The training engine: data, the loop, what is measured and kept; without Qt."""
