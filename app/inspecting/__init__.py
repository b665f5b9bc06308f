"""What a network computes for a sample: the values of every node and wire, reduced to be drawn."""
