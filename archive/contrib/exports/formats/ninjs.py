"""ninjs 3.1: an item for each language of a story."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.contrib.exports.formats.base import (
    FilesFormat,
    file_name,
    origin_of,
    said_in,
    signed,
)
from archive.interchange.html_body import body_html
from archive.interchange.records import NameRecord, PictureRecord, WholeStory
from archive.interchange.values import Json
from archive.interchange.vocabulary import RECORD_TYPE, ROLE_OF_RECORD, XHTML
from archive.photos.vocabularies import source_address
from archive.text.language import HTML_CODES
from archive.text.richtext import plain_text

_LISTS = {"person": "people", "organisation": "organisations", "place": "places", "event": "events"}
_WIKIDATA = "http://www.wikidata.org/entity/"
_SCHEMA = "https://iptc.org/std/ninjs/ninjs-schema_3.1.json"


class NinjsExport(FilesFormat):
    id = "ninjs"
    name = _("ninjs 3")
    description = _("The IPTC's news in JSON: a file for each language of a story.")
    suffix = ".json"

    def files(self, record: WholeStory) -> Iterator[tuple[str, str]]:
        for language in record.languages:
            item = ninjs_item(record, language)
            text = json.dumps(item, ensure_ascii=False, indent=1)
            yield file_name(record, language, self.suffix), text + "\n"


def ninjs_item(record: WholeStory, language: str) -> dict[str, Json]:
    """One language's text, with what is known of the story."""
    text = record.texts[language]
    html = "\n".join(body_html(text.body, record.files))
    words = plain_text(html)
    headlines = [{"role": "main", "value": text.headline}]
    summary = [{"role": "standfirst", "contentType": "text/plain", "value": text.standfirst}]
    item: dict[str, Any] = {
        "uri": item_uri(record, language),
        "standard": {"name": "ninjs", "version": "3.1", "schema": _SCHEMA},
        "type": "text",
        "representationType": "full",
        "language": HTML_CODES.get(language, language),
        "pubStatus": "usable" if record.is_live else "withheld",
        "firstCreated": record.first_published_at,
        "contentCreated": f"{record.print_date}T00:00:00Z" if record.print_date else "",
        "headlines": headlines,
        "descriptions": summary if text.standfirst else [],
        "by": ", ".join(signed(record, language)),
        "located": text.dateline,
        "copyrightNotice": record.rights,
        "digitalSourceType": _source_type(origin_of(record, language)),
        "bodies": [
            {
                "role": "main",
                "contentType": XHTML,
                "charCount": len(words),
                "wordCount": len(words.split()),
                "value": html,
            },
            {"role": ROLE_OF_RECORD, "contentType": RECORD_TYPE, "value": record.facts()},
        ],
        "altIds": [{"role": "story", "value": record.uri}],
        "infoSources": _sources(record, language),
        "associations": [*_translations(record, language), *_pictures(record, language)],
        **_names(record, language),
    }
    return {name: value for name, value in item.items() if value}


def item_uri(record: WholeStory, language: str) -> str:
    """Where readers find it, of a story without an address its own name."""
    return record.urls.get(language) or f"{record.uri}#{language}"


def _sources(record: WholeStory, language: str) -> list[Json]:
    paper = record.publication
    return [{"role": "publication", "name": said_in(paper.names, language)}] if paper else []


def _translations(record: WholeStory, language: str) -> list[Json]:
    rel = "translation" if language == record.language else "translationOf"
    return [
        {"name": rel, "rel": rel, "uri": item_uri(record, other), "language": HTML_CODES[other]}
        for other in record.languages
        if other != language
    ]


def _pictures(record: WholeStory, language: str) -> list[Json]:
    return [_picture(one, language) for one in record.pictures]


def _picture(picture: PictureRecord, language: str) -> Json:
    caption, alt = said_in(picture.captions, language), said_in(picture.alt_texts, language)
    sizes = {"width": picture.width, "height": picture.height}
    found = {
        "name": picture.file.rpartition("/")[2],
        "rel": "picture",
        "uri": f"urn:sha1:{picture.key}",
        "type": "picture",
        "title": picture.title,
        "by": picture.credit,
        "copyrightNotice": picture.rights,
        "digitalSourceType": _source_type(source_address(picture.digital_source_type)),
        "descriptions": [
            {"role": role, "value": text}
            for role, text in (("caption", caption), ("alt", alt))
            if text
        ],
        "renditions": [{"name": "original", "title": picture.file, **sizes}],
    }
    return {name: value for name, value in found.items() if value}


def _source_type(address: str) -> dict[str, Json]:
    return {"uri": address} if address else {}


def _names(record: WholeStory, language: str) -> dict[str, list[Json]]:
    """The tags, each in the list of its kind."""
    found: dict[str, list[Json]] = {}
    for tag in record.tags:
        name = record.name(tag.name)
        if name is not None:
            one = {"name": said_in(name.names, language), "rel": tag.role, "literal": name.key}
            one |= {"uri": uri} if (uri := uri_of(name)) else {}
            found.setdefault(_LISTS.get(name.kind, "subjects"), []).append(one)
    return found


def uri_of(name: NameRecord) -> str:
    """Where others know it: in Wikidata, else in GeoNames."""
    if name.wikidata_id:
        return f"{_WIKIDATA}{name.wikidata_id}"
    return f"https://sws.geonames.org/{name.geonames_id}/" if name.geonames_id else ""
