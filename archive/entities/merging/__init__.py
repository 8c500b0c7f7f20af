"""Which names are the same: possible duplicates, merging by redirect, splitting, undoing."""
