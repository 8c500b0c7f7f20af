"""Checks of translations that know English and Chinese: what the two texts say, and how."""
