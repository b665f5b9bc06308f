"""Texts become samples: characters, words or byte pairs, to be classified or to be gone on with."""
