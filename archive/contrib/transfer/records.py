"""What another site's story is, as values: both texts, and what is known of it."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from archive.contrib.intake.records import ParsedArticle
from archive.contrib.transfer.wxr import pictures_in
from archive.text.markup.blocks import MarkupBlock, identified

logger = logging.getLogger(__name__)


class TransferError(Exception):
    """The run as a whole can't start or go on; the message says why, and what to do."""


@dataclass(frozen=True)
class SiteText:
    """A story in one language, as its site has it. `path` is the part of its address that a server
    sees; `machine_texts` are those of its paragraphs, in plain text, that a machine translated."""

    language: str
    headline: str
    standfirst: str = ""
    blocks: tuple[MarkupBlock, ...] = ()
    is_live: bool = False
    path: str = ""
    machine_texts: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def fields(self) -> dict[str, str]:
        return {"headline": self.headline, "standfirst": self.standfirst}


def _text_record(text: SiteText) -> dict[str, Any]:
    record = asdict(text)
    del record["machine_texts"]
    return {**record, "blocks": list(record["blocks"])}


@dataclass(frozen=True)
class SiteArticle(ParsedArticle):
    """A story with its translation, ready to be planned and stored as an import's is.

    `key` is what it is known by in its site; `section_names` its section's by language.
    """

    key: str = ""
    original: SiteText = field(kw_only=True)
    translation: SiteText | None = None
    section_names: Mapping[str, str] = field(default_factory=dict)
    source_url: str = ""
    # The images by their names in the blocks, once they are stored.
    image_ids: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def is_live(self) -> bool:
        return self.original.is_live

    def as_record(self) -> dict[str, Any]:
        return {**super().as_record(), **self._said()}

    def _said(self) -> dict[str, Any]:
        """How a picture is stored here isn't part of what the site says."""
        texts = {"original": self.original, "translation": self.translation}
        return {
            **super()._said(),
            **{name: _text_record(text) if text else None for name, text in texts.items()},
            "key": self.key,
            "section": dict(self.section_names),
            "source_url": self.source_url,
        }

    def raw_body(self) -> list[dict[str, Any]]:
        return [self._with_image(block) for block in identified(self.original.blocks, self.key)]

    def raw_translation(self) -> list[dict[str, Any]]:
        blocks = self.translation.blocks if self.translation else ()
        return [self._with_image(block) for block in identified(blocks, self.key)]

    def _with_image(self, block: dict[str, Any]) -> dict[str, Any]:
        if block["type"] == "image":
            return {**block, "value": self._stored(block["value"])}
        if block["type"] == "gallery":
            pictures = [
                {**item, "value": self._stored(item["value"])}
                for item in block["value"]["pictures"]
            ]
            return {**block, "value": {**block["value"], "pictures": pictures}}
        return block

    def _stored(self, value: dict[str, Any]) -> dict[str, Any]:
        return {**value, "image": self.image_ids.get(value["image"])}


def image_values(blocks: tuple[MarkupBlock, ...]) -> Iterator[dict[str, str]]:
    """Image, caption, alternative text and credit of each picture, galleries included."""
    for block in blocks:
        yield from pictures_in(block)


@dataclass(frozen=True)
class SitePicture:
    """A picture of the site: one that is in the archive's table already (`pk`), or a file to take.

    `alt_texts` are by language. `read` gives the file's bytes; raises IntakeError.
    """

    name: str = ""
    pk: int | None = None
    title: str = ""
    alt_texts: Mapping[str, str] = field(default_factory=dict)
    read: Callable[[], bytes] | None = None


@dataclass(frozen=True)
class UnreadStory:
    """A story that was not taken over, by its name in the site, and why."""

    name: str
    reason: str


class SiteReader(ABC):
    """Reads the stories of one site. Its `remarks` are for the end of the report."""

    def __init__(self) -> None:
        self.remarks: list[str] = []

    @abstractmethod
    def stories(self) -> Iterator[SiteArticle | UnreadStory]:
        """Each story once; raises TransferError where none can be read."""

    @abstractmethod
    def picture(self, name: str) -> SitePicture | None:
        """The picture that blocks call by this name; None if the site has none."""

    def read_one(
        self, name: str, read: Callable[[], SiteArticle | UnreadStory]
    ) -> SiteArticle | UnreadStory:
        """One story's trouble doesn't stop the others; only TransferError does."""
        try:
            return read()
        except TransferError:
            raise
        except Exception as error:  # whatever a site's own fields and blocks may raise
            logger.exception("Reading %s failed", name)
            reason = _("it can't be read (%(error)s)") % {"error": error or repr(error)}
            return UnreadStory(name, reason)

    def finish(self) -> None:  # noqa: B027 - few readers have more to do
        """What follows once the stories are stored; not in a dry run."""
