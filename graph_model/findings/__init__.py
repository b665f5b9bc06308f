"""What inference finds out, as values, and the fixes that follow from it."""
