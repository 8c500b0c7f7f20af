"""Batches of imports: files in, read in slices, checked by a person, accepted, undone.

How a screen uses this is said in `docs/intake.md`.
"""
