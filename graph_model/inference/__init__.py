"""Finding out the shapes, sizes, counts and problems of a network, and what follows."""
