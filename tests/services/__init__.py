"""Servers that the checks start for themselves and stop again."""
