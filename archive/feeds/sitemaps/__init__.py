"""Sitemaps (sitemaps.org 0.9): an index, and files that hold a bounded number of addresses."""
