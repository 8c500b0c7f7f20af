"""RSS and Atom feeds that hold their stories' full text."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from archive.contrib.intake.documents import DocumentMetadata, SourceDocument, from_lines
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.markup_lines import MarkupLines, read_body
from archive.contrib.intake.records import IntakeError, from_extra
from archive.contrib.intake.sources import SourceFile
from archive.contrib.web_pages.page_metadata import author_names, parse_moment
from archive.files.xml import root_name
from archive.text.richtext import plain_text
from archive.text.stored_messages import message as _

_ROOTS = {"rss", "feed", "rdf"}
# WordPress's export is RSS too, and has a reader of its own.
_WXR = b"wordpress.org/export/"

Entry = dict[str, Any]


class FeedFormat(DocumentFormat):
    """A story an entry. The feed's own names stand where an entry gives none."""

    id = "feed"
    name = gettext_lazy("RSS or Atom feed")
    description = gettext_lazy(
        "A saved news feed with the full text of its stories (RSS 0.9 to 2.0, Atom)."
    )
    suffixes = (".rss", ".atom", ".xml")
    reads = "bytes"

    def recognises(self, source: SourceFile) -> bool:
        return root_name(source.data) in _ROOTS and _WXR not in source.head

    def documents(self, source: SourceFile) -> Iterator[SourceDocument]:
        with from_extra("web-pages"):
            # It belongs to the extra "intake".
            import feedparser
        # A stream is only read: an address in its place would be asked.
        feed = feedparser.parse(io.BytesIO(source.data), sanitize_html=False)
        if not feed.entries:
            raise IntakeError(_("the feed holds no story; save it again"))
        for entry in feed.entries:
            yield read_entry(entry, feed.feed)


def read_entry(entry: Entry, feed: Entry) -> SourceDocument:
    """One entry: its content, or its summary where the feed gives no more."""
    summary = entry.get("summary", "")
    contents = [one.get("value", "") for one in entry.get("content", ())]
    content = max(contents, key=len, default="")
    body = read_body(content or summary)
    found = MarkupLines()
    if headline := _plain(entry.get("title", "")):
        found.add("headline", headline)
    standfirst = _plain(summary) if content else ""
    if standfirst and not _repeats(standfirst, content):
        found.add("standfirst", standfirst)
    else:
        standfirst = ""
    found.extend(body)
    notes = [] if content else [_("The feed gives only a summary of the story.")]
    text, lines = from_lines(_opened(found))
    metadata = replace(_metadata(entry, feed), headline=headline, standfirst=standfirst)
    return SourceDocument(text, lines, metadata, tuple(found.images), (*notes, *found.notes))


def _opened(found: MarkupLines) -> Iterator[Any]:
    """Paragraphs that are short may be anything: bylines, captions, subheads."""
    for line in found.lines:
        is_short = line.kind == "paragraph" and len(line.text) < _LONG
        yield replace(line, kind="text") if is_short else line


_LONG = 300


def _metadata(entry: Entry, feed: Entry) -> DocumentMetadata:
    published, has_time = _moment(entry, "published")
    modified, modified_has_time = _moment(entry, "updated")
    authors = [one.get("name", "") for one in entry.get("authors", ())] or [entry.get("author", "")]
    tags = [_plain(tag.get("term") or "") for tag in entry.get("tags", ())]
    source = entry.get("source", {})
    return DocumentMetadata(
        bylines=tuple(name for text in authors for name in author_names(_plain(text))),
        publication=_plain(source.get("title", "")) or _plain(feed.get("title", "")),
        published=published or modified,
        has_time=has_time if published else modified_has_time,
        modified=modified,
        section=tags[0] if tags else "",
        keywords=tuple(dict.fromkeys(filter(None, tags))),
        language=entry.get("language", "") or feed.get("language", ""),
        url=entry.get("link", ""),
        document_title=_plain(feed.get("title", "")),
        rights=_plain(entry.get("rights", "") or feed.get("rights", "")),
        identifier=entry.get("id", ""),
        unread=tuple(
            dict.get(entry, name, "")
            for name, moment in (("published", published), ("updated", modified))
            if name in entry and not moment
        ),
    )


def _moment(entry: Entry, name: str) -> tuple[datetime | None, bool]:
    """As printed, in its own zone; what only feedparser understands is in UTC."""
    # Not by the entry's own `get`, which gives the one date for the other.
    found = parse_moment(dict.get(entry, name, ""))
    if not found[0] and (parsed := dict.get(entry, f"{name}_parsed")):
        year, month, day, hour, minute, second = parsed[:6]
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC), True
    return found


def _plain(text: str) -> str:
    return " ".join(plain_text(text).split())


def _repeats(summary: str, content: str) -> bool:
    """Whether the summary is only the beginning of the content, cut off."""
    start = "".join(summary.rstrip("….[]").split())
    return start[: len(start) * 3 // 4] in "".join(_plain(content).split())
