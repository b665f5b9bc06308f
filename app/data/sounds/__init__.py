"""Sounds become samples: waves or spectrograms of .wav files, each with its class."""
