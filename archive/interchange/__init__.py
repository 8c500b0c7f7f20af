"""A whole story as a value, in both languages, and as the mark-up of files: pure functions.

What writes stories to files and what reads them back share these, so that nothing is lost between.
"""
