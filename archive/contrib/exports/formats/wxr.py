"""WordPress's export (WXR 1.2): a post for each language, paired as Polylang pairs them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from email.utils import format_datetime
from itertools import count

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.contrib.exports.formats.base import (
    ExportFolder,
    ExportFormat,
    check_for_xml,
    said_in,
    signed,
    stem_of,
)
from archive.contrib.exports.formats.ninjs import item_uri
from archive.contrib.exports.loading import LoadedStory
from archive.interchange.html_body import body_html
from archive.interchange.records import PictureRecord, WholeStory
from archive.interchange.rich_texts import escaped
from archive.interchange.values import as_json
from archive.interchange.vocabulary import POST_LINES, POST_META
from archive.text.language import LABELS, SHORT_CODES

FILE = "stories.wxr.xml"
_NAMESPACES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}


class WxrExport(ExportFormat):
    id = "wxr"
    name = _("WordPress (WXR)")
    description = _("Posts for WordPress, the two languages of a story paired as Polylang has it.")
    suffix = ".xml"

    def write(self, stories: Iterable[LoadedStory], out: ExportFolder) -> None:
        numbers, shown = count(1), set[str]()
        with out.open(FILE) as file:
            file.write(_opening(said_in(out.titles, "")).encode())
            for story in stories:
                with out.story(story):
                    check_for_xml(story.record)
                    out.add_pictures(story)
                    for item in _items(story.record, numbers, shown):
                        file.write(item.encode())
            file.write(b"</channel>\n</rss>\n")


def _opening(title: str) -> str:
    spaces = "".join(f' xmlns:{name}="{at}"' for name, at in _NAMESPACES.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"{spaces}>\n<channel>\n'
        f"<title>{escaped(title)}</title>\n<wp:wxr_version>1.2</wp:wxr_version>\n"
    )


def _items(record: WholeStory, numbers: "count[int]", shown: set[str]) -> Iterator[str]:
    for language in record.languages:
        yield _post(record, language, next(numbers))
    for picture in record.pictures:
        if picture.key not in shown:
            shown.add(picture.key)
            yield _attachment(picture, record.language, next(numbers))


def _tag(name: str, text: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{escaped(text)}</{name}>\n"


def _post(record: WholeStory, language: str, number: int) -> str:
    text = record.texts[language]
    html = "\n\n".join(body_html(text.body, record.files))
    day = _day(record)
    return "".join(
        (
            "<item>\n",
            _tag("title", text.headline),
            _tag("link", item_uri(record, language)),
            _tag("pubDate", format_datetime(day)),
            _tag("dc:creator", ", ".join(signed(record, language))),
            _tag("guid", f"{record.uri}#{language}", ' isPermaLink="false"'),
            _tag("description", ""),
            _tag("content:encoded", html),
            _tag("excerpt:encoded", text.standfirst),
            _tag("wp:post_id", str(number)),
            _tag("wp:post_date", f"{day:%Y-%m-%d %H:%M:%S}"),
            _tag("wp:post_date_gmt", f"{day:%Y-%m-%d %H:%M:%S}"),
            _tag("wp:comment_status", "closed"),
            _tag("wp:ping_status", "closed"),
            _tag("wp:post_name", f"{stem_of(record)}-{SHORT_CODES[language]}"),
            _tag("wp:status", "publish" if record.is_live else "draft"),
            _tag("wp:post_parent", "0"),
            _tag("wp:menu_order", "0"),
            _tag("wp:post_type", "post"),
            _tag("wp:post_password", ""),
            _tag("wp:is_sticky", "0"),
            *_terms(record, language),
            _meta(POST_META, record.facts()),
            _meta(POST_LINES, json.dumps(as_json(replace(text, body=())), ensure_ascii=False)),
            "</item>\n",
        )
    )


def _day(record: WholeStory) -> datetime:
    day = date.fromisoformat(record.print_date) if record.print_date else timezone.now().date()
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())


def _terms(record: WholeStory, language: str) -> Iterator[str]:
    code = SHORT_CODES[language]
    yield _category("language", code, LABELS[language])
    if len(record.texts) > 1:
        yield _category("post_translations", f"pll_{record.id}", f"pll_{record.id}")
    if record.section:
        yield _category("category", record.section.slug, said_in(record.section.names, language))
    for tag in record.tags:
        if name := record.name(tag.name):
            yield _category("post_tag", name.key, said_in(name.names, language))


def _category(domain: str, slug: str, name: str) -> str:
    return _tag("category", name, f' domain="{domain}" nicename="{escaped(slug)}"')


def _meta(key: str, value: str) -> str:
    if not value:
        return ""
    inner = f"{_tag('wp:meta_key', key)}{_tag('wp:meta_value', value)}"
    return f"<wp:postmeta>\n{inner}</wp:postmeta>\n"


def _attachment(picture: PictureRecord, language: str, number: int) -> str:
    return "".join(
        (
            "<item>\n",
            _tag("title", picture.title),
            _tag("guid", f"urn:sha1:{picture.key}", ' isPermaLink="false"'),
            _tag("excerpt:encoded", said_in(picture.captions, language)),
            _tag("wp:post_id", str(number)),
            _tag("wp:status", "inherit"),
            _tag("wp:post_type", "attachment"),
            _tag("wp:attachment_url", picture.file),
            _meta("_wp_attached_file", picture.file),
            _meta("_wp_attachment_image_alt", said_in(picture.alt_texts, language)),
            "</item>\n",
        )
    )
