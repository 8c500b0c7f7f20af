"""Keeps what editors look for in step with each story's latest version."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from wagtail.images import get_image_model

from archive.pages import body as body_room
from archive.pages.models import ArticlePage
from archive.search.hints.keys import headline_keys
from archive.search.hints.models import DraftHint, PictureGap
from archive.text.language import columns

_BATCH = 200


def keep_for_editors(article: ArticlePage) -> None:
    """Write the draft's headline, if it is one, and the gaps of the pictures; as the page has them.

    Three queries, four with pictures; none more where nothing has changed.
    """
    is_draft = article.has_unpublished_changes or not article.live
    wanted = headline_keys(article.draft_title or article.title) if is_draft else set()
    with transaction.atomic():
        _put(DraftHint, article.pk, "key", wanted)
        _put(PictureGap, article.pk, "kind", gaps(article))


def gaps(article: ArticlePage) -> set[str]:
    """What at least one picture of the source text lacks: "caption", "alt_text", "credit"."""
    structs = list(_pictures(body_room.raw(article.source("body"))))
    ids = {struct["image"] for struct in structs if struct.get("image")}
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
        kind.value
        for struct in structs
        if (image := images.get(struct.get("image")))
        for kind, of_kind in names.items()
        if not struct.get(kind.value) and not any(image[name] for name in of_kind)
    }


def mend_for_editors() -> None:
    """Write them for every story, from its latest version: after bulk loads and changed images."""
    last = 0
    while True:
        rows = ArticlePage.objects.filter(pk__gt=last).order_by("pk")
        articles = list(rows[:_BATCH])
        if not articles:
            return
        last = articles[-1].pk
        for article in articles:
            latest = article.get_latest_revision_as_object() if _has_draft(article) else article
            keep_for_editors(latest)


def _has_draft(article: ArticlePage) -> bool:
    return bool(article.has_unpublished_changes and article.latest_revision_id)


def _pictures(raw: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in raw:
        if block["type"] == "image":
            yield block["value"]
        elif block["type"] == "gallery":
            for item in block["value"].get("pictures") or []:
                yield item["value"]


def _put(model: Any, article_id: int, name: str, wanted: set[str]) -> None:
    rows = model.objects.filter(article=article_id)
    stored = {value: pk for pk, value in rows.values_list("pk", name)}
    gone = [pk for value, pk in stored.items() if value not in wanted]
    if gone:
        rows.filter(pk__in=gone).delete()
    new = [
        model(article_id=article_id, **{name: value}) for value in sorted(wanted - stored.keys())
    ]
    if new:
        # Another save of the story may have written the same a moment ago.
        model.objects.bulk_create(new, ignore_conflicts=True)
