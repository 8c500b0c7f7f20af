"""NewsML 1.0 to 1.2 (https://iptc.org/standards/newsml-1/), with text in NITF, (X)HTML or plain.

A news item is a tree of components. A component with a headline and a text of its own is a story;
what its lines don't say, those above it do. A component of pictures gives its story a picture.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.utils.translation import gettext_lazy

from archive.contrib.intake.document_builder import DocumentBuilder, unique
from archive.contrib.intake.documents import DocumentImage, SourceDocument
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.markup_lines import MarkupLines, read_body
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile
from archive.contrib.wires.markup import markup_of
from archive.contrib.wires.nitf import read_nitf, read_nitf_content
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
from archive.text.stored_messages import message as _

_PICTURES = {"photo", "picture", "graphic", "image"}
_TEXTS = {"text", "complextext", ""}


class NewsmlFormat(DocumentFormat):
    id = "newsml"
    name = gettext_lazy("NewsML 1.2")
    description = gettext_lazy("An agency's news items in NewsML 1, with their pictures.")
    suffixes = (".xml",)
    reads = "bytes"

    def recognises(self, source: SourceFile) -> bool:
        return root_name(source.data) == "newsml"

    def documents(self, source: SourceFile) -> Iterator[SourceDocument]:
        root = source.xml()
        sent = words(child(root, "newsenvelope", "dateandtime"))
        for item in children(root, "newsitem"):
            yield from (story.document() for story in read_item(item, sent))


def read_item(item: Element, sent: str = "") -> list[DocumentBuilder]:
    """The stories of a <NewsItem>; `sent` is the message's date, for want of a better one.

    Raises IntakeError for an item that only points to others.
    """
    base = _read_management(item, sent)
    root = child(item, "newscomponent")
    if root is None:
        raise IntakeError(_("its news item holds no text; import the files that it names"))
    stories: list[DocumentBuilder] = []
    _read_component(root, base, stories)
    pictures = [image for one in _picture_components(root) for image in _images(one)]
    if not stories:
        # Pictures without a story, or a headline alone.
        stories = [_with_lines(DocumentBuilder(), root, base)]
    stories[0].add_images(pictures)
    return stories


def _read_component(
    component: Element, outer: DocumentBuilder, stories: list[DocumentBuilder]
) -> None:
    """Adds the stories of a component. Of equivalents (one text in several forms) the first."""
    if _is_picture(component):
        return
    inner = list(children(component, "newscomponent"))
    here = _with_lines(DocumentBuilder(), component, outer)
    own = _read_content(component)
    if own.body.lines:
        _join(own, here)
        stories.append(own)
    equivalent = attribute(component, "equivalentslist").lower() == "yes"
    before = len(stories)
    for one in inner:
        _read_component(one, here, stories)
        if equivalent and len(stories) > before:
            break
    _join_parts(stories, before, here)


def _join(story: DocumentBuilder, lines: DocumentBuilder) -> None:
    """What the news lines say stands before what the text says of itself."""
    said = DocumentBuilder(body=story.body)
    said.fill_from(lines)
    said.fill_from(story)
    vars(story).update(vars(said))


def _join_parts(stories: list[DocumentBuilder], start: int, here: DocumentBuilder) -> None:
    """Texts without a headline of their own are parts of one story."""
    parts = [story for story in stories[start:] if story.headline == here.headline]
    for part in parts[1:]:
        parts[0].body.extend(part.body)
        stories.remove(part)


def _with_lines(
    story: DocumentBuilder, component: Element, outer: DocumentBuilder
) -> DocumentBuilder:
    lines, rights = child(component, "newslines"), child(component, "rightsmetadata")
    about = child(component, "descriptivemetadata")

    def said(*names: str) -> list[str]:
        return [words(one) for one in children(lines, *names)]

    story.headline = next(iter(unique(said("headline"))), "")
    story.standfirsts = said("subheadline")
    story.bylines, story.agencies = said("byline"), said("creditline")
    story.byline_titles = said("bylinetitle")
    story.dateline = next((text for text in said("dateline") if not text[:1].isdecimal()), "")
    story.rights = said("copyrightline") + said("rightsline")
    story.rights += [words(one) for one in every(rights, "copyrightholder")]
    story.keywords = [*said("slugline", "keywordline"), *_subjects(component, about)]
    story.section = next(iter(unique(said("seriesline"))), "")
    for line in children(lines, "newsline"):
        story.note_to_editors(words(line))
    language = attribute(child(about, "language"), "formalname")
    story.language = language or attribute(component, "lang")
    for one in every(rights, "usagerights"):
        story.note_to_editors(words(one))
    story.fill_from(outer)
    return story


def _subjects(component: Element, about: Element | None) -> list[str]:
    """Keywords, and the names of the topics that its own topic sets give."""
    values = [
        attribute(one, "value")
        for one in every(about, "property")
        if attribute(one, "formalname").lower() == "keyword"
    ]
    for topic in every(component, "topic"):
        names = [
            one for one in children(topic, "description") if attribute(one, "variant") == "Name"
        ]
        english = (one for one in names if attribute(one, "lang").startswith("en"))
        values.append(words(next(english, names[0] if names else None)))
    return values


def _read_management(item: Element, sent: str) -> DocumentBuilder:
    identification, management = child(item, "identification"), child(item, "newsmanagement")
    story = DocumentBuilder(language=attribute(item, "lang"))
    story.identifier = words(first(identification, "publicidentifier"))
    story.keywords = [words(child(identification, "namelabel"))]
    created = words(child(management, "firstcreated"))
    story.take_published(created, words(first(item, "datelinedate")), sent)
    story.modified = moment(words(child(management, "thisrevisioncreated")))[0]
    return story


def _read_content(component: Element) -> DocumentBuilder:
    """The text of the component's own content items, one below the other."""
    story = DocumentBuilder()
    for item in children(component, "contentitem"):
        kind = attribute(child(item, "mediatype"), "formalname").lower()
        data = child(item, "datacontent")
        if data is None or kind not in _TEXTS:
            continue
        nitf = first(data, "nitf")
        if nitf is not None:
            found = read_nitf(nitf)
            found.body, body = story.body, found.body
            story.fill_from(found)
        else:
            body = _read_data(item, data)
        story.body.extend(body)
    return story


def _read_data(item: Element, data: Element) -> MarkupLines:
    content = first(data, "body.content")
    if content is not None:
        return read_nitf_content(content)
    encoding = attribute(child(item, "encoding"), "notation").lower()
    if encoding.endswith("base64") or name_of(data[0] if len(data) else data) == "encoding":
        return read_body(decoded_base64("".join(data.itertext())).decode(errors="replace"))
    body = first(data, "body")
    holder = body if body is not None else data
    return read_body(markup_of(holder) if len(holder) else "".join(holder.itertext()))


def _picture_components(component: Element) -> Iterator[Element]:
    """The components that are pictures, in order; those inside of one belong to it."""
    if _is_picture(component):
        yield component
        return
    for one in children(component, "newscomponent"):
        yield from _picture_components(one)


def _is_picture(component: Element) -> bool:
    """Whether there are pictures in it, and no text but their captions."""
    parts = [one for one in component.iter() if name_of(one) == "newscomponent"]
    texts = [one for one in parts if _kinds(one) & _TEXTS]
    return any(_kinds(one) & _PICTURES for one in parts) and all(map(_is_caption, texts))


def _kinds(component: Element) -> set[str]:
    items = children(component, "contentitem")
    return {attribute(child(one, "mediatype"), "formalname").lower() for one in items}


def _is_caption(component: Element) -> bool:
    role = attribute(child(component, "role"), "formalname").lower()
    return "caption" in role or "legend" in role


def _images(component: Element) -> Iterator[DocumentImage]:
    """The picture in its best rendition: the largest, or else the first that isn't a thumbnail."""
    items = [one for one in every(component, "contentitem") if _is_image(one)]
    items = [
        one for one in items if attribute(one, "href") or first(one, "datacontent") is not None
    ]
    if not items:
        return
    best = max(items, key=_size)
    href = attribute(best, "href")
    lines = _with_lines(DocumentBuilder(), component, DocumentBuilder())
    captions = [one for one in every(component, "newscomponent") if _is_caption(one)]
    caption = " ".join(words(one) for each in captions for one in every(each, "datacontent"))
    yield DocumentImage(
        PurePosixPath(urlsplit(href).path).name or "picture",
        url=href if href.startswith(("http://", "https://")) else "",
        data=decoded_base64(words(first(best, "datacontent"))) if not href else b"",
        caption=caption or lines.headline,
        credit=" / ".join(unique([*lines.bylines, *lines.agencies])),
        rights=". ".join(unique(lines.rights)),
    )


def _is_image(item: Element) -> bool:
    return attribute(child(item, "mediatype"), "formalname").lower() in _PICTURES


def _size(item: Element) -> int:
    """Its width in pixels, or else its bytes; 0 for want of both."""
    about = child(item, "characteristics")
    for one in every(about, "property"):
        width = attribute(one, "value")
        if attribute(one, "formalname").lower() == "width" and width.isdecimal():
            return int(width)
    size = words(child(about, "sizeinbytes"))
    return int(size) if size.isdecimal() else 0
