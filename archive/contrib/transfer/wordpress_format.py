"""WordPress's export (WXR): each published post is a story.

`archive_transfer` takes a whole site over, with its translations and redirects; here an export is
one more pile of stories to look through.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.contrib.intake.document_builder import DocumentBuilder
from archive.contrib.intake.documents import SourceDocument
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.markup_lines import lines_of
from archive.contrib.intake.sources import SourceFile
from archive.contrib.intake.stated import as_documents, read_blocks, stated_text
from archive.contrib.transfer.wxr import (
    UNCATEGORISED,
    WxrAttachments,
    WxrFile,
    WxrItem,
    language_of_item,
    read_content,
)
from archive.files.xml import root_name
from archive.interchange.records import TextRecord, WholeStory
from archive.interchange.vocabulary import POST_LINES, POST_META
from archive.text.language import BY_SHORT_CODE
from archive.text.markup.blocks import MarkupBlock
from archive.text.punctuation import joined, labelled
from archive.text.richtext import plain_text

_NAMESPACE = b"wordpress.org/export/"
_HEAD = 16 * 1024
_AUTHORS = "author"
_WP_IMAGE = re.compile(r"\bwp-image-(\d{1,18})\b")


class WordPressExport(DocumentFormat):
    id = "wordpress"
    name = gettext_lazy("WordPress export (WXR)")
    description = gettext_lazy("The published posts of a WordPress site, with their pictures.")
    suffixes = (".xml", ".wxr")
    reads = "bytes"

    def recognises(self, source: SourceFile) -> bool:
        return _NAMESPACE in source.data[:_HEAD] and root_name(source.data) == "rss"

    def documents(self, source: SourceFile) -> Iterator[SourceDocument]:
        attachments, left = WxrAttachments(), Counter[str]()
        file = WxrFile(source.data)
        for item in file.items():
            if item.kind == "attachment":
                attachments.add(item)
            elif not _is_story(item):
                left[item.kind if item.kind != "post" else item.status] += 1
        if any(POST_META in item.meta for item in file.items()):
            yield from as_documents(filter(None, map(_stated, file.items())))
            return
        note = joined(labelled(count, kind) for kind, count in sorted(left.items()))
        for item in file.items():
            if _is_story(item):
                story = _read_post(item, file, attachments)
                if note:  # Once a file, with its first story.
                    story.notes.append(
                        _("Not published, so left out: %(kinds)s.") % {"kinds": note}
                    )
                    note = ""
                yield story.document()


def _stated(item: WxrItem) -> WholeStory | None:
    """A post as an archive exports it; None for any other item."""
    if (facts := item.meta.get(POST_META)) is None:
        return None
    said = next((slug for kind, slug, _name in item.terms if kind == "language"), "")
    language = BY_SHORT_CODE.get(said, said)
    empty = stated_text(facts, language, TextRecord())
    body = tuple(read_blocks(item.content, empty.files))
    lines = {"headline": item.title, "standfirst": item.excerpt, "dateline": ""}
    # WordPress trims what stands in its own fields.
    whole = json.loads(item.meta.get(POST_LINES) or "{}")
    for name, words in [*lines.items()]:
        exact = str(whole.get(name) or "")
        is_same = name == "dateline" or exact.split() == words.split()
        lines[name] = exact if is_same else words
    return stated_text(facts, language, TextRecord(body=body, **lines))


def _is_story(item: WxrItem) -> bool:
    return item.kind == "post" and item.status == "publish" and not item.has_password


def _read_post(item: WxrItem, file: WxrFile, attachments: WxrAttachments) -> DocumentBuilder:
    site = file.site
    # An export of posts alone has no attachments: then a picture's address is all there is.
    content = _WP_IMAGE.sub(lambda id_: id_[0] if attachments.find(id_[1]) else "", item.content)
    reading = read_content(content)
    blocks = attachments.with_featured(item, reading.blocks)
    named = [plain_text(name) for kind, _slug, name in item.terms if kind == _AUTHORS]
    categories = [
        plain_text(name)
        for kind, slug, name in item.terms
        if kind == "category" and slug != UNCATEGORISED
    ]
    said = language_of_item(item, {})
    return DocumentBuilder(
        headline=plain_text(item.title),
        standfirsts=[plain_text(item.excerpt)],
        bylines=named or [site.authors.get(item.author, item.author)],
        published=item.published,
        has_time=item.published is not None,
        publication=site.title,
        section=next(iter(categories), ""),
        keywords=[
            *categories[1:],
            *(plain_text(name) for kind, _slug, name in item.terms if kind == "post_tag"),
        ],
        language=site.locale(said.code).replace("_", "-") if said else "",
        url=item.link,
        identifier=f"wordpress/{urlsplit(site.link).netloc}/{item.id}",
        body=lines_of([_with_files(block, attachments) for block in blocks], reading.notes),
    )


def _with_files(block: MarkupBlock, attachments: WxrAttachments) -> MarkupBlock:
    """With pictures named by their files' addresses instead of ids, and their own words."""
    if block.kind == "image":
        return replace(block, value=_with_file(block.value, attachments))
    if block.kind == "gallery":
        pictures = [_with_file(one, attachments) for one in block.value["pictures"]]
        return replace(block, value={**block.value, "pictures": pictures})
    return block


def _with_file(value: dict[str, str], attachments: WxrAttachments) -> dict[str, str]:
    item = attachments.find(value["image"])
    if item is None:
        return value
    alternative = item.meta.get("_wp_attachment_image_alt", "")
    return {
        **value,
        "image": item.attachment_url or PurePosixPath(item.meta.get("_wp_attached_file", "")).name,
        "caption": value["caption"] or plain_text(item.excerpt),
        "alt_text": value["alt_text"] or alternative,
    }
