"""The training tab: how to train, the run under way, its plots, and the runs before it."""
