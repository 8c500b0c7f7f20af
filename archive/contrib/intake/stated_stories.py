"""Stores what a record says besides a story's lines: names, ties, credits, pictures, addresses.

What the archive has under the same key stays as it is: a file tells of new things, and corrects
none. Names and ties are made by whoever may make them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_datetime
from wagtail.images import get_image_model

from archive.contrib.intake.pictures import complete_picture
from archive.desk.models import Segment, Translation
from archive.desk.pairs.actions import author_in_print
from archive.desk.pairs.given_text import GivenText
from archive.desk.pairs.linked_text import Filling, LaidOut
from archive.desk.segments import joinable, source_segments
from archive.entities.models import Entity, EntityName
from archive.entities.rich_text import LINK_TYPE
from archive.interchange.records import (
    BylineRecord,
    LinkRecord,
    NameDetails,
    NameFormRecord,
    NameRecord,
    PictureDetails,
    RecordedTie,
    TextRecord,
    WholeStory,
)
from archive.interchange.rich_texts import Target, with_targets
from archive.interchange.values import values_of
from archive.stories.archive_page import free_slug
from archive.stories.body import TRANSLATABLE, raw, raw_pictures
from archive.stories.lookup import (
    author_called,
    named_publication,
    named_section,
)
from archive.stories.models import ArticleByline, ArticleEntity, ArticlePage, Author, RelatedArticle
from archive.text.language import LANGUAGES, column
from archive.text.mastheads import PrintedPaper
from archive.text.segmentation import PLAIN, SourceSegment, extract
from archive.ties.models import Tie, TieEvidence

_AUTHOR_NAMES = tuple(column("name", code) for code in LANGUAGES)
_FACTS = (
    *("is_sample", "rights_statement", "print_edition", "printed_byline", "seo_title"),
    "search_description",
)


def fill_stated(
    page: ArticlePage, record: WholeStory, stored: Mapping[str, int], user: Any
) -> list[str]:
    """Write the record's facts and its own language's body on the page, which isn't saved.

    `stored` are the keys of the images by the names of their files. Gives the keys of names that
    the archive hasn't and the user may not make.
    """
    names = stored_names(record, user)
    images = stored_images(record, stored)
    text = record.texts[record.language]
    name = column("body", record.language)
    field: Any = ArticlePage._meta.get_field(name)
    setattr(page, name, field.to_python(stored_body(text, record, images, names)))
    for one in _FACTS:
        setattr(page, one, getattr(record, one))
    page.rights, page.script = record.rights, record.script
    page.kind = record.kind if record.kind in dict(ArticlePage.Kind.choices) else ""
    if page.publication and record.section:
        page.section = _section(page, record) or page.section
    page.bylines.set([_byline(at, one, names) for at, one in enumerate(record.bylines)])
    _tag(page, record, names)
    if page.pk is None:
        _identify(page, record)
    version = _stories([record.version_of]).get(record.version_of) if record.version_of else None
    page.version_of = version or page.version_of
    return sorted({one.key for one in record.names} - names.keys())


def name_address(page: ArticlePage, record: WholeStory, parent: Any) -> None:
    """The story keeps its part of its address, if no other one there has it."""
    if record.slug:
        page.slug = free_slug(record.slug, parent, page)


def _identify(page: ArticlePage, record: WholeStory) -> None:
    page.translation_key = record.id
    page.first_published_at = _moment(record.first_published_at)


def _moment(text: str) -> datetime | None:
    return parse_datetime(text) if text else None


def _section(page: ArticlePage, record: WholeStory) -> Any:
    """The one that is there; none is made unasked."""
    if page.publication is None or record.section is None:
        return None
    for name in record.section.names.values():
        if found := named_section(page.publication, name):
            _complete(found, "name", record.section.names)
            return found
    return None


def _complete(row: Any, field: str, words: Mapping[str, str]) -> None:
    """With the names that it lacks."""
    lacking = {
        column(field, code): text
        for code, text in words.items()
        if code in LANGUAGES and not getattr(row, column(field, code))
    }
    if lacking:
        for name, text in lacking.items():
            setattr(row, name, text)
        type(row)._default_manager.filter(pk=row.pk).update(**lacking)


def paper_of(record: WholeStory) -> PrintedPaper | None:
    """What a plan looks for: by its names in both languages."""
    if record.publication is None or not record.publication.names:
        return None
    return PrintedPaper(dict(record.publication.names), record.print_edition)


# Names, ties and credits


def stored_names(record: WholeStory, user: Any) -> dict[str, Entity]:
    """By the record's keys, the names that the archive has, or that are made."""
    keys = [one.key for one in record.names]
    found = {
        one.key: one.canonical
        for one in Entity.with_merged.filter(key__in=keys).select_related("merged_into")
    }
    may_make = user is None or user.has_perm("archive.add_entity")
    for one in record.names:
        if one.key not in found and may_make:
            found[one.key] = _new_name(one)
    return found


def _new_name(record: NameRecord) -> Entity:
    kinds, types = dict(Entity.Kind.choices), dict(Entity.PlaceType.choices)
    entity = Entity(
        key=record.key,
        kind=record.kind if record.kind in kinds else Entity.Kind.TOPIC,
        **values_of(record, NameDetails),
        **_columns("name", record.names),
        **_columns("description", record.descriptions),
        **_columns("region", record.regions),
    )
    if entity.place_type not in types:
        entity.place_type = ""
    entity.names.set(
        EntityName(
            sort_order=at, **{part.name: getattr(one, part.name) for part in fields(NameFormRecord)}
        )
        for at, one in enumerate(record.forms)
    )
    entity.save()
    return entity


def _columns(field: str, words: Mapping[str, str]) -> dict[str, str]:
    return {column(field, code): text for code, text in words.items() if code in LANGUAGES}


def _byline(at: int, record: BylineRecord, names: Mapping[str, Entity]) -> ArticleByline:
    role = record.role if record.role in ArticleByline.Role.values else ArticleByline.Role.REPORTER
    author = _author(record)
    if author.person_id is None and record.person in names:
        author.person = names[record.person]
        Author.objects.filter(pk=author.pk).update(person=author.person)
    return ArticleByline(
        sort_order=at, author=author, role=role, place=names.get(record.place or "")
    )


def _author(record: BylineRecord) -> Author:
    """The author of these names; made if there is none."""
    columns = _columns("name", record.names)
    same = Q()
    for name, text in columns.items():
        same |= Q(**{name: text})
    authors = Author.objects.filter(same).select_related("merged_into").order_by("pk")
    # Of two people of one name, the one whose other name is the same, too.
    known = sorted(
        (one.canonical for one in authors),
        key=lambda one: sum(getattr(one, name) != columns.get(name, "") for name in _AUTHOR_NAMES),
    )
    for author in known:
        if all(getattr(author, name) in ("", text) for name, text in columns.items()):
            _complete(author, "name", record.names)
            _complete(author, "about", record.about)
            return author
    return Author.objects.create(**columns, **_columns("about", record.about))


def _tag(page: ArticlePage, record: WholeStory, names: Mapping[str, Entity]) -> None:
    """The record's tags, and behind them those that an editor has added here."""
    roles = {names[one.name].pk: one.role for one in record.tags if one.name in names}
    others = {one.entity_id: one.role for one in page.entity_tags.all() if page.pk}
    page.entity_tags.set(
        ArticleEntity(sort_order=at, entity_id=pk, role=role)
        for at, (pk, role) in enumerate(
            {**roles, **{k: r for k, r in others.items() if k not in roles}}.items()
        )
    )


def store_ties(page: ArticlePage, record: WholeStory, user: Any) -> None:
    """The ties for which the story is evidence, and what it says of them; none twice."""
    names = {
        one.key: one.canonical
        for one in Entity.with_merged.filter(
            key__in=[key for tie in record.ties for key in tie.places]
        ).select_related("merged_into")
    }
    may_make = user is None or user.has_perm("archive.add_tie")
    for one in record.ties:
        if not may_make or len(one.places) != 2 or not {*one.places} <= names.keys():
            continue
        tie = _tie(one, *(names[key] for key in one.places))
        if tie is None:
            continue
        said = {piece.said for piece in tie.evidence.all()}
        for piece in one.evidence:
            evidence = TieEvidence(
                tie=tie,
                article=page,
                source_url=piece.source_url,
                block_id=piece.block,
                sort_order=tie.evidence.count(),
                **_columns("sentence", piece.sentences),
            )
            if evidence.said not in said:
                evidence.save()


def _tie(record: RecordedTie, one: Entity, other: Entity) -> Tie | None:
    found: Tie | None = Tie.objects.between(one, other).filter(kind=record.kind).first()
    if found or record.kind not in dict(Tie.Kind.choices) or one == other:
        return found
    tie = Tie(
        place_a=one,
        place_b=other,
        kind=record.kind,
        status=record.status or Tie.Status.UNKNOWN,
        since=record.since,
        until=record.until,
        confidence=record.confidence,
        **_columns("description", record.descriptions),
    )
    tie.save()
    return tie


# Pictures, and links in the text


def stored_images(record: WholeStory, stored: Mapping[str, int]) -> dict[str, int]:
    """By the record's keys, the images: those that came along, and those that are here already."""
    model: Any = get_image_model()
    keys = [one.key for one in record.pictures]
    found = dict(model._default_manager.filter(file_hash__in=keys).values_list("file_hash", "pk"))
    for one in record.pictures:
        pk = stored.get(one.file)
        if pk is None:
            continue
        found[one.key] = pk
        texts = values_of(one, PictureDetails)
        texts |= _columns("caption", one.captions) | _columns("alt_text", one.alt_texts)
        image = complete_picture(model._default_manager.get(pk=pk), texts)
        if one.title and image.title == one.file.rpartition("/")[2]:
            model._default_manager.filter(pk=pk).update(title=one.title)
    return found


def stored_body(
    text: TextRecord,
    record: WholeStory,
    images: Mapping[str, int],
    names: Mapping[str, Entity],
) -> list[dict[str, Any]]:
    """The body as the database has it: pictures and links by the keys that they have here."""
    stories = _stories(one.story for one in record.links if one.story)
    links = {one.url: one for one in record.links}

    def target(said: Target) -> Target:
        link = links.get(said.get("href", ""))
        if link and link.name in names:
            return {"linktype": LINK_TYPE, "id": str(names[link.name].pk)}
        if link and link.story in stories:
            return {"linktype": "page", "id": str(stories[link.story].pk)}
        return said

    body = [dict(one) for one in with_targets(list(text.body), target)]
    for _key, picture in raw_pictures(body):
        picture["image"] = images.get(picture["image"] or "")
    return body


def _stories(keys: Iterable[str]) -> dict[str, ArticlePage]:
    wanted = set(filter(None, keys))
    if not wanted:
        return {}
    found = ArticlePage.objects.filter(translation_key__in=wanted).only("pk", "translation_key")
    return {str(one.translation_key): one for one in found}


def relate(page: ArticlePage, related: Sequence[str]) -> None:
    """Put beside the story those of its related ones that are here; those that are stay."""
    found = _stories(related)
    known = [one.related_id for one in page.related_links.all()]
    wanted = [found[key].pk for key in related if key in found]
    order = list(dict.fromkeys([*wanted, *known]))
    if order != known:
        page.related_links.set(
            RelatedArticle(sort_order=at, related_id=pk) for at, pk in enumerate(order)
        )


@dataclass(frozen=True)
class OpenReferences:
    """What of a stored story leads to others that weren't here yet."""

    page: int
    related: tuple[str, ...]
    version_of: str
    links: tuple[LinkRecord, ...]

    @classmethod
    def of(cls, page: int, record: WholeStory) -> "OpenReferences | None":
        links = tuple(one for one in record.links if one.story)
        wanted = {*record.related, record.version_of, *(one.story for one in links)} - {""}
        if not wanted - _stories(wanted).keys():
            return None
        return cls(page, record.related, record.version_of, links)

    def settle(self, log: Callable[[Any, Any], None]) -> None:
        """Make those that are here by now: in a version of its own, for readers too where they
        have the one before. `log` is given the story or translation, and its version."""
        page = ArticlePage.objects.get(pk=self.page)
        draft = page.get_latest_revision_as_object()
        before = draft.serializable_data()
        relate(draft, self.related)
        draft.version_of = _stories([self.version_of]).get(self.version_of) or draft.version_of
        name = column("body", page.source_language)
        field: Any = ArticlePage._meta.get_field(name)
        setattr(draft, name, field.to_python(self._linked(raw(getattr(draft, name)))))
        if draft.serializable_data() != before:
            draft.is_being_published = False
            _new_version(page, draft, log)
        for one in Translation.objects.filter(article=page).exclude(latest_revision=None):
            version = one.get_latest_revision_as_object()
            changed = False
            segments = list(version.segments.all())
            for segment in segments:
                target = self._linked(segment.target)
                changed, segment.target = changed or target != segment.target, target
            if changed:
                version.segments.set(segments)
                _new_version(one, version, log)

    def _linked(self, value: Any) -> Any:
        stories = _stories(one.story for one in self.links)
        links = {one.url: str(stories[one.story].pk) for one in self.links if one.story in stories}

        def target(said: Target) -> Target:
            pk = links.get(said.get("href", ""))
            return {"linktype": "page", "id": pk} if pk else said

        return with_targets(value, target) if links else value


def _new_version(row: Any, version: Any, log: Callable[[Any, Any], None]) -> None:
    was_published = row.live and not row.has_unpublished_changes
    revision = version.save_revision(clean=False)
    log(row, revision)
    if was_published:
        revision.publish()


# The other language


def stated_translation(
    page: ArticlePage, record: WholeStory, user: Any
) -> tuple[GivenText, LaidOut, dict[str, str]]:
    """The text by the keys of its segments, what each of the story's holds, and whose words they
    are."""
    language = page.target_language
    text = record.texts[language]
    names = stored_names(record, user)
    body = stored_body(text, record, stored_images(record, {}), names)
    fields_ = [
        SourceSegment(name, name, getattr(text, name), PLAIN)
        for name in page.text_fields
        if getattr(text, name)
    ]
    segments = fields_ + extract(body, TRANSLATABLE)
    given = {one.key: one.text for one in segments}
    marks, may_join = record.translation, joinable(page)
    fillings: dict[str, Filling] = {}
    origins: dict[str, str] = {}
    for source in source_segments(page):
        key, target = source.key, given.get(source.key, "")
        is_joined = bool(marks and key in marks.joined and key in may_join and not target)
        is_out = bool(marks and key in marks.left_out and not target)
        fillings[key] = Filling(target, joined=is_joined, left_out=is_out and not is_joined)
        by_machine = marks is not None and key in marks.machine
        origins[key] = Segment.Origin.MACHINE if by_machine else Segment.Origin.HUMAN
    known = frozenset(given)
    printed = _printed(record)
    return GivenText(segments, known, printed=printed), LaidOut(fillings, {}), origins


def _printed(record: WholeStory) -> dict[str, Any]:
    """Where the translation was printed by itself, with the keys that this archive has for it."""
    said = dict(record.translation.printed) if record.translation else {}
    if not said:
        return {}
    language = record.target_language or next(iter(record.texts), "")
    publication = named_publication(PrintedPaper({language: said.get("publication") or "-"}))
    filed = named_section(publication, said.get("section") or "") if publication else None
    authors = [_printed_author(one, language) for one in said.get("authors") or ()]
    keys = [one["key"] for one in authors if one.get("key")]
    return {
        **said,
        "publication_key": publication.pk if publication else None,
        "section_key": filed.pk if filed else None,
        "author_keys": dict.fromkeys(map(str, keys), True),
        "authors": authors,
    }


def _printed_author(said: Mapping[str, Any], language: str) -> dict[str, Any]:
    name = str(said.get("name") or "")
    author = author_called(name)
    return author_in_print(said["role"], author, language) if author else {**said, "key": None}


def date_translation(page: ArticlePage, record: WholeStory) -> None:
    """Readers are told when they got this translation first."""
    moment = _moment(record.translation.translated_at) if record.translation else None
    if moment:
        ArticlePage.objects.filter(pk=page.pk).update(translated_at=moment)
