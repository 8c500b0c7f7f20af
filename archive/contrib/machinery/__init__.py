"""Drafts by a machine: optional, off by default, marked as such, and never a translation."""
