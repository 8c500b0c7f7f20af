"""Wires the entities room into Wagtail's admin and rich text."""
