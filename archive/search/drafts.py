"""What editors look for: of each story's latest version, drafts' headlines and pictures' gaps; what
Wagtail's own search has of its row.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, Q, QuerySet, TextField, When
from django.db.models.functions import Cast
from wagtail.images import get_image_model

from archive.search.backends import index_objects
from archive.search.documents import raw_body
from archive.search.headlines import headline_keys
from archive.search.models import DraftHint, PictureGap
from archive.stories import body as body_room
from archive.stories.body import raw_pictures
from archive.stories.models import ArticlePage
from archive.text.language import LANGUAGES, column, columns
from archive.text.segmentation import Raw

_BATCH = 1000


@dataclass(frozen=True)
class _Version:
    """A story's latest version: its headline if it is a draft, and its source text's body."""

    pk: int
    headline: str
    body: list[Raw]


def store_for_editors(*articles: ArticlePage) -> None:
    """Write headlines and gaps of new stories, many at once, as the pages have them."""
    _store([*map(_version, articles)], is_new=True)


def repair_for_editors() -> None:
    """Write them for every story, from its latest version: after bulk loads."""
    last = 0
    while versions := _versions(ArticlePage.objects.filter(pk__gt=last)):
        last = versions[-1].pk
        _store(versions)


def index_for_editors(pks: Collection[int]) -> None:
    """Bring Wagtail's search in step with these stories, as they are by now."""
    index_objects(ArticlePage, [*ArticlePage.objects.filter(pk__in=pks)])


def follow_versions(pks: Collection[int]) -> None:
    """Write drafts' headlines and pictures' gaps for these stories, from their latest versions."""
    _store(_versions(ArticlePage.objects.filter(pk__in=pks)))


def repair_gaps(pks: Collection[int]) -> None:
    """Write them for these stories, in which a picture changed.

    And for drafts with gaps: what stands in a draft alone no index of references knows.
    """
    gaps = PictureGap.objects.values("article")
    drafts = Q(has_unpublished_changes=True, pk__in=gaps)
    _store(_versions(ArticlePage.objects.filter(Q(pk__in=pks) | drafts)))


def _store(versions: Sequence[_Version], *, is_new: bool = False) -> None:
    pictures = {one.pk: [shown for _key, shown in raw_pictures(one.body)] for one in versions}
    hints = {one.pk: headline_keys(one.headline) for one in versions}
    ids = [one.pk for one in versions]
    DraftHint.objects.store("article", ids, ["key"], _rows(hints), is_new=is_new)
    PictureGap.objects.store("article", ids, ["kind"], _rows(_gaps(pictures)), is_new=is_new)


def _rows(values: Mapping[int, set[str]]) -> list[tuple[int, str]]:
    return [(pk, value) for pk, of_story in values.items() for value in sorted(of_story)]


def _version(article: ArticlePage) -> _Version:
    is_draft = article.has_unpublished_changes or not article.live
    headline = (article.draft_title or article.title) if is_draft else ""
    return _Version(article.pk, headline, body_room.raw(article.source("body")))


def _versions(stories: QuerySet[ArticlePage]) -> list[_Version]:
    """The first of these in the order of their keys; pages are made of drafts alone."""
    sources = [
        When(source_language=one, then=Cast(column("body", one), TextField())) for one in LANGUAGES
    ]
    rows = stories.order_by("pk")
    found = rows.annotate(stored=Case(*sources, output_field=TextField())).values_list(
        *("pk", "live", "has_unpublished_changes", "latest_revision"),
        *("draft_title", "title", "stored"),
    )[:_BATCH]
    versions = []
    for pk, live, is_changed, revision, draft_title, title, stored in found:
        if is_changed and revision:
            latest = ArticlePage.objects.get(pk=pk).get_latest_revision_as_object()
            versions.append(_version(latest))
        else:
            headline = "" if live and not is_changed else draft_title or title
            versions.append(_Version(pk, headline, raw_body(stored)))
    return versions


def _gaps(pictures: Mapping[int, list[Raw]]) -> dict[int, set[str]]:
    """By story, what at least one picture of it lacks: "caption", "alt_text", "credit"."""
    ids = {one["image"] for of_story in pictures.values() for one in of_story if one.get("image")}
    # An image's own words stand in, in whichever language it has them.
    names = {
        PictureGap.Kind.CAPTION: columns("caption"),
        PictureGap.Kind.ALT_TEXT: columns("alt_text"),
        PictureGap.Kind.CREDIT: ["credit"],
    }
    fields = [name for of_kind in names.values() for name in of_kind]
    rows = get_image_model().objects.filter(pk__in=ids).values("pk", *fields) if ids else []
    images = {row["pk"]: row for row in rows}
    return {
        pk: {
            kind.value
            for struct in of_story
            if (image := images.get(struct.get("image")))
            for kind, of_kind in names.items()
            if not struct.get(kind.value) and not any(image[name] for name in of_kind)
        }
        for pk, of_story in pictures.items()
    }
