"""Python source becomes a drawing: it is read and never run."""
