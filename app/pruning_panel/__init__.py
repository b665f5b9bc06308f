"""The dialog in which a trained network is made smaller."""
