"""Several runs of one project that differ in chosen settings. Without Qt and torch."""
