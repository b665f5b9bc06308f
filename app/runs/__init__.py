"""What is known of a run: job, folder, events, curves, and those kept; without Qt and torch."""
