"""Writes and reads gettext PO files: one for a language pair, its stories told apart by context."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from archive.desk.exchange.codes import html_of
from archive.desk.exchange.errors import ExchangeError
from archive.desk.exchange.naming import (
    language_of,
    named,
    read_stamp,
    ref_in,
    written_stamp,
)
from archive.desk.exchange.units import Note, Reply, Stamp, State, Story, StoryReply, Unit
from archive.text.language import CHINESE, ENGLISH
from archive.text.richtext import plain_text

# As gettext names them.
_LANGUAGES = {ENGLISH: "en", CHINESE: "zh_CN"}
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"\s*')
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)", re.S)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_WRITTEN = {v: f"\\{k}" for k, v in _ESCAPES.items()} | {'"': '\\"', "\\": "\\\\"}
_CHARSET = re.compile(rb"charset=([\w.-]+)", re.I)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def write(stories: Iterable[Story]) -> bytes:
    """A catalogue; segments that aren't to be translated have no place in it."""
    stories = list(stories)
    entries = [_header(stories[0])]
    entries += [_entry(unit, story) for story in stories for unit in story.units if not unit.locked]
    return "\n".join(entries).encode()


def _header(story: Story) -> str:
    lines = [
        f"Language: {_LANGUAGES[story.target_language]}",
        f"X-Source-Language: {_LANGUAGES[story.source_language]}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    return "\n".join(['msgid ""', *_string("msgstr", "".join(f"{one}\n" for one in lines)), ""])


def _entry(unit: Unit, story: Story) -> str:
    comments = [f"{story.title} · {unit.label}" if unit.label else story.title]
    comments += [f"{note.author}: {note.text}" if note.author else note.text for note in unit.notes]
    comments += [f"{match.quality} %: {plain_text(match.target)}" for match in unit.matches]
    comments.append(written_stamp(unit.stamp))
    lines = [f"#. {line}" for comment in comments for line in comment.splitlines()]
    if unit.target and unit.state in ("draft", "stale"):
        lines.append("#, fuzzy")
    if unit.previous:
        lines += [f"#| {line}" for line in _string("msgid", html_of(unit.previous, unit.markup))]
    lines += _string("msgctxt", f"{named(story.name, story.ref)} {unit.key}")
    lines += _string("msgid", html_of(unit.source, unit.markup))
    lines += _string("msgstr", html_of(unit.target, unit.markup))
    return "\n".join([*lines, ""])


def _string(keyword: str, text: str) -> list[str]:
    parts = [part for part in re.split(r"(?<=\n)", text) if part]
    written = [f'"{"".join(_WRITTEN.get(c, c) for c in part)}"' for part in parts]
    if len(written) == 1:
        return [f"{keyword} {written[0]}"]
    return [f'{keyword} ""', *written]


@dataclass
class _Entry:
    """An entry as it is read, line by line."""

    strings: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    stamp: Stamp = field(default_factory=Stamp)
    flags: set[str] = field(default_factory=set)

    def text(self, keyword: str) -> str:
        return "".join(self.strings.get(keyword, []))


def read_po(data: bytes) -> list[StoryReply]:
    """The stories of a catalogue; raises ExchangeError if it is none."""
    header, stories = "", dict[str, list[Reply]]()
    for entry in _entries(_decoded(data)):
        context = entry.text("msgctxt")
        if not context and not entry.text("msgid"):
            header = entry.text("msgstr")
        elif "msgid" in entry.strings:
            name, _space, key = context.rpartition(" ")
            stories.setdefault(name, []).append(_reply(key, entry))
    target = _field(header, "Language")
    source = _field(header, "X-Source-Language")
    return [
        StoryReply(
            ref_in(name),
            name,
            language_of(source) or source,
            language_of(target) or target,
            tuple(replies),
        )
        for name, replies in stories.items()
    ]


def _reply(key: str, entry: _Entry) -> Reply:
    state: State = "draft" if "fuzzy" in entry.flags else "translated"
    target = entry.text("msgstr") or entry.text("msgstr[0]")
    source = entry.text("msgid")
    return Reply(
        key,
        (source,) if source else (),
        (target,) if target else (),
        state if target else "",
        entry.stamp,
        (Note("\n".join(entry.notes)),) if entry.notes else (),
        is_html=True,
    )


def _field(header: str, name: str) -> str:
    found = re.search(rf"^{name}:\s*(\S*)", header, re.M | re.I)
    return found[1] if found else ""


def _entries(text: str) -> Iterator[_Entry]:
    entry, keyword = _Entry(), ""
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        line = line.strip()
        starts_anew = line.startswith(("#", "msgctxt", "msgid ")) and "msgstr" in keyword
        if not line or line.startswith("#~") or starts_anew:
            if entry.strings:
                yield entry
                entry = _Entry()
            keyword = ""
        if line.startswith("#"):
            _comment(entry, line)
        elif line:
            keyword = _take(entry, line, keyword, number)
    if entry.strings:
        yield entry


def _comment(entry: _Entry, line: str) -> None:
    mark, rest = line[:2], line[2:].strip()
    if mark == "#." and (stamp := read_stamp(rest)) != Stamp():
        entry.stamp = stamp
    elif mark == "#,":
        entry.flags |= {flag.strip() for flag in rest.split(",")}
    elif mark.strip() == "#" and rest:
        entry.notes.append(rest)


def _take(entry: _Entry, line: str, keyword: str, number: int) -> str:
    head, quote, rest = line.partition('"')
    strings = _STRING.fullmatch(quote + rest)
    keyword = head.strip() or keyword
    if strings is None or not keyword.startswith("msg"):
        raise ExchangeError(_("Line %(number)d of the file is no PO.") % {"number": number})
    entry.strings.setdefault(keyword, []).append(_ESCAPE.sub(_unescaped, strings[1]))
    return keyword


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if code != "x" and code.strip("0") in ("", "x"):
        return "\ufffd"  # NUL, which no database holds.
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    if code.isdecimal():
        return chr(int(code, 8))
    return _ESCAPES.get(code, code)


def _decoded(data: bytes) -> str:
    mark, name = next(((m, n) for m, n in _BOMS if data.startswith(m)), (b"", ""))
    declared = _CHARSET.search(data[:4000])
    name = name or (declared[1].decode() if declared else "utf-8")
    try:
        return data.removeprefix(mark).decode(name).replace("\x00", "\ufffd")
    except (LookupError, ValueError) as error:
        raise ExchangeError(
            _("The file isn't in the encoding %(name)s. Save it as UTF-8.") % {"name": name}
        ) from error
