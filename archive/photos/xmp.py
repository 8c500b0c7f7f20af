"""XMP packets: the fields that photo desks use, read with their languages; those of public files.

Pillow finds the packet in each format; its `getxmp()` refuses one with a damaged character, which
is common where a caption is in another character set, so the packet is read here.

Properties: IPTC Photo Metadata Standard 2025.1 (dc, photoshop, Iptc4xmpCore, Iptc4xmpExt, plus,
xmpRights).
"""

import re
from dataclasses import replace

# Only for building and typing elements; what comes from files is parsed by the hardened parser.
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from archive.conf import settings
from archive.photos import metadata
from archive.photos.metadata import PhotoMetadata, PublicMetadata
from archive.photos.vocabularies import (
    mining_address,
    read_mining,
    read_source,
    source_address,
)

_NAMESPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# In bytes: what a JPEG segment has room for, less the name of what it holds.
_LARGEST = 65_500
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
        digital_source_type=read_source(first("Iptc4xmpExt:DigitalSourceType")),
        ai_system=first("Iptc4xmpExt:AISystemUsed"),
        ai_system_version=first("Iptc4xmpExt:AISystemVersionUsed"),
        ai_prompt=first("Iptc4xmpExt:AIPromptInformation"),
        ai_prompt_writer=first("Iptc4xmpExt:AIPromptWriterName"),
        data_mining=read_mining(first("plus:DataMining")),
    )


def packet(public: PublicMetadata, longest: int) -> bytes:
    """A packet that says this and no more; at most `longest` characters a field.

    A prompt for which a JPEG has no room is left out. What is said of data mining of the picture
    itself goes before what the site says of all.
    """
    mining = public.data_mining or settings.DATA_MINING
    root = Element(_name("x:xmpmeta"))
    rdf = ElementTree.SubElement(root, _name("rdf:RDF"))
    description = ElementTree.SubElement(rdf, _name("rdf:Description"), {_name("rdf:about"): ""})
    for name, text, container in (
        ("photoshop:Credit", public.credit, ""),
        ("photoshop:Source", public.source, ""),
        ("dc:creator", public.creator, "rdf:Seq"),
        ("dc:rights", public.rights, "rdf:Alt"),
        ("xmpRights:Marked", "True" if public.rights else "", ""),
        ("Iptc4xmpExt:DigitalSourceType", source_address(public.digital_source_type), ""),
        ("Iptc4xmpExt:AISystemUsed", public.ai_system, ""),
        ("Iptc4xmpExt:AISystemVersionUsed", public.ai_system_version, ""),
        ("Iptc4xmpExt:AIPromptInformation", public.ai_prompt, ""),
        ("Iptc4xmpExt:AIPromptWriterName", public.ai_prompt_writer, ""),
        ("plus:DataMining", mining_address(mining), ""),
    ):
        if text:
            node = ElementTree.SubElement(description, _name(name))
            if container:
                language = {_LANG: "x-default"} if container == "rdf:Alt" else {}
                items = ElementTree.SubElement(node, _name(container))
                node = ElementTree.SubElement(items, _name("rdf:li"), language)
            node.text = _CONTROL.sub("", text[:longest])
    made = _PACKET.format(ElementTree.tostring(root, encoding="unicode")).encode()
    if len(made) > _LARGEST and public.ai_prompt:
        return packet(replace(public, ai_prompt=""), longest)
    return made


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
