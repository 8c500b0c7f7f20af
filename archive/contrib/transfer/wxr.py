"""Reads WordPress's export files (WXR), and what Polylang and WPML say in them about languages.

The file is read as a stream, each item by itself; entities and document types are refused
(defusedxml). What is where:

- An item's terms are `<category domain="taxonomy" nicename="slug">name</category>`; posts, pages
  and attachments are told apart by `wp:post_type` (WordPress: wp-admin/includes/export.php).
- Polylang: the item's term of the taxonomy `language`; items that translate each other share one
  of `post_translations`. The description of a `language` term holds its locale, that of a
  `term_translations` term the ids of categories by language, both as PHP writes arrays.
- WPML keeps languages in a table of its own, which isn't exported. Its add-on "WPML Export and
  Import" writes them as `_wpml_import_…` fields of the item; or the table `icl_translations`
  is given as a CSV file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import refused_files
from archive.files.xml import reading_xml
from archive.text.markup.blocks import MarkupBlock, MarkupReading, picture, read_markup
from archive.text.punctuation import joined
from archive.text.richtext import plain_text
from archive.text.spreadsheets import decode_csv, read_csv
from archive.text.stored_messages import message as _

UNCATEGORISED = "uncategorized"
_PAIR = re.compile(r's:\d+:"([^"]{1,60})";(?:i:(\d{1,18})|s:\d+:"([^"]{0,200})");')
_CAPTION = re.compile(r"\[(?:wp_)?caption\b[^\]\[]*\]([^\[]*)\[/(?:wp_)?caption\]")
_CAPTIONED = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.S)
_EMBED = re.compile(r"\[embed\b[^\]\[]*\]([^\[\s]{1,2000})\[/embed\]")
_GALLERY = re.compile(r"\[gallery\b[^\]\[]*\]")
_GALLERY_IDS = re.compile(r"\bids=[\"']?([\d, ]+)")
_SHORTCODE = re.compile(r"\[/?([a-z][a-z0-9_-]{1,60})(?: [^\]\[]*)?\]")
_EMPTY_BLOCK = re.compile(r"<!-- wp:([a-z][a-z0-9/-]{0,80}) (?:\{[^\n<]*\} )?/-->")
_SILENT_BLOCKS = {"more", "nextpage", "spacer", "separator"}


@dataclass(frozen=True)
class WxrTerm:
    """A category, tag, language or group of translations."""

    id: str
    taxonomy: str
    slug: str
    name: str
    description: str = ""


@dataclass(frozen=True)
class WxrItem:
    """A post, page or attachment; `terms` are (taxonomy, slug, name)."""

    id: str
    kind: str
    title: str
    link: str
    status: str
    published: datetime | None
    author: str
    content: str
    excerpt: str
    has_password: bool
    attachment_url: str
    terms: tuple[tuple[str, str, str], ...]
    meta: Mapping[str, str]
    comments: int

    def slugs(self, taxonomy: str) -> list[str]:
        return [slug for kind, slug, _name in self.terms if kind == taxonomy]

    def content_hint(self) -> str:
        """Enough of the text to tell its language by."""
        return self.title + self.content[:2000]


@dataclass(frozen=True)
class ItemLanguage:
    """What an item's plug-in says: its language's code, its group, and the original's language."""

    code: str
    group: str = ""
    original: str = ""


@dataclass
class WxrSite:
    """What comes before the items of an export."""

    title: str = ""
    link: str = ""
    base_site_url: str = ""
    base_blog_url: str = ""
    language: str = ""
    authors: dict[str, str] = field(default_factory=dict)
    terms: dict[tuple[str, str], WxrTerm] = field(default_factory=dict)

    @property
    def addresses(self) -> tuple[str, str, str]:
        return self.link, self.base_site_url, self.base_blog_url

    def locale(self, slug: str) -> str:
        """The locale of one of Polylang's languages: "cn" -> "zh_CN"; the slug if none is said."""
        term = self.terms.get(("language", slug))
        return str(php_pairs(term.description).get("locale") or slug) if term else slug

    def names(self, slug: str) -> dict[str, str]:
        """A category's names by Polylang's languages; {"": name} where it has no translations."""
        term = self.terms.get(("category", slug))
        if term is None:
            return {}
        return self._translated_names.get(term.id) or {"": term.name}

    @cached_property
    def _translated_names(self) -> dict[str, dict[str, str]]:
        """By category id; asked for once all terms are read."""
        names = {one.id: one.name for one in self.terms.values() if one.taxonomy == "category"}
        found: dict[str, dict[str, str]] = {}
        for group in self.terms.values():
            if group.taxonomy == "term_translations":
                pairs = php_pairs(group.description)
                known = {code: names[id_] for code, id_ in pairs.items() if id_ in names}
                found |= dict.fromkeys(pairs.values(), known)
        return found


class WxrFile:
    """An export: a file, or its bytes. `site` is filled in while `items` goes through it."""

    def __init__(self, source: Path | bytes) -> None:
        self.source = source
        self.site = WxrSite()

    def items(self) -> Iterator[WxrItem]:
        """Raises IntakeError, with the line, for what is no WXR, not well-formed or not safe."""
        try:
            with self._open() as stream, refused_files(), reading_xml():
                yield from self._items(stream)
        except OSError as error:
            reason = _("can't be read (%(error)s); check its permissions")
            raise IntakeError(reason % {"error": error.strerror}) from error

    def _items(self, stream: BinaryIO) -> Iterator[WxrItem]:
        parents: list[Element] = []
        for event, element in iterparse(stream, events=("start", "end")):
            if event == "start":
                self._check_root(element, parents)
                parents.append(element)
                continue
            parents.pop()
            if len(parents) != 2:
                continue
            if _name(element) == "item":
                yield _item(element)
            else:
                self._head(element)
            parents[-1].remove(element)

    def _open(self) -> BinaryIO:
        return BytesIO(self.source) if isinstance(self.source, bytes) else self.source.open("rb")

    def _check_root(self, element: Element, parents: list[Element]) -> None:
        if not parents and _name(element) != "rss":
            raise IntakeError(
                _("not an export of WordPress; make one by Tools → Export → All content")
            )

    def _head(self, element: Element) -> None:
        values = {_name(child): _words(child) for child in element}
        name = _name(element)
        if name in ("title", "link", "base_site_url", "base_blog_url", "language"):
            setattr(self.site, name, _words(element))
        elif name == "author":
            login = values.get("author_login", "")
            self.site.authors[login] = values.get("author_display_name") or login
        elif name in ("category", "tag", "term"):
            taxonomy = values.get("term_taxonomy") or {"tag": "post_tag"}.get(name, name)
            slug = values.get("category_nicename") or values.get("tag_slug")
            title = values.get("cat_name") or values.get("tag_name") or values.get("term_name", "")
            about = next((text for key, text in values.items() if key.endswith("description")), "")
            term = WxrTerm(
                values.get("term_id", ""),
                taxonomy,
                slug or values.get("term_slug", ""),
                title,
                about,
            )
            self.site.terms[taxonomy, term.slug] = term


def language_of_item(item: WxrItem, table: Mapping[str, ItemLanguage]) -> ItemLanguage | None:
    """From WPML's table, WPML's fields or Polylang's terms, in this order; None if none says it."""
    if known := table.get(item.id):
        return known
    if code := item.meta.get("_wpml_import_language_code"):
        group = item.meta.get("_wpml_import_translation_group", "")
        return ItemLanguage(code, group, item.meta.get("_wpml_import_source_language_code", ""))
    if slugs := item.slugs("language"):
        return ItemLanguage(slugs[0], next(iter(item.slugs("post_translations")), ""))
    return None


def read_translations_table(path: Path) -> dict[str, ItemLanguage]:
    """WPML's table icl_translations as CSV: languages by item id. Raises IntakeError."""
    needed = ("element_type", "element_id", "trid", "language_code", "source_language_code")
    try:
        text = decode_csv(path.read_bytes())
    except UnicodeError as error:
        raise IntakeError(_("it isn't UTF-8; export the table as CSV in UTF-8")) from error
    except OSError as error:
        reason = _("can't be read (%(error)s); check its permissions")
        raise IntakeError(reason % {"error": error.strerror}) from error
    rows = (cells for _line, cells in read_csv(text))
    names = next(rows, [])
    if missing := [name for name in needed if name not in names]:
        reason = _("its first line lacks the columns %(names)s; export all of icl_translations")
        raise IntakeError(reason % {"names": joined(missing)})
    found = {}
    for cells in rows:
        row = {**dict.fromkeys(names, ""), **dict(zip(names, cells, strict=False))}
        original = row["source_language_code"]
        # Tools write the database's NULL as a word.
        original = "" if original.upper() in ("NULL", "\\N") else original
        if row["element_type"].startswith("post_"):
            found[row["element_id"]] = ItemLanguage(row["language_code"], row["trid"], original)
    return found


def php_pairs(text: str) -> dict[str, str]:
    """A flat array as PHP's serialize() writes it: 'a:1:{s:2:"en";i:7;}' -> {"en": "7"}."""
    return {key: number or word for key, number, word in _PAIR.findall(text[:20_000])}


def read_content(content: str) -> MarkupReading:
    """The blocks of a post, of the block editor or the classic one.

    Shortcodes that aren't pictures or embeds stay in the text as they are, and are reported.
    """
    reading = MarkupReading()
    for name in dict.fromkeys(_EMPTY_BLOCK.findall(content)):
        if name not in _SILENT_BLOCKS:
            reading.note(_("block %(name)s: the export holds no text of it") % {"name": name})
    text = _CAPTION.sub(_captioned, content)
    text = _EMBED.sub(r"<figure>\1</figure>", text)
    text = _GALLERY.sub(_gallery, text)
    reading.add(read_markup(text, keeps_lines="<!-- wp:" not in content))
    left = dict.fromkeys(name for name in _SHORTCODE.findall(text))
    for name in left:
        reading.note(_("shortcode [%(name)s]: kept as text") % {"name": name})
    return reading


def _captioned(found: re.Match[str]) -> str:
    parts = _CAPTIONED.fullmatch(found[1])
    if not parts:
        return found[0]
    return f"<figure>{parts[1]}<figcaption>{parts[2]}</figcaption></figure>"


def _gallery(found: re.Match[str]) -> str:
    ids = _GALLERY_IDS.search(found[0])
    if not ids:
        return found[0]
    images = "".join(
        f'<img class="wp-image-{id_.strip()}" src="#">' for id_ in ids[1].split(",") if id_.strip()
    )
    return f'<figure class="gallery">{images}</figure>'


def path_of(link: str) -> str:
    """The part of an address that a server sees: "https://x.org/?p=3" -> "/?p=3"."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path


def _item(element: Element) -> WxrItem:
    values: dict[str, str] = {}
    terms: list[tuple[str, str, str]] = []
    meta: dict[str, str] = {}
    comments = 0
    for child in element:
        name = _name(child)
        if name == "category":
            terms.append((child.get("domain", ""), child.get("nicename", ""), _words(child)))
        elif name == "postmeta":
            pair = {_name(one): one.text or "" for one in child}
            meta[pair.get("meta_key", "").strip()] = pair.get("meta_value", "").strip()
        elif name == "comment":
            comments += 1
        elif name == "encoded":
            # <content:encoded> and <excerpt:encoded>, whatever version the prefixes stand for.
            values["excerpt" if "/excerpt/" in child.tag else "content"] = child.text or ""
        else:
            values.setdefault(name, _words(child))
    return WxrItem(
        id=values.get("post_id", ""),
        kind=values.get("post_type", ""),
        title=values.get("title", ""),
        link=values.get("link", ""),
        status=values.get("status", ""),
        published=_moment(values.get("post_date", "")),
        author=values.get("creator", ""),
        content=values.get("content", ""),
        excerpt=values.get("excerpt", ""),
        has_password=bool(values.get("post_password")),
        attachment_url=values.get("attachment_url", ""),
        terms=tuple(terms),
        meta=meta,
        comments=comments,
    )


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _words(element: Any) -> str:
    return (element.text or "").strip()


def _moment(text: str) -> datetime | None:
    try:
        # WordPress writes the site's own time, without its offset from UTC. Other exporters add
        # one: without it, all can be compared, and the day stays the one that readers saw.
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:  # An unscheduled draft has 0000-00-00.
        return None


@dataclass
class WxrAttachments:
    """The export's attachments, without their pages' texts: there may be thousands."""

    items: dict[str, WxrItem] = field(default_factory=dict)
    _by_address: dict[str, str] = field(default_factory=dict)

    def add(self, item: WxrItem) -> None:
        self.items[item.id] = replace(item, content="")
        self._by_address[_without_size(item.attachment_url)] = item.id

    def find(self, name: str) -> WxrItem | None:
        """By the id or the address that a text has; of a scaled picture the original."""
        return self.items.get(self._by_address.get(_without_size(name), name))

    def with_featured(self, item: WxrItem, blocks: Iterable[MarkupBlock]) -> list[MarkupBlock]:
        """The blocks with the post's featured picture first, unless the text has it."""
        found = list(blocks)
        featured = item.meta.get("_thumbnail_id", "")
        attachment = self.find(featured)
        names = {one["image"] for block in found for one in pictures_in(block)}
        is_there = {other.id for name in names if (other := self.find(name))}
        if featured and featured not in names | is_there:
            caption = plain_text(attachment.excerpt) if attachment else ""
            found.insert(0, picture(featured, caption))
        return found


def pictures_in(block: MarkupBlock) -> Iterator[dict[str, Any]]:
    """Image, caption, alternative text and credit of each picture, galleries included."""
    if block.kind == "image":
        yield block.value
    elif block.kind == "gallery":
        yield from block.value["pictures"]


def _without_size(address: str) -> str:
    """The original's address: "…/port-300x200.jpg" and "…/port-scaled.jpg" are "…/port.jpg"."""
    base, dot, suffix = address.partition("?")[0].rpartition(".")
    stem, dash, size = base.rpartition("-")
    width, by, height = size.partition("x")
    is_size = bool(by) and width.isdigit() and height.isdigit()
    base = stem if dash and (is_size or size == "scaled") else base
    return f"{base.partition('://')[2] or base}{dot}{suffix}"
