"""Folders and ZIPs: what is read of them, and what is said of the rest."""

import io
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from archive.contrib.intake.containers import FoundFile, find
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFailure
from tests.contrib.intake.files import JPEG, zipped


def found(*paths: Path) -> tuple[list[str], dict[str, str]]:
    """The names of the files and, by name, the reasons of the failures."""
    names, failures = [], {}
    for one in find(paths):
        if isinstance(one, SourceFailure):
            failures[one.name] = one.reason
        else:
            names.append(one.name)
            assert one.read().data
    return names, failures


def written(folder: Path, names: Iterable[str], data: bytes = b"Port opens") -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def pack(folder: Path, members: dict[str, bytes], name: str = "papers.zip") -> Path:
    (folder / name).write_bytes(zipped(members))
    return folder / name


def test_a_folder_is_walked_in_sorted_order_whatever_the_endings(tmp_path: Path) -> None:
    names = ("b/2.txt", "b/1.TXT", "a/3", "a/.5.txt", ".hidden/4.txt", "a/Thumbs.db", "~$x.docx")
    written(tmp_path, names)
    (tmp_path / "empty").mkdir()
    names = [f"{tmp_path}/{name}" for name in ("a/3", "b/1.TXT", "b/2.txt")]
    assert found(tmp_path) == (names, {})


def test_a_file_is_taken_once(tmp_path: Path) -> None:
    path = written(tmp_path, ["story.asc"]) / "story.asc"
    (tmp_path / "again.asc").symlink_to(path)
    assert found(path, path, tmp_path) == ([str(path)], {})


def test_a_path_that_can_not_be_followed_is_a_failure_of_its_own(tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    for path in (loop, tmp_path / ("x" * 300), Path("/dev/zero"), tmp_path / "none.txt"):
        (one,) = find([path])
        assert isinstance(one, FoundFile)
        with pytest.raises(IntakeError, match=r"can't be read|no such file|not a file"):
            one.read()


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    assert found(tmp_path) == ([], {str(tmp_path): "the folder holds no files"})


def test_a_zip_is_read_with_those_inside_it(tmp_path: Path) -> None:
    inner = zipped({"1998/two.txt": b"Two", "__MACOSX/._two.txt": b"x", ".DS_Store": b"x"})
    path = pack(tmp_path, {"one.txt": b"One", "more.zip": inner, "word.docx": docx()}, "a.bin")
    names = [f"{path}/{name}" for name in ("more.zip/1998/two.txt", "one.txt", "word.docx")]
    assert found(path) == (names, {})
    assert found(tmp_path) == (names, {})


def docx() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})


def test_a_document_that_is_a_zip_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "story.docx"
    path.write_bytes(docx())
    assert found(path) == ([str(path)], {})


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("gb18030", "报纸/湛江港.txt"), ("utf-8", "报纸/湛江港.txt"), ("big5", "報紙/基隆港.txt")],
)
def test_names_without_a_mark_are_read_in_their_packers_encoding(
    tmp_path: Path, encoding: str, name: str
) -> None:
    raw = name.encode(encoding)
    path = tmp_path / "old.zip"
    path.write_bytes(zipped({"x" * len(raw): b"x"}).replace(b"x" * len(raw), raw))
    assert found(path) == ([f"{path}/{name}"], {})


@pytest.mark.parametrize("name", ["../out.txt", "a/../../out.txt", "/etc/out.txt", "C:\\out.txt"])
def test_a_path_that_leads_out_is_refused_and_the_rest_goes_on(tmp_path: Path, name: str) -> None:
    names, failures = found(path := pack(tmp_path, {name: b"x", "in.txt": b"x"}))
    assert names == [f"{path}/in.txt"]
    assert "leads out of the ZIP" in "".join(failures.values())


def test_an_encrypted_file_is_said(tmp_path: Path) -> None:
    data = bytearray(zipped({"in.txt": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "secret.zip"
    path.write_bytes(bytes(data))
    assert "password" in found(path)[1][f"{path}/in.txt"]


def test_a_bomb_is_refused(tmp_path: Path, settings: Any) -> None:
    path = pack(tmp_path, {"bomb.txt": b"0" * 3_000_000, "in.txt": b"x"})
    names, failures = found(path)
    assert (len(names), "bomb" in failures[f"{path}/bomb.txt"]) == (1, True)
    settings.ARCHIVE_INTAKE_MAX_ZIP_BYTES = 2_000_000
    assert "too large unpacked" in found(path)[1][str(path)]


def test_a_bomb_inside_others_is_refused(tmp_path: Path, settings: Any) -> None:
    data = zipped({"in.txt": b"x" * 600_000})
    path = pack(tmp_path, {f"{number}.zip": data for number in range(9)})
    settings.ARCHIVE_INTAKE_MAX_ZIP_BYTES = 1_500_000
    names, failures = found(path)
    assert (len(names), len(failures)) == (2, 7)
    for _depth in range(4):
        data = zipped({"more.zip": data})
    (tmp_path / "deep.zip").write_bytes(data)
    assert "too deep" in "".join(found(tmp_path / "deep.zip")[1].values())


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.contrib.intake.containers._MOST_FILES", 3)
    path = pack(tmp_path, {str(number): b"x" for number in range(4)})
    assert "too many files" in found(path)[1][str(path)]


@pytest.mark.parametrize("cut", [20, 60, -4])
def test_a_damaged_zip_is_said(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.zip"
    path.write_bytes(zipped({"in.txt": b"x" * 500})[:cut])
    assert "damaged or cut off" in found(path)[1][str(path)]


def test_a_damaged_member_fails_alone(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr("bad.txt", b"Broken words")
        packed.writestr("good.txt", b"x")
    path = tmp_path / "part.zip"
    path.write_bytes(data.getvalue().replace(b"Broken words", b"Broken cords"))
    bad, good = find([path])
    assert isinstance(bad, SourceFailure)
    assert (bad.name, "damaged" in bad.reason, good.name) == (
        f"{path}/bad.txt",
        True,
        f"{path}/good.txt",
    )


def test_a_saved_pages_own_files_are_passed_over(tmp_path: Path) -> None:
    written(tmp_path, ["Port.html", "Port_files/ad.html", "Port_files/a.css", "b.files/c.txt"])
    written(tmp_path, ["Port_files/logo.jpg"], JPEG)
    names, failures = found(tmp_path)
    assert [name.rpartition("/")[2] for name in names] == ["Port.html", "c.txt"]
    assert failures == {}


def test_pictures_of_no_story_are_named_once(tmp_path: Path) -> None:
    written(tmp_path, ["story.txt"])
    written(tmp_path, ["b.jpg", "a.JPG"], JPEG)
    assert "2 pictures belong to no story: a.JPG, b.jpg" in found(tmp_path)[1][str(tmp_path)]


def test_memory_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "large.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(12):
            packed.writestr(f"{number}.txt", b"%d" % number * 4_000_000)
    tracemalloc.start()
    assert len(found(path)[0]) == 12
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40_000_000


def test_a_zip_with_a_huge_list_of_members_is_refused_at_once(tmp_path: Path) -> None:
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, *[0] * 6, 0, 0, 1, *[0] * 6)
    names = (entry + b"a") * 300_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, len(names), 4, 0)
    path = tmp_path / "many.zip"
    path.write_bytes(b"PK\x03\x04" + names + end)
    started = time.process_time()
    [failure] = find([path])
    assert "too many files" in failure.reason  # type: ignore[union-attr]
    assert time.process_time() - started < 1
