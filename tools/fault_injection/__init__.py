"""Injects faults into healthy trainings at random, and counts how many are named rightly."""
