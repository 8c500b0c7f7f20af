"""Photographs: the image model, its renditions, and the captions and credits inside image files.

`embedded`, `xmp`, `iim` and `metadata` are pure: bytes in, values out.
"""
