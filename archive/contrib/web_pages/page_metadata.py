"""A web page's headline, authors, dates and paper, from its data for machines and its elements.

JSON-LD, OpenGraph, Dublin Core, microdata: https://schema.org/NewsArticle, https://ogp.me,
https://www.dublincore.org/specifications
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from archive.contrib.intake.documents import DocumentMetadata
from archive.contrib.web_pages.main_text import class_words
from archive.text.markup.html_tree import HtmlNode

# How surely the types of schema.org are the page's story, best first.
_STORY_TYPES = ("NewsArticle", "Article", "BlogPosting", "Report", "CreativeWork", "WebPage")
# Deeper things in JSON-LD are no story's.
_DEEPEST = 8


@dataclass(frozen=True)
class StructuredData:
    """The page's story in JSON-LD, and its <meta> and microdata values by name in small letters."""

    story: dict[str, object] = field(default_factory=dict)
    # How many stories JSON-LD describes.
    stories: int = 0
    values: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """The first value that any of these names has, the names in order."""
        return next((self.values[name][0] for name in names if name in self.values), "")

    def all(self, *names: str) -> list[str]:
        return [value for name in names for value in self.values.get(name, ())]

    def story_text(self, *names: str) -> str:
        """A property of the story in JSON-LD: its text, or the name of the thing that it is."""
        return next((text for name in names for text in texts(self.story.get(name))), "")


def read_structured_data(root: HtmlNode) -> StructuredData:
    things: list[dict[str, object]] = []
    values: dict[str, list[str]] = {}
    for node in root.walk():
        if node.name == "script" and node.get("type").lower() == "application/ld+json":
            things += _things(_json("".join(map(str, node.children))))
        elif node.name == "meta":
            name = node.get("property") or node.get("name") or node.get("itemprop")
            _add(values, name or node.get("http-equiv"), node.get("content"))
        elif node.get("itemprop"):
            _add(values, node.get("itemprop"), _microdata(node))
    stories = sorted(filter(_rank, things), key=_rank, reverse=True)
    own = [thing for thing in stories if _type_rank(thing) > _type_rank({"@type": "CreativeWork"})]
    return StructuredData(stories[0] if stories else {}, len(own), values)


def texts(value: object) -> list[str]:
    """The texts of a JSON-LD value: itself, or the names of the things that it is."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    if isinstance(value, dict):
        return texts(value.get("name") or value.get("@value") or value.get("@id"))
    return []


def _add(values: dict[str, list[str]], name: str, value: str) -> None:
    value = " ".join(value.split())
    if name and value and value not in values.setdefault(name.lower(), []):
        values[name.lower()].append(value)
    if name and not values.get(name.lower(), [""]):
        del values[name.lower()]


def _microdata(node: HtmlNode) -> str:
    if "itemscope" in node.attributes:
        named = next((one for one in node.walk() if one.get("itemprop") == "name"), None)
        return _microdata(named) if named else ""
    value = node.get("content") or node.get("datetime")
    if node.name in ("a", "link") and not value and node.get("itemprop") == "url":
        return node.get("href")
    # A whole body as microdata is no value.
    return value or (node.text() if node.is_inline or len(node.text()) < 300 else "")


def _json(text: str) -> object:
    try:
        return json.loads(text.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
    except (ValueError, RecursionError):
        return None


def _things(value: object, depth: int = 0) -> Iterator[dict[str, object]]:
    if depth > _DEEPEST:
        return
    inner: Iterable[object] = ()
    if isinstance(value, list):
        inner = value
    elif isinstance(value, dict):
        yield value
        inner = (value.get("@graph"), value.get("mainEntity"), value.get("itemListElement"))
    for one in inner:
        yield from _things(one, depth + 1)


def _rank(thing: dict[str, object]) -> tuple[int, int]:
    """How likely a thing is the story, () for none: its type first, then how much it says."""
    rank = _type_rank(thing)
    return (rank, len(thing)) if rank else ()  # type: ignore[return-value]


def _type_rank(thing: dict[str, object]) -> int:
    ranks = [
        len(_STORY_TYPES) - number
        for number, known in enumerate(_STORY_TYPES)
        for name in texts(thing.get("@type"))
        if name.rpartition("/")[2].endswith(known)
    ]
    return max(ranks, default=0)


_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "dc.date.issued"),
    *("dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "dc.date.created"),
    *("publishdate", "publish-date", "publish_date", "pubdate", "publication_date", "pubtime"),
    *("parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime"),
    *("citation_publication_date", "ptime", "displaydate", "date"),
)
_MODIFIED = (
    *("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified"),
    *("dc.date.modified", "last-modified", "lastmod", "article.updated"),
)
_AUTHORS = (
    *("author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "byl"),
    *("parsely-author", "sailthru.author", "citation_author", "authors", "creator"),
)
_SITES = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher")
_SECTIONS = (
    "article:section",
    "parsely-section",
    "cxenseparse:section",
    "section",
    "articlesection",
)
_KEYWORDS = ("news_keywords", "keywords", "article:tag", "parsely-tags", "dc.subject")
_MOST_KEYWORDS = 50
_MOST_TIMES = 20
# Who a page names as its author when it names none.
_NOBODY = {"admin", "administrator", "staff", "editor", "webmaster", "user", "unknown"}
_LOGIN = re.compile(r"[a-z0-9_.]*")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(\S+)")
# A page's comment about where it was saved stands at the start.
_HEAD = 10_000
_BY = re.compile(r"(?:by|written by|作者[:：]|文/|記者|记者[:：]?)\s*", re.IGNORECASE)
_BETWEEN_AUTHORS = re.compile(r"\s*(?:;|；|、|\||\n|\s+and\s+|\s+&\s+|,\s+and\s+)\s*")
# What parts a headline from the site's name in a page's title, the longer ones first.
_TITLE_PARTS = re.compile(r"\s+[-–—|·•»:]+\s+|\s*[|｜_]+\s*|-{2,}|——")
_CHINESE_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日\s*(?:(\d{1,2})[:：](\d{2}))?")
# A shorter part of a page's title names no story.
_SHORTEST_TITLE = 6
_MONTH_NAME = re.compile(r"[A-Za-z]{3}")
_TIME = re.compile(r"\d[:：]\d")
_ZONE_NAME = re.compile(r"(?<=\d) ?(?:UTC|GMT|Z)$")


def read_page_metadata(root: HtmlNode, source: str, address: str = "") -> DocumentMetadata:
    """What the page says of its story; `address` is where it was saved from, if that is known."""
    data = read_structured_data(root)
    title = _folded(found.text()) if (found := root.find("title")) else ""
    url = _address(root, data, source) or address
    site = _site(data)
    headline = _headline(root, data, title, site)
    published, has_time, unread = _published(root, data)
    html_tag = root.find("html")
    return DocumentMetadata(
        headline=headline,
        bylines=tuple(_authors(root, data, site)),
        publication=site or _site_in_title(title, headline),
        published=published,
        has_time=has_time,
        modified=parse_moment(data.story_text("dateModified") or data.first(*_MODIFIED))[0],
        section=data.story_text("articleSection") or data.first(*_SECTIONS),
        keywords=tuple(_keywords(data)),
        language=_language(html_tag, data),
        url=url,
        document_title=title,
        rights=data.story_text("copyrightNotice") or data.first("dc.rights", "copyright"),
        unread=unread,
    )


def _folded(text: str) -> str:
    return " ".join(text.split())


def _address(root: HtmlNode, data: StructuredData, source: str) -> str:
    canonical = next((one for one in root.find_all("link") if _is_canonical(one)), None)
    saved = _SAVED_FROM.search(source[:_HEAD])
    for url in (
        canonical.get("href") if canonical else "",
        data.first("og:url"),
        *texts(data.story.get("url")),
        *texts(data.story.get("mainEntityOfPage")),
        saved[1] if saved else "",
    ):
        if _is_story_address(url):
            return url
    return ""


def _is_canonical(link: HtmlNode) -> bool:
    return "canonical" in link.get("rel").lower().split()


def _is_story_address(url: str) -> bool:
    """A whole address, and not that of the site's front page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.path.strip("/") or parts.query)


def _site(data: StructuredData) -> str:
    names = [
        *data.all("og:site_name"),
        *texts(data.story.get("publisher")),
        *texts(data.story.get("isPartOf")),
        *data.all(*_SITES),
    ]
    names = [name.lstrip("@") for name in names if not name.startswith("http")]
    # A name is better than the host's.
    return next((name for name in names if "." not in name), names[0] if names else "")


def _headline(root: HtmlNode, data: StructuredData, title: str, site: str) -> str:
    """As the page prints it above the story, where its title or its data repeat that."""
    said = data.story_text("headline") or data.first("og:title", "dc.title", "dcterms.title")
    said = _folded(said) or title
    for heading in root.find_all("h1", "h2"):
        text = _folded(heading.text())
        if text and text != site and (said.startswith(text) or title.startswith(text)):
            return text
        # The title may have the heading's first words only.
        if len(short := _first_part(title)) >= _SHORTEST_TITLE and text.startswith(short):
            return text
    return _without_site(said, site)


def _without_site(title: str, site: str) -> str:
    """ "Port opens | World | The Daily" without its last parts, where those are the site's."""
    parts = _TITLE_PARTS.split(title)
    if len(parts) < 2:
        return title
    if site and parts[0].casefold().strip() == site.casefold():
        return title[len(parts[0]) :].lstrip(" -–—|｜·•»:_")
    last = parts[-1].casefold().strip()
    known = site.casefold()
    is_site = bool(known) and (last in known or known in last)
    is_host = "." in last and " " not in last
    if not (is_site or is_host):
        return title
    cut = title[: title.rindex(parts[-1])]
    return _without_site(_trimmed(cut), site)


def _trimmed(title: str) -> str:
    return title.rstrip(" -–—|｜·•»:_")


def _first_part(title: str) -> str:
    return _TITLE_PARTS.split(title)[0].strip()


def _site_in_title(title: str, headline: str) -> str:
    """The site's name behind the headline in the page's title."""
    if headline.startswith(short := _first_part(title)) and len(short) >= _SHORTEST_TITLE:
        headline = short
    if not headline or headline not in title or title == headline:
        return ""
    behind = title.partition(headline)[2]
    parts = [part.strip() for part in _TITLE_PARTS.split(f" {behind} ") if part and part.strip()]
    return _folded(parts[-1]).strip("-–—|_ ") if parts else ""


def _authors(root: HtmlNode, data: StructuredData, site: str) -> Iterator[str]:
    """As the page signs, one person each, without "By"."""
    printed = [
        _folded(node.text())
        for node in root.walk()
        if "author" in node.get("rel").split() or "author" in node.get("itemprop").split()
    ]
    for group in (texts(data.story.get("author")), data.all(*_AUTHORS), printed):
        names = dict.fromkeys(name for text in group for name in author_names(text))
        # "Li Na, Harbour Post" and "Li Na" are one.
        known = {name for name in names if name != site and name.partition(", ")[0] not in names}
        known |= {name for name in names if "," not in name and name != site}
        if known:
            yield from (name for name in names if name in known)
            return


def author_names(text: str) -> list[str]:
    """ "By Li Na and Wang Wei" -> ["Li Na", "Wang Wei"]; addresses and roles are no names."""
    text = _folded(text)
    if len(text) > 200 or text.startswith(("http", "@", "/")):
        return []
    text = _BY.sub("", text, count=1) if _BY.match(text) else text
    names = [name.strip(" ,") for name in _BETWEEN_AUTHORS.split(text)]
    return [
        name
        for name in names
        if name and name.casefold() not in _NOBODY and not _LOGIN.fullmatch(name)
    ]


def _published(
    root: HtmlNode, data: StructuredData
) -> tuple[datetime | None, bool, tuple[str, ...]]:
    """The first date that can be read, whether it has a time, and what stands for one before it."""
    said = [*texts(data.story.get("datePublished")), *texts(data.story.get("dateCreated"))]
    said += data.all(*_PUBLISHED)
    # What a <time> prints is among the page's words.
    unread: list[str] = []
    for text in (*said, *_times(root)):
        moment, has_time = parse_moment(text)
        if moment:
            return moment, has_time, tuple(unread)
        unread += [text] if text in said and text not in unread else []
    return None, False, tuple(unread)


def _times(root: HtmlNode) -> Iterator[str]:
    """The page's <time> elements, those that say they are the publication's first."""
    times = root.find_all("time")
    times.sort(key=lambda time: not ("pubdate" in time.attributes or class_words(time) & _WHEN))
    for time in times[:_MOST_TIMES]:
        # A time within a list of links is another story's.
        if not time.closest("li", "nav", "footer", "aside"):
            yield time.get("datetime") or time.text()


_WHEN = {"published", "publish", "pubdate", "date", "entry"}


def parse_moment(text: str) -> tuple[datetime | None, bool]:
    """A date that machines write (ISO 8601, RFC 822) or a site prints; whether it has a time."""
    text = _ZONE_NAME.sub("+00:00", _folded(text)[:64])
    has_time = bool(_TIME.search(text) or ("T" in text and text[-1:].isdigit()))
    if found := _CHINESE_DATE.search(text):
        year, month, day, hour, minute = (int(part or 0) for part in found.groups())
        parts = (year, month, day, hour, minute)
        return _checked(parts), bool(found[4])
    for read in (datetime.fromisoformat, parsedate_to_datetime, _with_month_name):
        try:
            moment = read(text)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        if moment and moment.year > 1600:
            return moment, has_time
    return None, False


def _checked(parts: tuple[int, int, int, int, int]) -> datetime | None:
    try:
        return datetime(*parts)
    except ValueError:
        return None


def _with_month_name(text: str) -> datetime | None:
    """ "November 19, 2019 8:03 am": only with the month's name is the order of a date certain."""
    if not _MONTH_NAME.search(text) or not re.search(r"\d{4}", text):
        return None
    # It comes with the extra "intake".
    from dateutil.parser import ParserError, parse

    try:
        moment: datetime = parse(text, default=datetime(1, 1, 1), ignoretz=True)
    except (ParserError, OverflowError):
        return None
    return moment


def _keywords(data: StructuredData) -> list[str]:
    listed = texts(data.story.get("keywords")) or data.all(*_KEYWORDS)
    words = [word.strip() for text in listed for word in re.split(r"[,;，；、]", text)]
    return list(dict.fromkeys(filter(None, words)))[:_MOST_KEYWORDS]


def _language(html_tag: HtmlNode | None, data: StructuredData) -> str:
    own = (html_tag.get("lang") or html_tag.get("xml:lang")) if html_tag else ""
    said = own or data.story_text("inLanguage") or data.first("og:locale", "content-language")
    return said.replace("_", "-").split(",")[0].strip()
