"""Finding things by a few letters typed: layers, blocks, actions and nodes."""
