"""Reads a WordPress export's posts, and pairs those that Polylang or WPML says are translations.

The file is gone through twice: once for what posts refer to (languages, attachments), once for
their texts. A text waits in memory only until its translation is reached.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from archive.contrib.intake.downloads import Downloads, host_of, named_host
from archive.contrib.intake.records import IntakeError, ParsedByline
from archive.contrib.transfer.records import (
    SiteArticle,
    SitePicture,
    SiteReader,
    SiteText,
    TransferError,
    UnreadStory,
)
from archive.contrib.transfer.wxr import (
    UNCATEGORISED,
    ItemLanguage,
    WxrAttachments,
    WxrFile,
    WxrItem,
    language_of_item,
    path_of,
    read_content,
    read_translations_table,
)
from archive.interchange.vocabulary import POST_META
from archive.text.language import detect, known
from archive.text.markup.blocks import MarkupBlock
from archive.text.markup.html_tree import MarkupError
from archive.text.punctuation import joined, labelled
from archive.text.richtext import plain_text

_READ = frozenset({"publish", "draft", "pending", "private", "future"})


@dataclass(frozen=True)
class _Post:
    """What the first pass remembers of a post."""

    id: str
    language: str
    said: ItemLanguage | None
    published: datetime | None


class WordPressReader(SiteReader):
    """`media` is a copy of wp-content/uploads; what isn't in it, `download` fetches.

    It fetches from the site and the hosts `download_from`, from no other.
    """

    def __init__(
        self,
        path: Path,
        *,
        translations: Path | None = None,
        media: Path | None = None,
        download: bool = False,
        download_from: tuple[str, ...] = (),
        kinds: tuple[str, ...] = ("post",),
        publication: str = "",
    ) -> None:
        super().__init__()
        self.path, self.media, self.download = path, media, download
        self.kinds, self.publication = kinds, publication
        self.file = WxrFile(path)
        try:
            self.table = read_translations_table(translations) if translations else {}
        except IntakeError as error:
            raise TransferError(f"{translations}: {error}") from error
        self.hosts: set[str] = set()
        for name in download_from:
            host = named_host(name)
            if not host:
                raise TransferError(
                    _("--download-from %(name)s: no host; write it as images.example.org")
                    % {"name": name}
                )
            self.hosts.add(host)
        self.attachments = WxrAttachments()
        self.partners: dict[str, list[_Post]] = {}

    def holds_records(self) -> bool:
        """Whether an archive has exported it, with all that it knows of its stories."""
        try:
            return any(POST_META in item.meta for item in self.file.items())
        except IntakeError as error:
            raise TransferError(f"{self.path}: {error}") from error

    def stories(self) -> Iterator[SiteArticle | UnreadStory]:
        try:
            self._look_through()
            waiting: dict[str, WxrItem] = {}
            for item in self.file.items():
                if self._is_wanted(item):
                    waiting[item.id] = item
                    group = self.partners[item.id]
                    if all(post.id in waiting for post in group):
                        yield from self._stories(group, waiting)
        except (IntakeError, MarkupError) as error:
            raise TransferError(f"{self.path}: {error}") from error

    def _is_wanted(self, item: WxrItem) -> bool:
        return item.kind in self.kinds and item.status in _READ

    def _look_through(self) -> None:
        groups: dict[str, list[_Post]] = {}
        left, comments = Counter[str](), 0
        for item in self.file.items():
            if item.kind == "attachment":
                self.attachments.add(item)
            elif self._is_wanted(item):
                said = language_of_item(item, self.table)
                code = self.file.site.locale(said.code) if said else ""
                language = (known(code) or code) if said else detect(item.content_hint())
                post = _Post(item.id, language, said, item.published)
                group = groups.setdefault(said.group if said and said.group else f"#{item.id}", [])
                group.append(post)
                self.partners[item.id] = group
                comments += item.comments
            else:
                left[item.kind if item.kind not in self.kinds else item.status] += 1
        self.hosts |= {host for address in self.file.site.addresses if (host := host_of(address))}
        if left:
            counts = joined(labelled(count, kind) for kind, count in sorted(left.items()))
            self.remarks.append(
                _("Not stories, so not taken over: %(counts)s.") % {"counts": counts}
            )
        if comments:
            self.remarks.append(_("Readers' comments left out: %(count)d.") % {"count": comments})

    def _stories(
        self, group: list[_Post], waiting: dict[str, WxrItem]
    ) -> Iterator[SiteArticle | UnreadStory]:
        """The group's story; other languages, and second texts in one language, are reported."""
        items = {post.id: waiting.pop(post.id) for post in group}
        chosen: dict[str, _Post] = {}
        for post in sorted(group, key=self._age):
            if known(post.language) and post.language not in chosen:
                chosen[post.language] = post
            else:
                reason = _(
                    "its language is %(code)s, and the group has that one, or the archive "
                    "doesn't know it"
                ) % {"code": post.said.code if post.said else post.language}
                yield UnreadStory(self._name(items[post.id]), reason)
        if chosen:
            posts = list(chosen.values())
            read = partial(self._article, [items[post.id] for post in posts], posts)
            yield self.read_one(self._name(items[posts[0].id]), read)

    def _age(self, post: _Post) -> tuple[bool, bool, datetime, bool]:
        """The original first: as WPML says, or the earliest; of one moment the site's language."""
        said = post.said
        is_translation = bool(said and said.original)
        default = known(self.file.site.language)
        moment = post.published or datetime.max
        # Of two scripts of Chinese, the simplified.
        is_traditional = bool(
            said and self.file.site.locale(said.code).lower().endswith(("tw", "hk", "hant"))
        )
        return is_translation, is_traditional, moment, post.language != default

    def _name(self, item: WxrItem) -> str:
        return f"{self.path.name}, {item.kind} {item.id}"

    def _article(self, items: list[WxrItem], posts: list[_Post]) -> SiteArticle:
        notes: list[str] = []
        if posts[0].said is None:
            notes.append(
                _("no language is said; told by its script: %(code)s") % {"code": posts[0].language}
            )
        texts = [
            self._text(item, post.language, notes) for item, post in zip(items, posts, strict=True)
        ]
        first, site = items[0], self.file.site
        authors = [name for kind, _slug, name in first.terms if kind == "author"]
        author = site.authors.get(first.author, first.author)
        return SiteArticle(
            source=self._name(first),
            language=texts[0].language,
            headline=texts[0].headline,
            standfirst=texts[0].standfirst or None,
            bylines=tuple(ParsedByline(name) for name in authors or [author] if name),
            publication=self.publication or site.title,
            published=first.published.date() if first.published else None,
            key=f"wordpress/{urlsplit(site.link).netloc}/{first.id}",
            original=texts[0],
            translation=texts[1] if len(texts) > 1 else None,
            section_names=self._section(items, posts, notes),
            source_url=first.link if first.status == "publish" else "",
            warnings=tuple(notes),
        )

    def _text(self, item: WxrItem, language: str, notes: list[str]) -> SiteText:
        reading = read_content(item.content)
        notes += [note for note in reading.notes if note not in notes]
        if item.has_password or item.status == "private":
            notes.append(_("%(id)s was not for all readers; a draft") % {"id": item.id})
        blocks = self._with_images(item, reading.blocks, notes)
        return SiteText(
            language=language,
            headline=plain_text(item.title),
            standfirst=plain_text(item.excerpt).strip(),
            blocks=tuple(blocks),
            is_live=item.status == "publish" and not item.has_password,
            path=path_of(item.link),
        )

    def _with_images(
        self, item: WxrItem, blocks: list[MarkupBlock], notes: list[str]
    ) -> list[MarkupBlock]:
        """The featured picture first, unless the text has it; pictures by attachments' ids."""

        def named(value: dict[str, str]) -> dict[str, str]:
            attachment = self.attachments.find(value["image"])
            missing = (
                self._missing(attachment)
                if attachment
                else _("picture not found: %(name)s") % {"name": value["image"]}
            )
            if missing or not attachment:
                notes.append(missing)
                return {**value, "image": ""}
            return {**value, "image": attachment.id}

        found = []
        for block in self.attachments.with_featured(item, blocks):
            if block.kind == "image":
                block = replace(block, value=named(block.value))
            elif block.kind == "gallery":
                pictures = [named(one) for one in block.value["pictures"]]
                block = replace(block, value={**block.value, "pictures": pictures})
            found.append(block)
        return found

    def _section(
        self, items: list[WxrItem], posts: list[_Post], notes: list[str]
    ) -> dict[str, str]:
        """The names of the first category by language; further ones and tags are reported."""
        slugs = [slug for slug in items[0].slugs("category") if slug != UNCATEGORISED]
        names = self.file.site.names(slugs[0]) if slugs else {}
        found = {
            language: name
            for code, name in names.items()
            if (language := known(self.file.site.locale(code)) if code else posts[0].language)
        }
        if slugs and len(items) > 1 and posts[1].language not in found:
            theirs = [
                name
                for kind, slug, name in items[1].terms
                if kind == "category" and slug != UNCATEGORISED
            ]
            found.update({posts[1].language: theirs[0]} if theirs else {})
        labels = [
            name
            for kind, slug, name in items[0].terms
            if kind == "post_tag" or (kind == "category" and slug in slugs[1:])
        ]
        if labels:
            notes.append(
                _("further categories and tags left out: %(names)s") % {"names": joined(labels)}
            )
        return found

    def picture(self, name: str) -> SitePicture | None:
        item = self.attachments.find(name)
        if item is None:
            return None
        alt, said = (
            item.meta.get("_wp_attachment_image_alt", ""),
            language_of_item(item, self.table),
        )
        language = (known(self.file.site.locale(said.code)) if said else "") or detect(alt)
        return SitePicture(
            name=PurePosixPath(urlsplit(item.attachment_url).path).name,
            title=plain_text(item.title),
            alt_texts={language: alt} if alt else {},
            read=partial(self._read, item),
        )

    def _missing(self, item: WxrItem) -> str:
        """Why an attachment's file can't be had, as far as one knows before it is asked for."""
        if self._local(item):
            return ""
        if not self.download:
            return _("picture not found: %(name)s") % {"name": item.attachment_url}
        refused = self._downloads().refusal(item.attachment_url)
        return _("picture not fetched: %(reason)s") % {"reason": refused} if refused else ""

    def _local(self, item: WxrItem) -> Path | None:
        """The attachment's file in the folder; never one outside of it."""
        if self.media is None:
            return None
        stored = item.meta.get("_wp_attached_file", "")
        stored = stored or item.attachment_url.rpartition("/uploads/")[2]
        path = (self.media / stored).resolve()
        inside = path.is_relative_to(self.media.resolve())
        return path if inside and path.is_file() else None

    def _read(self, item: WxrItem) -> bytes:
        try:
            if path := self._local(item):
                return path.read_bytes()
        except OSError as error:
            raise IntakeError(f"{item.attachment_url}: {error}") from error
        return self._downloads().read(item.attachment_url)

    def _downloads(self) -> Downloads:
        way_out = _("%(address)s isn't on the old site; --download-from %(host)s allows it")
        return Downloads(self.hosts, way_out)
