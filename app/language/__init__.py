"""What is said to people: the language in use, sentences and numbers."""
