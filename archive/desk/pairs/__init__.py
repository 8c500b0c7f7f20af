"""Stories that were imported apart become one story with its translation."""
