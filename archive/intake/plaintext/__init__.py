"""Reads newspapers' plain text: a layout that all papers share, a grammar for each language."""
