"""Classes that go into a training script as they stand here, word for word."""
