"""ninjs 1 to 3, news in JSON (https://iptc.org/standards/ninjs/), and what agencies add to it.

Version 2 turned objects into lists, renamed `byline` to `by` and put the languages' and lengths'
variants of a text into `headlines`, `descriptions` and `bodies`; all are read alike.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy

from archive.contrib.intake.document_builder import DocumentBuilder, unique
from archive.contrib.intake.documents import DocumentImage, SourceDocument
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.formats.json_lines import read_json_values
from archive.contrib.intake.markup_lines import MarkupLines, read_body, read_plain
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile
from archive.contrib.intake.stated import read_blocks, stated_document, stated_text
from archive.files.xml import moment
from archive.interchange.records import TextRecord
from archive.interchange.vocabulary import ROLE_OF_RECORD
from archive.text.language import known
from archive.text.richtext import plain_text

Item = Mapping[str, Any]

# An item has one of the first and one of the others; no other JSON of news has both.
_NAMES = ("uri", "guid")
_CONTENTS = (
    *("body_xhtml", "body_html", "body_text", "bodies", "headline", "headlines", "associations"),
    *("description_text", "description_html", "renditions"),
)
# Where services put several items, from the outside in.
_LISTS = ("item", "items", "_items", "data")
_BODIES = ("body_xhtml", "body_html", "body_text")
_RENDITIONS = ("original", "highres", "baseimage", "main", "web", "viewimage", "preview")
_PICTURES = ("picture", "graphic", "photo")
# How far into a file its first names are looked for.
_HEAD = 200_000


class NinjsFormat(DocumentFormat):
    id = "ninjs"
    name = gettext_lazy("ninjs")
    description = gettext_lazy("An agency's items in ninjs (JSON), with their associated pictures.")
    suffixes = (".json", ".ninjs")

    def recognises(self, source: SourceFile) -> bool:
        text = source.text.text.lstrip()
        if not text.startswith(("{", "[")):
            return False
        head = text[:_HEAD]
        return any(f'"{name}"' in head for name in _NAMES) and any(map(_is_item, _items(source)))

    def documents(self, source: SourceFile) -> Iterator[SourceDocument | IntakeError]:
        for item in _items(source):
            if isinstance(item, IntakeError):
                yield item
            elif _is_item(item):
                yield _stated(item) or read_item(item).document()


def _stated(item: Item) -> SourceDocument | None:
    """A story as an archive exports it; None for any other."""
    bodies = [one for one in _listed(item.get("bodies")) if isinstance(one, dict)]
    facts = next((one for one in bodies if one.get("role") == ROLE_OF_RECORD), None)
    main = next((one for one in bodies if one.get("role") == "main"), None)
    if facts is None or main is None:
        return None
    language = known(_text(item, "language"))
    html, record = str(main.get("value") or ""), str(facts.get("value") or "")
    empty = stated_text(record, language, TextRecord())
    text = TextRecord(
        headline=_exactly(item, "headlines", "main"),
        standfirst=_exactly(item, "descriptions", "standfirst"),
        dateline=str(item.get("located") or ""),
        body=tuple(read_blocks(html, empty.files)),
    )
    return stated_document(stated_text(record, language, text))


def _exactly(item: Item, name: str, role: str) -> str:
    found = (one for one in _listed(item.get(name)) if isinstance(one, dict))
    return next((str(one.get("value") or "") for one in found if one.get("role") == role), "")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _items(source: SourceFile) -> Iterator[Item | IntakeError]:
    """The objects of the file: one, a list, one a line, or a list within a service's answer."""
    try:
        yield from (item for value in read_json_values(source) for item in _unpacked(value, 0))
    except IntakeError:
        return


def _unpacked(value: Any, depth: int) -> Iterator[Item | IntakeError]:
    if isinstance(value, IntakeError):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _unpacked(one, depth + 1) if depth < len(_LISTS) else ()
    elif isinstance(value, dict):
        inner = next(
            (value[name] for name in _LISTS if isinstance(value.get(name), (list, dict))), None
        )
        if _is_item(value) or inner is None:
            yield value
        elif depth < len(_LISTS):
            yield from _unpacked(inner, depth + 1)


def _is_item(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and any(isinstance(value.get(name), str) for name in _NAMES)
        and any(value.get(name) for name in _CONTENTS)
    )


def read_item(item: Item) -> DocumentBuilder:
    """A story, or a picture that came alone, with the pictures that it is associated with."""
    story = DocumentBuilder(identifier=_text(item, "guid") or _text(item, "uri"))
    names = (_text(item, name) for name in ("uri", "guid"))
    story.url = next((name for name in names if name.startswith(("http://", "https://"))), "")
    headlines = _variants(item.get("headlines"), "main")
    story.headline = _text(item, "headline") or next(iter(headlines), "") or _text(item, "title")
    story.standfirsts = [text for text in headlines if text != story.headline][:1]
    if not _is_picture(item):
        story.standfirsts.append(_description(item))
        story.body = _body(item)
    story.bylines = _bylines(item)
    story.agencies = _names(item, "creditline")
    _read_dates(story, item)
    story.dateline = _text(item, "dateline")
    story.language = _text(item, "language")
    story.keywords = _keywords(item)
    story.section = next(iter(_names(item, "service", "sections", "section")), "")
    story.rights = [_text(item, "copyrightnotice") or _holder(item)]
    story.note_to_editors(_text(item, "ednote"))
    pictures = [item] if _is_picture(item) else []
    story.add_images(filter(None, map(_image, [*pictures, *_associations(item)])))
    return story


def _read_dates(story: DocumentBuilder, item: Item) -> None:
    names = ("firstpublished", "firstcreated", "contentcreated", "versioncreated")
    story.take_published(*(_text(item, name) for name in names))
    story.modified = moment(_text(item, "versioncreated"))[0]
    if embargo := _text(item, "embargoed"):
        story.note_embargo(embargo)


def _text(item: Item, name: str) -> str:
    value = item.get(name)
    return value.strip() if isinstance(value, str) else ""


def _variants(value: Any, main: str) -> list[str]:
    """The texts of ninjs 2's lists, the one of the role `main` first, then as they stand."""
    found = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    found.sort(key=lambda one: _text(one, "role").rpartition(":")[2].lower() != main)
    return list(filter(None, (_plain(_text(one, "value")) for one in found)))


def _plain(text: str) -> str:
    return " ".join(plain_text(text).split()) if "<" in text else text


def _description(item: Item) -> str:
    said = _text(item, "description_text") or _plain(_text(item, "description_html"))
    return said or next(iter(_variants(item.get("descriptions"), "main")), "")


def _body(item: Item) -> MarkupLines:
    """Of several forms of the body the one with mark-up."""
    bodies = item.get("bodies")
    for one in sorted(filter(_is_object, bodies if isinstance(bodies, list) else []), key=_rank):
        if text := _text(one, "value"):
            is_plain = _text(one, "contenttype").startswith("text/plain")
            return read_plain(text) if is_plain else read_body(text)
    for name in _BODIES:
        if text := _text(item, name):
            return read_plain(text) if name == "body_text" else read_body(text)
    return MarkupLines()


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _rank(body: Item) -> tuple[bool, bool]:
    role = _text(body, "role").rpartition(":")[2].lower()
    return role not in ("", "main"), "html" not in _text(body, "contenttype")


def _bylines(item: Item) -> list[str]:
    byline = _text(item, "byline") or _text(item, "by")
    return [byline] if byline else _names(item, "bylines", "authors", "creators")


def _names(item: Item, *keys: str) -> list[str]:
    """The names in lists of objects, of words, or a word alone."""
    found: list[str] = []
    for key in keys:
        value = item.get(key)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                found.append(_text(one, "name") or _text(one, "byline"))
            elif isinstance(one, str):
                found.append(one)
    return unique(found)


def _keywords(item: Item) -> list[str]:
    subjects = ("subject", "subjects", "place", "places", "event", "events")
    return [_text(item, "slugline"), *_names(item, "keywords"), *_names(item, *subjects)]


def _holder(item: Item) -> str:
    holder = _text(item, "copyrightholder")
    return f"© {holder}" if holder else ""


def _associations(item: Item) -> Iterator[Item]:
    """The associated items in order: an object's values in ninjs 1, a list in ninjs 2."""
    value = item.get("associations")
    found = list(value.values()) if isinstance(value, dict) else value
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict):
            yield one


def _is_picture(item: Item) -> bool:
    return _text(item, "type").lower() in _PICTURES


def _image(item: Item) -> DocumentImage | None:
    """The picture of an item of that type in its best rendition; None for other items."""
    renditions = item.get("renditions")
    if isinstance(renditions, dict):
        found = [{"name": name, **one} for name, one in renditions.items() if _is_object(one)]
    else:
        found = list(filter(_is_object, renditions if isinstance(renditions, list) else []))
    found = [one for one in found if _text(one, "href") and _is_image(one)]
    if not (_is_picture(item) and found):
        return None
    best = min(found, key=_rendition_rank)
    href = _text(best, "href")
    return DocumentImage(
        PurePosixPath(urlsplit(href).path).name or href,
        url=href if href.startswith(("http://", "https://")) else "",
        caption=_description(item) or _plain(_text(item, "body_text")) or _text(item, "headline"),
        credit=" / ".join(unique([*_bylines(item), _text(item, "creditline")])),
        rights=_text(item, "copyrightnotice") or _holder(item),
        alt_text=_text(item, "alt_text") or _text(item, "alttext"),
    )


def _is_image(rendition: Item) -> bool:
    kind = _text(rendition, "mimetype") or _text(rendition, "contenttype")
    return not kind or kind.startswith("image/")


def _rendition_rank(rendition: Item) -> tuple[int, int]:
    """The usual names first, and then the widest."""
    name = _text(rendition, "name").lower()
    place = _RENDITIONS.index(name) if name in _RENDITIONS else len(_RENDITIONS)
    width = str(rendition.get("width") or "")
    return place, -int(width) if width.isdecimal() else 0
