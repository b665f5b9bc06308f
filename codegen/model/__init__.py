"""From a network to its program, before it is text: order, names, arguments, statements."""
