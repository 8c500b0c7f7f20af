"""XML on its way out, written as text."""

import re
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

from archive.files.xml import ILLEGAL, without_illegal

_ILLEGAL_APART = re.compile(f"({ILLEGAL.pattern})")
_IN_ATTRIBUTES = str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def text(value: str) -> str:
    """Words as XML; what XML can't hold becomes U+FFFD."""
    # A bare carriage return would come back as a line feed.
    return escape(without_illegal(value, "\ufffd"), {"\r": "&#13;"})


def words(value: str, stand_in: Callable[[int, int], str]) -> str:
    """Words as XML; `stand_in` gives the element for the nth character that XML can't hold."""
    parts = _ILLEGAL_APART.split(value)
    return "".join(
        stand_in(number // 2, ord(part)) if number % 2 else text(part)
        for number, part in enumerate(parts)
    )


def start(name: str, attributes: Mapping[str, str]) -> str:
    """The opening tag of an element; empty attributes are left out."""
    given = ((key, text(value)) for key, value in attributes.items() if value)
    written = (f' {key}="{value.translate(_IN_ATTRIBUTES)}"' for key, value in given)
    return f"<{name}{''.join(written)}>"


def element(name: str, attributes: Mapping[str, str], *children: str) -> str:
    """An element with children that are XML already."""
    head = start(name, attributes)
    return f"{head}{''.join(children)}</{name}>" if children else f"{head[:-1]}/>"
