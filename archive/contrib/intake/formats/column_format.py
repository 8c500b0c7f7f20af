"""The base of tables of stories: each row is one, its cells are the fields of a mapping."""

import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from html import escape
from pathlib import PurePosixPath
from typing import Any, Self
from urllib.parse import urlsplit

from archive.contrib.intake.columns import ColumnMapping, guess_mapping
from archive.contrib.intake.document_builder import DocumentBuilder
from archive.contrib.intake.documents import DocumentImage, SourceDocument
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.labels.marks import is_record
from archive.contrib.intake.labels.names import FIELDS, field_of, read_label
from archive.contrib.intake.labels.values import fill, is_day_first
from archive.contrib.intake.layout.lines import is_chinese, is_sentence
from archive.contrib.intake.markup_lines import MarkupLines, has_markup, read_body, read_plain
from archive.contrib.intake.records import IntakeError, from_extra
from archive.contrib.intake.sources import SourceFile
from archive.text.punctuation import joined
from archive.text.stored_messages import message as _

Row = Mapping[str, str]

# The name or address of a picture's file.
_FILE = re.compile(r"^\s*https?:|\.\w{3,4}\s*$|[/\\]")
_MARKDOWN = re.compile(r"^#{1,6} \S|^[-*+] \S|^> \S|\*\*\S|\]\(https?:", re.M)


class UnknownColumnsError(IntakeError):
    """A table, of which nobody has said yet what its columns are. `format` is its format's id."""

    def __init__(self, names: list[str], format: str) -> None:
        reason = _(
            "its columns aren't known: %(names)s; choose what they are in the import's list, or "
            "give --mapping"
        )
        super().__init__(reason % {"names": joined(names)})
        self.format = format


@dataclass(frozen=True)
class TableSample:
    """The names of a table's columns, and its first rows."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]


class ColumnFormat(DocumentFormat):
    """A form of tables; its mapping is what a person said of the columns, or None."""

    mapping: ColumnMapping | None = None

    def mapped(self, mapping: ColumnMapping | None) -> Self:
        """This format with a mapping."""
        found = copy(self)
        found.mapping = mapping
        return found

    @abstractmethod
    def rows(self, source: SourceFile) -> Iterator[Row | IntakeError]:
        """The stories' cells by their columns' names, and why a row can't be read; raises
        IntakeError where none can."""

    def sample(self, source: SourceFile, most: int = 3) -> TableSample:
        """All columns' names, and so many rows; raises IntakeError for another format's file."""
        rows = [row for row in self.rows(source) if not isinstance(row, IntakeError)]
        names = dict.fromkeys(name for row in rows for name in row)
        return TableSample(tuple(names), tuple(rows[:most]))

    def documents(self, source: SourceFile) -> Iterator[SourceDocument | IntakeError]:
        names: list[str] = []
        mapping = self.mapping or ColumnMapping()
        number, day_first = -1, False
        rows = list(self.rows(source))
        for row in rows:
            if isinstance(row, IntakeError):
                yield row
                continue
            number += 1
            if names != list(row):  # The objects of JSON Lines may differ in their names.
                names = list(row)
                cells = [one for one in rows if not isinstance(one, IntakeError)]
                mapping = self.mapping or guess_mapping(names, cells)
                day_first = is_day_first(
                    one.get(name, "") for one in cells for name in mapping.columns.get("date", ())
                )
                if not (number or self.mapping or mapping.is_enough):
                    raise UnknownColumnsError(names, self.id)
            story = read_row(row, mapping, is_mapped=self.mapping is not None)
            if day_first:
                story.put_day_first()
            if set(mapping.by_cells) & set(mapping.columns.get("date", ())):
                story.is_doubtful_day = True  # Nobody says which day it is.
            if not number:
                self._check_names(names, mapping)
                if guessed := joined(mapping.by_cells):
                    told = _("Columns that only their cells tell, to be checked: %(names)s.")
                    story.notes.append(told % {"names": guessed})
            known = {*mapping.names, *(mapping.left_out if self.mapping else ())}
            unplaced = (name for name in names if name not in known and row[name].strip())
            if left := joined(unplaced):
                told = _("Columns that were not placed: %(names)s.")
                story.notes.append(told % {"names": left})
            yield story.document()

    def _check_names(self, names: list[str], mapping: ColumnMapping) -> None:
        if mapping.names.isdisjoint(names):
            reason = _("it has no column “%(name)s”; its columns are %(names)s")
            told = {"name": min(mapping.names, default=""), "names": joined(names)}
            raise IntakeError(reason % told)

    def is_table(self, names: list[str]) -> bool:
        """Whether columns of these names hold stories."""
        if self.mapping:
            return not self.mapping.names.isdisjoint(names)
        return guess_mapping(names).is_enough


def turned(lines: Sequence[Sequence[str]]) -> list[Row]:
    """The records of a table that names its fields down the first column, one a further column;
    [] for another table. A line without a name goes on with the field above.
    """
    # A sentence on a line of its own is text, and this no table.
    is_text = any(len(line) == 1 and is_sentence(line[0]) for line in lines)
    if is_text or not is_record([line[0] for line in lines if line]):
        return []
    width = max(map(len, lines))
    records: list[dict[str, str]] = [{} for _column in range(1, width)]
    name = ""
    for line in lines:
        name = line[0] or name
        for record, text in zip(records, line[1:], strict=False):
            record[name] = "\n\n".join(filter(None, (record.get(name, ""), text)))
    return [record for record in records if any(record.values())]


def read_row(row: Row, mapping: ColumnMapping, *, is_mapped: bool) -> DocumentBuilder:
    """The row's story; cells that the mapping doesn't name stand behind it.

    They are furniture where a person has left the column out.
    """

    def cells(field: str) -> list[str]:
        return [text for name in mapping.columns.get(field, ()) if (text := row.get(name, ""))]

    said = {field: " ".join(" ".join(cells(field)).split()) for field in FIELDS}
    headlines, texts = _by_language(cells("headline")), cells("body")
    story = DocumentBuilder(
        headline=headlines[0], standfirsts=list(map(_plain, _by_language(cells("standfirst"))))
    )
    if said["image"] and not any(map(_FILE.search, said["image"].split(";"))):
        # What a picture shows, and no picture's name.
        said |= {"image": "", "caption": said["caption"] or said["image"]}
    for name in _VALUES:
        for column in mapping.columns.get(name, ()):
            label = read_label(column)
            fill(
                story,
                name,
                row.get(column, ""),
                date_format=mapping.date_format,
                role=label.role if label else "",
            )
    for text in texts:
        # Of a row in two languages the second headline stands above its own text.
        for other in headlines[1:] if is_chinese(text) == is_chinese(headlines[-1]) else ():
            story.body.add("headline", other)
            headlines = headlines[:1]
        body = _body(text, mapping)
        body.lines = [replace(line, is_body=True) for line in body.lines]
        story.body.extend(body)
    if is_mapped and [line.kind for line in story.body.lines] == ["text"]:
        # A person has said what it is, however it looks.
        story.body.lines = [replace(story.body.lines[0], kind="paragraph")]
    if images := list(_images(said)):
        story.add_images(images)
    else:
        story.body.add("caption", said["caption"])
        story.body.add("credit", said["credit"])
        story.unread.append(said["alt_text"])
    for name, text in row.items():
        if name not in mapping.names:
            # What a column's name lets guess, nobody has said of its sentences.
            is_left = is_mapped or not any(map(is_sentence, text.splitlines()))
            is_left = is_left and name in mapping.left_out
            story.body.add("furniture" if is_left else "unplaced", text)
    return story


def _by_language(cells: list[str]) -> list[str]:
    """The cells of a field as its text; two, where they are in two languages."""
    texts = [" ".join(text.split()) for text in cells]
    if len(texts) == 2 and is_chinese(texts[0]) != is_chinese(texts[1]):
        return texts
    return [" ".join(texts)]


_VALUES = (
    *("publication", "date", "page", "section", "byline", "dateline", "language", "url"),
    *("contact", "identifier", "keywords", "rights"),
)


def row_of(values: Mapping[str, Any], names: Sequence[str]) -> Row:
    """Values with names as a table's cells, several of one name parted by semicolons; those of a
    text, or of sentences, are a paragraph each.

    An object's cell is its name or address, the first of `names` that it has; whatever else it
    says has columns of its own: "author.email".
    """
    row: dict[str, list[str]] = {}

    def put(name: str, value: Any) -> None:
        texts = row.setdefault(name, [])
        if isinstance(value, Mapping):
            main = next((one for one in names if isinstance(value.get(one), str)), None)
            for key, one in value.items():
                put(name if key == main else f"{name}.{key}", one)
        elif isinstance(value, list | tuple):
            for one in value:
                put(name, one)
        elif value is not None and value is not False and (text := str(value).strip()):
            texts.append(text)

    for name, value in values.items():
        put(str(name), value)
    return {name: _mark_between(name, texts).join(texts) for name, texts in row.items()}


def _mark_between(name: str, texts: Sequence[str]) -> str:
    is_text = field_of(name) == "body" or any(map(is_sentence, texts))
    return "\n\n" if is_text else "; "


def _plain(text: str) -> str:
    return " ".join(line.text for line in read_body(text).lines) if has_markup(text) else text


def _body(text: str, mapping: ColumnMapping) -> MarkupLines:
    kind = mapping.body_format
    if kind == "html" or (not kind and has_markup(text)):
        return read_body(text, keeps_lines="<p" not in text.lower())
    if kind == "markdown" or (not kind and _MARKDOWN.search(text)):
        return read_body(_from_markdown(text))
    return read_plain(text)


def _from_markdown(text: str) -> str:
    with from_extra():
        # Of the extra "intake": only who reads Markdown needs it.
        from markdown_it import MarkdownIt
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    reader.add_render_rule("image", _markdown_image)
    return str(reader.render(text))


def _markdown_image(renderer: Any, tokens: Any, at: int, options: Any, env: Any) -> str:
    """A picture; what Markdown calls its title is printed below it."""
    title = tokens[at].attrs.pop("title", "")
    picture = str(renderer.image(tokens, at, options, env))
    return (
        f"<figure>{picture}<figcaption>{escape(title)}</figcaption></figure>" if title else picture
    )


def _images(said: Mapping[str, str]) -> Iterator[DocumentImage]:
    """The row's pictures: addresses, or names of files. What the row says is of the first."""
    for at, name in enumerate(filter(None, map(str.strip, said["image"].split(";")))):
        is_address = name.startswith(("http://", "https://"))
        words = said if at == 0 else dict.fromkeys(said, "")
        yield DocumentImage(
            (PurePosixPath(urlsplit(name).path).name if is_address else "") or name,
            url=name if is_address else "",
            caption=words["caption"],
            credit=words["credit"],
            rights=words["rights"],
            alt_text=words["alt_text"],
        )
