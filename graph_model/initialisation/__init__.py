"""What the weights of a layer, or of all layers of a network, begin with."""
