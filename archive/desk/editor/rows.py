"""What the translator's screen shows of each segment, ready for its template.

Plain values by name: a template finds those in a dict far quicker than in objects, and Django's
own rendering of 600 inputs is what would take longest on a screen of 150 segments.
"""

from collections.abc import Iterator
from typing import Any, TypedDict

from django.forms import BoundField
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

from archive.desk.comments import open_comments
from archive.desk.corrections.actions import pending_reports
from archive.desk.editor.forms import FormRow, TranslationForm
from archive.desk.models.segment import kind_label
from archive.pages.body import raw
from archive.text.differences import Difference
from archive.text.segmentation import RICH

SIZE = "max-320x240"
# Kinds of segments that say what a picture shows.
SPEAKING = ("caption", "alt_text")


class ShownInput(TypedDict):
    """An input that the template writes itself."""

    name: str
    id: str
    value: Any
    label: str
    errors: list[str]


class ShownRow(TypedDict):
    """A row of the screen, numbered from 1."""

    number: int
    key: str
    kind: str
    kind_label: str
    is_rich: bool
    # "clash", or what `Row.state` says.
    state: str
    picture: Any | None
    comments: int
    # What readers reported of it, and the desk hasn't settled yet.
    reports: int
    source: str
    changes: list[Difference]
    label: str
    target: ShownInput
    # The hidden input over which the script starts a rich text editor: its variant and value.
    # Where there is none, the widget as Django renders it.
    editor: str
    editor_value: str
    widget: str
    clash: str
    # What the script reads beside the text: the source that was seen, the version started from.
    hidden: list[ShownInput]
    still_right: ShownInput | None
    left_out: ShownInput
    joined: ShownInput | None
    note: ShownInput
    # Whether the part for leaving out, joining and notes stands open.
    is_open: bool


def shown_rows(form: TranslationForm) -> Iterator[ShownRow]:
    """A fixed number of queries for all."""
    items = form.segment_rows()
    speaking = [i.row.source.key for i in items if i.row.source.kind in SPEAKING]
    pictures = pictures_beside(form.instance.article, speaking)
    comments = open_comments(form.instance)
    reports = pending_reports(form.instance, [item.row.source.key for item in items])
    for number, item in enumerate(items, start=1):
        key = item.row.source.key
        counts = comments.get(key, 0), reports.get(key, 0)
        yield _shown(number, item, pictures.get(key), *counts)


def _shown(
    number: int, item: FormRow, picture: Any | None, comments: int, reports: int
) -> ShownRow:
    row, source = item.row, item.row.source
    widget: Any = item.target.field.widget
    # With an error to tell, Wagtail's own widget takes over.
    is_lazy = source.markup == RICH and not item.target.errors
    options = (item.left_out, item.joined, item.note)
    return {
        "number": number,
        "key": source.key,
        "kind": source.kind,
        "kind_label": kind_label(source.kind),
        "is_rich": source.markup == RICH,
        "state": "clash" if item.clash else row.state,
        "picture": picture,
        "comments": comments,
        "reports": reports,
        "source": source.text,
        "changes": row.changes if row.is_stale else [],
        "label": _("Translation of segment %(number)s") % {"number": number},
        "target": _input(item.target),
        "editor": widget.variant if is_lazy else "",
        "editor_value": widget.format_value(item.target.value()) if is_lazy else "",
        "widget": "" if is_lazy else str(item.target),
        "clash": item.clash.as_html() if item.clash else "",
        "hidden": [_input(item.seen), _input(item.base)],
        "still_right": _input(item.still_right) if item.still_right else None,
        "left_out": _input(item.left_out),
        "joined": _input(item.joined) if item.joined else None,
        "note": _input(item.note),
        "is_open": any(field and (field.value() or field.errors) for field in options),
    }


def _input(field: BoundField) -> ShownInput:
    return {
        "name": field.html_name,
        "id": field.id_for_label,
        "value": field.value() or "",
        "label": str(field.label),
        "errors": [str(error) for error in field.errors],
    }


def pictures_beside(article: Any, keys: list[str]) -> dict[str, Any]:
    """A small rendition for each of these segments' keys that is a picture's; two queries.

    A picture that has never been shown in this size costs a few more, once. Lost files are left
    out.
    """
    by_place = dict(_places(raw(article.source("body"))))
    wanted = {key: by_place[place] for key in keys if (place := key.rpartition("/")[0]) in by_place}
    images = get_image_model().objects.filter(pk__in=set(wanted.values()))
    found = {image.pk: image for image in images.prefetch_renditions(SIZE)} if wanted else {}
    small = {pk: _rendition(image) for pk, image in found.items()}
    return {key: small[pk] for key, pk in wanted.items() if small.get(pk)}


def _places(blocks: list[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    for block in blocks:
        if block["type"] == "image" and block["value"].get("image"):
            yield block["id"], block["value"]["image"]
        if block["type"] == "gallery":
            for item in block["value"].get("pictures") or []:
                if item["value"].get("image"):
                    yield f"{block['id']}/pictures/{item['id']}", item["value"]["image"]


def _rendition(image: Any) -> Any | None:
    try:
        return image.get_rendition(SIZE)
    except SourceImageIOError:
        return None
