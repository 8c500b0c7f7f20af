"""A body in NITF's elements, and back: by way of the same body as XHTML."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from defusedxml.ElementTree import fromstring

from archive.interchange.html_body import block_html, read_elements
from archive.interchange.records import Block
from archive.interchange.rich_texts import escaped, local_name, plain_of

# NITF has one emphasis.
_EMPHASIS = {"b": "b", "strong": "b", "i": "i", "em": "i"}
_INLINE = {*_EMPHASIS, "a", "br"}
# Classes of ours: rich text, and such as is in no paragraph.
_RICH, _BARE = "text", "bare"
_TAGS = {"h2": "hl2", "h3": "hl2"}
_BACK = {"hl2": "h2"}


def body_nitf(blocks: Sequence[Block], files: Mapping[str, str]) -> list[str]:
    """One element a block."""
    return [_nitf(fromstring(block_html(block, files))) for block in blocks]


def _attributes(element: Element, *names: str, **more: str) -> str:
    said = {name: element.get(name) or "" for name in names} | more
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escaped(text)}"'
        for name, text in said.items()
        if text
    )


def _inner(element: Element) -> str:
    parts = [escaped(element.text or "")]
    for one in element:
        parts += [_nitf(one), escaped(one.tail or "")]
    return "".join(parts)


def _nitf(element: Element) -> str:
    name, write = local_name(element), _WRITERS.get(local_name(element))
    if write:
        return write(element)
    if name in _EMPHASIS:
        return f'<em class="{_EMPHASIS[name]}">{_inner(element)}</em>'
    if name == "br":
        return "<br/>"
    tag = _TAGS.get(name, name)
    return f"<{tag}{_attributes(element, 'id', 'href')}>{_inner(element)}</{tag}>"


def _find(element: Element, name: str) -> Element | None:
    return next((one for one in element if local_name(one) == name), None)


def _text(element: Element, name: str) -> str:
    found = _find(element, name)
    return _inner(found) if found is not None else ""


def _quote(element: Element) -> str:
    cite = _text(element, "cite")
    credit = f"<credit>{cite}</credit>" if cite else ""
    words = f"<block><p>{_text(element, 'p')}</p></block>"
    return f"<bq{_attributes(element, 'id')}>{words}{credit}</bq>"


def _figure(element: Element) -> str:
    words = _find(element, "figcaption")
    if element.get("class") == "embed":
        link = _find(element, "a")
        source = (link.get("href") or "") if link is not None else ""
        caption = _inner(words) if words is not None else ""
        at = _attributes(element, "id", media_type="other", class_="embed")
        return _media(at, _attributes(element, source=source), caption, "")
    img = _find(element, "img")
    said = (
        {"source": img.get("src") or "", "alternate_text": img.get("alt") or ""}
        if img is not None
        else {}
    )
    caption = _text(words, "span") if words is not None else ""
    credit = _text(words, "cite") if words is not None else ""
    at = _attributes(element, "id", media_type="image")
    return _media(at, _attributes(Element("img"), **said), caption, credit)


def _media(at: str, reference: str, caption: str, credit: str) -> str:
    words = f"<media-caption>{caption}</media-caption>" if caption else ""
    producer = f"<media-producer>{credit}</media-producer>" if credit else ""
    return f"<media{at}><media-reference{reference}/>{words}{producer}</media>"


def _gallery(element: Element) -> str:
    return f"<block{_attributes(element, 'id', 'class')}>{_inner(element)}</block>"


def _aside(element: Element) -> str:
    inner = []
    if words := element.get("data-words"):
        inner.append(f'<p class="words">{escaped(words)}</p>')
    for one in element:
        if local_name(one) == "time":
            day = escaped(one.get("datetime") or "")
            inner.append(f'<p class="date"><chron norm="{day}">{_inner(one)}</chron></p>')
        elif local_name(one) == "div":
            inner.append(_rich(one))
        else:
            inner.append(_nitf(one))
    return f"<block{_attributes(element, 'id', 'class')}>{''.join(inner)}</block>"


def _rich(element: Element) -> str:
    """Rich text within a block: NITF has no block in another one but in a quotation."""
    inner = _inner(element)
    is_bare = (element.text or "").strip() or any(
        local_name(one) in _INLINE or (one.tail or "").strip() for one in element
    )
    words = f'<p class="{_BARE}">{inner}</p>' if is_bare else inner
    return f'<bq class="{_RICH}"><block>{words}</block></bq>'


def _stored(element: Element) -> str:
    """A block whose value stands in JSON: with NITF's element where there is one."""
    value = element.get("data-value") or ""
    kept = f'<p class="value">{escaped(value)}</p>' if value else ""
    shown = ""
    if local_name(element) == "table":
        rows = "".join(map(_nitf, element))
        shown = f"<table>{rows}</table>"
    elif not value:
        shown = _rich(element)
    class_ = element.get("class") or local_name(element)
    return f"<block{_attributes(element, 'id', class_=class_)}>{kept}{shown}</block>"


def _cell(element: Element) -> str:
    name = local_name(element)
    return f"<{name}{_attributes(element, 'class')}>{_inner(element)}</{name}>"


_WRITERS: dict[str, Callable[[Element], str]] = {
    "blockquote": _quote,
    "figure": _figure,
    "section": _gallery,
    "aside": _aside,
    "table": _stored,
    "div": _stored,
    "td": _cell,
    "th": _cell,
}


# Back


def read_nitf_body(content: Element, files: Mapping[str, str]) -> list[Block]:
    """The blocks of a `body.content` that `body_nitf` wrote."""
    root = Element("div")
    for one in content:
        if local_name(one):
            root.append(_html(one))
    return read_elements(root, files)


def _html(element: Element) -> Element:
    name, class_ = local_name(element), element.get("class") or ""
    if name == "em":
        return _as("i" if class_ == "i" else "b", element)
    if name == "bq":
        return _read_quote(element)
    if name == "media":
        return _read_media(element, class_)
    if name == "block":
        return _read_block(element, class_)
    found = _as(_BACK.get(name, name), element)
    for key in ("href", "class"):
        if value := element.get(key):
            found.set(key, value)
    return found


def _as(name: str, element: Element) -> Element:
    found = Element(name)
    if mark := element.get("id"):
        found.set("id", mark)
    found.text, found.tail = element.text, element.tail
    for one in element:
        if local_name(one):
            found.append(_html(one))
    return found


def _put(parent: Element, name: str, source: Element | None) -> Element | None:
    if source is None:
        return None
    found = _as(name, source)
    found.tail = None
    parent.append(found)
    return found


def _read_quote(element: Element) -> Element:
    found = Element("blockquote", {"id": element.get("id") or ""})
    block = _find(element, "block")
    _put(found, "p", _find(block, "p") if block is not None else None)
    _put(found, "cite", _find(element, "credit"))
    return found


def _read_media(element: Element, class_: str) -> Element:
    found = Element("figure", {"id": element.get("id") or "", "class": class_})
    reference = _find(element, "media-reference")
    source = (reference.get("source") or "") if reference is not None else ""
    alt = (reference.get("alternate-text") or "") if reference is not None else ""
    caption, credit = _find(element, "media-caption"), _find(element, "media-producer")
    if class_ == "embed":
        SubElement(found, "a", {"href": source})
        _put(found, "figcaption", caption)
        return found
    if source or alt:
        SubElement(found, "img", {"src": source, "alt": alt})
    words = SubElement(found, "figcaption")
    _put(words, "span", caption)
    _put(words, "cite", credit)
    return found


def _read_block(element: Element, class_: str) -> Element:
    value = next((one for one in element if one.get("class") == "value"), None)
    mark = {"id": element.get("id") or "", "class": class_}
    if class_ == "table":
        table = _find(element, "table")
        found = _as("table", table if table is not None else Element("table"))
        found.set("id", mark["id"])
        found.set("data-value", plain_of(value) or "{}")
        return found
    if value is not None:
        return Element("div", {**mark, "data-value": plain_of(value)})
    text = _read_rich(element)
    if class_ in ("fact-box", "correction"):
        found = Element("aside", mark)
        _put(found, "h3", _find(element, "hl2"))
        _read_correction(found, element)
        if text is not None:
            found.append(text)
        return found
    if class_ == "gallery":
        found = Element("section", mark)
        _put(found, "h3", _find(element, "hl2"))
        for one in element:
            if local_name(one) == "media":
                found.append(_html(one))
        return found
    found = text if text is not None else Element("div")
    found.attrib.update(mark)
    return found


def _read_rich(element: Element) -> Element | None:
    quote = next((one for one in element if one.get("class") == _RICH), None)
    block = _find(quote, "block") if quote is not None else None
    if block is None:
        return None
    first = next(iter(block), None)
    is_bare = first is not None and first.get("class") == _BARE
    found = _as("div", first if is_bare and first is not None else block)
    found.tail = None
    return found


def _read_correction(found: Element, element: Element) -> None:
    for one in element:
        if one.get("class") == "words":
            found.set("data-words", plain_of(one))
        if one.get("class") == "date":
            chron: Any = _find(one, "chron")
            day = chron.get("norm") or "" if chron is not None else ""
            SubElement(found, "time", {"datetime": day})
