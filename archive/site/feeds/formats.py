"""A feed's forms: RSS 2.0 and Atom 1.0 by Django's generators, and JSON Feed 1.1.

The date of print is said as such, in PRISM's terms; the feeds' own dates are the archive's. An
item has, beside what Django's have, its `authors`, its `alternates` (further links) and its
`print_facts` by PRISM's names; a translation has instead its `source`: what was printed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

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


class _XmlFeed(SyndicationFeed):
    """What both kinds of XML say beyond Django's."""

    link_element = "link"

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), **_NAMESPACES}

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] or item["pubdate"] for item in self.items]
        return max(filter(None, dates), default=_NEVER)

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        self._add_links(handler, self.feed["alternates"])
        super().add_root_elements(handler)

    def _add_links(self, handler: SimplerXMLGenerator, links: Iterable[FeedLink]) -> None:
        """To be written before the main link: of several, some programs keep the last."""
        for link in links:
            handler.addQuickElement(self.link_element, None, link.attributes)

    def _add_print_facts(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        for name, value in item["print_facts"].items():
            handler.addQuickElement(f"prism:{name}", value)
        if item["source"]:
            handler.addQuickElement("dc:source", item["source"])


class _Rss(_XmlFeed, Rss201rev2Feed):
    link_element = "atom:link"

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        self._add_links(handler, item["alternates"])
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.addQuickElement("dc:creator", author)
        handler.addQuickElement("dc:language", self.feed["language"])
        self._add_print_facts(handler, item)
        if item["updateddate"]:
            handler.addQuickElement("atom:updated", item["updateddate"].isoformat())


class _Atom(_XmlFeed, Atom1Feed):
    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        self._add_links(handler, item["alternates"])
        # Atom can't do without: a story that was loaded in bulk has no date of its own.
        super().add_item_elements(handler, {**item, "updateddate": item["updateddate"] or _NEVER})
        for author in item["authors"]:
            handler.startElement("author", {})  # type: ignore[arg-type]
            handler.addQuickElement("name", author)
            handler.endElement("author")
        self._add_print_facts(handler, item)


class _Json(SyndicationFeed):
    def write(self, outfile: IO[str], encoding: str) -> None:
        feed = self.feed
        made = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed["title"],
            "home_page_url": feed["link"],
            "feed_url": feed["feed_url"],
            "description": feed["description"],
            "language": feed["language"],
            "authors": [{"name": feed["author_name"]}],
            "items": [self._item(item) for item in self.items],
        }
        if further := [link.url for link in feed["alternates"] if link.rel == "next"]:
            made["next_url"] = further[0]
        outfile.write(json.dumps(made, ensure_ascii=False))

    def _item(self, item: dict[str, Any]) -> dict[str, Any]:
        made = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "content_text": item["description"],
            "language": self.feed["language"],
            "authors": [{"name": author} for author in item["authors"]],
            "_prism": item["print_facts"],
            "_translation_of": item["source"],
            "_alternates": [link.attributes for link in item["alternates"]],
            "date_published": item["pubdate"].isoformat() if item["pubdate"] else "",
            "date_modified": item["updateddate"].isoformat() if item["updateddate"] else "",
        }
        # Nothing said is better than an empty list, but for the text, which must be there.
        return {name: value for name, value in made.items() if value or name == "content_text"}


FORMATS: dict[str, type[SyndicationFeed]] = {RSS: _Rss, ATOM: _Atom, JSON: _Json}
