"""Brings back files into the archive: parse (pure), plan (reads), apply (writes)."""
