"""What colours the cards of the canvas: which quantity, of what, by which scale and map."""
