"""Photographs: the image model, and the captions and credits inside image files.

Reading (`reading`) and writing (`writing`) embedded metadata are pure: bytes in, values out.
"""
