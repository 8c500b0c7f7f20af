"""Browsing without a query: by day, section, and name; every state an address."""
