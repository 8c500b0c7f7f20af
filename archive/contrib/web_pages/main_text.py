"""Which blocks of a web page are its story: trafilatura's choice, mended by the page's structure.

trafilatura gives a text without the elements that it comes from. Its words are looked up in the
page's blocks; so the element that holds the story is known, and with it what stands in between
and what is set apart as something else.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from archive.text.markup.blocks import MarkupBlock
from archive.text.markup.html_tree import HEADINGS, HtmlNode
from archive.text.richtext import plain_text

# How many words (or Chinese characters) in a row are looked up together.
_SHINGLE = 4
# The share of a block's pieces that the extracted text must have for the block to be in it.
_FOUND = 0.6
# The share of the found words that the story's element must hold.
_STORY_SHARE = 0.85
# A block of fewer words says little about where the story is.
_FEW_WORDS = 10
# More characters in links than this share, and a block that was not found is a list of links.
_MOST_LINKS = 0.5
_ALL_LINKS = 0.95
# How many blocks a found one may be away from those before it.
_NEAR = 3
# trafilatura's time and memory grow with the elements: with more, the page is read without it.
_MOST_ELEMENTS = 40_000
_WORDS = re.compile(r"[^\W_\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]+|[\u2e80-\u9fff\uac00-\uffef]")
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r"<a [^<>]*>((?:(?!</a>)<[^>]*>|[^<])*)</a>")
_SENTENCE_ENDS = tuple(".!?。！？…”\"'）)’")
# Elements of a page's own; an <aside> may be the story's as well.
_LANDMARKS = {"nav", "footer", "form", "button", "select", "menu", "dialog", "textarea"}
# Words in the class or id of an element that is no part of the story.
_FURNITURE_WORDS = {
    *("share", "sharing", "social", "follow", "subscribe", "subscription", "newsletter", "signup"),
    *(
        "related",
        "recommended",
        "recommend",
        "recirc",
        "readmore",
        "seealso",
        "popular",
        "trending",
    ),
    *("promo", "promotion", "ad", "ads", "advert", "advertisement", "sponsor", "sponsored"),
    *("outbrain", "taboola", "comment", "comments", "disqus", "feedback", "tag", "tags", "topics"),
    *("nav", "navigation", "navbar", "menu", "footer", "sidebar", "widget", "banner", "toolbar"),
    *("breadcrumb", "breadcrumbs", "crumbs", "pagination", "pager", "print", "tools", "login"),
    *("cookie", "consent", "gdpr", "popup", "modal", "overlay", "paywall", "copyright"),
    *("disclaimer", "trending"),
}
_CAPTION_WORDS = {"caption", "captions", "cutline", "credit", "credits", "photographer"}
_CAPTION_DEPTH = 3
# A subhead has no more words, letters of at least so many pixels or an ornament of at most so many.
_MOST_HEADING, _LARGE, _ORNAMENT = 30, 17, 100
_SIZE = re.compile(r"font-size:\s?(\d{1,3})(?:\.\d{1,3})?px")
_WIDTH = re.compile(r"(?<![-\w])width:\s?(\d{1,4})(?:\.\d{1,3})?(?:px)?(?![\d%])")
_MEDIA = {"iframe", "video", "audio", "img"}
_EMBED_WORDS = {"embed", "embedded", "tweet", "oembed"}
_CLASS_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
# What invites to something else, at the start of a short block.
_INVITATION = re.compile(
    r"(?:see|read) (?:more|also|next)\b|read:|related\b|don.t miss\b|more from\b|you (?:may|might) "
    r"also|recommended\b|click here\b|sign up\b|subscribe\b|download (?:the|our)\b|follow (?:us|@)|"
    r"follow \S+ on\b|advert(?:isement)?\b|(?:story|article) continues below|have a tip\?|"
    r"get the latest|share (?:this|on)\b|most read\b|watch:|image caption$|"
    r"相关阅读|相关新闻|延伸阅读|推荐阅读|更多阅读|相關閱讀|相關新聞|延伸閱讀|點擊|点击|扫描二维码|扫码|分享到|关注我们",
    re.IGNORECASE,
)
_LONGEST_INVITATION = 160


@dataclass
class PageBlock:
    """A block of a page, and what tells whether it is of the story."""

    node: HtmlNode
    block: MarkupBlock
    # The share of its words that the extracted text has.
    found: float = 0.0
    is_story: bool = False

    @cached_property
    def text(self) -> str:
        return words_of(self.block.value)

    @cached_property
    def words(self) -> list[str]:
        return words_in(self.text)

    @property
    def is_heading(self) -> bool:
        return self.node.name in HEADINGS

    @cached_property
    def lineage(self) -> list[HtmlNode]:
        """Its element and those around it, innermost first."""
        return [self.node, *self.node.ancestors()]

    @cached_property
    def is_caption(self) -> bool:
        """Whether it belongs to a picture or film: the page's names and arrangement say so."""
        if self.block.kind != "paragraph":
            return False
        if self.node.name in _MEDIA:
            return True
        for node in self.lineage[:_CAPTION_DEPTH]:
            if node.name in ("figure", "figcaption") or class_words(node) & _CAPTION_WORDS:
                return True
        has_picture = self.node.name not in ("p", "td") and self.node.find("img") is not None
        is_alone = len(self.node.text().strip()) <= len(self.text.strip()) + 1
        return has_picture and is_alone and not _is_heading_like(self)

    @cached_property
    def links(self) -> float:
        """The share of its characters that are links."""
        length = len(self.text.strip())
        if self.block.kind == "paragraph":
            linked = sum(
                len(_TAG.sub("", text).strip()) for text in _LINK.findall(self.block.value)
            )
        elif any(node.name == "a" for node in self.lineage):
            return 1.0
        else:
            linked = sum(len(link.text().strip()) for link in self.node.find_all("a"))
        return linked / length if length else 0.0


@dataclass
class MainText:
    """The page's blocks, marked; `root` is the element that holds the story, None without one."""

    blocks: list[PageBlock]
    root: HtmlNode | None = None
    # The page's own <article> that the root is or stands in; the root without one.
    article: HtmlNode | None = None
    # Of each element, whether its own name, class or style says that it is no story's.
    judged: dict[HtmlNode, bool] = field(default_factory=dict)

    def is_of_article(self, block: PageBlock) -> bool:
        """Whether it stands in the page's own <article>, in nothing that is something else."""
        box = self.box_of(block)
        is_own = box is None or not (is_landmark(box) or is_named_furniture(box))
        return self.says_end and self.article in block.lineage and is_own

    @property
    def says_end(self) -> bool:
        """Whether the page says by its <article> where its story ends."""
        return self.article is not None and self.article.name == "article"

    def is_furniture(self, block: PageBlock) -> bool:
        return self.box_of(block) is not None

    def box_of(self, block: PageBlock) -> HtmlNode | None:
        """The element around the block, inside the story's, that is something else."""
        for node in block.lineage:
            if node is self.root or node is self.article:
                return None
            if node not in self.judged:
                self.judged[node] = _is_furniture(node)
            if self.judged[node]:
                return node
        return None


def find_main_text(
    source: str, pairs: Sequence[tuple[HtmlNode, MarkupBlock]], elements: int
) -> MainText:
    """Marks the blocks of a page (as `read_page` gives them) that are its story.

    `source` is the page's HTML, `elements` how many elements it has.
    """
    main = MainText([PageBlock(node, block) for node, block in pairs])
    extracted = _extracted(source) if elements <= _MOST_ELEMENTS else ""
    if extracted:
        _look_up(main.blocks, extracted)
    if not any(block.found >= _FOUND and len(block.words) > _SHINGLE for block in main.blocks):
        _find_prose(main)
    main.root = main.article = _root(main.blocks)
    if main.root is not None and main.root.name != "article":
        main.article = main.root.closest("article") or main.root
    _mark(main)
    return main


def words_in(text: str) -> list[str]:
    """Words in small letters, Chinese by the character."""
    return _WORDS.findall(text.casefold())


def words_of(value: Any) -> str:
    """The words of a block's value, whatever its kind; parts end in a line feed."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, list):
        return "\n".join(map(words_of, value))
    if isinstance(value, dict):
        parts = ("title", "items", "pictures", "quote", "attribution", "table_caption", "data")
        return "\n".join(words_of(value[part]) for part in (*parts, "caption") if part in value)
    return ""


def class_words(node: HtmlNode) -> set[str]:
    """The words of an element's class and id: "articleBody-share" -> article, body, share."""
    return {word.lower() for word in _CLASS_WORD.findall(f"{node.get('class')} {node.get('id')}")}


def _extracted(source: str) -> str:
    # It belongs to the extra "intake"; the format says so where it is missing.
    import trafilatura

    return trafilatura.extract(source, include_comments=False) or ""


def _look_up(blocks: list[PageBlock], extracted: str) -> None:
    known = set(_shingles(words_in(extracted)))
    lines = {tuple(words_in(line)) for line in extracted.splitlines()}
    for block in blocks:
        pieces = list(_shingles(block.words))
        if pieces:
            block.found = sum(piece in known for piece in pieces) / len(pieces)
        elif block.words:
            block.found = float(tuple(block.words) in lines)


def _shingles(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(_SHINGLE)), strict=False)


def _find_prose(main: MainText) -> None:
    """Without an extracted text, what reads like running text is found."""
    for block in main.blocks:
        is_long = len(block.words) >= _FEW_WORDS and block.block.kind == "paragraph"
        if is_long and block.text.strip().endswith(_SENTENCE_ENDS):
            block.found = float(block.links <= _MOST_LINKS and not main.is_furniture(block))


def _root(blocks: list[PageBlock]) -> HtmlNode | None:
    """The innermost element that holds nearly all the found words."""
    weights: Counter[HtmlNode] = Counter()
    for block in blocks:
        if block.found >= _FOUND:
            for node in block.lineage:
                weights[node] += len(block.words)
    if not weights:
        return None
    least = max(weights.values()) * _STORY_SHARE
    holders = [node for node, weight in weights.items() if weight >= least]
    return max(holders, key=lambda node: sum(1 for _ in node.ancestors()))


def _mark(main: MainText) -> None:
    """What was found, without what is set apart; and what stands between, unless it is links."""
    blocks = main.blocks
    furniture = [main.is_furniture(block) or _is_invitation(block) for block in blocks]
    inside = [main.article in block.lineage for block in blocks]
    marked = [
        block.found >= _FOUND and not apart for block, apart in zip(blocks, furniture, strict=True)
    ]
    prose = [
        at
        for at, block in enumerate(blocks)
        if marked[at]
        and inside[at]
        and len(block.words) >= _FEW_WORDS
        and not (block.is_heading or block.is_caption)
    ]
    if not prose:
        return
    first, last = _extended(main, marked, prose)
    for at, block in enumerate(blocks):
        if inside[at] and first <= at <= last:
            block.is_story = marked[at] or (not furniture[at] and block.links <= _MOST_LINKS)
        else:
            block.is_story = marked[at] and len(block.words) >= _FEW_WORDS and not block.is_heading
    _unmark_empty_headings(blocks)


def _extended(main: MainText, marked: list[bool], prose: list[int]) -> tuple[int, int]:
    """The first and last block of the prose, with the short found blocks beside it.

    They are right beside it, in the same element, unless the page says where its story ends.
    """
    blocks, ends = main.blocks, []
    for at, step in ((prose[0], -1), (prose[-1], 1)):
        to_end = main.says_end and step > 0
        holder, looked = main.article if to_end else blocks[at].node.parent, at + step
        while 0 <= looked < len(blocks) and (to_end or abs(looked - at) <= _NEAR):
            block = blocks[looked]
            if holder not in (block.lineage if to_end else [block.node.parent]):
                break
            if marked[looked] and not (block.is_heading and step > 0):
                at = looked
            looked += step
        ends.append(at)
    return ends[0], ends[1]


def _unmark_empty_headings(blocks: list[PageBlock]) -> None:
    """A heading that was not found, above what is not the story, heads something else."""
    is_story_below = False
    for block in reversed(blocks):
        if block.is_heading:
            block.is_story &= is_story_below or block.found >= _FOUND
        elif block.words:
            is_story_below = block.is_story


def _is_invitation(block: PageBlock) -> bool:
    """ "Read more: …", or nothing but a link that ends like no sentence."""
    text = block.text.strip()
    if len(text) > _LONGEST_INVITATION:
        return False
    if _INVITATION.match(text):
        return True
    is_link = block.block.kind == "paragraph" and block.links >= _ALL_LINKS
    return is_link and not text.endswith(_SENTENCE_ENDS)


def _is_heading_like(block: PageBlock) -> bool:
    """A short line in large or bold letters, or beside a small ornament, heads what is below."""
    if block.text.strip().endswith(_SENTENCE_ENDS) or len(block.words) > _MOST_HEADING:
        return False
    inner = list(block.node.walk())
    around = (*inner, *block.lineage[:_CAPTION_DEPTH])
    styles = [one.get("style").lower() for one in around]
    sizes = [int(found[1]) for style in styles if (found := _SIZE.search(style))]
    is_bold = any(one.name in ("strong", "b", *HEADINGS) for one in around)
    is_bold = is_bold or any("bold" in style for style in styles)
    pictures = (
        f"width:{one.get('width')};{one.get('style')}" for one in inner if one.name == "img"
    )
    widths = [int(found[1]) for style in pictures if (found := _WIDTH.search(style))]
    return is_bold or max(sizes, default=0) >= _LARGE or 0 < min(widths, default=0) <= _ORNAMENT


def _is_furniture(node: HtmlNode) -> bool:
    return node.name == "aside" or is_landmark(node) or is_named_furniture(node)


def is_landmark(node: HtmlNode) -> bool:
    """Whether an element is for finding one's way or for typing, or isn't shown at all."""
    is_hidden = "display:none" in node.get("style").replace(" ", "").lower()
    return is_hidden or "hidden" in node.attributes or node.name in _LANDMARKS


def is_named_furniture(node: HtmlNode) -> bool:
    words = class_words(node)
    return bool(words & _FURNITURE_WORDS) and not words & _EMBED_WORDS
