"""Which tensor of a file goes to which weight of a model, from names and shapes alone."""
