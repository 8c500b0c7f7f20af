"""What a file's name says of the other file that has the same story in the other language.

A name is cut at dots, dashes, blanks, brackets and underscores. What names a language goes: a
folder (en/port.txt), a word (zh_port.txt, port.en.txt, port（中文版）.docx), or what is glued to a
number or a word (017e.txt, portCN.txt). What is left is the same for both files.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePosixPath

from archive.text.language import SHORT_CODES

_WORDS = frozenset(
    {"en", "eng", "english", "uk", "us", "zh", "zho", "chi", "chn", "cn", "chinese", "ch"}
    | {"sc", "tc", "gb", "gbk", "big5", "hans", "hant", "tw", "hk"}
    | {"英", "英文", "英语", "英文版", "英文稿", "英语版", "英译", "英文译文"}
    | {"中", "中文", "汉语", "中文版", "中文稿", "汉语版", "中译", "中文译文"}
    | {"translation", "translated", "trans", "original", "source", "译文", "译稿", "原文", "原稿"}
    | set(SHORT_CODES.values())
)
# One letter is a language's only where it stands last.
_LETTERS = frozenset("ec")
_PARTS = re.compile(r"[\s._()\[\]（）【】《》&+,，、-]+")
# 017e, portCN, port中文版: the letters behind a number or a word in small letters.
_GLUED = re.compile(r"(?<=[0-9])[ecEC]$|(?<=[a-z0-9])(?:EN|CN|ZH|CH|ENG|CHN|E|C)$")
_GLUED_HAN = re.compile(r"(?:[中英](?:文|语|译)(?:版|稿)?|译[文稿]|原[文稿])$")
_NUMBER = re.compile(r"\d{1,9}")
# A last part of so few characters says nothing where the folders differ.
_SHORTEST = 3
_LONGEST_SUFFIX = 6


class NameTie(IntEnum):
    """How two files belong together by their names, the weakest first."""

    NONE = 0
    # 017.txt and 018.txt.
    NEIGHBOURS = 1
    # The same name in two folders.
    SAME_FILE = 2
    # The same but for what names a language, in one name at least.
    SAME = 3
    # Both names say a language, or a text's role, and are the same but for that.
    MARKED = 4


@dataclass(frozen=True)
class FileKey:
    """A file's name without what says its language: `folder` and `stem`, in small letters.

    `mark` is what was taken away ("en", "中文"; "" for nothing). `series` and `number` are those
    of a numbered file, its last number: ("p", 18) of p18.
    """

    folder: str = ""
    stem: str = ""
    mark: str = ""
    series: str = ""
    number: int | None = None

    def tie_to(self, other: "FileKey") -> NameTie:
        """How the two files belong together; the texts must say whether they do."""
        if self.stem == other.stem and self.stem:
            if self.folder == other.folder:
                is_marked = self.mark and other.mark and self.mark != other.mark
                return NameTie.MARKED if is_marked else NameTie.SAME
            return NameTie.SAME_FILE if len(self.stem) >= _SHORTEST else NameTie.NONE
        if self.number is None or other.number is None:
            return NameTie.NONE
        is_next = abs(self.number - other.number) == 1
        same = (self.folder, self.series) == (other.folder, other.series)
        return NameTie.NEIGHBOURS if is_next and same else NameTie.NONE


def file_key(name: str) -> FileKey:
    """The key of a name, which may have folders with either slash; an empty one for no name."""
    path = PurePosixPath(unicodedata.normalize("NFKC", name[-500:]).replace("\\", "/"))
    marks: list[str] = []
    folders = [_without_marks(part, marks, is_file=False) for part in path.parts[:-1]]
    suffix = path.suffix[1:]
    is_suffix = bool(suffix) and len(suffix) <= _LONGEST_SUFFIX and suffix.lower() not in _WORDS
    last = path.name[: -len(path.suffix)] if is_suffix else path.name
    stem = _without_marks(last, marks, is_file=True)
    numbers = list(_NUMBER.finditer(stem))
    if not numbers:
        return FileKey("/".join(filter(None, folders)), stem, " ".join(marks))
    at = numbers[-1]
    series = f"{stem[: at.start()]}#{stem[at.end() :]}"
    return FileKey("/".join(filter(None, folders)), stem, " ".join(marks), series, int(at[0]))


def _without_marks(part: str, marks: list[str], *, is_file: bool) -> str:
    """The words of one part of a path that say no language, joined by dashes."""
    words = [word for word in _PARTS.split(part) if word]
    kept: list[str] = []
    for place, word in enumerate(words):
        is_last = place == len(words) - 1
        small = word.casefold()
        if small in _WORDS or (is_file and is_last and place and small in _LETTERS):
            marks.append(small)
            continue
        glued = _GLUED_HAN.search(word) or (is_last and _GLUED.search(word)) or None
        if glued and glued.start():
            marks.append(glued[0].casefold())
            small = word[: glued.start()].casefold()
        kept.append(small)
    return "-".join(kept)
