"""Markdown, with or without front matter (YAML between `---`, TOML between `+++`)."""

import re
import tomllib
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy

from archive.contrib.intake.columns import ColumnMapping, guess_mapping
from archive.contrib.intake.documents import SourceDocument
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.formats.column_format import read_row, row_of
from archive.contrib.intake.records import IntakeError, from_extra
from archive.contrib.intake.sources import SourceFile
from archive.contrib.intake.stated import exact_text, stated_document, unreadable
from archive.interchange.markdown_story import OPENING, read_markdown
from archive.interchange.values import RecordError
from archive.text.stored_messages import message as _

_FRONT = re.compile(r"\ufeff?\s*(---|\+\+\+)[ \t]*\r?\n")
_FIELD = re.compile(r"^[^\s:=\-#][^:=\n]{0,60}[:=]", re.MULTILINE)
# Longer front matter is a text between rules.
_LONGEST = 20_000
_HEADING = re.compile(r"\s*#{1,2} \S")
# What a plain text hardly has; two of them tell Markdown.
_SIGNS = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"\]\((?:https?:|mailto:|\.?/|[\w-]{1,80}/)"),
    re.compile(r"!\["),
    re.compile(r"\*\*\w"),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"^\[[^\]\n]{1,60}\]: \S", re.MULTILINE),
)
_BODY = "\0body"
# Hugo's and Jekyll's authors and pictures are mappings with a name or address.
_NAMES = ("name", "title", "src", "url", "path", "file")


class MarkdownFormat(DocumentFormat):
    id = "markdown"
    name = gettext_lazy("Markdown")
    description = gettext_lazy(
        "A story in Markdown, as site generators keep it; headline, authors, date and tags may "
        "stand above it as YAML or TOML."
    )
    suffixes = (".md", ".markdown", ".mdown", ".qmd", ".mdx")

    def recognises(self, source: SourceFile) -> bool:
        text = source.text.text
        if _is_recorded(source):
            return True
        front, body = _parted(text)
        if front and _FIELD.search(front):
            return True
        return bool(_HEADING.match(body)) or sum(bool(sign.search(text)) for sign in _SIGNS) > 1

    def documents(self, source: SourceFile) -> Iterator[SourceDocument]:
        if _is_recorded(source):
            yield _stated(exact_text(source))
            return
        front, body = _parted(source.text.text)
        row = row_of(_read(front), _NAMES)
        guessed = guess_mapping([name for name, text in row.items() if text])
        columns = {name: of for name, of in guessed.columns.items() if name != "body"}
        mapping = ColumnMapping({**columns, "body": (_BODY,)}, body_format="markdown")
        story = read_row({**row, _BODY: body}, mapping, is_mapped=False)
        first = next(iter(story.body.lines), None)
        if not story.headline and first and first.kind == "subhead":
            story.headline = first.text
        found = story.document()
        yield replace(found, warnings=(*source.text.warnings, *found.warnings))


def _is_recorded(source: SourceFile) -> bool:
    """Whether it is a record of a story, as an archive exports it."""
    return source.data.removeprefix(BOM_UTF8).startswith(OPENING.encode())


def _stated(text: str) -> SourceDocument:
    """A story as an archive exports it: its front matter is as long as it is."""
    front, _fence, body = text.removeprefix("---\n").partition("\n---\n")
    try:
        return stated_document(read_markdown(_read(f"---\n{front}"), body))
    except RecordError as error:
        raise unreadable(error) from error


def _parted(text: str) -> tuple[str, str]:
    """Front matter with its first fence, and the body; "" where a text has none."""
    opening = _FRONT.match(text)
    if not opening:
        return "", text
    closing = re.compile(rf"^{re.escape(opening[1])}[ \t]*\r?$", re.MULTILINE)
    end = closing.search(text, opening.end(), opening.end() + _LONGEST)
    if not end:
        return "", text
    return f"{opening[1]}\n{text[opening.end() : end.start()]}", text[end.end() :]


def _read(front: str) -> Mapping[str, Any]:
    """The fields; raises IntakeError for what is neither YAML nor TOML."""
    try:
        if front.startswith("+++"):
            return tomllib.loads(front[3:])
        found = _yaml(front[3:])
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(error) from error
    return found if isinstance(found, dict) else {"#1": found}


def _yaml(text: str) -> Any:
    with from_extra():
        # Of the extra "intake": only who reads front matter needs it.
        import yaml

    class Loader(yaml.SafeLoader):
        """A date stays as it is written: a wrong one makes no other field unreadable."""

        yaml_implicit_resolvers = {
            sign: [(tag, form) for tag, form in known if not tag.endswith("timestamp")]
            for sign, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    try:
        # References in front matter are a trap: a few lines of them are gigabytes.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise ValueError(_("it refers to itself"))
        return Loader(text).get_single_data()
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> IntakeError:
    reason = _("the fields above the story can't be read (%(error)s); put them right")
    return IntakeError(reason % {"error": " ".join(str(error).split())[:200]})
