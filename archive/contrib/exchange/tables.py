"""A bilingual table for people, a row for each segment: what its cells say, and what comes back.

The formats, DOCX and XLSX, only write such rows and find them again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from archive.contrib.exchange.cells import as_cell, of_cell
from archive.contrib.exchange.codes import meaning
from archive.contrib.exchange.units import (
    REF,
    Code,
    ExchangeError,
    ExportedStory,
    OutsideText,
    Reply,
    State,
    StoryReply,
    Unit,
    UnitNote,
    UnitVersion,
    remarks,
    tags_of_line,
    text_of,
)
from archive.text.language import LANGUAGES
from archive.text.punctuation import joined, labelled
from archive.text.segmentation import digest

# Each column and its heading; a file may have them in any order, and others beside them.
HEADINGS: dict[str, str | Promise] = {
    "number": gettext_lazy("No."),
    "story": gettext_lazy("Story"),
    "kind": gettext_lazy("Kind"),
    "source": pgettext_lazy("text", "Source"),
    "target": gettext_lazy("Translation"),
    "state": gettext_lazy("Status"),
    "notes": gettext_lazy("Notes"),
    "comment": gettext_lazy("Your comment"),
    "reference": gettext_lazy("Reference (leave it)"),
}
STATES: dict[State, str | Promise] = {
    "": gettext_lazy("Empty"),
    "draft": gettext_lazy("Draft"),
    "machine": gettext_lazy("Machine draft"),
    "check": gettext_lazy("To check"),
    "stale": gettext_lazy("Source changed"),
    "translated": gettext_lazy("Confirmed"),
    "reviewed": gettext_lazy("Reviewed"),
}
# What a person may choose.
CHOICES: tuple[State, ...] = ("draft", "translated", "reviewed")
MERGED = gettext_lazy("Cells of this row are merged or split. Give it one cell for each column.")
_LOCKED = gettext_lazy("Locked")
# The cells that only go out. A row's reference ends in a digest of each, in this order: so what a
# person writes there is seen.
_GOES_OUT = ("number", "story", "kind", "source", "notes")
_DIGEST = 8
# A story's name, and in a row's a segment's key, its version and the digests.
_REFERENCE = re.compile(
    rf"\S*{REF.pattern}(?: +(?P<key>[^\s]+)(?P<line>(?: +desk:(?!cells=)\S+)*)"
    rf"(?: +desk:cells=(?P<cells>[0-9a-f]{{{_DIGEST * len(_GOES_OUT)}}}))?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TableRow:
    """A row as a file has it: texts by column. `place` is "row 7"; `trouble` says why its
    translation can't be read; `notes` are comments that the program holds beside the cells;
    `outside` are words that stand in none of the archive's columns, or in no such table."""

    place: str
    cells: Mapping[str, str]
    trouble: str = ""
    remark: str = ""
    notes: tuple[UnitNote, ...] = ()
    outside: tuple[OutsideText, ...] = ()


@cache
def _names() -> dict[str, str]:
    """Columns by the headings that they may have, in either language."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            found |= {_folded(str(label)): name for name, label in HEADINGS.items()}
    return found


@cache
def _states() -> dict[str, State]:
    """States by the words that a file may have for them, in either language."""
    found: dict[str, State] = {"": ""}
    for language in LANGUAGES:
        with override(language):
            found |= {_folded(str(label)): state for state, label in STATES.items()}
            found[_folded(str(_LOCKED))] = ""
    return found


def columns_of(headings: Iterable[str]) -> dict[str, int]:
    """Where a row of headings has the archive's columns: their number, from 0, by name."""
    found = [_names().get(_folded(heading)) for heading in headings]
    return {name: found.index(name) for name in HEADINGS if name in found}


def refuse_columns(lacking: Iterable[str]) -> ExchangeError:
    """What to say of a file without a table of the archive's; `lacking` are its columns."""
    message = _(
        "The file has no table with the columns %(names)s. Put the headings back as they were "
        "exported, or export the story again."
    )
    return ExchangeError(message % {"names": joined(HEADINGS[name] for name in lacking)})


def row_of(number: int, unit: Unit, story: ExportedStory) -> dict[str, str]:
    """A segment's cells by column."""
    cells = {
        "number": str(number),
        "story": story.title,
        "kind": unit.label,
        "source": as_cell(unit.source, unit.markup),
        "target": as_cell(unit.target, unit.markup),
        "state": str(_LOCKED if unit.locked else STATES[unit.state]),
        "notes": "\n".join(_notes(unit)),
        "comment": "",
    }
    digests = "".join(_digest_of(cells[name]) for name in _GOES_OUT)
    return {**cells, "reference": f"{story.original} {unit.key} {unit.line} desk:cells={digests}"}


def _digest_of(cell: str) -> str:
    return digest(" ".join(cell.split()))[:_DIGEST]


def part_reference(cell: str) -> tuple[str, str]:
    """The reference in a cell, and the cell's other words."""
    found = _REFERENCE.search(cell)
    if not found:
        return "", cell
    return found[0], f"{cell[: found.start()].rstrip()}{cell[found.end() :]}"


def beside(
    texts: Iterable[tuple[int, str]], columns: Mapping[str, int], place: str
) -> tuple[OutsideText, ...]:
    """The words of a row's cells, by their number, in none of the archive's columns."""
    others = (text.strip() for at, text in texts if at not in columns.values())
    words = "\n".join(filter(None, others))
    return (OutsideText(words, place),) if words else ()


def _notes(unit: Unit) -> list[str]:
    codes = (one for one in (*unit.source, *unit.target) if isinstance(one, Code))
    tags = {code.id: code.tag for code in codes if code.tag}
    # Paragraphs are lines: nobody sees their codes.
    shown = as_cell(unit.source, unit.markup) + as_cell(unit.target, unit.markup)
    written = {code_id: f"<{code_id}{'/' * tag.endswith('/>')}>" for code_id, tag in tags.items()}
    legend = [f"{code} {meaning(tags[i])}" for i, code in written.items() if code in shown]
    before = [_("Source before: %(text)s") % {"text": text_of(unit.previous)}]
    locked = [unit.locked] if unit.locked else []
    return [*locked, *legend, *(before if unit.previous else []), *remarks(unit)]


def stories_of(rows: Iterable[TableRow]) -> list[StoryReply]:
    """The stories of a table; a row without its reference belongs to the story above it.

    Words outside of all tables belong to the story above them, or to the first.
    """
    stories: dict[str, list[Reply]] = {}
    outside: dict[str, list[OutsideText]] = {}
    name = ""
    for row in rows:
        reference, rest = part_reference(row.cells.get("reference", ""))
        # Keys and stories' names have no spaces.
        name = reference.split(" ")[0] or name
        found = _REFERENCE.fullmatch(reference)
        key, line, digests = (found["key"], found["line"], found["cells"]) if found else [""] * 3
        outside.setdefault(name, []).extend((*row.outside, *_said(row, "reference", rest)))
        words = list(_written(row, digests or ""))
        if key or any(row.cells.get(one, "").strip() for one in ("source", "target", "comment")):
            reply = _reply(row, key or "", line or "")
            stories.setdefault(name, []).append(
                replace(reply, words=() if digests else tuple(words))
            )
            words = words if digests else []
        outside[name].extend(words)
    first = next(iter(stories), "")
    if first:
        outside[first] = [*outside.pop("", ()), *outside.get(first, ())]
    return [
        StoryReply.of_file(name, ("", ""), replies, outside=outside.get(name, ()))
        for name, replies in stories.items()
    ]


def _written(row: TableRow, digests: str) -> Iterator[OutsideText]:
    """What a person has written into cells that only go out, with what stood there.

    `digests` are those of the reference; without them it is all that the cells say.
    """
    for at, name in enumerate(_GOES_OUT):
        words = row.cells.get(name, "")
        # Rows are numbered anew by whoever adds some.
        is_number = name == "number" and words.strip().isdecimal()
        if not is_number and digests[at * _DIGEST :][:_DIGEST] != _digest_of(words):
            yield from _said(row, name, words)
    if not digests and _states().get(_folded(row.cells.get("state", ""))) is None:
        yield from _said(row, "state", row.cells["state"])


def _said(row: TableRow, name: str, words: str) -> Iterator[OutsideText]:
    if words.strip():
        yield OutsideText(words.strip(), labelled(HEADINGS[name], row.place))


def _reply(row: TableRow, key: str, line: str) -> Reply:
    tags = tags_of_line(line)
    source, target, said, comment = (
        row.cells.get(name, "").strip() for name in ("source", "target", "state", "comment")
    )
    state = _states().get(_folded(said))
    remark = row.remark
    if state is None:
        named = joined(STATES[one] for one in CHOICES)
        unknown = _("“%(state)s” is no state: choose one of %(names)s.")
        remark = f"{remark} {unknown % {'state': said, 'names': named}}".strip()
    return Reply(
        key,
        of_cell(source, tags) if source else (),
        of_cell(target, tags) if target else (),
        state or "",
        UnitVersion.of_line(line),
        (*row.notes, *([UnitNote(comment)] if comment else [])),
        trouble=row.trouble,
        remark=remark,
        place=row.place,
    )


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
