"""One kind of action repeated in a window, and what each time leaves behind of memory."""
