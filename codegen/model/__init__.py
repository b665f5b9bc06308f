"""From a network to the text of its model: order, names, arguments, statements, lines."""
