"""A bilingual table for people, a row for each segment: what its cells say, and what comes back.

The formats, DOCX and XLSX, only write such rows and find them again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from archive.contrib.exchange.cells import as_cell, of_cell
from archive.contrib.exchange.codes import name_of, parts
from archive.contrib.exchange.units import (
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
# Before the digest of a row's notes, in its reference.
_NOTED = "desk:notes="
_TAGS: dict[str, str | Promise] = {
    "b": gettext_lazy("bold"),
    "strong": gettext_lazy("bold"),
    "i": gettext_lazy("italic"),
    "em": gettext_lazy("italic"),
    "br": gettext_lazy("line break"),
    "p": gettext_lazy("paragraph"),
    "ul": gettext_lazy("list"),
    "ol": gettext_lazy("list"),
    "li": gettext_lazy("list item"),
    "entity": gettext_lazy("name"),
    "page": gettext_lazy("link to a story"),
    "document": gettext_lazy("link to a file"),
}


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
    notes = "\n".join(_notes(unit))
    return {
        "number": str(number),
        "story": story.title,
        "kind": unit.label,
        "source": as_cell(unit.source, unit.markup),
        "target": as_cell(unit.target, unit.markup),
        "state": str(_LOCKED if unit.locked else STATES[unit.state]),
        "notes": notes,
        "comment": "",
        "reference": f"{story.original} {unit.key} {unit.line} {_NOTED}{_noted(notes)}",
    }


def _noted(notes: str) -> str:
    """Names what stands among the notes, so that what is written there is seen."""
    return digest(" ".join(notes.split()))


def _notes(unit: Unit) -> list[str]:
    codes = (one for one in (*unit.source, *unit.target) if isinstance(one, Code))
    tags = {code.id: code.tag for code in codes if code.tag}
    # Paragraphs are lines: nobody sees their codes.
    shown = as_cell(unit.source, unit.markup) + as_cell(unit.target, unit.markup)
    written = {code_id: f"<{code_id}{'/' * tag.endswith('/>')}>" for code_id, tag in tags.items()}
    legend = [f"{code} {_meaning(tags[i])}" for i, code in written.items() if code in shown]
    before = [_("Source before: %(text)s") % {"text": text_of(unit.previous)}]
    locked = [unit.locked] if unit.locked else []
    return [*locked, *legend, *(before if unit.previous else []), *remarks(unit)]


def _meaning(tag: str) -> str:
    name, attributes = parts(tag)
    values = dict(attributes)
    if "href" in values:
        return _("link to %(address)s") % {"address": values["href"]}
    return str(_TAGS.get(values.get("linktype", name), name_of(tag)))


def stories_of(rows: Iterable[TableRow]) -> list[StoryReply]:
    """The stories of a table; a row without its reference belongs to the story above it.

    Words outside of all tables belong to the story above them, or to the first.
    """
    stories: dict[str, list[Reply]] = {}
    outside: dict[str, list[OutsideText]] = {}
    name = ""
    for row in rows:
        # Keys and stories' names have no spaces.
        found, key, line = (*row.cells.get("reference", "").split(" ", 2), "", "", "")[:3]
        name = found or name
        outside.setdefault(name, []).extend((*row.outside, *_among_notes(row, line)))
        if key or any(row.cells.get(one, "").strip() for one in ("source", "target", "comment")):
            stories.setdefault(name, []).append(_reply(row, key, line))
    first = next(iter(stories), "")
    if first:
        outside[first] = [*outside.pop("", ()), *outside.get(first, ())]
    return [
        StoryReply.of_file(name, ("", ""), replies, outside=outside.get(name, ()))
        for name, replies in stories.items()
    ]


def _among_notes(row: TableRow, line: str) -> list[OutsideText]:
    """What a person has written among the notes, with them, if the row says what they were."""
    words = row.cells.get("notes", "").strip()
    _before, is_known, known = line.partition(_NOTED)
    if not words or not is_known or known.split(" ")[0] == _noted(words):
        return []
    return [OutsideText(words, labelled(HEADINGS["notes"], row.place))]


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
        remark = f"{remark} {unknown % {'state': said[:40], 'names': named}}".strip()
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
