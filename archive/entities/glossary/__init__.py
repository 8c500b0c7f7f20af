"""The names as a termbase: found in texts, taken in from CSV."""
