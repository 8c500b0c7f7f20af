"""Writes and reads gettext PO files: one for a language pair, its stories told apart by context."""

import re
from collections.abc import Iterable
from typing import SupportsIndex

import polib
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from archive.contrib.exchange.codes import html_of
from archive.contrib.exchange.units import (
    DRAFTS,
    ExchangeError,
    ExportedStory,
    Reply,
    State,
    StoryReply,
    Unit,
    UnitNote,
    UnitVersion,
    remarks,
)
from archive.text.encodings import codec
from archive.text.language import CHINESE, LANGUAGES

# As gettext names them.
_LANGUAGES = {code: "zh_CN" if code == CHINESE else to_locale(code) for code in LANGUAGES}
_CHARSET = re.compile(rb"charset=([\w.-]+)", re.I)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# A comment, or a string with or without its keyword; polib takes half a string for a whole one.
_LINE = re.compile(r'(?:#.*|(?:msg\w+(?:\[\d\])?\s*)?"(?:[^"\\]|\\.)*+")?', re.S)


class _Text(str):
    """A catalogue for polib, which would end lines at any of Unicode's separators."""

    __slots__ = ()

    def splitlines(self, keepends: SupportsIndex = False) -> list[str]:
        return re.split(r"\r\n|\n|\r", self)


def write_po(stories: Iterable[ExportedStory]) -> bytes:
    """A catalogue; segments that aren't to be translated have no place in it."""
    stories = list(stories)
    catalogue = polib.POFile(wrapwidth=0)
    # All that `msgfmt --check` asks for; where nobody is meant, in gettext's own words.
    catalogue.metadata = {
        "Project-Id-Version": stories[0].name if len(stories) == 1 else "translations",
        "PO-Revision-Date": f"{timezone.now():%Y-%m-%d %H:%M%z}",
        "Last-Translator": "Automatically generated",
        "Language-Team": "none",
        "Language": _LANGUAGES[stories[0].target_language],
        "X-Source-Language": _source_of(stories[0]),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    catalogue += [
        _entry(unit, story) for story in stories for unit in story.units if not unit.locked
    ]
    return str(catalogue).encode()


def _source_of(story: ExportedStory) -> str:
    return "zh_TW" if story.is_traditional else _LANGUAGES[story.source_language]


def _entry(unit: Unit, story: ExportedStory) -> polib.POEntry:
    comments = [f"{story.title} · {unit.label}" if unit.label else story.title]
    comments += remarks(unit)
    is_fuzzy = unit.target and unit.state in DRAFTS
    return polib.POEntry(
        msgctxt=f"{story.original} {unit.key}",
        msgid=html_of(unit.source, unit.markup),
        msgstr=html_of(unit.target, unit.markup),
        previous_msgid=html_of(unit.previous, unit.markup) or None,
        comment="\n".join([*comments, unit.version.as_line()]),
        flags=["fuzzy"] if is_fuzzy else [],
    )


def read_po(data: bytes) -> list[StoryReply]:
    """The stories of a catalogue; raises ExchangeError if it is none."""
    text = _decoded(data)
    for number, line in enumerate(_Text(text).splitlines(), 1):
        if not _LINE.fullmatch(line.strip()):
            raise _invalid_line(number)
    try:
        # polib opens a file if its text is the name of one, which no text with this start is.
        catalogue = polib.pofile(_Text(f"\n{text}"))
    except OSError as error:
        found = re.search(r"line (\d+)", str(error))
        raise _invalid_line(int(found[1]) - 1 if found else 1) from error
    stories: dict[str, list[Reply]] = {}
    for entry in catalogue:
        if not entry.obsolete:
            name, _space, key = (entry.msgctxt or "").rpartition(" ")
            stories.setdefault(name, []).append(_reply(key, entry))
    languages = [catalogue.metadata.get(one, "") for one in ("X-Source-Language", "Language")]
    return [StoryReply.of_file(name, languages, replies) for name, replies in stories.items()]


def _invalid_line(number: int) -> ExchangeError:
    return ExchangeError(_("Line %(number)d of the file isn't valid PO.") % {"number": number})


def _reply(key: str, entry: polib.POEntry) -> Reply:
    state: State = "draft" if entry.fuzzy else "translated"
    target = entry.msgstr or entry.msgstr_plural.get(0, "")
    versions = (UnitVersion.of_line(line) for line in reversed(entry.comment.splitlines()))
    note = "\n".join(filter(None, map(str.strip, entry.tcomment.splitlines())))
    return Reply(
        key,
        (entry.msgid,) if entry.msgid else (),
        (target,) if target else (),
        state if target else "",
        next((version for version in versions if version != UnitVersion()), UnitVersion()),
        (UnitNote(note),) if note else (),
        is_html=True,
    )


def _decoded(data: bytes) -> str:
    mark, name = next(((m, n) for m, n in _BOMS if data.startswith(m)), (b"", ""))
    declared = _CHARSET.search(data[:4000])
    name = name or (declared[1].decode() if declared else "utf-8")
    try:
        return data.removeprefix(mark).decode(codec(name)).replace("\x00", "\ufffd")
    except (LookupError, ValueError) as error:
        message = _("The file is not encoded as %(name)s. Save it as UTF-8.")
        raise ExchangeError(message % {"name": name}) from error
