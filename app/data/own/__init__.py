"""Samples that Python text of one's own yields, in a process of its own, once it is allowed."""
