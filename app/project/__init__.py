"""The project being edited: its state, its files, and where things lie in it."""
