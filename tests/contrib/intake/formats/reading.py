"""Reads a file's bytes as an import would, and compares words."""

import re
from collections import Counter
from pathlib import Path

from archive.contrib.intake.formats import read_stories
from archive.contrib.intake.records import ParsedArticle
from archive.contrib.intake.sources import SourceFile

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")


def source(data: bytes, name: str = "file") -> SourceFile:
    return SourceFile(Path(name), data)


def stories(data: bytes, name: str = "file") -> list[ParsedArticle]:
    return read_stories(source(data, name))


def story(data: bytes, name: str = "file") -> ParsedArticle:
    (only,) = stories(data, name)
    return only


def words(text: str) -> Counter[str]:
    """How often each word stands in a text; Chinese by the character."""
    return Counter(_WORD.findall(text))


def reads_like_text(data: bytes, text: str) -> ParsedArticle:
    """The story of a file, whose draft must be that of its text, word by word and by fields."""
    article = story(data)
    assert words(text) - words(article.text) == Counter()
    assert article.digest == stories(text.encode(), "a.txt")[0].digest
    return article
