"""Pictures of the whole window in every state that people see, to look at."""
