"""What a dossier shows, in its order: only what every reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.images import get_image_model
from wagtail.rich_text import expand_db_html

from archive.base_page import Page
from archive.contrib.dossiers.models import DossierPage
from archive.entities.fields import Text
from archive.entities.models import Entity
from archive.photos.renditions import prefetched
from archive.site.caching.site_chrome import site_chrome
from archive.stories.models import ArticlePage
from archive.stories.page_links import resolved_pages
from archive.text.language import column, other, supported
from archive.text.richtext import is_blank, linked_ids, without_block_keys
from archive.ties.models import Tie
from archive.visibility import shown_to_public


@dataclass(frozen=True)
class DossierItem:
    """`kind` is "text", "story", "tie", "name" or "picture"; `language` that of a text."""

    kind: str
    value: Any
    language: str = ""


@dataclass(frozen=True)
class DossierContents:
    items: list[DossierItem]

    @property
    def stories(self) -> list[Any]:
        """Each once, in the order of the dossier."""
        return list(dict.fromkeys(one.value for one in self.items if one.kind == "story"))


def story_keys(dossier: DossierPage) -> list[int]:
    """Of its stories, in its order; no query."""
    blocks = dossier.items.raw_data
    return [one["value"] for one in blocks if one["type"] == "story" and one["value"]]


def read_contents(dossier: DossierPage, request: HttpRequest) -> DossierContents:
    """At most seven queries, however much it shows."""
    blocks = [(block["type"], block["value"]) for block in dossier.items.raw_data]
    ids = {
        kind: [value for name, value in blocks if name == kind and value]
        for kind in ("story", "tie", "name", "picture")
    }
    language, restricted = supported(get_language()), site_chrome(request).restricted
    texts = [_text(value, language) for name, value in blocks if name == "text"]
    found = {
        "story": _found(ArticlePage.objects.cards().shown_to_public(restricted), ids["story"]),
        "tie": _found(Tie.objects.shown_to_public(restricted).select_related(*_PLACES), ids["tie"]),
        "name": _found(Entity.objects.shown_to_public(restricted), ids["name"]),
        "picture": _pictures(ids["picture"]),
    }
    linked = [pk for text in texts for pk in linked_ids(text.text, "page")]
    pages = _found(shown_to_public(Page.objects.all(), restricted), linked)
    items, written = [], iter(texts)
    for kind, value in blocks:
        if kind == "text":
            text = next(written)
            if not is_blank(text.text):
                items.append(DossierItem(kind, _html(text, pages), text.language))
        elif (shown := found[kind].get(value)) is not None:
            items.append(DossierItem(kind, shown))
    return DossierContents(items)


_PLACES = ("place_a__merged_into", "place_b__merged_into")


def _text(value: dict[str, str], language: str) -> Text:
    """In the reader's language, or else in the other."""
    for code in (language, other(language)):
        if not is_blank(value.get(column("text", code))):
            return Text(value[column("text", code)], code)
    return Text("", language)


def _html(text: Text, pages: dict[int, Any]) -> SafeString:
    with resolved_pages(pages):
        html = expand_db_html(without_block_keys(text.text))
    return mark_safe(html)  # noqa: S308 - an editor's rich text, through Wagtail's rewriter


def _found(rows: Any, ids: Sequence[int]) -> dict[int, Any]:
    return rows.in_bulk(ids) if ids else {}


def _pictures(ids: Sequence[int]) -> dict[int, Any]:
    if not ids:
        return {}
    images = get_image_model().objects.prefetch_related(prefetched("figure"))
    return images.in_bulk(ids)
