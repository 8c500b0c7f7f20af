"""Wires the ties room, and the menu it shares with the names, into Wagtail's admin."""
