"""An edited text changes the project that it was written from, and keeps all that is not in it."""
