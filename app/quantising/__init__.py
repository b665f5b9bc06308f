"""Models in whole numbers of eight bits: made, judged, and written."""
