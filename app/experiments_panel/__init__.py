"""Experiments in the window: what is varied, and how far its trials are."""
