"""What is kept of runs, without Qt and torch."""
