"""Ties on maps, in time and in charts, and maps that a story's form draws of its cities."""
