"""The files to import, one after the other: single ones, and those of folders and ZIPs.

Nothing is read before it is asked for, and one file at a time. Pictures aren't sources: a story
takes its own (`companions`). Hidden files and what systems leave behind are passed over; all
others are either read or named as failures.
"""

import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from django.utils.functional import lazy
from django.utils.translation import ngettext

from archive.contrib.intake.companions import SUFFIXES, Companions
from archive.contrib.intake.conf import settings
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.sources import (
    SourceFailure,
    SourceFile,
    check_size,
    checked,
    unreadable,
)
from archive.contrib.intake.sources import read as read_source
from archive.files.errors import FileError
from archive.files.zip import BROKEN, SIGNATURE, Allowance, ZipSource, damaged
from archive.photos.file_names import is_picture
from archive.text.punctuation import joined
from archive.text.stored_messages import message as _
from archive.text.stored_messages import said_by

# A ZIP in a ZIP in a ZIP; deeper ones are a trap.
_DEEPEST = 3
_MOST_FILES = 50_000
# A nested ZIP of more bytes waits on the disk.
_IN_MEMORY = 10_000_000
_SIGNATURE_LENGTH = 16
_PIECE = 1_000_000
# Of a single file's folder only so many others are looked at for pictures.
_MOST_NEARBY = 20_000
# Pictures without a story are named, so many.
_NAMED = 20
_QUIET = re.compile(
    r"(?:^|/)(?:\.[^./][^/]*|__MACOSX|Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r|~\$[^/]*|@eaDir)(?:/|$)",
    re.IGNORECASE,
)
# Where browsers put what a saved page needs: "Port opens_files", "Port opens.files".
_PAGE_FOLDER = re.compile(
    r"^(.*)(?:[_\-. ](?:files|Dateien|fichiers|archivos)|_files|\.files)/", re.I
)
_PAGE = re.compile(r"\.[sx]?html?$", re.IGNORECASE)


@dataclass(frozen=True)
class FoundFile:
    """A file that may hold stories. `name` is for people: "papers.zip/1998/port.txt"."""

    name: str
    size: int
    get: Callable[[], bytes] = field(repr=False)
    companions: Companions = field(repr=False)
    # Its name among the files that lie with it.
    inner: str = ""

    def read(self) -> SourceFile:
        """Raises IntakeError for what is empty, too large or damaged."""
        source = SourceFile(Path(self.name), self.get(), self.companions.beside(self.inner))
        return checked(source, settings.INTAKE_MAX_FILE_BYTES)

    def complete(self, story: ParsedArticle) -> ParsedArticle:
        """The story with the pictures that lie beside the file and belong to it."""
        return self.companions.complete(story, self.inner)


@dataclass(frozen=True)
class _Member:
    """A file of a folder or ZIP, by its name there, parted by "/"."""

    name: str
    size: int
    stream: Callable[[], BinaryIO] = field(repr=False)
    problem: str = ""

    def read(self, most: int | None = None) -> bytes:
        """At most so many bytes, or all. Raises IntakeError, also for more than the limit."""
        try:
            with self.stream() as stream:
                if most is not None:
                    return stream.read(most)
                data = stream.read(settings.INTAKE_MAX_FILE_BYTES + 1)
        except BROKEN as error:
            raise IntakeError(said_by(damaged(error))) from error
        except OSError as error:
            raise IntakeError(unreadable(error)) from error
        check_size(len(data), settings.INTAKE_MAX_FILE_BYTES)
        return data


# A file, what is wrong with one, or None at the end of a folder or ZIP.
_Found = FoundFile | SourceFailure | None


def find(paths: Iterable[Path]) -> Iterator[FoundFile | SourceFailure]:
    """The files of the paths, each once; folders and ZIPs in the order of their names.

    A ZIP is closed, and pictures without a story are named, when the first file behind is asked
    for: read and complete each file before going on.
    """
    return (found for found in find_with_ends(paths) if found)


def find_with_ends(paths: Iterable[Path]) -> Iterator[_Found]:
    """As `find`, for whoever asks ahead: up to a None all must be complete before going on."""
    seen: set[str] = set()
    nearby: dict[Path, Companions] = {}
    for path in paths:
        # os.path answers where Path raises: loops of links, names too long, folders not allowed.
        if os.path.isdir(path):
            failures: list[SourceFailure] = []
            members = _members_of_folder(path, failures)
            fresh = [one for one in members if _is_new(path / one.name, seen)]
            yield from failures
            if not members and not failures:
                yield SourceFailure(str(path), _("the folder holds no files"))
            yield from _files(fresh, str(path), _allowance())
        elif _is_new(path, seen):
            yield from _single(path, nearby)


def _allowance() -> Allowance:
    return Allowance(_MOST_FILES, settings.INTAKE_MAX_ZIP_BYTES)


def _is_new(path: Path, seen: set[str]) -> bool:
    real = os.path.realpath(path)
    is_new = real not in seen
    seen.add(real)
    return is_new


def _single(path: Path, nearby: dict[Path, Companions]) -> Iterator[_Found]:
    """A file, or the files of a ZIP. Beside a file lies what its folder and those in it hold."""
    size = os.path.getsize(path) if os.path.isfile(path) else 0
    member = _Member(path.name, size, partial(_opened, path))
    if size and (inside := _inside(member, str(path), _allowance(), depth=0)):
        yield from inside
        return
    if path.parent not in nearby:
        nearby[path.parent] = _companions(_members_of_folder(path.parent, [], deepest=1))
    reading = partial(_read_path, path)
    yield FoundFile(str(path), size, reading, nearby[path.parent], path.name)


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def _read_path(path: Path) -> bytes:
    return read_source(path, settings.INTAKE_MAX_FILE_BYTES).data


def _members_of_folder(
    folder: Path, failures: list[SourceFailure], deepest: int | None = None
) -> list[_Member]:
    """All files that aren't hidden; with `deepest` only so many folders down, and not too many."""

    def unreadable_folder(error: OSError) -> None:
        failures.append(SourceFailure(str(error.filename), unreadable(error)))

    found: list[_Member] = []
    for root, folders, names in os.walk(folder, onerror=unreadable_folder):
        inner = Path(root).relative_to(folder).as_posix()
        depth = 0 if inner == "." else inner.count("/") + 1
        is_deepest = deepest is not None and depth >= deepest
        folders[:] = [] if is_deepest else sorted(one for one in folders if not _is_quiet(one))
        for name in sorted(names):
            path = Path(root, name)
            shown = path.relative_to(folder).as_posix()
            if not _is_quiet(name) and os.path.isfile(path):
                found.append(_Member(shown, os.path.getsize(path), partial(_opened, path)))
        if deepest is not None and len(found) > _MOST_NEARBY:
            break
    return found


def _is_quiet(name: str) -> bool:
    return bool(_QUIET.search(name))


def _companions(members: list[_Member]) -> Companions:
    pictures = {one.name: one.read for one in members if _is_named_picture(one)}
    return Companions(pictures, [one.name for one in members if one.name not in pictures])


def _is_named_picture(member: _Member) -> bool:
    return member.name.lower().endswith(SUFFIXES) and not member.problem


def _files(
    members: list[_Member], prefix: str, allowance: Allowance, depth: int = 0
) -> Iterator[_Found]:
    """The sources among the files of one folder or ZIP, and what is wrong with the others."""
    members = [one for one in members if not _is_quiet(one.name)]
    companions = _companions(members)
    saved = _folders_of_pages([one.name for one in members])
    for member in members:
        name = f"{prefix}/{member.name}"
        if member.problem:
            yield SourceFailure(name, member.problem)
        elif not _is_part_of(member.name, saved):
            yield from _file(member, name, companions, allowance, depth)
    yield None
    if told := without_story(companions.unused(), [one.name for one in members]):
        yield SourceFailure(prefix, told)


def _file(
    member: _Member, name: str, companions: Companions, allowance: Allowance, depth: int
) -> Iterator[_Found]:
    try:
        head = member.read(_SIGNATURE_LENGTH)
        if _is_named_picture(member) and is_picture(head):
            return
        if inside := _inside(member, name, allowance, depth):
            yield from inside
            return
    except IntakeError as error:
        yield SourceFailure(name, said_by(error))
        return
    yield FoundFile(name, member.size, member.read, companions, member.name)


def _inside(
    member: _Member, name: str, allowance: Allowance, depth: int
) -> Iterator[_Found] | None:
    """The files of a ZIP; None for a file of another kind, and for a document kept as a ZIP."""
    try:
        if member.read(len(SIGNATURE)) != SIGNATURE:
            return None
        if depth >= _DEEPEST:
            raise IntakeError(_("a ZIP too deep within others; unpack it and import its files"))
        stream = _seekable(member, allowance)
        source = ZipSource(stream)
        if source.is_document:
            stream.close()
            return None
        source.charge(allowance)
    except (IntakeError, FileError) as error:
        return iter([SourceFailure(name, said_by(error))])
    return _unpacked(source, stream, name, allowance, depth)


def _unpacked(
    source: ZipSource, stream: BinaryIO, name: str, allowance: Allowance, depth: int
) -> Iterator[_Found]:
    with stream:
        members = [
            _Member(one.name, one.size, partial(source.open, one), one.problem)
            for one in source.members()
        ]
        yield from _files(members, name, allowance, depth + 1)


def _seekable(member: _Member, allowance: Allowance) -> BinaryIO:
    """The file itself; a member of a ZIP is unpacked, on the disk if it is large."""
    stream = member.stream()
    if not isinstance(stream, zipfile.ZipExtFile):
        return stream
    # Whoever reads it closes it.
    copy = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
    with stream:
        left = allowance.size
        try:
            while data := stream.read(min(_PIECE, left + 1)):
                left -= len(data)
                if left < 0:
                    allowance.take(0, allowance.size + 1)
                copy.write(data)
        except BROKEN as error:
            raise IntakeError(said_by(damaged(error))) from error
    copy.seek(0)
    return cast("BinaryIO", copy)


def _folders_of_pages(names: list[str]) -> set[str]:
    """What a browser saved with a page: its scripts and styles are nobody's stories."""
    pages = {_PAGE.sub("", one) for one in names if _PAGE.search(one)}
    found = map(_PAGE_FOLDER.match, names)
    return {one[0] for one in found if one and one[1] in pages}


def _is_part_of(name: str, folders: set[str]) -> bool:
    found = _PAGE_FOLDER.match(name)
    return bool(found and found[0] in folders)


def without_story(pictures: list[str], names: list[str]) -> str:
    """What to tell of pictures that no story has taken, if any; `names` are all files' beside."""
    saved = _folders_of_pages(names)
    unused = [one for one in pictures if not _is_part_of(one, saved)]
    return lazy(_no_storys, str)(unused) if unused else ""


def _no_storys(unused: list[str]) -> str:
    message = ngettext(
        "%(count)d picture belongs to no story: %(names)s; name it in the text, or like the "
        "story's file",
        "%(count)d pictures belong to no story: %(names)s; name them in the text, or like the "
        "story's file",
        len(unused),
    )
    names = joined([*unused[:_NAMED], *(["…"] if len(unused) > _NAMED else [])])
    return message % {"count": len(unused), "names": names}
