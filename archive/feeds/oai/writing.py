"""The answers' XML: elements with their texts cleaned of what XML has no place for."""

from datetime import UTC, datetime
from xml.etree import ElementTree

from archive.pages.feed_formats import clean

OAI = "http://www.openarchives.org/OAI/2.0/"
SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

Element = ElementTree.Element


def document(base_url: str, attributes: dict[str, str], now: datetime) -> Element:
    """The frame of every answer: when it was given, and to what."""
    root = Element(
        "OAI-PMH",
        {
            "xmlns": OAI,
            "xmlns:xsi": SCHEMA_INSTANCE,
            "xsi:schemaLocation": f"{OAI} {OAI}OAI-PMH.xsd",
        },
    )
    add(root, "responseDate", utc(now))
    add(root, "request", base_url, **attributes)
    return root


def add(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    """A new last child of the parent."""
    cleaned = {key: clean(value) for key, value in attributes.items()}
    made = ElementTree.SubElement(parent, name, cleaned)
    made.text = clean(text) or None
    return made


def serialised(root: Element) -> bytes:
    content: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return content


def utc(moment: datetime) -> str:
    """As the protocol writes it, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
