"""Training: the engine, without Qt, and the views on it."""
