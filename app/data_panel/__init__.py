"""The Data workspace: what was read and why, what becomes of it, and what a network is given."""
