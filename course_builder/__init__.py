"""The command `course`: builds the notebooks, runs, records, checks and releases them."""
