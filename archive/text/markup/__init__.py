"""HTML of any source, as a tree and as the blocks of a body."""
