"""The Runs workspace: runs with their figures and settings, searched, sorted, grouped, compared."""
