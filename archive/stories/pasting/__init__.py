"""Pasting a text into a story's form."""
