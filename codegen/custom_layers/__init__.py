"""The Python texts of custom layers: their place in a file, and what they give when tried."""
