"""ZIPs from outside: names, limits, and what is refused."""

import io
import zipfile

import pytest

from archive.files.errors import FileError
from archive.files.packages import Package, part_names
from archive.files.zip import Allowance, ZipSource


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("allowance", "reason"),
    [
        (Allowance(1, 100), "too many files"),
        (Allowance(5, 5), "too large unpacked; pack it in parts"),
    ],
)
def test_more_than_is_allowed_is_refused(allowance: Allowance, reason: str) -> None:
    source = ZipSource(io.BytesIO(packed({"a": b"one", "b": b"three"})))
    with pytest.raises(FileError, match=reason):
        source.charge(allowance)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("../a", b"a", "leads out of the ZIP"),
        ("C:/a", b"a", "leads out of the ZIP"),
        ("bomb", b"0" * 3_000_000, "suspiciously small"),
    ],
)
def test_a_trap_is_named_and_not_unpacked(name: str, data: bytes, reason: str) -> None:
    source = ZipSource(io.BytesIO(packed({name: data})))
    [member] = source.members()
    with pytest.raises(FileError, match=reason):
        source.read(member)


def test_relations_lead_to_parts_and_addresses() -> None:
    relations = (
        b"<R><Relationship Id='1' Type='x/image' Target='../media/a.png'/>"
        b"<Relationship Id='2' Type='x/link' Target='https://a.example/'"
        b" TargetMode='External'/></R>"
    )
    package = Package(packed({"word/a.xml": b"<a/>", "word/_rels/a.xml.rels": relations}))
    assert [(one.id, one.kind, one.target) for one in package.relations("word/a.xml")] == [
        ("1", "image", "media/a.png"),
        ("2", "link", "https://a.example/"),
    ]


def test_what_is_no_zip_has_no_parts() -> None:
    assert part_names(b"PK\x03\x04 and no more") == part_names(b"<a/>") == []
