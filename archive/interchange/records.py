"""A story as a value: all that the archive holds of it, in both languages, without the database.

Nothing in it is a primary key. Names, ties and pictures are known by keys of their own, other
stories by their identifiers. Links in rich text are absolute addresses; `links` says which of them
lead to names and stories.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from inspect import getdoc
from typing import Any, Self
from uuid import UUID

from archive.interchange.values import Json, RecordError, as_json, from_json, schema_of
from archive.text.stored_messages import message as _

# What a record is recognised by, and the version of its form.
FORM = "bilingual-news-archive/story/1"
# By language.
Words = Mapping[str, str]
# A block of a body: "type", "value" and "id", as the database has it.
Block = dict[str, Any]


@dataclass(frozen=True)
class TextRecord:
    """One language's text. A picture in the body is named by its `PictureRecord.key`."""

    headline: str = ""
    standfirst: str = ""
    dateline: str = ""
    body: tuple[Block, ...] = ()


@dataclass(frozen=True)
class FiledRecord:
    """A publication or a section: its names by language, and its part of an address."""

    names: Words = field(default_factory=dict)
    slug: str = ""


@dataclass(frozen=True)
class BylineRecord:
    """Who signs: the author's names and what is said of them by language, as what, and the key of
    the place."""

    names: Words
    role: str
    place: str = ""
    # The key of the same person among the names.
    person: str = ""
    about: Words = field(default_factory=dict)


@dataclass(frozen=True)
class NameFormRecord:
    """Another form of a name."""

    text: str
    language: str
    kind: str = ""
    forbidden: bool = False
    valid_from: str = ""
    valid_until: str = ""


@dataclass(frozen=True)
class NameDetails:
    """What is known of a name in no language; the fields are called as those of its row."""

    place_type: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    coordinates_source: str = ""
    geonames_id: int | None = None
    wikidata_id: str = ""
    source_url: str = ""
    verified: bool = False
    is_published: bool = False
    pinyin: str = ""


@dataclass(frozen=True, kw_only=True)
class NameRecord(NameDetails):
    """A person, organisation, place, event or topic that the story has to do with."""

    key: str
    kind: str
    names: Words
    descriptions: Words = field(default_factory=dict)
    regions: Words = field(default_factory=dict)
    forms: tuple[NameFormRecord, ...] = ()


@dataclass(frozen=True)
class TagRecord:
    """A name by its key, and whether the story is about it or mentions it."""

    name: str
    role: str


@dataclass(frozen=True)
class EvidenceRecord:
    """What the story says of a tie: a sentence by language, and the block that says so."""

    sentences: Words = field(default_factory=dict)
    source_url: str = ""
    block: str = ""


@dataclass(frozen=True)
class RecordedTie:
    """A tie between two places, by their keys, for which the story is evidence."""

    places: tuple[str, ...]
    kind: str
    status: str = ""
    since: str = ""
    until: str = ""
    confidence: str = ""
    descriptions: Words = field(default_factory=dict)
    evidence: tuple[EvidenceRecord, ...] = ()


@dataclass(frozen=True)
class PublicPictureDetails:
    """Whom to name wherever a picture is shown, how it was made, and whether it may be mined for
    data; the fields are called as those of its row."""

    credit: str = ""
    creator: str = ""
    rights: str = ""
    source: str = ""
    digital_source_type: str = ""
    ai_system: str = ""
    ai_system_version: str = ""
    ai_prompt: str = ""
    ai_prompt_writer: str = ""
    data_mining: str = ""


@dataclass(frozen=True)
class PictureDetails(PublicPictureDetails):
    """What is known of a picture in no language; `date_taken` is a partial date ("1980",
    "1980-01", "1980-01-28")."""

    date_taken: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class PictureRecord(PictureDetails):
    """A picture: `key` is the SHA-1 of its file, `file` where that lies beside the record."""

    key: str
    file: str
    title: str = ""
    captions: Words = field(default_factory=dict)
    alt_texts: Words = field(default_factory=dict)
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class TranslationRecord:
    """How the other language's text stands to the story's: keys of segments, as of
    `archive.stories.marks.Marks`, and where it was printed by itself."""

    is_live: bool = False
    translated_at: str = ""
    left_out: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    machine: tuple[str, ...] = ()
    printed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LinkRecord:
    """Where an address that stands in the text leads: the key of a name, or a story's `id`."""

    url: str
    name: str = ""
    story: str = ""


@dataclass(frozen=True)
class WholeStory:
    """`id` is a UUID; `language` that in which the story was written; `urls` where readers find
    it. The moments are in UTC, as ISO 8601 has them, the days of print without a time."""

    id: str
    language: str
    form: str = FORM
    urls: Words = field(default_factory=dict)
    is_live: bool = False
    texts: Mapping[str, TextRecord] = field(default_factory=dict)
    translation: TranslationRecord | None = None
    slug: str = ""
    kind: str = ""
    script: str = ""
    is_sample: bool = False
    publication: FiledRecord | None = None
    section: FiledRecord | None = None
    print_date: str = ""
    print_edition: str = ""
    print_page: str = ""
    first_published_at: str = ""
    source_url: str = ""
    contact: str = ""
    rights: str = ""
    rights_statement: str = ""
    # For search engines, in the story's own language.
    seo_title: str = ""
    search_description: str = ""
    bylines: tuple[BylineRecord, ...] = ()
    printed_byline: str = ""
    tags: tuple[TagRecord, ...] = ()
    names: tuple[NameRecord, ...] = ()
    ties: tuple[RecordedTie, ...] = ()
    pictures: tuple[PictureRecord, ...] = ()
    links: tuple[LinkRecord, ...] = ()
    related: tuple[str, ...] = ()
    version_of: str = ""

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Raises RecordError, which names the field."""
        record = from_json(cls, value)
        try:
            UUID(record.id)
        except ValueError as error:
            raise RecordError("id", _("it is no UUID")) from error
        if record.form != FORM:
            raise RecordError("form", _("%(form)s isn't known here") % {"form": record.form})
        return record

    def as_json(self) -> dict[str, Json]:
        found: dict[str, Json] = as_json(self)
        return found

    @property
    def languages(self) -> list[str]:
        """Those of its texts, its own first."""
        return sorted(self.texts, key=lambda language: language != self.language)

    @property
    def target_language(self) -> str:
        """That of its translation; "" where it has none."""
        return next((one for one in self.languages if one != self.language), "")

    @property
    def uri(self) -> str:
        return f"urn:uuid:{self.id}"

    @property
    def files(self) -> dict[str, str]:
        """Where the pictures lie, by their keys."""
        return {one.key: one.file for one in self.pictures}

    def in_language(self, language: str) -> Self:
        """With the text of that language alone."""
        return replace(self, texts={language: self.texts[language]})

    def facts(self) -> str:
        """All but the texts, as JSON: for files whose form has a place for the texts, and none for
        the rest."""
        return json.dumps(replace(self, texts={}).as_json(), ensure_ascii=False, sort_keys=True)

    def name(self, key: str) -> NameRecord | None:
        return next((one for one in self.names if one.key == key), None)


def with_texts(facts: str, texts: Mapping[str, TextRecord]) -> WholeStory:
    """The record of what `facts` gave; raises RecordError."""
    try:
        value = json.loads(facts)
    except ValueError as error:
        raise RecordError("record", error) from error
    return replace(WholeStory.from_json(value), texts=dict(texts))


def json_schema() -> dict[str, Json]:
    """Of a record as JSON."""
    found = schema_of(WholeStory)
    found["properties"]["form"] = {"const": FORM}
    found["properties"]["id"] = {"type": "string", "format": "uuid"}
    names = {"title": "A story of a bilingual news archive", "description": getdoc(WholeStory)}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **names, **found}


def differences(one: WholeStory, other: WholeStory) -> list[str]:
    """The names of the fields in which two records differ."""
    return [
        part.name
        for part in fields(WholeStory)
        if as_json(getattr(one, part.name)) != as_json(getattr(other, part.name))
    ]
