"""Putting the archive into a site: its settings, its addresses, its first pages and groups."""
