"""The networks and blocks that come with the application, written down in Python."""
