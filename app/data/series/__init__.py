"""Series become samples: windows of what was, with what came after them."""
