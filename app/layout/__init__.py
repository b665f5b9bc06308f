"""Where cards lie: their measures, and the automatic layout; without Qt."""
