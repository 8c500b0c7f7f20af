"""A site that keeps its stories as pages of its own, a tree for each language."""
