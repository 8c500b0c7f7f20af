"""The journal of changes that can be undone."""
