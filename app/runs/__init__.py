"""What is known of a run: its job, folder, events, curves, and those kept so far. No Qt, no torch."""
