"""Tables, from CSV and its kin to Parquet, read and understood column by column."""
