"""What a selected layer or wire gives for a sample: its numbers, and pictures of them."""
