"""Texts in both languages that become one story."""
