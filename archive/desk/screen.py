"""What the translator's screen shows of each segment, ready for its template.

Plain values by name: a template finds those in a dict far quicker than in objects, and Django's
own rendering of 600 inputs is what would take longest on a screen of 150 segments.
"""

from collections.abc import Iterator
from typing import Any, TypedDict

from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from archive.desk.comments.actions import open_comments
from archive.desk.corrections.actions import pending_reports
from archive.desk.forms import FormRow, TranslationForm
from archive.desk.kinds import kind_label
from archive.desk.pictures import SPEAKING, pictures_beside
from archive.text import richtext
from archive.text.differences import Difference
from archive.text.segmentation import RICH

_CHECKED, _INVALID = SafeString(" checked"), SafeString(' aria-invalid="true"')


class ShownRow(TypedDict):
    """A row of the screen, numbered from 1."""

    number: int
    key: str
    kind: str
    kind_label: str
    markup: str
    is_rich: bool
    # "clash", or what `Row.state` says.
    state: str
    picture: Any | None
    comments: int
    # What readers reported of it, and the desk hasn't settled yet.
    reports: int
    source: str
    changes: list[Difference]
    still_right: SafeString
    label: str
    target: SafeString
    # A rich text as it is read, until its editor starts.
    target_html: SafeString
    target_id: str
    errors: list[str]
    clash: SafeString
    # What the script reads beside the text: the source that was seen, the version started from.
    hidden: SafeString
    left_out: SafeString
    joined: SafeString
    note: SafeString
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
    return {
        "number": number,
        "key": source.key,
        "kind": source.kind,
        "kind_label": kind_label(source.kind),
        "markup": source.markup,
        "is_rich": source.markup == RICH,
        "state": "clash" if item.clash else row.state,
        "picture": picture,
        "comments": comments,
        "reports": reports,
        "source": _source(source),
        "changes": row.changes if row.is_stale else [],
        "still_right": _box(item.still_right),
        "label": _("Translation of segment %(number)s") % {"number": number},
        "target": _target(item),
        "target_html": _target_html(item),
        "target_id": item.target.id_for_label,
        "errors": [str(error) for error in item.target.errors],
        "clash": SafeString(item.clash.as_html() if item.clash else ""),
        "hidden": _hidden(item.seen) + _hidden(item.base),
        "left_out": _box(item.left_out),
        "joined": _box(item.joined),
        "note": _line(item.note),
        "is_open": any(
            field and (field.value() or field.errors)
            for field in (item.left_out, item.joined, item.note)
        ),
    }


def _source(source: Any) -> str:
    if source.markup == RICH:
        return mark_safe(richtext.links_as_tags(source.text))  # noqa: S308 - cleaned there
    return format_html("<p>{}</p>", source.text)


def _target(item: FormRow) -> SafeString:
    """The input; the one of a rich text is hidden, and Wagtail's editor is started over it."""
    field = item.target
    widget: Any = field.field.widget
    if item.row.source.markup != RICH or field.errors:
        return SafeString(field)
    return format_html(
        '<input type="hidden" name="{}" value="{}"'
        ' data-draftail-input data-desk-editor="{}" id="{}">',
        field.html_name,
        widget.format_value(field.value()),
        widget.variant,
        field.id_for_label,
    )


def _target_html(item: FormRow) -> SafeString:
    if item.row.source.markup != RICH:
        return SafeString("")
    return mark_safe(richtext.links_as_marks(item.target.value() or ""))  # noqa: S308 - cleaned there


def _hidden(field: BoundField) -> SafeString:
    # Firefox would put back what stood here before the page was loaded anew.
    return format_html(
        '<input type="hidden" name="{}" value="{}" autocomplete="off">',
        field.html_name,
        field.value() or "",
    )


def _box(field: BoundField | None) -> SafeString:
    if field is None:
        return SafeString("")
    return format_html(
        '<label><input type="checkbox" name="{}" id="{}"{}> {}</label>{}',
        field.html_name,
        field.id_for_label,
        _CHECKED if field.value() else "",
        field.label,
        _errors(field),
    )


def _line(field: BoundField) -> SafeString:
    return format_html(
        '<label class="w-sr-only" for="{}">{}</label>'
        '<input type="text" name="{}" value="{}" placeholder="{}" id="{}"{}>{}',
        field.id_for_label,
        field.label,
        field.html_name,
        field.value() or "",
        _("Why, for colleagues"),
        field.id_for_label,
        _INVALID if field.errors else "",
        _errors(field),
    )


def _errors(field: BoundField) -> SafeString:
    line = '<p class="error-message" role="alert">{}</p>'
    return format_html_join("", line, ((error,) for error in field.errors))
