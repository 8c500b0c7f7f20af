"""Documents that are kept as a ZIP of XML parts: Office Open XML and OpenDocument."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath
from xml.etree.ElementTree import Element

from archive.files.errors import FileError
from archive.files.xml import children, parse_xml, value_of
from archive.files.zip import SIGNATURE, Allowance, ZipSource
from archive.text.stored_messages import message as _

# Of all parts, unpacked. A document within the limit for files holds no more, but a bomb does.
_MOST_FILES, _MOST_BYTES = 20_000, 400_000_000
# A part of XML may take so much memory as a tree, in bytes: a tag and an attribute take at most so
# much each. The XML of a document of Word's of 10 MB does, a million paragraphs of a letter don't.
_MOST_TREE, _OF_TAG, _OF_ATTRIBUTE = 150_000_000, 90, 300
_MOST_XML = 40_000_000


@dataclass(frozen=True)
class Relation:
    """What one part says of another (ECMA-376, part 2): `target` is that one's name or address."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of a document, by name. Raises FileError for what is damaged or a trap.

    `allowance` is charged with the parts of XML alone: pictures are read when they are asked for.
    """

    def __init__(
        self, data: bytes, allowance: Allowance | None = None, most_tree: int | None = None
    ) -> None:
        self._most_tree = most_tree or _MOST_TREE
        self._zip = ZipSource(io.BytesIO(data))
        self._zip.charge(Allowance(_MOST_FILES, _MOST_BYTES))
        self._members = {member.name: member for member in self._zip.members()}
        if allowance:
            parts = [one for one in self._members.values() if one.name.endswith((".xml", ".rels"))]
            allowance.take(len(parts), sum(one.size for one in parts))

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def data(self, name: str) -> bytes:
        """The part's bytes; b"" if there is no such part."""
        member = self._members.get(name)
        return b"" if member is None else self._zip.read(member)

    def xml(self, name: str) -> Element | None:
        """The part's root element; None if there is no such part."""
        member = self._members.get(name)
        if member is None:
            return None
        data = self.data(name) if member.size <= _MOST_XML else b""
        tree = _OF_TAG * data.count(b"<") + _OF_ATTRIBUTE * data.count(b"=")
        if member.size > _MOST_XML or tree > self._most_tree:
            raise FileError(_("the document is too long; split it"))
        return parse_xml(data, most_tags=self._most_tree // _OF_TAG)

    def relations(self, name: str) -> Iterator[Relation]:
        """The other parts that a part refers to, and addresses, as they are written."""
        folder, _slash, own = name.rpartition("/")
        for one in children(self.xml(f"{folder}/_rels/{own}.rels"), "relationship"):
            target = value_of(one, "Target")
            if value_of(one, "TargetMode").lower() != "external":
                target = target[1:] if target.startswith("/") else normpath(join(folder, target))
            kind = value_of(one, "Type").rpartition("/")[2]
            yield Relation(value_of(one, "Id"), kind, target)


def part_names(data: bytes) -> list[str]:
    """The names of a ZIP's parts; none for what is no ZIP that can be opened."""
    if not data.startswith(SIGNATURE):
        return []
    try:
        return Package(data).names
    except FileError:
        return []
