"""Random mouse and keys for minutes on a real window, and what they leave behind of memory."""
