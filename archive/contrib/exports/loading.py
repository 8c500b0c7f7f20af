"""Stories as records: a fixed number of queries for each chunk of them."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock, TextBlock
from wagtail.images import get_image_model
from wagtail.models import Site

from archive.base_page import Page
from archive.desk.models import Translation
from archive.desk.segments import compose_onto
from archive.entities.models import Entity
from archive.entities.rich_text import LINK_TYPE
from archive.inserts import in_batches
from archive.interchange.records import (
    Block,
    BylineRecord,
    EvidenceRecord,
    FiledRecord,
    LinkRecord,
    NameDetails,
    NameFormRecord,
    NameRecord,
    PictureDetails,
    PictureRecord,
    RecordedTie,
    TagRecord,
    TextRecord,
    TranslationRecord,
    WholeStory,
)
from archive.interchange.rich_texts import Target, with_targets
from archive.interchange.values import values_of
from archive.site.addresses import by_language
from archive.site.permalinks import permanent_path
from archive.stories.blocks import BodyBlock
from archive.stories.body import link_targets, raw_pictures, stored
from archive.stories.marks import Marks
from archive.stories.models import ArticleByline, ArticleEntity, ArticlePage, RelatedArticle
from archive.text.labels import row_key
from archive.text.language import LANGUAGES, column
from archive.text.richtext import without_block_keys
from archive.ties.models import Tie, TieEvidence
from archive.visibility import RestrictedPlaces, shown_to_public

CHUNK = 200
_BLOCKS = BodyBlock()
_MARKS = ("left_out", "joined", "machine")


@dataclass(frozen=True)
class LoadedStory:
    """A record, its pictures' images by their keys there, whose files are read as needed, and the
    story that it is of: as readers have it, or its draft."""

    record: WholeStory
    images: Mapping[str, Any] = field(default_factory=dict, compare=False)
    page: Any = field(default=None, compare=False)


def loaded_stories(
    pks: Iterable[int], *, drafts: bool = False, user: Any = None, site: Site | None = None
) -> Iterator[LoadedStory]:
    """The stories of these keys in their order, as every reader gets them: eleven queries for each
    `CHUNK` of them, and two for each draft.

    With `drafts`, the newest version of what the user may see; no user is a program, which sees
    all. What is gone by now is passed over.
    """
    site = site or Site.objects.filter(is_default_site=True).first() or Site.objects.first()
    scope = _Scope(site.root_url if site else "", drafts, user, RestrictedPlaces.load())
    for some in in_batches(pks, CHUNK):
        yield from _Chunk(scope, some).stories()


@dataclass(frozen=True)
class _Scope:
    """Who is asking, and under which address the archive is."""

    root: str
    drafts: bool
    user: Any
    restricted: RestrictedPlaces

    def stories(self) -> Any:
        if self.drafts:
            return ArticlePage.objects.newest_shown_to(self.user).filter(alias_of=None)
        return ArticlePage.objects.shown_to_public(self.restricted).filter(alias_of=None)

    def names(self) -> Any:
        # Whoever sees drafts sees the names in them.
        found = Entity.objects.all()
        return found if self.drafts else found.shown_to_public(self.restricted)

    def ties(self) -> Any:
        return Tie.objects.all() if self.drafts else Tie.objects.shown_to_public(self.restricted)

    @cached_property
    def name_addresses(self) -> dict[str, str]:
        """By language, the address of a name whose key is "%s"."""
        mark = "0-key-0"
        paths = by_language("archive:entity", mark)
        return {code: f"{self.root}{path.replace(mark, '%s')}" for code, path in paths.items()}


class _Chunk:
    """So many stories, and all that they have to do with."""

    def __init__(self, scope: _Scope, pks: Sequence[int]) -> None:
        self.scope = scope
        rows = scope.stories().order_by().select_related("publication", "section")
        found = rows.in_bulk(pks)
        self.pages = [self._version(found[pk]) for pk in pks if pk in found]
        self._read_relations()

    def _version(self, page: ArticlePage) -> ArticlePage:
        if not self.scope.drafts:
            return page
        newest: ArticlePage = page
        if page.has_unpublished_changes or not page.live:
            newest = page.get_latest_revision_as_object()
        draft = Translation.objects.filter(article=page, language=page.target_language).first()
        if draft and draft.has_unpublished_changes and draft.latest_revision_id:
            version = draft.get_latest_revision_as_object()
            version.article = newest
            compose_onto(newest, version)
        return newest

    def _read_relations(self) -> None:
        pks = [page.pk for page in self.pages]
        self.bylines: dict[int, list[Any]] = defaultdict(list)
        self.tags: dict[int, list[Any]] = defaultdict(list)
        self.related: dict[int, list[Any]] = defaultdict(list)
        parts: tuple[tuple[dict[int, list[Any]], Any, str], ...] = (
            (self.bylines, _bylines(), "bylines"),
            (self.tags, ArticleEntity.objects.order_by("sort_order", "pk"), "entity_tags"),
            (self.related, RelatedArticle.objects.order_by("sort_order", "pk"), "related_links"),
        )
        drafted = {page.pk for page in self.pages if self._is_draft(page)}
        for held, rows, name in parts:
            for one in rows.filter(page__in=set(pks) - drafted):
                held[one.page_id].append(one)
            for page in self.pages:
                if page.pk in drafted:
                    held[page.pk] = list(getattr(page, name).all())
        self.ties: dict[int, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
        pieces = TieEvidence.objects.filter(article__in=pks).order_by("sort_order", "pk")
        ties = self.scope.ties().with_places()
        for piece in pieces.filter(tie__in=ties.order_by().values("pk")).select_related(
            "tie__place_a__merged_into", "tie__place_b__merged_into"
        ):
            self.ties[piece.article_id][piece.tie_id].append(piece)
        self._read_linked()

    def _is_draft(self, page: ArticlePage) -> bool:
        return self.scope.drafts and (page.has_unpublished_changes or not page.live)

    def _read_linked(self) -> None:
        bodies = [getattr(page, column("body", code)) for page in self.pages for code in LANGUAGES]
        linked = link_targets(bodies)
        stories = {one.related_id for one in chain(*self.related.values())}
        stories |= {page.version_of_id for page in self.pages} - {None}
        pages = shown_to_public(Page.objects.all(), self.scope.restricted)
        # Past drafts, a link leads to what readers may see.
        wanted = [*linked.get("page", ()), *stories]
        shown = pages.filter(pk__in=wanted).only(
            *("pk", "url_path", "translation_key", "content_type")
        )
        self.linked = {one.pk: one for one in shown} if wanted else {}
        story_type = self.pages[0].content_type_id if self.pages else 0
        self.story_keys = {
            pk: str(one.translation_key)
            for pk, one in self.linked.items()
            if one.content_type_id == story_type
        }
        keys = {*linked.get(LINK_TYPE, ())}
        keys |= {one.entity_id for one in chain(*self.tags.values())}
        for byline in chain(*self.bylines.values()):
            keys |= {byline.place_id, byline.author.person_id} - {None}
        for of_story in self.ties.values():
            for one in chain(*of_story.values()):
                keys |= {one.tie.place_a_id, one.tie.place_b_id}
        resolved = Entity.with_merged.resolve(keys)
        whole = self.scope.names().filter(pk__in={one.pk for one in resolved.values()})
        shown_names = {one.pk: one for one in whole.prefetch_related("names")} if keys else {}
        # By the keys that stories name them by: also those that were merged.
        self.names = {
            pk: shown_names[one.pk] for pk, one in resolved.items() if one.pk in shown_names
        }
        shown_pictures = (
            one.get("image") for body in bodies for _k, one in raw_pictures(stored(body))
        )
        ids = set(filter(None, shown_pictures))
        self.images = get_image_model()._default_manager.in_bulk(ids) if ids else {}

    def stories(self) -> Iterator[LoadedStory]:
        for page in self.pages:
            yield self._story(page)

    def _story(self, page: ArticlePage) -> LoadedStory:
        images: dict[int, Any] = {}
        links: dict[str, LinkRecord] = {}
        named: dict[str, NameRecord] = {}
        texts = {
            code: self._text(page, code, images, links, named)
            for code in page.languages()
            if self.scope.drafts or code in page.languages()
        }
        tags = []
        for tag in self.tags[page.pk]:
            if key := self._named(tag.entity_id, named):
                tags.append(TagRecord(key, tag.role))
        record = WholeStory(
            id=str(page.translation_key),
            language=page.source_language,
            urls={code: f"{self.scope.root}{permanent_path(page, code)}" for code in texts},
            is_live=bool(page.live) and not self._is_draft(page),
            texts=texts,
            translation=self._translation(page) if len(texts) > 1 else None,
            slug=page.slug,
            kind=page.kind,
            script=page.script,
            is_sample=page.is_sample,
            publication=_filed(None if _is_unfiled(page) else page.publication),
            section=_filed(page.section),
            print_date=page.print_date.isoformat() if page.print_date else "",
            print_edition=page.print_edition,
            print_page=page.print_page,
            first_published_at=_moment(page.first_published_at),
            source_url=page.source_url,
            # For editors only.
            contact=page.contact if self.scope.drafts else "",
            rights=page.rights,
            rights_statement=page.rights_statement,
            seo_title=page.seo_title,
            search_description=page.search_description,
            printed_byline=page.printed_byline,
            bylines=tuple(self._byline(one, named) for one in self.bylines[page.pk]),
            tags=tuple({one.name: one for one in tags}.values()),
            ties=tuple(self._ties(page, named)),
            pictures=tuple(picture_record(one) for one in images.values()),
            links=tuple(sorted(links.values(), key=lambda one: one.url)),
            related=tuple(
                self.story_keys[one.related_id]
                for one in self.related[page.pk]
                if one.related_id in self.story_keys
            ),
            version_of=self.story_keys.get(page.version_of_id or 0, ""),
        )
        record = replace(record, names=tuple(sorted(named.values(), key=lambda one: one.key)))
        return LoadedStory(record, {picture_key(one): one for one in images.values()}, page)

    def _text(
        self,
        page: ArticlePage,
        language: str,
        images: dict[int, Any],
        links: dict[str, LinkRecord],
        named: dict[str, NameRecord],
    ) -> TextRecord:
        body = [whole_block(one) for one in stored(getattr(page, column("body", language)))]
        for _key, picture in raw_pictures(body):
            image = self.images.get(picture.get("image"))
            if image is not None:
                images[image.pk] = image
            picture["image"] = picture_key(image) if image is not None else None

        def target(said: Target) -> Target | None:
            found = self._target(said, language, named)
            if found and (found.name or found.story):
                links[found.url] = found
            return {"href": found.url} if found else None

        words = {name: getattr(page, column(name, language)) or "" for name in page.text_fields}
        return TextRecord(**words, body=tuple(with_targets(body, target)))

    def _target(
        self, said: Target, language: str, named: dict[str, NameRecord]
    ) -> LinkRecord | None:
        """Where a link of the database leads; None of one that leads nowhere any more."""
        kind, pk = said.get("linktype"), row_key(said.get("id", "")) or 0
        if kind == LINK_TYPE:
            key = self._named(pk, named)
            address = self.scope.name_addresses[language] % key if key else ""
            return LinkRecord(address, name=key) if key else None
        if kind == "page":
            page = self.linked.get(pk)
            if page is None:
                return None
            if story := self.story_keys.get(pk):
                address = f"{self.scope.root}{permanent_path(page, language)}"
                return LinkRecord(address, story=story)
            return LinkRecord(str(page.full_url or "")) if page.full_url else None
        return LinkRecord(said["href"]) if said.get("href") else None

    def _named(self, pk: int | None, named: dict[str, NameRecord]) -> str:
        """The key of a name that may be told, which is noted among those of the story; else ""."""
        entity = self.names.get(pk or 0)
        if entity is None:
            return ""
        if entity.key not in named:
            named[entity.key] = name_record(entity)
        return str(entity.key)

    def _byline(self, byline: Any, named: dict[str, NameRecord]) -> BylineRecord:
        author = byline.author
        return BylineRecord(
            names=words_of(author, "name"),
            role=byline.role,
            place=self._named(byline.place_id, named),
            person=self._named(author.person_id, named),
            about=words_of(author, "about"),
        )

    def _ties(self, page: ArticlePage, named: dict[str, NameRecord]) -> Iterator[RecordedTie]:
        for pieces in self.ties[page.pk].values():
            tie = pieces[0].tie
            places = [self._named(pk, named) for pk in (tie.place_a_id, tie.place_b_id)]
            if not all(places):
                continue
            yield RecordedTie(
                places=tuple(sorted(places)),
                kind=tie.kind,
                status=tie.status,
                since=tie.since,
                until=tie.until,
                confidence=tie.confidence,
                descriptions=words_of(tie, "description"),
                evidence=tuple(
                    EvidenceRecord(words_of(one, "sentence"), one.source_url, one.block_id)
                    for one in pieces
                ),
            )

    def _translation(self, page: ArticlePage) -> TranslationRecord:
        marks = Marks.from_json(page.translation_marks)
        printed = {name: one for name, one in marks.printed.items() if not name.endswith("_keys")}
        printed = {name: one for name, one in printed.items() if not name.endswith("_key")}
        if authors := printed.get("authors"):
            printed["authors"] = [{**one, "key": None} for one in authors]
        return TranslationRecord(
            is_live=bool(page.live) and page.translated_at is not None,
            translated_at=_moment(page.translated_at),
            printed=printed,
            **{name: tuple(sorted(getattr(marks, name))) for name in _MARKS},
        )


def _bylines() -> Any:
    rows = ArticleByline.objects.select_related("author__merged_into")
    return rows.order_by("sort_order", "pk")


def _is_unfiled(page: ArticlePage) -> bool:
    return bool(page.publication and page.publication.is_unfiled)


def _filed(page: Any) -> FiledRecord | None:
    return FiledRecord(words_of(page, "name"), page.slug) if page else None


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat() if moment else ""


def words_of(row: Any, name: str) -> dict[str, str]:
    """By language, what the row has in that field."""
    found = {code: getattr(row, column(name, code)) or "" for code in LANGUAGES}
    return {code: text for code, text in found.items() if text}


def name_record(entity: Any) -> NameRecord:
    return NameRecord(
        key=entity.key,
        kind=entity.kind,
        names=words_of(entity, "name"),
        descriptions=words_of(entity, "description"),
        regions=words_of(entity, "region"),
        forms=tuple(
            NameFormRecord(
                **{part.name: getattr(one, part.name) for part in fields(NameFormRecord)}
            )
            for one in entity.names.all()
        ),
        **values_of(entity, NameDetails),
    )


def picture_key(image: Any) -> str:
    """The SHA-1 of its file: the same in whichever archive it is. Of a lost file, its number."""
    if not image.file_hash:
        # Programs that make images may leave it out; nothing is written here.
        digest = hashlib.sha1(usedforsecurity=False)
        try:
            with image.file.open("rb") as file:
                for piece in file.chunks():
                    digest.update(piece)
        except OSError:
            return f"picture-{image.pk}"
        image.file_hash = digest.hexdigest()
    return str(image.file_hash)


def picture_record(image: Any) -> PictureRecord:
    key, suffix = picture_key(image), PurePosixPath(image.file.name).suffix.lower()
    return PictureRecord(
        key=key,
        file=f"pictures/{key}{suffix}",
        title=image.title,
        captions=words_of(image, "caption"),
        alt_texts=words_of(image, "alt_text"),
        width=image.width,
        height=image.height,
        **values_of(image, PictureDetails),
    )


def whole_block(block: Block) -> Block:
    """A stored block with each of its fields: what nobody has filled in is empty."""
    kind = _BLOCKS.child_blocks.get(block["type"])
    value = json.loads(json.dumps(block["value"], cls=DjangoJSONEncoder))
    return {"type": block["type"], "value": _whole(kind, value), "id": str(block.get("id") or "")}


def _whole(kind: Any, value: Any) -> Any:
    if isinstance(kind, StructBlock):
        said = value or {}
        return {
            name: _whole(child, said.get(name, child.get_prep_value(child.get_default())))
            for name, child in kind.child_blocks.items()
        }
    if isinstance(kind, ListBlock):
        return [
            {"type": "item", "value": _whole(kind.child_block, one["value"]), "id": one["id"]}
            for one in value or ()
        ]
    if value is None and isinstance(kind, CharBlock | TextBlock | RichTextBlock):
        return ""
    return without_block_keys(value) if isinstance(value, str) else value
