"""Live panels of a run: what it tells, drawn as it grows."""
