"""A source's other language becomes the translation of the story: its segments, aligned.

layout.py     which piece of the translation goes into which segment: pure
partners.py   whether two texts are one story, and which of them is the story itself
plan.py       what importing a translation does: read only
apply.py      takes the translation in
undo.py       takes it back
"""
