"""Translations as files: out, through other tools, and back."""
