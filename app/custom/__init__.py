"""Custom layers in the application: permission, checking beside the window, and the editor."""
