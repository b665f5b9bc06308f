"""The workspaces of the window: how the panels lie where one draws, trains, or compares runs."""
