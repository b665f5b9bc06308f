"""Smaller networks: which channels, heads and neurons can go, and the drawing without them.

Every axis of a tensor that carries channels is a line of numbers, one for each of its places. Where
a layer needs two places to go together, their numbers are joined; what a layer cannot do without is
fixed. What is left can be removed: each unit with every slice of a weight that makes or reads it.
The rules follow torch's layers; the idea is that of the dependency graph in Fang et al., "DepGraph:
Towards Any Structural Pruning", 2023, worked out on the drawing and not on a module.
"""
