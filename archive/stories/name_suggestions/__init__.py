"""Suggested names at a story's form: what waits, what was answered, and the panel that asks."""
