"""What a browser posts: the controls of a form as they stand, and a body's blocks."""

import json
from typing import Any

from lxml.html import HtmlElement
from wagtail.test.utils.form_data import nested_form_data, rich_text

from archive.stories.blocks import TEXT_FEATURES

Blocks = list[dict[str, Any]]


def controls(form: HtmlElement) -> dict[str, str]:
    """The successful controls of a form; fails if two share a name, as one would be lost."""
    found: dict[str, str] = {}
    for tag in form.iter("input", "textarea", "select"):
        name, kind = tag.get("name"), tag.get("type", "")
        if not name or name == "csrfmiddlewaretoken" or kind in ("submit", "button"):
            continue
        if "__prefix__" in name:
            continue
        if kind in ("checkbox", "radio") and "checked" not in tag.attrib:
            continue
        assert name not in found, f"{name} is in the form twice"
        found[name] = _value_of(tag)
    return found


def _value_of(tag: HtmlElement) -> str:
    if tag.tag == "textarea":
        return str(tag.text_content()).removeprefix("\n")
    if tag.tag == "select":
        chosen = next(iter(tag.xpath(".//option[@selected]") or tag.xpath(".//option")), None)
        return "" if chosen is None else chosen.get("value", "")
    return tag.get("value", "on" if tag.get("type") == "checkbox" else "")


def body_fields(name: str, blocks: Blocks) -> dict[str, Any]:
    """A body as the StreamField's editor posts it."""
    rows = {
        str(n): {
            "type": block["type"],
            "id": block.get("id") or "",
            "value": _block_value(block["type"], block["value"]),
            "order": n,
            "deleted": "",
        }
        for n, block in enumerate(blocks)
    }
    return nested_form_data({name: {**rows, "count": len(blocks)}})


def _block_value(kind: str, value: Any) -> Any:
    match kind:
        case "paragraph":
            return rich_text(value, features=TEXT_FEATURES)
        case "fact_box" | "correction":
            features = [*TEXT_FEATURES, "ul", "ol"] if kind == "fact_box" else TEXT_FEATURES
            return {**value, "text": rich_text(value["text"], features=features)}
        case "image":
            return _picture(value)
        case "gallery":
            return {**value, "pictures": _items(value["pictures"], _picture)}
        case "list":
            items = _items(value["items"], lambda v: rich_text(v, features=TEXT_FEATURES))
            return {"items": items, **({"ordered": "on"} if value["ordered"] else {})}
        case "table":
            return json.dumps(value)
    return value


def _picture(value: dict[str, Any]) -> dict[str, Any]:
    return {name: "" if part is None else part for name, part in value.items()}


def _items(items: Blocks, convert: Any) -> dict[str, Any]:
    rows = {
        str(n): {
            "id": item["id"],
            "value": convert(item["value"]),
            "order": n,
            "deleted": "",
            "type": "item",
        }
        for n, item in enumerate(items)
    }
    return {**rows, "count": len(items)}
