"""Metadata as HTML: a script element of JSON-LD, and <meta> and <link> tags."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from archive.text.escaping import escaped

Json = dict[str, Any]
# So that no text in it can end the script it stands in.
_ESCAPES = (("&", "\\u0026"), ("<", "\\u003C"), (">", "\\u003E"))


def filled(data: Json) -> Json:
    """Without what isn't known."""
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}


def json_ld(nodes: list[Json]) -> SafeString:
    """The nodes as one graph. It is data, not a script: no policy forbids it."""
    graph = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for mark, code in _ESCAPES:
        text = text.replace(mark, code)
    return SafeString(f'<script type="application/ld+json">{text}</script>')


def named(tags: Iterable[tuple[str, str]]) -> str:
    """Meta tags by name; those without content are left out."""
    return _metas("name", tags)


def properties(tags: Iterable[tuple[str, str]]) -> str:
    """OpenGraph's, which are RDFa."""
    return _metas("property", tags)


def links(tags: Iterable[tuple[str, str, str]]) -> str:
    """(rel, href, type or "")."""
    written = ""
    for rel, href, kind in tags:
        type_ = f' type="{kind}"' if kind else ""
        written += f'<link rel="{rel}" href="{escaped(href)}"{type_}>'
    return written


def _metas(attribute: str, tags: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f'<meta {attribute}="{name}" content="{escaped(content)}">'
        for name, content in tags
        if content
    )
