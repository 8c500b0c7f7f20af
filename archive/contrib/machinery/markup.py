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
    return _Numbered(source.text).html


def restore(draft: str, source: SourceSegment) -> str:
    """The engine's answer with the source's own tags; raises BrokenMarkupError."""
    if source.markup != RICH:
        return unescape(_Restored(draft, {}).html).strip()
    return _Restored(draft, _Numbered(source.text).tags).html.strip()


class _Reader(HTMLParser):
    """Reads a text at once; `html` is what becomes of it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = ""
        self.feed(text)
        self.close()

    def handle_data(self, data: str) -> None:
        self.html += escape(data, quote=False)


class _Numbered(_Reader):
    """Takes the tags' attributes off; `tags` is number -> (name, the tag as it was)."""

    def __init__(self, text: str) -> None:
        self.tags: dict[str, tuple[str, str]] = {}
        super().__init__(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        number = str(len(self.tags) + 1)
        self.tags[number] = (tag, self.get_starttag_text() or "")
        self.html += f'<{tag} id="{number}">'

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.html += f"</{tag}>"


class _Restored(_Reader):
    """Puts the tags back, and notices when they don't fit."""

    def __init__(self, draft: str, tags: dict[str, tuple[str, str]]) -> None:
        self.waiting = dict(tags)
        self.open: list[tuple[str, str]] = []
        super().__init__(draft)
        if self.waiting or self.open:
            raise BrokenMarkupError(draft)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        number = dict(attrs).get("id") or ""
        name, original = self.waiting.pop(number, ("", ""))
        if name != tag:
            raise BrokenMarkupError(tag)
        self.html += original
        if tag not in _VOID:
            self.open.append((tag, original))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        name, original = self.open.pop() if self.open else ("", "")
        # A link whose words went elsewhere is lost, too.
        if name != tag or (tag == "a" and self.html.endswith(original)):
            raise BrokenMarkupError(tag)
        self.html += f"</{tag}>"

    def _refuse(self, data: str) -> None:
        raise BrokenMarkupError(data)

    def handle_decl(self, decl: str) -> None:
        self._refuse(decl)

    handle_comment = handle_pi = unknown_decl = _refuse
