"""Reads the wire fixtures of superdesk-core's own parsers, and tells what of them is missing.

    git clone --depth 1 https://github.com/superdesk/superdesk-core
    python -m tests.contrib.wires.superdesk_fixtures superdesk-core/tests/io/fixtures

One line a text item: the file, the format that read it, whether its headline is there, and which
words of its body are in no field of the record. What the words are is told without our readers:
by cutting the tags out of the element that holds the body.
"""

import html
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^<>]*>|<!\[CDATA\[|\]\]>")
_BODIES = re.compile(
    r"<(?:\w+:)?(body\.content|inlineXML|inlineData|DataContent)\b[^>]*>(.*?)</(?:\w+:)?\1>", re.S
)
_POSTS = re.compile(r"<item>(.*?)</item>", re.S)
_ENCODED = re.compile(r"<content:encoded>(.*?)</content:encoded>", re.S)
_CONTROLS = re.compile(r"[\x00-\x1f]")
# Words that say which field a line is, and so are not repeated in the field.
_LABELS = {
    *("by", "and", "in", "this", "the", "to", "report", "story", "contributed", "writer"),
    "writers",
}
# Printed as one word: "limited<Company>Alko</Company>".
_WITHIN = re.compile(r"(?<=\w)</?Company>(?=\w)")
_FORMATS = ("nitf", "newsml", "newsml-g2", "ninjs", "iptc7901", "anpa", "wordpress")
_BODY_KEYS = ("body_xhtml", "body_html", "body_text")


@dataclass(frozen=True)
class Reading:
    """An item as it was read; `missing` are words of its body that no field has."""

    file: str
    format: str
    headline: str
    missing: tuple[str, ...]
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        return bool(self.headline) and not self.missing and not self.reason


def words(text: str) -> Counter[str]:
    return Counter(word.casefold() for word in _WORD.findall(text))


def bodies(path: Path) -> list[str]:
    """The texts of the file's items, tags cut out, in order; those without words are left out."""
    data = path.read_bytes()
    if b"\x02" in data[:1000]:
        pieces = [part.partition(b"\x03")[0] for part in data.split(b"\x02")[1:]]
        found = [_wire_text(piece) for piece in pieces]
    elif data.lstrip()[:1] in (b"{", b"["):
        found = [_json_body(item) for item in _json_items(json.loads(data))]
    else:
        found = _xml_bodies(data)
    return [text for text in found if words(text)]


def _wire_text(piece: bytes) -> str:
    try:
        text = piece.decode()
    except UnicodeDecodeError:
        text = piece.decode("cp1252")
    if text.startswith("^"):  # ANPA: the first line is the slug; in a table "{" is one half.
        text = text.partition("\n")[2].replace("{", "½")
    return _CONTROLS.sub(" ", text.replace("\x10 ", " "))


def _xml_bodies(data: bytes) -> list[str]:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if "wordpress.org/export" in text:
        posts = [one for one in _POSTS.findall(text) if ">publish<" in one or "[publish]" in one]
        return [_without_tags("".join(_ENCODED.findall(post))) for post in posts]
    return [_without_tags(body) for _name, body in _BODIES.findall(text)]


def _without_tags(text: str) -> str:
    text = _TAG.sub(" ", _WITHIN.sub("", text))
    # Twice: HTML stands in XML as a text of its own.
    return html.unescape(_TAG.sub(" ", html.unescape(text)))


def _json_items(value: Any) -> list[Any]:
    inner = value.get("item") if isinstance(value, dict) else value
    return inner if isinstance(inner, list) else [value]


def _json_body(item: Any) -> str:
    return _without_tags(next((item[key] for key in _BODY_KEYS if item.get(key)), ""))


def readings(folder: Path) -> Iterator[Reading]:
    # Django must be set up first.
    from archive.contrib.intake.formats import read_stories
    from archive.contrib.intake.records import IntakeError
    from archive.contrib.intake.sources import SourceFile

    for path in sorted(folder.iterdir()):
        if path.suffix not in (".xml", ".json", ".txt", ".tst", "") and "newsml" not in path.name:
            continue
        source = SourceFile(path, path.read_bytes())
        try:
            stories = read_stories(source)
        except IntakeError as error:
            if path.suffix in (".xml", "") and bodies(path):
                yield Reading(path.name, "", "", (), str(error))
            continue
        if stories[0].format not in _FORMATS:
            continue
        wanted = bodies(path)
        texts = [one for one in stories if one.blocks or len(stories) <= len(wanted)]
        for story, body in zip(texts, wanted, strict=False):
            missing = set(words(body) - words(_said(story.as_record()))) - _LABELS
            yield Reading(path.name, story.format, story.headline, tuple(sorted(missing)))


def _said(value: Any) -> str:
    """All texts of a record."""
    if isinstance(value, dict):
        return " ".join(_said(part) for part in value.values())
    if isinstance(value, list):
        return " ".join(map(_said, value))
    return value if isinstance(value, str) else ""


def main(folder: Path) -> int:
    found = list(readings(folder))
    for one in found:
        told = one.reason or " ".join(one.missing[:12]) or "whole"
        mark = "ok" if one.is_whole else "--"
        sys.stdout.write(
            f"{mark}  {one.format:10} {one.file[:60]:60} {one.headline[:40]:40} {told}\n"
        )
    whole = sum(one.is_whole for one in found)
    sys.stdout.write(f"{whole} of {len(found)} text items read with headline and whole body\n")
    return 0 if whole >= len(found) * 0.92 else 1


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.test")
    import django

    django.setup()
    sys.exit(main(Path(sys.argv[1])))
