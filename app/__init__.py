"""The Layerweft application."""
