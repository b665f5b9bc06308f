"""What a network costs: multiply-adds, memory, and what each element of it sees."""
