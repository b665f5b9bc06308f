"""Tables: read from CSV and its kin, Excel, Parquet and JSON lines, and understood column by column."""
