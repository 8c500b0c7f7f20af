"""XMP packets: the fields that photo desks use, read with their languages, and the credit line.

Pillow finds the packet in each format; its `getxmp()` refuses one with a damaged character, which
is common where a caption is in another character set, so the packet is read here.

Properties: IPTC Photo Metadata Standard 2023.2 (dc, photoshop, Iptc4xmpCore, plus, xmpRights).
"""

import re

# Only for building and typing elements; what comes from files is parsed by the hardened parser.
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from archive.conf import settings
from archive.photos import metadata
from archive.photos.metadata import CreditLine, PhotoMetadata

_NAMESPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
# The vocabulary of plus:DataMining, which IPTC takes over.
_MINING = "http://ns.useplus.org/ldf/vocab/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_UNDECODABLE = "\ufffd"
_PACKET = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{}<?xpacket end="w"?>'

for _prefix, _uri in _NAMESPACES.items():
    ElementTree.register_namespace(_prefix, _uri)


def parse(packet: bytes) -> PhotoMetadata:
    """The fields of an XMP packet; raises `SyntaxError` or `ValueError` if it isn't XML."""
    root = _root(packet)
    rdf = root if root.tag == _name("rdf:RDF") else root.find(f".//{_name('rdf:RDF')}")
    descriptions = [] if rdf is None else rdf.findall(_name("rdf:Description"))

    def texts(path: str) -> list[str]:
        return [text for _language, text in _values(descriptions, path)]

    def first(*paths: str) -> str:
        return next((text for path in paths for text in texts(path)), "")

    return PhotoMetadata(
        captions=metadata.by_language(_values(descriptions, "dc:description")),
        alt_texts=metadata.by_language(_values(descriptions, "Iptc4xmpCore:AltTextAccessibility")),
        headline=first("photoshop:Headline"),
        credit=first("photoshop:Credit"),
        rights=first(
            "dc:rights", "plus:CopyrightOwner/plus:CopyrightOwnerName", "xmpRights:UsageTerms"
        ),
        source=first("photoshop:Source"),
        creator=", ".join(texts("dc:creator")),
        date_taken=metadata.partial_date(first("photoshop:DateCreated")),
        place=metadata.place_name(
            *map(first, ("photoshop:City", "photoshop:State", "photoshop:Country"))
        ),
    )


def packet(credit: CreditLine, longest: int) -> bytes:
    """A packet that says the credit line and no more; at most `longest` characters a field."""
    mining = settings.DATA_MINING
    root = Element(_name("x:xmpmeta"))
    rdf = ElementTree.SubElement(root, _name("rdf:RDF"))
    description = ElementTree.SubElement(rdf, _name("rdf:Description"), {_name("rdf:about"): ""})
    for name, text, container in (
        ("photoshop:Credit", credit.credit, ""),
        ("photoshop:Source", credit.source, ""),
        ("dc:creator", credit.creator, "rdf:Seq"),
        ("dc:rights", credit.rights, "rdf:Alt"),
        ("xmpRights:Marked", "True" if credit.rights else "", ""),
        ("plus:DataMining", f"{_MINING}{mining}" if mining else "", ""),
    ):
        if text:
            node = ElementTree.SubElement(description, _name(name))
            if container:
                language = {_LANG: "x-default"} if container == "rdf:Alt" else {}
                items = ElementTree.SubElement(node, _name(container))
                node = ElementTree.SubElement(items, _name("rdf:li"), language)
            node.text = _CONTROL.sub("", text[:longest])
    return _PACKET.format(ElementTree.tostring(root, encoding="unicode")).encode()


def _values(descriptions: list[Element], path: str) -> list[tuple[str, str]]:
    """A property's texts with their language codes ("" for none), whichever of RDF's spellings
    they come in; "a/b" names the field b of the structures in a.

    What is empty or was not text in the packet's encoding is left out.
    """
    name, _, inner = path.partition("/")
    found: list[tuple[str, str | None]] = []
    for description in descriptions:
        found.append(("", description.get(_name(name))))
        for node in description.findall(_name(name)):
            if inner:
                key = _name(inner)
                found += (("", p.text if p.tag == key else p.get(key)) for p in node.iter())
            else:
                items = list(node.iter(_name("rdf:li"))) or [node]
                found += ((item.get(_LANG, ""), item.text) for item in items)
    return [
        (language, metadata.clean(text))
        for language, text in found
        if text and _UNDECODABLE not in text and metadata.clean(text)
    ]


def _root(packet: bytes) -> Element:
    encoding = {0: "utf-16-be", 1: "utf-16-le"}.get(packet[:2].find(b"\0"), "utf-8")
    if packet.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    text = _CONTROL.sub("", packet.decode(encoding, "replace"))
    # Packets are padded with spaces and NULs, and some programs put a byte order mark in front.
    root: Element = fromstring(text[text.find("<") : text.rfind(">") + 1])
    return root


def _name(prefixed: str) -> str:
    """ "dc:rights" -> "{http://purl.org/dc/elements/1.1/}rights"."""
    prefix, _, local = prefixed.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"
