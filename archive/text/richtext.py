"""Rich text as the database holds it: emptiness, plain text, its links, and words marked as one."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

# A tag ends before the next one begins: else a text of “<<<” is read again from each of them.
_TAG = re.compile(r"<[^<>]+>")
# A word right behind a tag, or at the start: most texts have one there.
_WORD = re.compile(r"(?:\A|>)\w")
_VOID_CONTENT = re.compile(r"<(?:img|embed|hr)\b", re.I)
_ANCHOR = re.compile(r"<a\b[^<>]*>", re.I)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
# What a database takes for a key; "²" is a digit as well.
_ID = re.compile(r"[0-9]{1,18}")
_BLOCK_KEY = re.compile(r'(?<!\s)\s+data-block-key="[^"]*"')
_PIECES = re.compile(r"(<[^<>]+>)")
_TAG_NAME = re.compile(r"</?\s*([a-z][a-z0-9]*)", re.I)
_LINKING = ("linktype", "id", "href")
_SYNONYMS = {"strong": "b", "em": "i"}
_OPENING = re.compile(r"\s*<p\b[^<>]*>")
_BREAK = re.compile(r"<br\s*/?>|</(?:p|li|h[1-6])>", re.I)


def is_blank(markup: str | None) -> bool:
    """True for "", None and Draftail's empty `<p data-block-key="…"></p>`."""
    if not markup or _WORD.search(markup):
        return not markup
    return not plain_text(markup).strip() and not _VOID_CONTENT.search(markup)


def plain_text(markup: str) -> str:
    """The text without tags; paragraphs, items and line breaks end in a line feed."""
    return unstripped_text(markup).strip("\n")


def unstripped_text(markup: str) -> str:
    """Like `plain_text`, with the line feeds at both ends."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", markup)))


def without_block_keys(markup: str) -> str:
    """Draftail numbers its blocks anew; the text is the same."""
    return _BLOCK_KEY.sub("", markup) if "data-block-key" in markup else markup


def folded(markup: str | None) -> str:
    """What an editor's round trip leaves alone: words, emphasis and links; "" for blank markup.

    Two markups that fold alike say the same, whatever their block keys, entities, white space
    and order of attributes. Of these only those that say where a link leads count.
    """
    if not markup or is_blank(markup):
        return ""
    pieces = [
        _folded_tag(piece) if piece.startswith("<") else html.unescape(piece)
        for piece in _PIECES.split(without_block_keys(markup))
    ]
    return " ".join("".join(pieces).split())


def _folded_tag(tag: str) -> str:
    name = _TAG_NAME.match(tag)
    if not name:
        return tag
    plain = _SYNONYMS.get(name[1].lower(), name[1].lower())
    if tag.startswith("</"):
        return f"</{plain}>"
    attributes = sorted(f'{key}="{value}"' for key, value in _link_attributes(tag))
    return f"<{' '.join([plain, *attributes])}>"


def _link_attributes(tag: str) -> list[tuple[str, str]]:
    """Those that say where a link leads."""
    named = ((name.lower(), value) for name, value in _ATTRIBUTE.findall(tag))
    return [(name, value) for name, value in named if name in _LINKING]


def run_on(one: str, two: str, space: str) -> str:
    """Two texts as one: the second goes on, after `space`, in the last paragraph of the first."""
    last, begun = one.rstrip().removesuffix("</p>"), _OPENING.match(two)
    if last == one.rstrip() or begun is None:
        return one + two
    return f"{last}{space}{two[begun.end() :]}"


def links_as_marks(markup: str) -> str:
    """The text for reading only: its links are `<mark>`s, which lead nowhere and have no ids."""
    return _ANCHOR.sub("<mark>", markup).replace("</a>", "</mark>")


def links_as_tags(markup: str) -> str:
    """Like `links_as_marks`, and each `<mark>` has its number, from 1, and its link's attributes:
    `<mark data-tag="1" data-linktype="entity" data-id="7">`."""
    numbers = count(1)

    def mark(anchor: re.Match[str]) -> str:
        wanted = "".join(f' data-{name}="{at}"' for name, at in _link_attributes(anchor[0]))
        return f'<mark data-tag="{next(numbers)}"{wanted}>'

    return _ANCHOR.sub(mark, markup).replace("</a>", "</mark>")


def with_words(markup: str, change: Callable[[str], str]) -> str:
    """The markup with the text between its tags changed, and the tags as they are."""
    pieces = _PIECES.split(markup)
    return "".join(one if one.startswith("<") else change(one) for one in pieces)


def linked_ids(markup: str, linktype: str) -> list[int]:
    """Ids of the links of one type ("entity", "page"), in order, repeated ones included."""
    return [target for kind, target in linked(markup) if kind == linktype]


def linked(markup: str) -> list[tuple[str, int]]:
    """Type and id of each link that has both, in order, repeated ones included."""
    found = [at for at in addresses(markup) if len(at) == 2 and _ID.fullmatch(at[1])]
    return [(kind, int(target)) for kind, target in found]


def addresses(markup: str) -> list[tuple[str, ...]]:
    """Where each link leads, in order: (its type, its id), or (its address,)."""
    found = [dict(_link_attributes(tag)) for tag in _ANCHOR.findall(markup)]
    return [
        (at["linktype"], at.get("id", "")) if "linktype" in at else (html.unescape(at["href"]),)
        for at in found
        if at.keys() & {"linktype", "href"}
    ]


# What one character of plain text is in the markup: "&amp;" or itself.
_CHARACTER = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|.", re.DOTALL)
_OPENS_LINK = re.compile(r"<a\b", re.IGNORECASE)
_CLOSES_LINK = re.compile(r"</a\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Run:
    """Text between two tags: where it begins in the plain text and in the markup."""

    offset: int
    place: int
    markup: str
    is_linked: bool

    @property
    def text(self) -> str:
        return html.unescape(self.markup)


def marked(markup: str, start: int, end: int, opening: str) -> str | None:
    """The markup with plain_text(markup)[start:end] between `opening` and "</a>".

    None where the words aren't whole within one run of text, or stand in a link already.
    """
    if not 0 <= start < end <= len(plain_text(markup)):
        return None
    for run in _runs(markup):
        if run.offset <= start and end <= run.offset + len(run.text):
            places = [found.start() for found in _CHARACTER.finditer(run.markup)]
            if run.is_linked or len(places) != len(run.text):
                return None
            places.append(len(run.markup))
            left, right = (run.place + places[at - run.offset] for at in (start, end))
            return f"{markup[:left]}{opening}{markup[left:right]}</a>{markup[right:]}"
    return None


def _runs(markup: str) -> Iterator[_Run]:
    whole = unstripped_text(markup)
    offset = len(whole.lstrip("\n")) - len(whole)
    place = links = 0
    for piece in _PIECES.split(markup):
        if piece.startswith("<"):
            links += bool(_OPENS_LINK.match(piece)) - bool(_CLOSES_LINK.match(piece))
        elif piece:
            yield _Run(offset, place, piece, links > 0)
        place += len(piece)
        offset += len(unstripped_text(piece))


def escaped(text: object) -> str:
    """For text between tags, and for an attribute in double quotes."""
    return html.escape(str(text))
