"""Turns the blocks of a site's own StreamField, or its rich text, into blocks of the archive.

What a block is follows from its class, and of a struct from what is in it: a picture with its
caption, a quote with who said it, an embed. Any other struct is taken apart, in order. Words of
blocks that the archive knows nothing of become paragraphs; only settings (choices, numbers,
switches) are left out; both are reported.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.rich_text import RichText

from archive.text.markup.blocks import MarkupBlock, MarkupReading, paragraph, picture, read_markup
from archive.text.richtext import plain_text

_HEADING = re.compile(r"head|title|subhead|crosshead")
_QUOTE = re.compile(r"quote|citation")
_NAMED = {
    "attribution": re.compile(r"attribut|author|source|speaker|cite|name|person"),
    "caption": re.compile(r"caption|description|text"),
    "alt": re.compile(r"^alt"),
    "credit": re.compile(r"credit|photographer|copyright|attribut"),
}
_PAGE_LINK = re.compile(r'<a linktype="page" id="(\d+)">')
_SETTINGS = (
    blocks.BooleanBlock,
    blocks.ChoiceBlock,
    blocks.MultipleChoiceBlock,
    blocks.IntegerBlock,
    blocks.FloatBlock,
    blocks.DecimalBlock,
)
_TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.BlockQuoteBlock, blocks.RegexBlock)

PathOf = Callable[[int], str]


class StreamReader:
    """`path_of` gives the address of a page of the site, "" for one that is gone."""

    def __init__(self, path_of: PathOf) -> None:
        self.path_of = path_of

    def read_stream(self, stream: Any) -> MarkupReading:
        """The blocks of a StreamField's value; each names the site's block it comes from."""
        reading = MarkupReading()
        for child in stream or ():
            part = MarkupReading()
            self._read(child.block_type, child.block, child.value, part)
            part.blocks = [replace(block, group=child.id or "") for block in part.blocks]
            reading.add(part)
        return reading

    def read_text(self, source: str) -> MarkupReading:
        """A RichTextField's or TextField's value."""
        if "<" not in source:
            return MarkupReading([paragraph(line) for line in source.splitlines() if line.strip()])
        reading = read_markup(source)
        reading.blocks = [self._with_paths(block) for block in reading.blocks]
        return reading

    def _with_paths(self, block: MarkupBlock) -> MarkupBlock:
        """Links to the site's pages by their addresses: redirects lead on from there."""
        if block.kind == "paragraph":
            return replace(block, value=_PAGE_LINK.sub(self._href, block.value))
        if block.kind == "list":
            items = [_PAGE_LINK.sub(self._href, item) for item in block.value["items"]]
            return replace(block, value={**block.value, "items": items})
        return block

    def _href(self, found: re.Match[str]) -> str:
        path = self.path_of(int(found[1]))
        return f'<a href="{path}">' if path else found[0]

    def _read(self, name: str, block: Any, value: Any, into: MarkupReading) -> None:
        if value is None or value == "":
            return
        if isinstance(block, ImageBlock | ImageChooserBlock):
            into.blocks.append(_image(value))
        elif isinstance(block, EmbedBlock):
            into.blocks.append(MarkupBlock("embed", {"url": value.url, "caption": ""}))
        elif isinstance(block, blocks.RichTextBlock) or isinstance(value, RichText):
            into.add(self.read_text(value.source))
        elif isinstance(block, blocks.RawHTMLBlock):
            into.note(_("block %(name)s: HTML, of which the words are kept") % {"name": name})
            into.add(read_markup(str(value)))
        elif isinstance(block, blocks.URLBlock | blocks.EmailBlock):
            into.blocks.append(paragraph(str(value)))
        elif isinstance(block, _TEXTS):
            _text(name, block, str(value), into)
        elif isinstance(block, blocks.StructBlock):
            self._struct(name, block, value, into)
        elif isinstance(block, blocks.ListBlock):
            self._list(name, block, value, into)
        elif isinstance(block, blocks.StreamBlock):
            for child in value:
                self._read(child.block_type, child.block, child.value, into)
        elif isinstance(value, dict) and "data" in value:
            into.blocks.append(_table(value))
        else:
            self._other(name, block, value, into)

    def _other(self, name: str, block: Any, value: Any, into: MarkupReading) -> None:
        kind = type(block).__name__
        if isinstance(block, _SETTINGS):
            note = _("setting %(name)s (%(kind)s): left out")
        else:
            note = _("block %(name)s (%(kind)s): no block of the archive, kept as a paragraph")
            into.blocks.append(paragraph(str(value)))
        into.note(note % {"name": name, "kind": kind})

    def _struct(self, name: str, block: Any, value: Any, into: MarkupReading) -> None:
        fields = dict(block.child_blocks.items())
        filled = {key: value.get(key) for key in fields if value.get(key) not in (None, "")}
        images = [key for key in filled if isinstance(fields[key], ImageBlock | ImageChooserBlock)]
        embeds = [key for key in filled if isinstance(fields[key], EmbedBlock)]
        texts = {key: words for key in filled if (words := _words(fields[key], filled[key]))}
        if len(images) == 1:
            used = self._picture(filled[images[0]], texts, into)
            used |= {images[0]}
        elif len(embeds) == 1:
            caption = _named("caption", texts)
            url = filled[embeds[0]].url
            value = {"url": url, "caption": texts.get(caption, "")}
            into.blocks.append(MarkupBlock("embed", value))
            used = {embeds[0], caption}
        elif texts and (_QUOTE.search(name) or any(_QUOTE.search(key) for key in texts)):
            used = _pull_quote(texts, into)
        else:
            used = set()
        for key in filled:
            if key not in used:
                self._read(key, fields[key], filled[key], into)

    def _picture(self, image: Any, texts: dict[str, str], into: MarkupReading) -> set[str]:
        names = {"alt": _named("alt", texts)}
        names["credit"] = _named("credit", texts, but=set(names.values()))
        names["caption"] = _named("caption", texts, but=set(names.values()))
        told = {part: texts.get(key, "") for part, key in names.items()}
        own = _image(image).value
        into.blocks.append(
            picture(own["image"], told["caption"], told["alt"] or own["alt_text"], told["credit"])
        )
        return set(names.values())

    def _list(self, name: str, block: Any, value: Any, into: MarkupReading) -> None:
        part = MarkupReading()
        for item in value:
            self._read(name, block.child_block, item, part)
        kinds = {one.kind for one in part.blocks}
        if kinds == {"image"} and len(part.blocks) > 1:
            pictures = [one.value for one in part.blocks]
            part.blocks = [MarkupBlock("gallery", {"title": "", "pictures": pictures})]
        elif kinds == {"paragraph"} and isinstance(
            block.child_block, (*_TEXTS, blocks.RichTextBlock)
        ):
            items = [one.value for one in part.blocks]
            part.blocks = [MarkupBlock("list", {"ordered": False, "items": items})]
        into.add(part)


def _image(value: Any) -> MarkupBlock:
    # An ImageBlock's value carries the alternative text of this place.
    alt = getattr(value, "contextual_alt_text", None) or ""
    return picture(str(value.pk), alt=alt)


def _text(name: str, block: Any, value: str, into: MarkupReading) -> None:
    is_heading = _HEADING.search(name) and isinstance(block, blocks.CharBlock)
    if is_heading:
        into.blocks.append(MarkupBlock("subhead", " ".join(value.split())))
    elif isinstance(block, blocks.BlockQuoteBlock) or _QUOTE.search(name):
        into.blocks.append(MarkupBlock("pull_quote", {"quote": value.strip(), "attribution": ""}))
    else:
        into.blocks += [paragraph(line) for line in value.split("\n\n") if line.strip()]


def _pull_quote(texts: dict[str, str], into: MarkupReading) -> set[str]:
    by = _named("attribution", texts)
    quote = next((key for key in texts if key != by and _QUOTE.search(key)), "")
    quote = quote or next((key for key in texts if key != by), by)
    by = "" if quote == by else by
    value = {"quote": texts[quote], "attribution": texts.get(by, "")}
    into.blocks.append(MarkupBlock("pull_quote", value))
    return {quote, by}


def _words(block: Any, value: Any) -> str:
    """A child's text, where it is a single piece; "" where it is more, or no text."""
    if isinstance(block, _TEXTS):
        return str(value).strip()
    if isinstance(block, blocks.RichTextBlock):
        reading = read_markup(value.source)
        if len(reading.blocks) == 1 and reading.blocks[0].kind == "paragraph":
            return plain_text(reading.blocks[0].value)
    return ""


def _named(part: str, texts: dict[str, str], *, but: Collection[str] = ()) -> str:
    return next((key for key in texts if key not in but and _NAMED[part].search(key)), "")


def _table(value: dict[str, Any]) -> MarkupBlock:
    data = [["" if cell is None else str(cell) for cell in row] for row in value.get("data") or []]
    kept = {
        "first_row_is_table_header": bool(value.get("first_row_is_table_header")),
        "first_col_is_header": bool(value.get("first_col_is_header")),
        "table_header_choice": value.get("table_header_choice") or "neither",
        "table_caption": value.get("table_caption") or "",
    }
    return MarkupBlock("table", {"data": data, **kept})
