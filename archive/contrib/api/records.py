"""What programs are told of a story: the same by each version of the API, and to agents.

Both languages' texts are paired by the keys of their segments. Everything is as printed, and
nothing depends on the language of the request.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any, Self

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.utils import timezone

from archive.addresses import address
from archive.conf import settings
from archive.entities.models import Entity
from archive.site.caching.site_chrome import SiteChrome, find_site, site_chrome
from archive.site.citations.formats import csl_item
from archive.site.citations.records import CitationRecord, record_of
from archive.site.harvest_records.models import HarvestRecord
from archive.site.permalinks import permanent_path
from archive.stories.body import READABLE, stored
from archive.stories.bylines import each_once
from archive.stories.marks import Marks, block_of
from archive.stories.models import ArticleByline, ArticleEntity, ArticlePage
from archive.stories.querysets import UNLISTED
from archive.stories.rights import rights_url
from archive.text.language import FIRST, LANGUAGES, column
from archive.text.segmentation import extract
from archive.ties.models import Tie, TieEvidence

# By language; only those in which there is something.
InLanguages = dict[str, str]


@dataclass(frozen=True)
class FiledIn:
    """A publication or section."""

    id: int
    slug: str
    name: InLanguages


@dataclass(frozen=True)
class BylineOfStory:
    """A name in the byline. `role` is one of reporter, contributor, additional, photographer,
    editor, translator and agency."""

    role: str
    name: InLanguages


@dataclass(frozen=True)
class NameOfStory:
    """A name that the story is about, or that it mentions (`role`). `key` never changes."""

    key: str
    kind: str
    role: str
    name: InLanguages
    url: str


@dataclass(frozen=True)
class TieOfStory:
    """A tie of two places that rests on this story: what says so, and in which segment's block."""

    kind: str
    places: list[str]
    since: str
    until: str
    status: str
    sentence: InLanguages
    block: str
    url: str


@dataclass(frozen=True)
class UseOfStory:
    """What may be done with the story: the publisher's notice, and the address of a statement
    (RightsStatements.org) or licence (Creative Commons). `mining_reserved`, for text and data
    mining, with the address of its terms; null where the site says nothing. `signals` are those of
    contentsignals.org."""

    notice: str
    statement: str
    mining_reserved: bool | None
    mining_policy: str
    signals: list[str]


@dataclass(frozen=True)
class TextOfStory:
    """The story in one of its languages. `url` is permanent, and leads to a segment with
    `#<block>`; `citation` is an item of CSL-JSON. `published` is the day of print, or that on which
    readers got a translation."""

    language: str
    script: str
    url: str
    headline: str
    standfirst: str
    is_translation: bool
    published: date | None
    citation: dict[str, Any]


@dataclass(frozen=True)
class PairedSegment:
    """A piece of text under its key, in each language that has it. `block` is the anchor on the
    story's page. `notes` say what is to be known of the translation: left-out, joined, machine,
    stale, missing, gone."""

    key: str
    kind: str
    block: str
    text: InLanguages
    notes: list[str]


@dataclass(frozen=True)
class StoryRecord:
    """A public story in both languages. `changed` moves with every change of what is published;
    `segments` is null where they weren't asked for."""

    id: int
    url: str
    changed: datetime
    kind: str
    is_sample: bool
    source_language: str
    languages: list[str]
    publication: FiledIn | None
    section: FiledIn | None
    print_date: date | None
    print_edition: str
    print_page: str
    source_url: str
    texts: list[TextOfStory]
    bylines: list[BylineOfStory]
    names: list[NameOfStory]
    ties: list[TieOfStory]
    use: UseOfStory
    segments: list[PairedSegment] | None


@dataclass(frozen=True)
class Tombstone:
    """A story that readers could see once, and can't any more."""

    id: int
    url: str
    changed: datetime


@dataclass(frozen=True)
class StoryPlace:
    """The site whose addresses are given; `home` is the archive's front page on it, or None."""

    root_url: str
    root_page: Any
    home: Any
    chrome: SiteChrome

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """The request's; raises Http404 where there is none. No query of its own."""
        site, chrome = find_site(request), site_chrome(request)
        if site is None:
            raise Http404
        return cls(site.root_url, site.root_page, chrome.home_of(site), chrome)

    @classmethod
    def of_page(cls, page: Any) -> Self | None:
        """Of a page without a request; None for one that no site has."""
        chrome = site_chrome()
        above = (one for one in chrome.sites if page.path.startswith(one.root_page.path))
        if (site := next(above, None)) is None:
            return None
        return cls(site.root_url, site.root_page, chrome.home_of(site), chrome)

    def permanent_url(self, story: Any, language: str = "") -> str:
        return f"{self.root_url}{permanent_path(story, language)}"

    def tombstone(self, record: HarvestRecord) -> Tombstone:
        url = self.permanent_url(ArticlePage(pk=record.pk))
        return Tombstone(record.pk, url, record.datestamp)

    def records(self, pks: Sequence[int], *, with_segments: bool = False) -> list[StoryRecord]:
        """Those of the stories that every reader may see, in this order: four queries."""
        stories = self.stories(pks, with_segments=with_segments)
        ties = _evidence(stories)
        return [
            self._record(stories[pk], ties.get(pk, []), with_segments)
            for pk in pks
            if pk in stories
        ]

    def stories(self, pks: Collection[int], *, with_segments: bool = False) -> dict[int, Any]:
        """Those that every reader may see, with bylines and names: three queries."""
        found = _stories(pks, with_segments=with_segments)
        found = found.shown_to_public(self.chrome.restricted).in_bulk(pks)
        self.chrome.file(*found.values())
        stories: dict[int, Any] = found
        return stories

    def _record(self, story: Any, evidence: list[TieEvidence], with_segments: bool) -> StoryRecord:
        bylines = each_once(story.api_bylines)
        return StoryRecord(
            id=story.pk,
            url=self.permanent_url(story),
            changed=story.api_changed or story.last_published_at or story.first_published_at,
            kind=story.kind,
            is_sample=story.is_sample,
            source_language=story.source_language,
            languages=story.languages(),
            publication=_filed_in(story.publication),
            section=_filed_in(story.section),
            print_date=story.print_date,
            print_edition=story.print_edition,
            print_page=story.print_page,
            source_url=story.source_url,
            texts=[self._text(story, bylines, language) for language in story.languages()],
            bylines=[BylineOfStory(one.role, in_languages(one.author, "name")) for one in bylines],
            names=self._names(story),
            ties=[self._tie(one) for one in evidence],
            use=use_of(story),
            segments=segments_of(story) if with_segments else None,
        )

    def cited(self, story: Any, language: str) -> CitationRecord:
        """How a story that `records` has read is cited in the language."""
        text = story.in_language(language, as_printed=True)
        bylines = each_once(story.api_bylines)
        return record_of(text, bylines, root=self.root_url, home=self.home)

    def _text(self, story: Any, bylines: Sequence[Any], language: str) -> TextOfStory:
        text = story.in_language(language, as_printed=True)
        cited = record_of(text, bylines, root=self.root_url, home=self.home)
        return TextOfStory(
            language=text.language,
            script=text.html_language,
            url=self.permanent_url(story, language),
            headline=text.headline,
            standfirst=text.standfirst,
            is_translation=text.is_translation,
            published=cited.day,
            citation=csl_item(cited, timezone.localdate()),
        )

    def _names(self, story: Any) -> list[NameOfStory]:
        roles: dict[Entity, str] = {}
        for tag in story.api_tags:
            # A name that is tagged twice through a merge is given once, and "about" wins.
            if tag.entity.is_published and (tag.role == "about" or tag.entity not in roles):
                roles[tag.entity] = tag.role
        return [
            NameOfStory(
                *(name.key, name.kind, role, in_languages(name, "name")),
                url=self.of_view("archive:entity", name.key),
            )
            for name, role in roles.items()
        ]

    def _tie(self, evidence: TieEvidence) -> TieOfStory:
        tie = _present(evidence.tie)
        places = [tie.place_a.key, tie.place_b.key]
        return TieOfStory(
            *(tie.kind, places, tie.since, tie.until, tie.status),
            sentence=in_languages(evidence, "sentence"),
            block=evidence.block_id,
            url=self.of_view("archive:pair", *places),
        )

    def of_view(self, view: str, *keys: str) -> str:
        """The address of a page of readers, in the archive's first language."""
        return f"{self.root_url}{address(view, *keys, language=FIRST)}"


def in_languages(instance: Any, field: str) -> InLanguages:
    """A field's texts."""
    texts = {code: getattr(instance, column(field, code)) for code in LANGUAGES}
    return {code: text for code, text in texts.items() if text}


def use_of(story: Any) -> UseOfStory:
    """No query if its publication is loaded."""
    return UseOfStory(
        notice=story.rights,
        statement=rights_url(story),
        mining_reserved=settings.TDM_RESERVATION,
        mining_policy=settings.TDM_POLICY,
        signals=list(settings.CONTENT_SIGNALS),
    )


def _filed_in(page: Any) -> FiledIn | None:
    return FiledIn(page.pk, page.slug, in_languages(page, "name")) if page else None


def _stories(pks: Collection[int], *, with_segments: bool) -> Any:
    bylines = ArticleByline.objects.select_related("author__merged_into")
    tags = ArticleEntity.objects.select_related("entity__merged_into")
    changed = HarvestRecord.objects.filter(pk=OuterRef("pk")).values("datestamp")
    stories = ArticlePage.objects.filter(pk__in=pks).order_by()
    if not with_segments:
        stories = stories.defer(*UNLISTED)
    return stories.annotate(api_changed=Subquery(changed)).prefetch_related(
        Prefetch("bylines", bylines.order_by("sort_order", "pk"), to_attr="api_bylines"),
        Prefetch("entity_tags", tags.order_by("sort_order", "pk"), to_attr="api_tags"),
    )


def _evidence(pks: Iterable[int]) -> dict[int, list[TieEvidence]]:
    """By story what it says of ties, each once."""
    ties = [f"tie{of}__place_{end}__merged_into" for of in ("", "__merged_into") for end in "ab"]
    pieces: QuerySet[TieEvidence] = TieEvidence.objects.filter(article__in=list(pks))
    found: dict[int, list[TieEvidence]] = {}
    for piece in pieces.select_related(*ties).order_by("tie", "sort_order", "pk"):
        tie = _present(piece.tie)
        # One that joins a name with itself since a merge is none.
        if tie.merged_into_id is None:
            found.setdefault(piece.article_id or 0, []).append(piece)
    return found


def _present(tie: Tie) -> Tie:
    """The tie that stands for it since a merge."""
    kept: Tie = tie.merged_into if tie.merged_into_id else tie
    return kept


def segments_of(story: Any) -> list[PairedSegment]:
    """The story's text in pieces, in the order of its own language; what only the translation has
    comes last. No query."""
    source, languages = story.source_language, story.languages()
    target = languages[1] if len(languages) > 1 else ""
    marks = Marks.from_json(story.translation_marks) if target else Marks()
    # Where the translation of a block that was made anew is kept.
    rest = dict(_pieces(story, target)) if target else {}
    found = []
    for key, (kind, text) in _pieces(story, source):
        block, slash, path = key.partition("/")
        there = rest.pop(f"{marks.blocks.get(block, block)}{slash}{path}", None)
        texts = {source: text, **({target: there[1]} if there else {})}
        found.append(_paired(key, kind, texts, marks))
    found += [_paired(key, kind, {target: text}, marks) for key, (kind, text) in rest.items()]
    return found


_NOTES = {
    "left_out": "left-out", "joined": "joined", "machine": "machine", "stale": "stale",
    "missing": "missing", "gone": "gone",
}  # fmt: skip


def _paired(key: str, kind: str, text: InLanguages, marks: Marks) -> PairedSegment:
    notes = [word for name, word in _NOTES.items() if key in getattr(marks, name)]
    return PairedSegment(key, kind, block_of(key), text, notes)


def _pieces(story: Any, language: str) -> Iterable[tuple[str, tuple[str, str]]]:
    """By key, kind and plain text: the lines above the body, then the body's."""
    lines = ((name, getattr(story, column(name, language))) for name in story.text_fields)
    heading = ((name, (name, text)) for name, text in lines if text)
    body = extract(stored(getattr(story, column("body", language))), READABLE)
    return chain(heading, ((one.key, (one.kind, one.plain_text)) for one in body))


def as_json(value: Any) -> Any:
    """A record as what JSON knows; dates and moments as ISO 8601 has them."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: as_json(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: as_json(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value
