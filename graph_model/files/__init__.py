"""Projects as files: read strictly, written whole, recovered after a crash."""
