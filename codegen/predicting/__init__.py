"""A trained network becomes the text that predicts with it, ``predict.py``."""
