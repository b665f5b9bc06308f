"""Random events with edits in their midst, without a screen, and what is raised by them."""
