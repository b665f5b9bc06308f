"""Smaller models: which units matter least, what goes with them, and how the rest does."""
