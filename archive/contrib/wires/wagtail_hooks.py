"""Wires among the formats that an import reads. Wiring only."""

from wagtail import hooks

from archive.contrib.intake.formats.base import SourceFormat
from archive.contrib.wires.anpa import AnpaFormat
from archive.contrib.wires.iptc7901 import Iptc7901Format
from archive.contrib.wires.newsml_1 import NewsmlFormat
from archive.contrib.wires.newsml_g2 import NewsmlG2Format
from archive.contrib.wires.ninjs import NinjsFormat
from archive.contrib.wires.nitf import NitfFormat


@hooks.register("register_archive_source_format")
def formats_of_wires() -> list[SourceFormat]:
    return [
        NitfFormat(),
        NewsmlG2Format(),
        NewsmlFormat(),
        Iptc7901Format(),
        AnpaFormat(),
        NinjsFormat(),
    ]
