"""Documents that are kept as a ZIP of XML parts: Office Open XML and OpenDocument."""

import io
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile
from archive.contrib.intake.xml_source import parse_xml
from archive.contrib.intake.zip_files import BROKEN, SIGNATURE, Allowance, ZipSource, damaged

# Of all parts, unpacked. A document within the limit for files holds no more, but a bomb does.
_MOST_FILES, _MOST_BYTES = 20_000, 400_000_000
# A part of XML may take so much memory as a tree, in bytes: a tag and an attribute take at most so
# much each. The XML of a document of Word's of 10 MB does, a million paragraphs of a letter don't.
_MOST_TREE, _OF_TAG, _OF_ATTRIBUTE = 150_000_000, 90, 300
_MOST_XML = 40_000_000


class DocumentPackage:
    """The parts of a document, by name. Raises IntakeError for what is damaged or a trap."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._zip = ZipSource(io.BytesIO(source.data))
        self._zip.charge(Allowance(_MOST_FILES, _MOST_BYTES))
        self._members = {member.name: member for member in self._zip.members()}

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def data(self, name: str) -> bytes:
        """The part's bytes; b"" if there is no such part."""
        member = self._members.get(name)
        if member is None:
            return b""
        if member.problem:
            raise IntakeError(member.problem)
        try:
            with self._zip.open(member) as stream:
                return stream.read()
        except BROKEN as error:
            raise damaged(error) from error

    def xml(self, name: str) -> Element | None:
        """The part's root element; None if there is no such part."""
        member = self._members.get(name)
        if member is None:
            return None
        data = self.data(name) if member.size <= _MOST_XML else b""
        tree = _OF_TAG * data.count(b"<") + _OF_ATTRIBUTE * data.count(b"=")
        if member.size > _MOST_XML or tree > _MOST_TREE:
            raise IntakeError(_("the document is too long for a story; split it"))
        return parse_xml(SourceFile(self._source.path, data))


def part_names(source: SourceFile) -> list[str]:
    """The names of a ZIP's parts; none for what is no ZIP that can be opened."""
    if not source.data.startswith(SIGNATURE):
        return []
    try:
        return DocumentPackage(source).names
    except IntakeError:
        return []
