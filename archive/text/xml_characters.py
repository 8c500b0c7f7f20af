"""What XML 1.0 can't hold, not even as a character reference."""

import re

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_illegal(text: str, instead: str = "") -> str:
    """The text without what would make a document that no program can read."""
    return ILLEGAL.sub(instead, text)
