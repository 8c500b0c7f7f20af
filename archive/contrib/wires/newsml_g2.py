"""NewsML-G2 (https://iptc.org/standards/newsml-g2/): items, packages and messages of several.

A message's text items are its stories. Its picture items go to the stories that name them, by a
link or in a package; if it has one story, to that one.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.utils.translation import gettext_lazy

from archive.contrib.intake.document_builder import DocumentBuilder, unique
from archive.contrib.intake.documents import DocumentImage, SourceDocument
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.markup_lines import MarkupLines, read_body, read_plain
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile
from archive.contrib.intake.stated import as_documents, stated_text
from archive.contrib.wires.markup import markup_of
from archive.contrib.wires.nitf import read_nitf
from archive.files.xml import (
    attribute,
    child,
    children,
    decoded_base64,
    every,
    first,
    moment,
    name_of,
    root_name,
    words,
)
from archive.interchange.html_body import read_elements
from archive.interchange.records import TextRecord, WholeStory
from archive.interchange.rich_texts import plain_of
from archive.interchange.vocabulary import NAMESPACE
from archive.text.language import known
from archive.text.stored_messages import message as _

_ROOTS = {"newsmessage", "newsitem", "packageitem", "conceptitem", "planningitem"}
# Roles of a further headline or of a description (IPTC NewsCodes; agencies use their own schemes).
_STANDFIRST_ROLES = {"subheadline", "subhead", "summary", "abstract", "standfirst", "teaser"}
_MEDIA = ("image/", "audio/", "video/")
_PARAGRAPH = re.compile(r"</?[pP]>")
# Renditions of a picture, the one to keep first.
_RENDITIONS = ("original", "filedimage", "highres", "baseimage", "main", "print", "web", "preview")


class NewsmlG2Format(DocumentFormat):
    id = "newsml-g2"
    name = gettext_lazy("NewsML-G2")
    description = gettext_lazy(
        "An agency's items in NewsML-G2, with their text in NITF, XHTML or plain, and the pictures "
        "of the same message."
    )
    suffixes = (".xml",)
    reads = "bytes"

    def recognises(self, source: SourceFile) -> bool:
        # NewsML 1.2 has a <NewsItem> as well, but within a <NewsML>.
        return root_name(source.data) in _ROOTS

    def documents(self, source: SourceFile) -> Iterator[SourceDocument]:
        root = source.xml()
        items = [root] if name_of(root) == "newsitem" else list(every(root, "newsitem"))
        if records := list(filter(None, map(_stated, items))):
            yield from as_documents(records)
            return
        texts = [one for one in items if _has_text(one)]
        pictures = {_guid(one): one for one in items if not _has_text(one)}
        if not items:
            raise IntakeError(
                _("it only lists stories that are elsewhere; import the files of these stories")
            )
        if not texts:
            stories = map(_picture_story, pictures.values())
            yield from (story.document() for story in stories if story.headline)
            return
        packages = _packages_of(root)
        for item in texts:
            story = read_item(item)
            named, here = _residrefs(item), packages.get(_guid(item), set())
            theirs = [
                picture
                for guid, picture in pictures.items()
                if len(texts) == 1 or guid in named or here & packages.get(guid, set())
            ]
            story.add_images(image for one in theirs for image in _images(one))
            yield story.document()


def _stated(item: Element) -> WholeStory | None:
    """A text as an archive exports it; None for any other item."""
    management, about = child(item, "itemmeta"), child(item, "contentmeta")
    kept = next((one for one in children(management, "record") if NAMESPACE in one.tag), None)
    body = child(item, "contentset", "inlinexml", "html", "body")
    if kept is None or body is None:
        return None
    facts, language = kept.text or "", known(attribute(child(about, "language"), "tag"))
    empty = stated_text(facts, language, TextRecord())
    descriptions = children(about, "description")
    text = TextRecord(
        headline=plain_of(child(about, "headline")),
        standfirst=plain_of(
            next((one for one in descriptions if _role(one) == "standfirst"), None)
        ),
        dateline=plain_of(child(about, "dateline")),
        body=tuple(read_elements(body, empty.files)),
    )
    return stated_text(facts, language, text)


def read_item(item: Element) -> DocumentBuilder:
    """A text item; what its own body in NITF doesn't say, the item does."""
    outer = _read_meta(item)
    content = child(item, "contentset")
    story = _read_content(content) if content is not None else DocumentBuilder()
    headline = story.headline
    if outer.headline:
        # The item's headline is the one that the agency keeps up to date.
        story.headline = outer.headline
        if headline and headline != outer.headline:
            story.standfirsts.insert(0, headline)
    keywords = [*outer.keywords, *story.keywords]
    story.fill_from(outer)
    story.keywords = keywords
    story.published, story.has_time = outer.published or story.published, outer.has_time
    story.add_images(_images(item))
    return story


def _read_meta(item: Element) -> DocumentBuilder:
    management, about = child(item, "itemmeta"), child(item, "contentmeta")
    story = DocumentBuilder(identifier=attribute(item, "guid"))
    headlines = [one for one in children(about, "headline") if words(one)]
    main = next((one for one in headlines if not _role(one)), headlines[0] if headlines else None)
    story.headline = words(main) or words(child(management, "title"))
    story.standfirsts = [words(one) for one in headlines if one is not main]
    descriptions = children(about, "description")
    story.standfirsts += [words(one) for one in descriptions if _role(one) in _STANDFIRST_ROLES]
    story.bylines = [words(one) for one in children(about, "by")]
    if not any(story.bylines):
        story.bylines = [_named(one) for one in children(about, "creator")]
    story.agencies = [words(one) for one in children(about, "creditline")]
    story.dateline = _dateline(about)
    dates = [words(child(about, name)) for name in ("contentcreated", "contentmodified")]
    dates = [words(child(management, "firstcreated")), *dates]
    dates.append(words(child(management, "versioncreated")))
    story.take_published(*dates)
    story.modified = moment(words(child(management, "versioncreated")))[0]
    story.keywords = [words(child(about, "slugline"))]
    story.keywords += [words(one) for one in children(about, "keyword")]
    # Where it was written is often an office far away: no dateline.
    named = children(about, "subject", "located")
    story.keywords += [_named(one, literal=False) for one in named]
    language = attribute(child(about, "language"), "tag")
    story.language = language or attribute(item, "lang")
    story.rights = _rights(child(item, "rightsinfo"))
    for note in children(management, "ednote"):
        story.note_to_editors(words(note))
    if embargo := words(child(management, "embargoed")):
        story.note_embargo(embargo)
    return story


def _read_content(content: Element) -> DocumentBuilder:
    """The body: of several in different forms, the first that has words."""
    found = DocumentBuilder()
    for one in content:
        if name_of(one) == "inlinexml":
            found = _read_inline_xml(one)
        elif name_of(one) == "inlinedata":
            found.body = _read_inline_data(one)
        if found.body.lines:
            break
    return found


def _read_inline_xml(holder: Element) -> DocumentBuilder:
    nitf = first(holder, "nitf")
    if nitf is not None:
        return read_nitf(nitf)
    page = first(holder, "html")
    body = child(page, "body") if page is not None else holder
    title = words(child(page, "head", "title"))
    text = markup_of(body if body is not None else holder)
    return DocumentBuilder(document_title=title, body=read_body(text))


def _read_inline_data(holder: Element) -> MarkupLines:
    text = "".join(holder.itertext())
    kind = attribute(holder, "contenttype")
    if kind.startswith(_MEDIA):
        return MarkupLines()
    if attribute(holder, "encoding").lower().endswith("base64"):
        text = decoded_base64(text).decode(errors="replace")
    # Agencies put a plain text into one <p>.
    return read_plain(_PARAGRAPH.sub("\n", text)) if kind == "text/plain" else read_body(text)


def _images(item: Element) -> Iterator[DocumentImage]:
    """The picture of an item in its best rendition, with the item's words about it."""
    content = children(child(item, "contentset"), "remotecontent", "inlinedata")
    held = [one for one in content if attribute(one, "contenttype").startswith("image/")]
    if not held:
        return
    best = min(held, key=_rank)
    href = attribute(best, "href") or attribute(best, "residref")
    is_address = href.startswith(("http://", "https://"))
    data = decoded_base64(best.text or "") if name_of(best) == "inlinedata" else b""
    image = DocumentImage(_file_name(best, href), url=href if is_address else "", data=data)
    if _is_picture(item):
        about, own = child(item, "contentmeta"), _read_meta(item)
        captions = (words(one) for one in children(about, "description"))
        credit = " / ".join(unique([*own.bylines, *own.agencies]))
        image = replace(
            image,
            caption=next(filter(None, captions), own.headline),
            credit=credit,
            rights=". ".join(own.rights),
        )
    yield image


def _rank(rendition: Element) -> tuple[int, int]:
    """The usual names first, and of one name the widest."""
    name = attribute(rendition, "rendition").rpartition(":")[2].lower()
    width = attribute(rendition, "width")
    place = _RENDITIONS.index(name) if name in _RENDITIONS else len(_RENDITIONS)
    return place, -int(width) if width.isdecimal() else 0


def _file_name(rendition: Element, href: str) -> str:
    names = (words(one) for one in every(rendition, "altid", "filename"))
    by_address = PurePosixPath(urlsplit(href).path).name if "://" in href else href
    return next((name for name in names if "." in name), "") or by_address or "picture"


def _picture_story(item: Element) -> DocumentBuilder:
    """A picture that came without a story: its headline, its caption and itself."""
    story = _read_meta(item)
    story.standfirsts = []
    story.add_images(_images(item))
    return story


def _is_picture(item: Element) -> bool:
    kind = attribute(child(item, "itemmeta", "itemclass"), "qcode").rpartition(":")[2].lower()
    return kind in ("picture", "graphic", "photo")


def _has_text(item: Element) -> bool:
    held = children(child(item, "contentset"), "inlinexml", "inlinedata")
    return not _is_picture(item) and any(
        words(one) for one in held if not attribute(one, "contenttype").startswith(_MEDIA)
    )


def _guid(item: Element) -> str:
    return attribute(item, "guid")


def _residrefs(element: Element) -> set[str]:
    names = ("residref", "guidref", "href")
    links = every(element, "link", "itemref")
    return {attribute(one, name) for one in links for name in names} - {""}


def _packages_of(root: Element) -> dict[str, set[int]]:
    """In which of the message's packages an item stands, by its GUID."""
    found: dict[str, set[int]] = {}
    for number, package in enumerate(every(root, "packageitem")):
        for guid in _residrefs(package):
            found.setdefault(guid, set()).add(number)
    return found


def _role(element: Element) -> str:
    return attribute(element, "role").rpartition(":")[2].lower()


def _named(element: Element, *, literal: bool = True) -> str:
    """The name; a literal may be one, a code is none."""
    return words(child(element, "name")) or (attribute(element, "literal") if literal else "")


def _dateline(about: Element | None) -> str:
    """Without the machines' ones: "2014-07-16 15:53:10 GMT+00:00"."""
    text = words(child(about, "dateline"))
    return "" if text[:4].isdecimal() else text


def _rights(info: Element | None) -> list[str]:
    notices = [words(one) for one in children(info, "copyrightnotice")]
    holders = [_named(one) for one in children(info, "copyrightholder")]
    return [*notices[:1], *([] if any(notices) else holders)]
