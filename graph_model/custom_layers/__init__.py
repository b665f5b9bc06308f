"""Layers that are Python text in a project: read, and known once allowed."""
