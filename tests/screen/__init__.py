"""The ring of tests that drives a real window with a real mouse."""
