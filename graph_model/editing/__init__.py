"""Edits of networks, blocks and projects, as pure functions."""
