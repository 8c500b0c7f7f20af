"""Pictures that lie beside a story's file, and which of them are the story's.

In this order: what the story refers to; a file name in its text; a picture named after the
story's file ("port.txt": "port.jpg", "port-2.jpg"); a caption written into the picture's own data
that is the story's.
"""

import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from urllib.parse import unquote, urlsplit

from archive.contrib.intake.documents import DocumentImage
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.photos.actions import metadata_in
from archive.photos.metadata import PhotoMetadata

# Gives at most so many bytes of a picture; None for all that a picture may have.
PictureReader = Callable[[int | None], bytes]

SUFFIXES = (
    *(".jpg", ".jpeg", ".jpe", ".png", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".avif"),
    *(".heic", ".jp2"),
)
_ENDING = re.compile(r"\.(?:jpe?g|png|gif|webp|tiff?|bmp|avif)(?![a-z0-9])", re.IGNORECASE)
# What parts a file's name from the words before it.
_APART = re.compile(r"[\s\"'<>|:*?/\\()（）\[\]《》“”，。：；]")
_LONGEST_NAME = 120
# "port-2", "port_02", "port (3)", "port图1": the story's stem, and which of its pictures it is.
_NUMBERED = re.compile(r"[\s_.\-]*(?:图|圖|photo|pic|img)?[\s_.\-]*[(（]?\d{1,3}[)）]?$", re.I)
_LETTER = re.compile(r"[^\W_]+")
# Shorter words are no caption that one could know again.
_LEAST_CAPTION = 8
# Metadata stand at the start of a picture.
_HEAD = 512_000
# A folder of more isn't searched by captions.
_MOST_READ = 5_000


class Companions:
    """The pictures of a folder or ZIP, by their names in it ("1998/port.jpg").

    `others` are the names of the files that aren't pictures.
    """

    def __init__(self, readers: Mapping[str, PictureReader], others: Iterable[str] = ()) -> None:
        self._readers = readers
        self._stems = {_folded(_stem(name)) for name in others}
        # By the file whose stories take them.
        self._used: dict[str, set[str]] = defaultdict(set)
        self._metadata: dict[str, PhotoMetadata] = {}

    def beside(self, name: str) -> Callable[[str], bytes | None]:
        """What `SourceFile.beside` is for the file of that name."""

        def read(reference: str) -> bytes | None:
            found = self._named(reference, name)
            return self._read(found, name) if found else None

        return read

    def complete(self, story: ParsedArticle, name: str) -> ParsedArticle:
        """The story of the file `name` with its pictures, their bytes and captions."""
        story = replace(story, images=tuple(self._filled(one, name) for one in story.images))
        if not self._readers:
            return story
        taken = {self._named(one.url or one.name, name) for one in story.images}
        of_stem = self._by_stem.get(_folded(_stem(name)), [])
        for found in dict.fromkeys([*self._in_text(story.text, name), *of_stem]):
            if found not in taken:
                story = self._added(story, found, name)
        return self._by_captions(story, name)

    def unused(self) -> list[str]:
        """The pictures that no story has taken."""
        return sorted(set(self._readers).difference(*self._used.values()))

    def taken(self, name: str) -> list[str]:
        """Those that the stories of the file `name` have taken."""
        return sorted(self._used[name])

    def take(self, name: str, pictures: Iterable[str]) -> None:
        """The stories of that file have been read before, and have taken these."""
        self._used[name].update(pictures)

    def _read(self, found: str, name: str) -> bytes | None:
        try:
            data = self._readers[found](None)
        except IntakeError:
            return None
        self._used[name].add(found)
        return data

    def _filled(self, image: DocumentImage, name: str) -> DocumentImage:
        """A picture of which only an address is known, with its bytes if they lie here."""
        if image.data or not image.url:
            return image
        found = self._named(image.url, name)
        data = self._read(found, name) if found else None
        return replace(image, data=data) if data else image

    def _named(self, reference: str, name: str) -> str | None:
        """By its path from the file; else by its own name, the nearest of several."""
        path = unquote(urlsplit(reference.replace("\\", "/")).path)
        near = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
        if near in self._readers:
            return near
        same = self._by_name.get(_folded(posixpath.basename(path)), [])
        return max(same, key=lambda one: _nearness(one, name), default=None)

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        return _grouped(self._readers, posixpath.basename)

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        """By folder and name, without a number unless a file is named so: "1998/port"."""
        return _grouped(self._readers, self._story_stem)

    def _story_stem(self, name: str) -> str:
        stem = _stem(name)
        folder, own = posixpath.split(stem)
        plain = posixpath.join(folder, _NUMBERED.sub("", own) or own)
        return stem if _folded(stem) in self._stems else plain

    @cached_property
    def _by_folder(self) -> dict[str, list[str]]:
        return _grouped(self._readers, posixpath.dirname)

    def _in_text(self, text: str, name: str) -> Iterable[str]:
        for ending in _ENDING.finditer(text):
            before = text[max(0, ending.start() - _LONGEST_NAME) : ending.start()]
            stem = _APART.split(before)[-1]
            if stem and (found := self._named(stem + ending[0], name)):
                yield found

    def _added(self, story: ParsedArticle, found: str, name: str) -> ParsedArticle:
        data = self._read(found, name)
        if not data:
            return story
        said = self._said(found)
        caption = said.captions.get(story.language) or next(iter(said.captions.values()), "")
        image = DocumentImage(
            name=found, data=data, url=found, caption=caption, credit=said.credit,
            rights=said.rights, alt_text=said.alt_texts.get(story.language, ""),
        )  # fmt: skip
        return _captioned(replace(story, images=(*story.images, image)), image)

    def _said(self, found: str) -> PhotoMetadata:
        if found not in self._metadata:
            try:
                self._metadata[found] = metadata_in(self._readers[found](_HEAD))
            except IntakeError:
                self._metadata[found] = PhotoMetadata()
        return self._metadata[found]

    def _by_captions(self, story: ParsedArticle, name: str) -> ParsedArticle:
        near = self._by_folder.get(_folded(posixpath.dirname(name)), [])
        if len(near) > _MOST_READ or all(one.image for one in story.captions):
            return story
        taken = {self._named(one.url or one.name, name) for one in story.images}
        for found in near:
            words = [_words(text) for text in self._said(found).captions.values()]
            if found not in taken and any(
                _is_same(_words(caption.text), one)
                for caption in story.captions
                if not caption.image
                for one in words
            ):
                story = self._added(story, found, name)
        return story


def _captioned(story: ParsedArticle, image: DocumentImage) -> ParsedArticle:
    """The caption that is the picture's: of the same words, else the next without a picture."""
    free = [at for at, one in enumerate(story.captions) if not one.image]
    words = _words(image.caption)
    same = [at for at in free if _is_same(_words(story.captions[at].text), words)]
    # Words that the picture itself has are another's, unless they are the same.
    chosen = same[:1] or (free[:1] if not words else [])
    captions = list(story.captions)
    for at in chosen:
        captions[at] = replace(captions[at], image=image.name)
    return replace(story, captions=tuple(captions))


def _is_same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _LEAST_CAPTION and short in long


def _words(text: str) -> str:
    return "".join(_LETTER.findall(_folded(text)))


def _grouped(names: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        groups[_folded(key(name))].append(name)
    return groups


def _stem(name: str) -> str:
    return posixpath.splitext(name)[0]


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _nearness(one: str, name: str) -> int:
    """How many folders two files have in common."""
    count = 0
    for a, b in zip(one.split("/"), name.split("/"), strict=False):
        if a != b:
            break
        count += 1
    return count
