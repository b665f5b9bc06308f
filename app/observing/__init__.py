"""What looks at a training from outside while it goes on."""
