"""NITF, the news industry text format, versions 2.5 to 3.6 (https://iptc.org/standards/nitf/)."""

import html
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from django.utils import timezone
from django.utils.translation import gettext_lazy

from archive.contrib.intake.document_builder import DocumentBuilder
from archive.contrib.intake.documents import SourceDocument
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.markup_lines import MarkupLines, lines_of, read_plain
from archive.contrib.intake.sources import SourceFile
from archive.contrib.intake.stated import stated_document, stated_text
from archive.contrib.wires.markup import markup_of
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
from archive.interchange.nitf_body import read_nitf_body
from archive.interchange.records import TextRecord
from archive.interchange.rich_texts import plain_of
from archive.interchange.vocabulary import META
from archive.text.language import known
from archive.text.markup.blocks import read_markup


class NitfFormat(DocumentFormat):
    id = "nitf"
    name = gettext_lazy("NITF")
    description = gettext_lazy("A story of a newspaper or an agency in NITF, as XML.")
    suffixes = (".xml", ".nitf")
    reads = "bytes"

    def recognises(self, source: SourceFile) -> bool:
        return root_name(source.data) == "nitf"

    def documents(self, source: SourceFile) -> Iterator[SourceDocument]:
        root = source.xml()
        yield _stated(root) or read_nitf(root).document()


def _stated(root: Element) -> SourceDocument | None:
    """A story as an archive exports it; None for any other."""
    metas = children(child(root, "head"), "meta")
    facts = next((one for one in metas if attribute(one, "name") == META), None)
    content = child(root, "body", "body.content")
    if facts is None or content is None:
        return None
    # As it stands: `attribute` trims.
    record, language = facts.get("content") or "", known(attribute(root, "baselang"))
    head = child(root, "body", "body.head")
    text = TextRecord(
        headline=plain_of(child(head, "hedline", "hl1")),
        standfirst=plain_of(child(head, "abstract", "p")),
        dateline=plain_of(child(head, "dateline", "location")),
        body=tuple(read_nitf_body(content, stated_text(record, language, TextRecord()).files)),
    )
    return stated_document(stated_text(record, language, text))


def read_nitf(root: Element) -> DocumentBuilder:
    """A story from its <nitf> element, also from one within NewsML."""
    head, body = child(root, "head"), child(root, "body")
    story = DocumentBuilder(document_title=words(child(head, "title")))
    story.language = (
        attribute(root, "baselang") or attribute(body, "lang") or attribute(root, "lang")
    )
    _read_head(story, head)
    _read_body_head(story, child(body, "body.head"))
    story.headline = story.headline or story.document_title
    content = child(body, "body.content")
    story.body = read_nitf_content(content if content is not None else body)
    end = child(body, "body.end")
    if end is not None:
        story.body.extend(read_nitf_content(end))
    return story


def _read_head(story: DocumentBuilder, head: Element | None) -> None:
    data, printed = first(head, "docdata"), first(head, "pubdata")
    released, issued = (
        attribute(first(data, name), "norm") for name in ("date.release", "date.issue")
    )
    if (until := moment(released)[0]) and until.date() > timezone.now().date():
        # Nothing was printed on a day that is still to come.
        story.note_embargo(released)
        released = ""
    story.take_published(attribute(printed, "date.publication"), released, issued)
    story.identifier = attribute(first(data, "doc-id"), "id-string")
    story.publication = attribute(printed, "name")
    story.section = attribute(printed, "position.section")
    story.page = attribute(printed, "position.sequence")
    story.url = attribute(printed, "ex-ref")
    story.keywords += [attribute(one, "key") for one in every(data, "keyword", "fixture")]
    for subject in every(head, "tobject.subject"):
        levels = ("detail", "matter", "type")
        named = (attribute(subject, f"tobject.subject.{level}") for level in levels)
        story.keywords += filter(None, [next(filter(None, named), "")])
    for one in every(data, "doc.copyright"):
        year, holder = attribute(one, "year"), attribute(one, "holder")
        story.rights.append(f"© {year} {holder}" if holder else "")
    for one in every(data, "ed-msg"):
        story.note_to_editors(attribute(one, "info"))


def _read_body_head(story: DocumentBuilder, head: Element | None) -> None:
    lines = first(head, "hedline")
    if lines is None:
        lines = first(head, "headline")
    story.headline = words(first(lines, "hl1"))
    story.standfirsts += [words(one) for one in every(lines, "hl2")]
    story.standfirsts += [words(one) for one in children(head, "abstract")]
    for one in children(head, "byline"):
        title = ", ".join(words(part) for part in every(one, "byttl"))
        story.byline_titles.append(title)
        story.bylines.append(_without(one, "byttl"))
    story.agencies = [words(one) for one in children(head, "distributor")]
    # The date in a <story.date> is for machines.
    story.dateline = _without(child(head, "dateline"), "story.date")
    story.take_published(attribute(first(head, "story.date"), "norm"))
    story.rights += [words(one) for one in children(head, "rights")]
    for note in children(head, "note"):
        story.note_to_editors(words(note))


def _without(element: Element | None, name: str) -> str:
    """The words outside of the children of that name."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for one in element:
        parts += ["" if name_of(one) == name else "".join(one.itertext()), one.tail or ""]
    return " ".join(" ".join(parts).split())


def read_nitf_content(content: Element | None) -> MarkupLines:
    """The body's lines; each medium is a picture with its caption and producer at its place."""
    if content is None:
        return MarkupLines()
    if first(content, "pre") is not None and first(content, "p") is None:
        return read_plain("".join(content.itertext()))
    media = {f"medium-{n}": one for n, one in enumerate(every(content, "media"), start=1)}
    names = {id(one): name for name, one in media.items()}
    reading = read_markup(markup_of(content, lambda one: _figure(one, names.get(id(one), ""))))
    blocks = [
        replace(block, value=_picture(media[block.value["image"]], block.value))
        if block.kind == "image" and block.value["image"] in media
        else block
        for block in reading.blocks
    ]
    found = lines_of(blocks, reading.notes)
    data = {_file_of(one): _data_of(one) for one in media.values()}
    found.images = [replace(one, data=data.get(one.name, b"")) for one in found.images]
    return found


def _figure(element: Element, name: str) -> str | None:
    """A medium as HTML; `name` is "" for other elements, which are put as usual."""
    if not name:
        return None
    caption = words(child(element, "media-caption"))
    is_picture = attribute(element, "media-type").lower() in ("", "image", "graphic", "picture")
    if is_picture and _file_of(element):
        return f'<figure><img src="{name}"><figcaption>{html.escape(caption)}</figcaption></figure>'
    # Not a picture, or none that anybody could find: its words stay.
    rest = [caption, *(words(one) for one in children(element, "media-producer"))]
    return "".join(f"<p>{html.escape(text)}</p>" for text in rest if text)


def _picture(medium: Element, value: dict[str, str]) -> dict[str, str]:
    credit = words(child(medium, "media-producer"))
    alternative = attribute(first(medium, "media-reference"), "alternate-text")
    return {**value, "image": _file_of(medium), "credit": credit, "alt_text": alternative}


def _file_of(medium: Element) -> str:
    """The address or file name of its first rendition, the largest by custom."""
    found = (attribute(one, "source") for one in every(medium, "media-reference"))
    return next(filter(None, found), "")


def _data_of(medium: Element) -> bytes:
    held = first(medium, "media-object")
    if held is None or attribute(held, "encoding").lower() != "base64":
        return b""
    return decoded_base64(held.text or "")
