"""A feed's forms: RSS 2.0 and Atom 1.0 by Django's generators, and JSON Feed 1.1.

The date of print is said as such, in PRISM's terms; the feeds' own dates are the archive's.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

from archive.text.language import HTML_CODES

RSS, ATOM, JSON = "rss", "atom", "json"
MIME_TYPES = {
    RSS: "application/rss+xml",
    ATOM: "application/atom+xml",
    JSON: "application/feed+json",
}
_NAMESPACES = {
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:prism": "http://prismstandard.org/namespaces/basic/2.0/",
}
# What XML 1.0 has no place for, whichever way it is written.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Of a feed without stories: the same at each call.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class FeedLink:
    """A link beside the main one; `language` of what it leads to, "" if the same."""

    rel: str
    url: str
    type: str
    language: str = ""

    @property
    def attributes(self) -> dict[str, str]:
        made = {"rel": self.rel, "type": self.type, "href": self.url}
        return {**made, "hreflang": HTML_CODES[self.language]} if self.language else made


@dataclass(frozen=True)
class FeedItem:
    """A story in one language; `uid`, a URI, names it for good. Texts are plain."""

    uid: str
    url: str
    title: str
    summary: str
    authors: list[str]
    published: datetime | None
    updated: datetime | None
    print_date: date | None
    print_page: str
    publication: str
    alternates: list[FeedLink] = field(default_factory=list)

    @property
    def print_facts(self) -> dict[str, str]:
        """In PRISM's terms."""
        facts = {
            "publicationName": self.publication,
            "publicationDate": self.print_date.isoformat() if self.print_date else "",
            "startingPage": self.print_page,
        }
        return {name: clean(value) for name, value in facts.items() if value}


class FeedHead(Protocol):
    """What a feed says of itself: see `archive.site.feeds.documents.Feed`."""

    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def page_url(self) -> str: ...
    @property
    def site_name(self) -> str: ...
    @property
    def alternates(self) -> Sequence[FeedLink]: ...


def clean(text: str) -> str:
    """The text without what would make a document that no program can read."""
    return _ILLEGAL.sub("", text)


class _ArchiveFeed(SyndicationFeed):
    """What both kinds of XML say beyond Django's."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), **_NAMESPACES}

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] or item["pubdate"] for item in self.items]
        return max(filter(None, dates), default=_NEVER)

    def _add_links(
        self, handler: SimplerXMLGenerator, name: str, links: Iterable[FeedLink]
    ) -> None:
        """To be written before the main link: of several, some programs keep the last."""
        for link in links:
            handler.addQuickElement(name, None, link.attributes)

    def _add_print_facts(self, handler: SimplerXMLGenerator, story: FeedItem) -> None:
        for name, value in story.print_facts.items():
            handler.addQuickElement(f"prism:{name}", value)


class _Rss(_ArchiveFeed, Rss201rev2Feed):
    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        self._add_links(handler, "atom:link", self.feed["alternates"])
        super().add_root_elements(handler)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        story = item["story"]
        self._add_links(handler, "atom:link", story.alternates)
        super().add_item_elements(handler, item)
        for author in story.authors:
            handler.addQuickElement("dc:creator", clean(author))
        handler.addQuickElement("dc:language", self.feed["language"])
        self._add_print_facts(handler, story)
        if story.updated:
            handler.addQuickElement("atom:updated", story.updated.isoformat())


class _Atom(_ArchiveFeed, Atom1Feed):
    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        self._add_links(handler, "link", self.feed["alternates"])
        super().add_root_elements(handler)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        story = item["story"]
        self._add_links(handler, "link", story.alternates)
        # Atom can't do without: a story that was loaded in bulk has no date of its own.
        super().add_item_elements(handler, {**item, "updateddate": item["updateddate"] or _NEVER})
        for author in story.authors:
            handler.startElement("author", {})  # type: ignore[arg-type]
            handler.addQuickElement("name", clean(author))
            handler.endElement("author")
        self._add_print_facts(handler, story)


def _xml(kind: type[SyndicationFeed], feed: FeedHead, items: list[FeedItem], self_url: str) -> str:
    made = kind(
        title=clean(feed.title),
        link=feed.page_url,
        description=clean(feed.description),
        language=HTML_CODES[feed.language],
        author_name=clean(feed.site_name),
        feed_url=self_url,
        feed_guid=self_url,
        alternates=feed.alternates,
    )
    for item in items:
        made.add_item(
            title=clean(item.title),
            link=item.url,
            description=clean(item.summary),
            unique_id=item.uid,
            unique_id_is_permalink=False,
            pubdate=item.published,
            updateddate=item.updated,
            story=item,
        )
    return str(made.writeString("utf-8"))


def _rss(feed: FeedHead, items: list[FeedItem], self_url: str) -> str:
    return _xml(_Rss, feed, items, self_url)


def _atom(feed: FeedHead, items: list[FeedItem], self_url: str) -> str:
    return _xml(_Atom, feed, items, self_url)


def _json(feed: FeedHead, items: list[FeedItem], self_url: str) -> str:
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(feed.title),
        "home_page_url": feed.page_url,
        "feed_url": self_url,
        "description": clean(feed.description),
        "language": HTML_CODES[feed.language],
        "authors": [{"name": clean(feed.site_name)}],
        "items": [_json_item(item, feed.language) for item in items],
    }
    if further := [link.url for link in feed.alternates if link.rel == "next"]:
        made["next_url"] = further[0]
    return json.dumps(made, ensure_ascii=False)


def _json_item(item: FeedItem, language: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": item.uid,
        "url": item.url,
        "title": clean(item.title),
        "content_text": clean(item.summary),
        "language": HTML_CODES[language],
        "authors": [{"name": clean(author)} for author in item.authors],
        "_prism": item.print_facts,
        "_alternates": [link.attributes for link in item.alternates],
    }
    for name, when in (("date_published", item.published), ("date_modified", item.updated)):
        if when:
            made[name] = when.isoformat()
    # Nothing said is better than an empty list, but for the text, which must be there.
    return {name: value for name, value in made.items() if value or name == "content_text"}


# A feed's head, its stories and its own absolute address, as the text of a document.
FORMATS: dict[str, Callable[[FeedHead, list[FeedItem], str], str]] = {
    RSS: _rss,
    ATOM: _atom,
    JSON: _json,
}
