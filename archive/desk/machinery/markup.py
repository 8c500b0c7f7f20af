"""Sends a text to an engine so that its links, mentions and emphasis come back or it is refused.

Tags go out bare, but for a number: no engine sees an address or an id, and none can change one.
"""

from html import escape, unescape
from html.parser import HTMLParser

from archive.text.segmentation import RICH, SourceSegment

_VOID = frozenset({"br", "hr", "img", "embed"})


class BrokenMarkupError(ValueError):
    """A draft whose tags aren't those of its source, each once and closed."""


def protect(source: SourceSegment) -> str:
    """The segment as HTML for an engine: `<p id="1">In <a id="2">Zhanjiang</a>…</p>`."""
    if source.markup != RICH:
        return escape(source.text, quote=False)
    return _Numbered.of(source.text).html


def restore(draft: str, source: SourceSegment) -> str:
    """The engine's answer with the source's own tags; raises BrokenMarkupError."""
    if source.markup != RICH:
        restored = _Restored.of(draft, {})
        return unescape(restored).strip()
    return _Restored.of(draft, _Numbered.of(source.text).tags).strip()


class _Numbered(HTMLParser):
    """Takes the tags' attributes off; `tags` is number -> (name, the tag as it was)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.html = ""
        self.tags: dict[str, tuple[str, str]] = {}

    @classmethod
    def of(cls, markup: str) -> "_Numbered":
        parser = cls()
        parser.feed(markup)
        parser.close()
        return parser

    def handle_starttag(self, tag: str, attrs: object) -> None:
        number = str(len(self.tags) + 1)
        self.tags[number] = (tag, self.get_starttag_text() or "")
        self.html += f'<{tag} id="{number}">'

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.html += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        self.html += escape(data, quote=False)


class _Restored(HTMLParser):
    """Puts the tags back, and notices when they don't fit."""

    def __init__(self, tags: dict[str, tuple[str, str]]) -> None:
        super().__init__(convert_charrefs=True)
        self.waiting = dict(tags)
        self.open: list[tuple[str, str]] = []
        self.markup = ""

    @classmethod
    def of(cls, draft: str, tags: dict[str, tuple[str, str]]) -> str:
        parser = cls(tags)
        parser.feed(draft)
        parser.close()
        if parser.waiting or parser.open:
            raise BrokenMarkupError(draft)
        return parser.markup

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        number = dict(attrs).get("id") or ""
        name, original = self.waiting.pop(number, ("", ""))
        if name != tag:
            raise BrokenMarkupError(tag)
        self.markup += original
        if tag not in _VOID:
            self.open.append((tag, original))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        name, original = self.open.pop() if self.open else ("", "")
        # A link whose words went elsewhere is lost, too.
        if name != tag or (tag == "a" and self.markup.endswith(original)):
            raise BrokenMarkupError(tag)
        self.markup += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        self.markup += escape(data, quote=False)

    def _refuse(self, data: str) -> None:
        raise BrokenMarkupError(data)

    def handle_decl(self, decl: str) -> None:
        self._refuse(decl)

    handle_comment = handle_pi = unknown_decl = _refuse
