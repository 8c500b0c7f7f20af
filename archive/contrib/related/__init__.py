"""Related stories: found from shared names and ties, kept in a table, read in one query."""
