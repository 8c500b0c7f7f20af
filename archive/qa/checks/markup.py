"""Inline tags and links: what the source has, the translation has too, and nothing else."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.qa.base import Check, Finding, Pair, Story
from archive.text import richtext

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[^<>\"]|\"[^\"]*\")*?)(/?)>")
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.I | re.S)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_BLOCK = re.compile(r"<(?:p|li)\b[^>]*>(.*?)</(?:p|li)>", re.I | re.S)
_VOID = {"br", "hr", "img", "embed"}
_ENTITY = re.compile(r"entity:(\d{1,18})")
_STRONG = re.compile(r"<(?:b|strong)\b", re.I)


@dataclass(frozen=True)
class TextLink:
    """Where a link leads, and its words at [start:end] of the plain text.

    The target is "entity:12" for links by id, and the address for others.
    """

    target: str
    by_id: bool
    text: str
    start: int
    end: int


@lru_cache(maxsize=1024)
def links(markup: str) -> tuple[TextLink, ...]:
    found = []
    at = 0
    text = richtext.plain_text(markup)
    for match in _LINK.finditer(markup):
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        kind, number = attributes.get("linktype", ""), attributes.get("id", "")
        target = f"{kind}:{number}" if kind else attributes.get("href", "")
        words = richtext.plain_text(match[2])
        start = max(text.find(words, at), 0)
        at = start + len(words)
        found.append(TextLink(target, bool(kind), words, start, at))
    return tuple(found)


def target_of(link: TextLink, story: Story) -> str:
    """Where the link leads now: a merged name's to the name that is kept."""
    found = _ENTITY.fullmatch(link.target) if link.by_id else None
    if found is None:
        return link.target
    (kept,) = story.glossary.present([int(found[1])])
    return f"entity:{kept}"


def first_fault(markup: str) -> str:
    """The first tag that isn't closed, opened or known as one; "" if the markup is sound."""
    opened: list[str] = []
    for closing, name, _attributes, alone in _TAG.findall(markup):
        tag = name.lower()
        if tag in _VOID or alone:
            continue
        if not closing:
            opened.append(tag)
        elif not opened or opened.pop() != tag:
            return f"</{name}>"
    if opened:
        return f"<{opened[-1]}>"
    stray = re.search(r"<[^\s<>]{0,20}", _TAG.sub("", markup))
    return stray[0] if stray else ""


class MarkupBroken(Check):
    check_id = "markup-broken"
    severity = "error"
    name = gettext_lazy("Broken markup")
    description = gettext_lazy("A tag is opened and not closed, or closed and not opened.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if fault := first_fault(pair.target_markup):
            yield self.finding(pair, _("The tag %(tag)s has no partner.") % {"tag": fault})


class LinkLost(Check):
    check_id = "link-lost"
    name = gettext_lazy("Missing link")
    description = gettext_lazy("A link or mention of the source is missing from the translation.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        seen = {target_of(link, story) for link in links(pair.target_markup) if link.by_id}
        for link in links(pair.source_markup):
            if link.by_id and (target := target_of(link, story)) not in seen:
                seen.add(target)
                message = _("The link on “%(words)s” is missing.") % {"words": link.text}
                yield self.finding(pair, message, source=((link.start, link.end),))


class LinkAdded(Check):
    check_id = "link-added"
    severity = "error"
    name = gettext_lazy("Wrong link")
    description = gettext_lazy("A link or mention that is not in the source story.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        # A link of another segment will do: a translator may name what the source calls "it".
        sources = (pair.source_markup, *(one.source_markup for one in story.pairs))
        for link in links(pair.target_markup):
            target = target_of(link, story)
            if link.by_id and not any(
                target == target_of(other, story)
                for markup in sources
                if markup
                for other in links(markup)
            ):
                message = _("The link on “%(words)s” is not in the source.") % {"words": link.text}
                yield self.finding(pair, message, target=((link.start, link.end),))


class LinkDoubled(Check):
    check_id = "link-doubled"
    name = gettext_lazy("Duplicate link")
    description = gettext_lazy("A link or mention occurs more often than in the source.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        wanted = Counter(target_of(link, story) for link in links(pair.source_markup))
        counts: Counter[str] = Counter()
        for link in links(pair.target_markup):
            target = target_of(link, story)
            counts[target] += 1
            if counts[target] > max(wanted[target], 1):
                message = _("“%(words)s” is linked once more than in the source.")
                message %= {"words": link.text}
                yield self.finding(pair, message, target=((link.start, link.end),))


class LinkAddress(Check):
    check_id = "link-address"
    name = gettext_lazy("Link address")
    description = gettext_lazy("The translation has fewer or more web links than the source.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        ours = [link for link in links(pair.source_markup) if not link.by_id]
        theirs = [link for link in links(pair.target_markup) if not link.by_id]
        # A page may well be there in the other language, at an address of its own.
        if len(ours) != len(theirs):
            yield self.finding(
                pair,
                _("Web links in the source: %(source)s, in the translation: %(target)s.")
                % {"source": len(ours), "target": len(theirs)},
                source=tuple((link.start, link.end) for link in ours),
                target=tuple((link.start, link.end) for link in theirs),
            )


class Emphasis(Check):
    check_id = "emphasis"
    name = gettext_lazy("Bold text")
    # Chinese doesn't set titles or foreign words in italics, so italics may go.
    description = gettext_lazy("Only one of the two texts has bold text.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if not pair.source_markup or not pair.target_markup:
            return
        ours, theirs = map(_STRONG.search, (pair.source_markup, pair.target_markup))
        if ours and not theirs:
            yield self.finding(pair, _("The bold text of the source is missing."))
        elif theirs and not ours:
            yield self.finding(pair, _("The source has no bold text."))


class ParagraphCount(Check):
    check_id = "paragraph-count"
    name = gettext_lazy("Paragraphs within a segment")
    description = gettext_lazy("The translation has fewer paragraphs or items than the source.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        ours, theirs = (
            sum(not richtext.is_blank(inner) for inner in _BLOCK.findall(markup))
            for markup in (pair.source_markup, pair.target_markup)
        )
        if theirs and theirs < ours:
            message = ngettext(
                "%(count)s paragraph or item is missing.",
                "%(count)s paragraphs or items are missing.",
                ours - theirs,
            )
            yield self.finding(pair, message % {"count": ours - theirs})
