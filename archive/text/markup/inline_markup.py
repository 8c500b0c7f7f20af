"""Running text of HTML: as words, and as the inline mark-up that rich text keeps.

In both an element that is `taken` is left out: another block has its words.
"""

import html
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from archive.text.markup.html_tree import BLOCKS, CODE, HtmlNode
from archive.text.scripts import HAN

BREAK = "<br/>"
SPACE = re.compile(r"[ \t\r\n\f]+")
_KEPT_TAGS = {"b": "b", "strong": "b", "i": "i", "em": "i"}
_SCHEMES = {"", "http", "https", "mailto", "tel"}
# What parts paragraphs in a page without <p>: an empty line, or an indent after a line's end.
_PARTING = re.compile(r"(?:<br/>\s*){2,}|<br/>[ \t\r\n]*(?=[\u3000\xa0]{2})")
# Line breaks part paragraphs where most of the text stands in lines of this length, or of that of
# a sentence which the line ends, in letters; a Chinese character counts as two.
_SHORTEST_PARAGRAPH, _SHORTEST_SENTENCE = 80, 60
_STOPS = tuple(".!?。！？…\"'”’」』")
# So many lines below what introduces them are a list.
_FEWEST_OF_LIST = 2
_WIDE = re.compile(rf"[{HAN}\u3001-\u303f\uff01-\uff60]")
_TAG = re.compile(r"<[^<>]*>")


def plain_words(tag: HtmlNode, taken: Collection[HtmlNode] = ()) -> str:
    """The words of an element; blocks, paragraphs and line breaks end in a line feed."""
    text = "".join(_text(node, taken) for node in tag.children)
    return "\n".join(filter(None, (line.strip() for line in text.split("\n"))))


def _text(node: HtmlNode | str, taken: Collection[HtmlNode]) -> str:
    if isinstance(node, str):
        return SPACE.sub(" ", node)
    if node.name in CODE or node in taken:
        return ""
    inner = "".join(_text(child, taken) for child in node.children)
    if node.name in ("td", "th"):
        return f"{inner} "
    return f"\n{inner}\n" if node.name == "br" or node.name in BLOCKS else inner


def inline(nodes: Iterable[HtmlNode | str], taken: Collection[HtmlNode] = ()) -> str:
    """Running text in the database's form: bold, italic, links and line breaks."""
    return "".join(_inline(node, taken) for node in nodes)


def _inline(node: HtmlNode | str, taken: Collection[HtmlNode]) -> str:
    if isinstance(node, str):
        return escaped(node)
    if node.name in CODE or node in taken:
        return ""
    if node.name == "br":
        return BREAK
    inner = inline(node.children, taken)
    if node.name == "a" and (opening := _link(node)):
        return _wrapped(opening, inner, "</a>")
    kept = _KEPT_TAGS.get(node.name)
    return _wrapped(f"<{kept}>", inner, f"</{kept}>") if kept else inner


def _wrapped(opening: str, inner: str, closing: str) -> str:
    """Each paragraph of it by itself, so that they can be parted."""
    parts = _PARTING.split(inner) if BREAK in inner else [inner]
    return (BREAK * 2).join(f"{opening}{part}{closing}" if part.strip() else part for part in parts)


def paragraphs(text: str) -> Iterator[str]:
    """A page's text without `<p>`, cut at empty lines, at indents, and at long lines' ends."""
    if BREAK not in text:
        yield text
        return
    for part in _PARTING.split(text):
        lines = [line for line in part.split(BREAK) if line.strip()]
        is_parted = are_paragraphs([_TAG.sub("", line) for line in lines])
        yield from lines if is_parted and not _is_cut(lines) else [part]


def are_paragraphs(lines: Sequence[str]) -> bool:
    """Whether the lines of an element are paragraphs: most of its words stand in long ones. Fares
    or names below a single long line aren't."""
    sizes = [len(line.strip()) + len(_WIDE.findall(line)) for line in lines]
    least = [_SHORTEST_SENTENCE if one.endswith(_STOPS) else _SHORTEST_PARAGRAPH for one in lines]
    long = [at for at, size in enumerate(sizes) if size >= least[at]]
    is_list = len(long) == 1 and len(sizes) - long[0] > _FEWEST_OF_LIST
    in_long = sum(sizes[at] for at in long)
    return len(sizes) > 1 and in_long * 2 > sum(sizes) and not is_list


def _is_cut(lines: list[str]) -> bool:
    """Whether an element that is kept spans two of the lines."""
    return any(line.count("<") != 2 * line.count("</") for line in lines)


def _link(tag: HtmlNode) -> str:
    kind, target, href = map(tag.get, ("linktype", "id", "href"))
    if kind and target.isdigit():
        return f'<a linktype="{quoted(kind)}" id="{target}">'
    try:
        scheme = urlsplit(href).scheme.lower()
    except ValueError:
        return ""
    # A page's own anchors, as Word's of footnotes, lead nowhere outside it.
    is_kept = href and not href.startswith("#") and scheme in _SCHEMES
    return f'<a href="{quoted(href)}">' if is_kept else ""


def tidy(text: str) -> str:
    """Without white space and line breaks at both ends."""
    parts = [part.strip() for part in text.split(BREAK)]
    while parts and not parts[0]:
        parts.pop(0)
    while parts and not parts[-1]:
        parts.pop()
    return BREAK.join(parts)


_PIECE = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z]+)[^<>]*?(?P<is_empty>/?)>|&[^&;\s]{1,8};|.", re.S
)


def without_start(markup: str, words: str) -> str:
    """Inline HTML without the words that begin it; an element that spans their end stays around
    the rest."""
    left = sum(not character.isspace() for character in words)
    opened: list[re.Match[str]] = []
    at = 0
    for piece in _PIECE.finditer(markup):
        # Behind the last word an element that ends has none of the rest.
        if not left and not piece["end"] and not piece[0].isspace():
            break
        at = piece.end()
        if piece["end"]:
            opened = opened[:-1]
        elif piece["name"] and not piece["is_empty"]:
            opened.append(piece)
        elif not piece["name"]:
            left -= not piece[0].isspace()
    return "".join(one[0] for one in opened) + markup[at:].strip()


def escaped(text: str) -> str:
    return html.escape(text, quote=False)


def quoted(text: str) -> str:
    """For an attribute in double quotes."""
    return html.escape(text)
