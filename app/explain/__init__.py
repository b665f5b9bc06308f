"""What a number comes from, shown beside it."""
