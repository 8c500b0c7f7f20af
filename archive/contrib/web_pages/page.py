"""A web page as a document of lines: its story's, and as furniture all the others."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.contrib.intake.document_builder import margin_notes
from archive.contrib.intake.documents import (
    BESIDE,
    DocumentLine,
    DocumentMetadata,
    LineKind,
    SourceDocument,
    from_lines,
)
from archive.contrib.intake.layout.bylines import sign
from archive.contrib.intake.layout.citations import read_citation
from archive.contrib.intake.layout.furniture import read_section
from archive.contrib.intake.layout.lines import Line, fold, is_sentence
from archive.contrib.intake.layout.sign_offs import correction_label
from archive.contrib.intake.markup_lines import (
    WORD_DECK,
    WORD_TITLE,
    MarkupLines,
    lines_of,
    story_kind,
    with_broken,
)
from archive.contrib.web_pages.main_text import (
    MainText,
    PageBlock,
    class_words,
    find_main_text,
    is_landmark,
    is_named_furniture,
    words_in,
)
from archive.contrib.web_pages.page_metadata import parse_moment, read_page_metadata
from archive.contrib.web_pages.pictures import PagePictures
from archive.contrib.web_pages.record_tables import take_citation
from archive.text.markup.blocks import read_page, source_of, struck_note
from archive.text.markup.html_tree import HtmlNode, parse_html, take_comments, take_struck
from archive.text.richtext import plain_text

_BYLINE_WORDS = {"byline", "author", "authors", "writer", "contributor", "reporter"}
_STANDFIRST_WORDS = {
    *("standfirst", "deck", "dek", "subhead", "subheading", "subheadline", "subline", "summary"),
    *("subtitle", "intro", "lede", "teaser", "tagline"),
}
_FEWEST_STANDFIRST_WORDS = 5
# A heading between the headline and the story, so long, is a deck.
_HEADINGS, _SHORTEST_DECK = ("h2", "h3", "h4"), 6
_DATE_WORDS = {"date", "time", "timestamp", "pubdate", "published", "dateline", "source", "info"}
# What the name of an element above a story calls its section, and how long that is.
_SECTION_WORDS = {
    "cat",
    "category",
    "channel",
    "eyebrow",
    "kicker",
    "overline",
    "rubric",
    "section",
}
_LONGEST_SECTION, _MOST_SECTION_WORDS = 24, 3
_CREDIT_WORDS = {"credit", "credits", "photographer", "copyright", "source", "byline"}
# So many words that are no sentence, or more links than that share, are a page's menus.
_LONGEST_MENU = 15
_MOST_LINKS = 0.5
# So many lines at a story's start and end are left to the layout.
_ENDS = 4
# The share of words that a heading and the page's headline must have in common.
_LIKE = 0.5
# An element around a line says what the line is up to so many levels above it.
_NEAR = 2
# So many blocks below the story's first one its <h1> may stand.
_BELOW = 2
# In the head of a story a longer line is no byline or date.
_LONGEST_HEAD_LINE = 200
# An <article> of fewer words is a card that leads to a story.
_FEWEST_WORDS = 60


def read_web_page(
    source: str,
    *,
    address: str = "",
    beside: Callable[[str], bytes | None] | None = None,
) -> SourceDocument:
    """The story of a page. `address` is where it was saved from, if the file says so;
    `beside` gives the bytes of a picture that was saved with it, by its reference.
    """
    root = parse_html(source)
    struck, comments = take_struck(root), take_comments(root)
    for node in root.walk():
        if WORD_TITLE.match(node.get("class")):
            node.name = "h1"
    cited = take_citation(root)
    main = find_main_text(source, read_page(root), sum(1 for _node in root.walk()))
    metadata = read_page_metadata(root, source, address)
    page = _Page(main, metadata, PagePictures(metadata.url, beside))
    page.read()
    if metadata.published is None:
        metadata = replace(metadata, published=_guessed_date(source, metadata.url))
    text, lines = from_lines([*_with_runs(with_broken(page.lines.lines)), *cited])
    return SourceDocument(
        text,
        lines,
        replace(
            metadata,
            headline=page.headline or metadata.headline,
            section=metadata.section or page.section,
            publication="" if cited else metadata.publication,
            editor_notes=margin_notes(comments),
        ),
        tuple(page.lines.images),
        tuple(_warnings(root, main, page, struck)),
    )


@dataclass
class _Page:
    main: MainText
    metadata: DocumentMetadata
    pictures: PagePictures
    lines: MarkupLines = field(default_factory=MarkupLines)
    groups: int = 0
    headline: str = ""
    # The step of the way to the story that stands above it.
    section: str = ""
    embeds: list[str] = field(default_factory=list)
    menu: list[str] = field(default_factory=list)

    def read(self) -> None:
        blocks = self.main.blocks
        story = [at for at, block in enumerate(blocks) if block.is_story]
        first, last = (story[0], story[-1]) if story else (len(blocks), -1)
        heading = self._headline_block(first)
        self.headline = _folded(blocks[heading].text) if heading is not None else ""
        if heading is not None and heading > first:
            first = next((at for at in story if at > heading), first)
        top = first if heading is None else min(heading, first)
        boxes = self._boxes()
        for at, block in enumerate(blocks):
            kind: LineKind = "furniture"
            if at == heading:
                kind = "headline"
            elif top < at < first:
                kind = self._head_kind(block)
            elif block.is_story or not story or _corrects(block):
                kind = "text"
            is_near = top <= at <= last
            box = self.main.box_of(block)
            may_be_story = is_near or self.main.is_of_article(block)
            is_boxed = may_be_story and box in boxes and block.links <= _MOST_LINKS
            if kind == "furniture" and may_be_story and (is_boxed or _is_running_text(block)):
                kind = "unplaced"
            if at < top and not self.section and ">" in (text := fold(_folded(block.text))):
                self.section = read_section(text.rpartition(":")[2])
            elif at < first and not self.section and _names_section(block):
                self.section = _folded(block.text)
            if kind == "furniture" and not is_near and _is_menu(block):
                self.menu.append(_entries(block))
                continue
            self._end_menu()
            self._add(block, kind, is_near=is_near)
        self._end_menu()

    def _boxes(self) -> set[HtmlNode]:
        """The boxes that may be the story's, such as one of facts: they wait whole.

        They hold running text; or lists and tables that are no links, as an <aside> may hold any
        words unless its name says what it is.
        """
        inside: dict[HtmlNode, list[PageBlock]] = defaultdict(list)
        for block in self.main.blocks:
            if box := self.main.box_of(block):
                inside[box].append(block)
        return {box for box, blocks in inside.items() if _may_tell(box, blocks)}

    def _end_menu(self) -> None:
        """Short pieces around the story are one line: nobody reads a menu entry by entry."""
        self.lines.add("furniture", " | ".join(self.menu))
        self.menu = []

    def _headline_block(self, first: int) -> int | None:
        """The heading above the story that says most of what the page's headline says.

        Without one, the only <h1> of the page: "Log In" is none where another line says all that
        the page's headline says.
        """
        said = set(words_in(self.metadata.headline))
        likeness: dict[int, float] = {}
        tops: list[int] = []
        for at, block in enumerate(self.main.blocks[: first + 1 + _BELOW]):
            if at > first and block.node.name != "h1":
                continue  # A kicker may stand above the headline.
            if not block.is_heading or not block.words:
                continue
            text = set(block.words)
            likeness[at] = len(text & said) / len(text | said)
            if block.node.name == "h1" and _folded(block.text) != self.metadata.publication:
                tops.append(at)
        best = max(likeness, key=lambda at: likeness[at], default=None)
        if best is not None and likeness[best] >= _LIKE:
            return best
        is_printed = any(
            _folded(block.text) == self.metadata.headline for block in self.main.blocks
        )
        return tops[0] if len(tops) == 1 and not (is_printed and not likeness[tops[0]]) else None

    def _head_kind(self, block: PageBlock) -> LineKind:
        """Between headline and story: who, when and what about; other lines are the page's."""
        text = _folded(block.text)
        if not text or len(text) > _LONGEST_HEAD_LINE * 2:
            return "furniture"
        words = {word for node in block.lineage[: _NEAR + 1] for word in class_words(node)}
        marks = {node.get("itemprop") or node.get("rel") for node in block.lineage[: _NEAR + 1]}
        if block.is_heading and block.node.name in _HEADINGS and len(text) >= _SHORTEST_DECK:
            return "standfirst"
        is_short = len(text) <= _LONGEST_HEAD_LINE
        is_said = words & _STANDFIRST_WORDS or "description" in marks
        is_deck = any(WORD_DECK.match(node.get("class")) for node in block.lineage[:1])
        if is_deck or (is_said and len(block.words) >= _FEWEST_STANDFIRST_WORDS):
            return "standfirst"
        if is_short and (words & _BYLINE_WORDS or "author" in marks):
            return "byline"
        if is_short and (words & _DATE_WORDS or parse_moment(text)[0] or _is_dated(text)):
            # Names beside the day may be nowhere else.
            return "text" if not self.metadata.published or _signs(text) else "furniture"
        return "furniture"

    def _add(self, block: PageBlock, kind: LineKind, *, is_near: bool) -> None:
        value = block.block.value
        is_story = kind == "text"
        if block.block.kind == "image":
            self._add_picture(block, block.node, value, is_near=is_near)
        elif block.block.kind == "gallery":
            self.lines.add("caption" if is_story else "furniture", value["title"])
            nodes = [one for one in block.node.find_all("img", "embed") if source_of(one)]
            for node, picture in zip(nodes, value["pictures"], strict=False):
                self._add_picture(block, node, picture, is_near=is_near)
        elif block.block.kind == "embed":
            if is_story:
                self.embeds.append(value["url"])
            self.lines.add("caption" if is_story else "furniture", value["caption"])
        elif is_story and block.is_caption:
            self.lines.add("caption", block.text, group=self._picture_above())
        else:
            self._add_words(block, kind)

    def _add_words(self, block: PageBlock, kind: LineKind) -> None:
        """A block's lines: of the kind that its element is where it is the story's."""
        if kind == "standfirst" and block.block.kind == "paragraph":
            self.lines.add(kind, plain_text(block.block.value))
            return
        self.groups += 1
        found = lines_of([block.block])
        found.lines = [
            replace(
                line,
                kind=story_kind(line) if kind == "text" else kind,
                group=f"{line.group}.{self.groups}" if line.group else "",
            )
            for line in found.lines
        ]
        self.lines.extend(found)

    def _add_picture(
        self, block: PageBlock, node: HtmlNode, picture: dict[str, str], *, is_near: bool
    ) -> None:
        """A picture between the headline and the story's end, with its caption and credit."""
        caption, credit = _split_credit(node, _folded(picture["caption"]))
        is_story = is_near and not self.main.is_furniture(block)
        image = self.pictures.find(node, picture["image"]) if is_story else None
        if image:
            alt = picture["alt_text"]
            self.lines.add_image(replace(image, caption=caption, credit=credit, alt_text=alt))
        else:
            self.lines.add("caption" if is_story else "furniture", caption)
            self.lines.add("credit" if is_story else "furniture", credit)
            if is_story:  # Of an ornament, or of a picture that no address leads to.
                kind: LineKind = "furniture" if picture["image"] else "unplaced"
                self.lines.add(kind, picture["alt_text"])

    def _picture_above(self) -> str:
        """The picture that stands right above the next line, or has its caption there."""
        if not self.lines.images:
            return ""
        image = self.lines.images[-1]
        below = self.lines.lines[image.after :]
        return image.name if all(line.group == image.name for line in below) else ""


def _signs(text: str) -> bool:
    """Whether a line says who has written the story: "来源：… 作者：…", "By … in …"."""
    citation = read_citation(Line(0, text))
    return bool(sign(text) or (citation and citation.signatures))


def _names_section(block: PageBlock) -> bool:
    """Whether an element's own name says that its word or two are the story's section."""
    text = _folded(block.text)
    is_short = 0 < len(text) <= _LONGEST_SECTION and len(text.split()) <= _MOST_SECTION_WORDS
    is_said = any(class_words(node) & _SECTION_WORDS for node in block.lineage[:1])
    return is_said and is_short and text.replace(" ", "").replace("&", "").isalpha()


def _is_dated(text: str) -> bool:
    citation = read_citation(Line(0, text))
    return bool(citation and citation.stamps)


def _corrects(block: PageBlock) -> bool:
    """Whether it is a note on what was wrong in the story, and says so."""
    words = set().union(*(class_words(node) for node in block.lineage[: _NEAR + 1]))
    return bool(correction_label(_folded(block.text)) or words & {"correction", "corrections"})


def _is_menu(block: PageBlock) -> bool:
    return block.block.kind in ("paragraph", "subhead", "list") and (
        len(block.words) < _LONGEST_MENU or block.links > _MOST_LINKS
    )


def _entries(block: PageBlock) -> str:
    """A menu's links are entries of their own, also without a space between them."""
    text = _folded(block.text)
    links = _folded(" ".join(one.text() for one in block.node.find_all("a")))
    return links if links.replace(" ", "") == text.replace(" ", "") else text


def _is_running_text(block: PageBlock) -> bool:
    """Whether it reads like a paragraph, wherever the page's own marks would have it."""
    return (
        block.block.kind == "paragraph"
        and block.links <= _MOST_LINKS
        and is_sentence(_folded(block.text))
    )


def _may_tell(box: HtmlNode, blocks: list[PageBlock]) -> bool:
    if any(map(_is_running_text, blocks)):
        return True
    size = sum(len(block.text) for block in blocks)
    linked = sum(len(block.text) * block.links for block in blocks)
    if is_landmark(box) or linked > _MOST_LINKS * size:
        return False
    is_listed = any(block.block.kind in ("list", "table") for block in blocks)
    return is_listed or not is_named_furniture(box)


def _with_runs(lines: list[DocumentLine]) -> list[DocumentLine]:
    """Short lines one below the other, within the story, are paragraphs: a subhead stands alone.

    Those at both ends may be bylines, datelines and sign-offs: the layout reads them.
    """
    found = list(lines)
    story = [at for at, line in enumerate(lines) if line.kind not in BESIDE]
    is_short = [lines[at].kind == "text" and not lines[at].is_emphasised for at in story]
    for place in range(_ENDS, len(story) - _ENDS):
        at = story[place]
        if is_short[place] and (is_short[place - 1] or is_short[place + 1]):
            found[at] = replace(lines[at], kind="paragraph")
    return found


def _split_credit(node: HtmlNode, caption: str) -> tuple[str, str]:
    """A picture's caption and credit, where an element of its own says which is which."""
    figure = node.closest("figure")
    if not caption or not figure:
        return caption, ""
    for one in figure.walk():
        if one.name != "figure" and class_words(one) & _CREDIT_WORDS and one.find("img") is None:
            credit = _folded(one.text())
            folded = _folded(caption)
            if credit and credit != folded and folded.endswith(credit):
                return folded.removesuffix(credit).rstrip(), credit
    return caption, ""


def _guessed_date(source: str, url: str) -> datetime | None:
    """The day that the page's own marks or its address give, where its metadata has none."""
    # It belongs to the extra "intake", with trafilatura.
    from htmldate import find_date

    found = find_date(source, extensive_search=False, original_date=True, url=url or None)
    return datetime.fromisoformat(found) if found else None


def _warnings(
    root: HtmlNode, main: MainText, page: _Page, struck: list[tuple[HtmlNode, str]]
) -> Iterator[str]:
    if not any(block.is_story for block in main.blocks):
        yield _("No story was found on the page: all its words are here; say which are the story.")
    count = _stories(root, main)
    if count > 1:
        message = ngettext(
            "The page holds %(count)d stories: save the page of each story.",
            "The page holds %(count)d stories: save the page of each story.",
            count,
        )
        yield message % {"count": count}
    # What is struck out elsewhere on the page, as prices, is none of the story's.
    near = {
        node for block in main.blocks if block.is_story for node in (block.node, block.node.parent)
    }
    if words := [said for node, said in struck if near.intersection(node.ancestors())]:
        yield struck_note(words)
    for url in dict.fromkeys(page.embeds):
        yield _("The story embeds %(url)s, which was not kept.") % {"url": url}


def _stories(root: HtmlNode, main: MainText) -> int:
    """How many <article> elements inside the story's element hold a story's words."""
    articles = {node for node in root.find_all("article") if not node.closest("article")}
    words: Counter[HtmlNode] = Counter()
    for block in main.blocks:
        if block.is_story and not block.is_heading:
            words.update({node: len(block.words) for node in block.lineage if node in articles})
    return sum(count >= _FEWEST_WORDS for count in words.values())


def _folded(text: str) -> str:
    return " ".join(text.split())
