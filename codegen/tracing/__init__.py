"""Somebody's own modules run, once that is allowed, in a process of their own, and are archived."""
