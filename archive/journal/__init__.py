"""What was changed, row by row, so that it can be undone."""
