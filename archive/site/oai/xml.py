"""The answers' XML: their frame, and a story as simple Dublin Core.

A record has both languages, each text marked with its own.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from django.db.models import Prefetch
from django.utils import translation

from archive.site.feeds.formats import clean
from archive.site.sitemaps.addresses import SiteAddresses
from archive.stories.bylines import print_citation
from archive.stories.models import ArticleByline, ArticleEntity, ArticlePage
from archive.stories.querysets import UNLISTED
from archive.text.language import HTML_CODES, column

OAI = "http://www.openarchives.org/OAI/2.0/"
SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

Element = ElementTree.Element


def document(base_url: str, attributes: dict[str, str], now: datetime) -> Element:
    """The frame of every answer: when it was given, and to what."""
    root = Element(
        "OAI-PMH",
        {
            "xmlns": OAI,
            "xmlns:xsi": SCHEMA_INSTANCE,
            "xsi:schemaLocation": f"{OAI} {OAI}OAI-PMH.xsd",
        },
    )
    add(root, "responseDate", utc(now))
    add(root, "request", base_url, **attributes)
    return root


def add(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    """A new last child of the parent."""
    cleaned = {key: clean(value) for key, value in attributes.items()}
    made = ElementTree.SubElement(parent, name, cleaned)
    made.text = clean(text) or None
    return made


def serialised(root: Element) -> bytes:
    content: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return content


def utc(moment: datetime) -> str:
    """As the protocol writes it, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


DC_NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
_TERMS = "http://purl.org/dc/elements/1.1/"
_CREATORS = {ArticleByline.Role.REPORTER, ArticleByline.Role.AGENCY}
# An element's name, its text and the language of the text, "" where it is in none.
Line = tuple[str, str, str]


def harvested_stories(pks: Iterable[int]) -> dict[int, ArticlePage]:
    """The stories by id, with all that their records say: four queries.

    Only those that readers may see: what was written past Wagtail, no record knows of.
    """
    bylines = ArticleByline.objects.select_related("author").order_by("sort_order", "pk")
    tags = ArticleEntity.objects.filter(role=ArticleEntity.Role.ABOUT).select_related(
        "entity__merged_into"
    )
    found = (
        ArticlePage.objects.filter(pk__in=list(pks))
        .live()
        .public()
        .select_related("publication")
        .defer(*UNLISTED)
        .prefetch_related(
            Prefetch("bylines", bylines, to_attr="harvest_bylines"),
            Prefetch("entity_tags", tags.order_by("sort_order", "pk"), to_attr="harvest_tags"),
        )
    )
    return {story.pk: story for story in found}


def write_dublin_core(parent: Element, story: Any, at: SiteAddresses) -> None:
    made = add(
        parent,
        "oai_dc:dc",
        **{
            "xmlns:oai_dc": DC_NAMESPACE,
            "xmlns:dc": _TERMS,
            "xsi:schemaLocation": f"{DC_NAMESPACE} {DC_SCHEMA}",
            "xmlns:xsi": SCHEMA_INSTANCE,
        },
    )
    for name, text, language in _lines(story, at):
        if text:
            marked = {"xml:lang": HTML_CODES[language]} if language else {}
            add(made, f"dc:{name}", text, **marked)


def _lines(story: Any, at: SiteAddresses) -> Iterator[Line]:
    languages = story.languages()
    yield from _in_each(story, "title", "headline", languages)
    yield from _people(story)
    for tag in story.harvest_tags:
        yield from _in_each(tag.entity, "subject", "name", languages)
    yield from _in_each(story, "description", "standfirst", languages)
    if story.publication:
        yield from _in_each(story.publication, "publisher", "name", languages)
    yield "date", story.print_date.isoformat() if story.print_date else "", ""
    yield "type", "Text", ""
    yield "format", "text/html", ""
    addresses = at.of_path(story.url_path, languages)
    for language in languages:
        yield "identifier", addresses[language], ""
    for language in languages:
        with translation.override(language):
            yield "source", print_citation(story), language
    for language in languages:
        yield "language", HTML_CODES[language], ""
    yield "relation", story.source_url, ""
    yield "rights", story.rights, ""


def _in_each(instance: Any, element: str, field: str, languages: list[str]) -> Iterator[Line]:
    for language in languages:
        yield element, getattr(instance, column(field, language)) or "", language


def _people(story: Any) -> Iterator[Line]:
    """Under the names that they have in the story's own language, or else in the other."""
    for line in story.harvest_bylines:
        element = "creator" if line.role in _CREATORS else "contributor"
        with translation.override(story.source_language):
            yield element, str(line.author), ""
