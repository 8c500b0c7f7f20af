"""Reading a text that is pasted into a story's form, or is a file's: as paragraphs, unless an app
reads more out of it.

What was told from the text is a proposal. Until somebody accepts it, its lines stand in the body
where the source has them; accepting it takes them out, or what of a paragraph they are.
"""

import json
import re
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from archive.registry import registered
from archive.stories.pasting.clipboard import (
    has_words,
    left_out_of,
    tidied,
    without_pictures,
)
from archive.stories.unplaced import UnplacedText
from archive.text.language import detect
from archive.text.markup.blocks import identified, paragraph, read_page
from archive.text.markup.html_tree import MarkupError
from archive.text.segmentation import Raw


class PastingError(Exception):
    """What can't be pasted; the message says why."""


@dataclass(frozen=True)
class PrintedName:
    """A name that signs a story, as a byline has it; `role` is one of `ArticleByline.Role`."""

    name: str
    role: str
    place: str | None = None


@dataclass(frozen=True)
class TakenBlock:
    """A block that leaves the body once all of `proposals` are accepted; `rest` takes its place.

    `left` are its words where no field has all of them: they are kept as left out.
    """

    id: str
    proposals: tuple[str, ...]
    rest: Raw | None = None
    left: str = ""


@dataclass(frozen=True)
class FoundField:
    """What a pasted text says of a story: words to look at, and what accepting them does.

    `values` are the form's, by its fields' names; `bylines` are rows for `PrintedName`; `takes`
    are the blocks that leave the body with it, each a `TakenBlock` with these names.
    `waits` says why it can't be accepted; `is_whole` that the fields hold all that its lines say:
    other lines stay in the body.
    """

    name: str
    label: str
    shown: str
    values: dict[str, Any] = field(default_factory=dict)
    bylines: list[dict[str, Any]] = field(default_factory=list)
    takes: list[dict[str, Any]] = field(default_factory=list)
    waits: str = ""
    is_whole: bool = True

    @property
    def json(self) -> str:
        rest = {"values": self.values, "bylines": self.bylines, "takes": self.takes}
        return json.dumps({"name": self.name, **rest}, ensure_ascii=False)


@dataclass(frozen=True)
class PastedStory:
    """The body in raw form, what proposals take of it, and what no field nor body has."""

    language: str
    blocks: list[Raw]
    found: list[FoundField] = field(default_factory=list)
    taken: list[TakenBlock] = field(default_factory=list)
    unplaced: list[UnplacedText] = field(default_factory=list)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnWords:
    """The pieces of a text that are its story's own words, where each begins and ends, and the day
    that the text says."""

    spans: list[tuple[int, int]]
    day: date | None = None


class PastedReader:
    """Reads a clipboard's HTML, "" for none, and its plain text. An app may read more out of it."""

    # Whether it knows a byline as it is printed.
    reads_bylines = False

    def read_story(
        self, markup: str, text: str, *, filled: Collection[str], user: Any
    ) -> PastedStory:
        """A whole story. `filled` names the form's fields that have words already.

        Raises PastingError.
        """
        blocks = self.read_blocks(markup, text)
        return PastedStory(detect(text), blocks, warnings=left_out_of(markup))

    def read_blocks(self, markup: str, text: str) -> list[Raw]:
        """A piece of a text as the blocks of a body. Raises PastingError."""
        try:
            if has_words(markup):
                blocks = [block for _node, block in read_page(tidied(markup))]
            else:
                blocks = [paragraph(line) for line in self.read_paragraphs(text)]
        except MarkupError as error:
            raise PastingError(str(error)) from error
        # No name of another source's picture is one of the archive's.
        return identified(list(without_pictures(blocks)), str(uuid.uuid4()))

    def read_paragraphs(self, text: str) -> list[str]:
        return [line for line in map(str.strip, text.splitlines()) if line]

    def read_byline(self, printed: str) -> list[PrintedName]:
        """Who signs, by a byline as printed."""
        return []

    def own_words(self, text: str, language: str) -> OwnWords:
        """A story's heading, body and captions in a file's text; here all its lines."""
        return OwnWords([line.span() for line in re.finditer(r"\S(?:[^\r\n]*\S)?", text)])


def pasted_reader() -> PastedReader:
    """That of the first app that registers one, else the archive's own."""
    return next(iter(registered("pasted_reader", PastedReader)), PastedReader())
