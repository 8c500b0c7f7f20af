"""What the translator's screen shows of each segment, ready for its template.

Plain values by name: a template finds those in a dict far quicker than in objects, and Django's
own rendering of 600 inputs is what would take longest on a screen of 150 segments.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

from archive.desk.comments import Thread, keys_of, open_threads_at
from archive.desk.editor.autosave import about_of
from archive.desk.editor.forms import (
    BASE,
    JOINED,
    LEFT_OUT,
    NOTE,
    PARTS,
    SEEN,
    STILL_RIGHT,
    STILL_RIGHT_LABEL,
    TARGET,
    TranslationForm,
    field_name,
)
from archive.desk.editor.tools import RowMark
from archive.desk.editor.widgets import input_value
from archive.desk.models.segment import kind_label
from archive.desk.policies import languages_of_texts, name_of
from archive.desk.reviews import Review
from archive.desk.saving import version_of
from archive.desk.segments import Row
from archive.stories.body import raw, raw_pictures
from archive.text.language import column
from archive.text.segmentation import RICH

SIZE = "max-320x240"


@dataclass(frozen=True)
class Aside:
    """A segment whose source is gone, and what is said of it; comments alone have no segment."""

    segment: Any | None
    threads: list[Thread]

    @property
    def version(self) -> str:
        return version_of(self.segment)


def shown_rows(
    form: TranslationForm,
    comments: Mapping[str, int],
    review: Review | None = None,
    marks: Sequence[RowMark] = (),
) -> Iterator[dict[str, Any]]:
    """The context of each row, numbered from 1; a fixed number of queries for all.

    `comments`: how many threads are open, by key.
    """
    changes = {row.source.key: review.change_of(row) for row in form.rows} if review else {}
    ids = {change.person_id for change in changes.values() if change}
    people = get_user_model().objects.in_bulk(ids) if ids else {}
    keys = [row.source.key for row in form.rows]
    of_pictures = [r.source.key for r in form.rows if r.source.kind in ("caption", "alt_text")]
    pictures = picture_renditions(form.instance.article, of_pictures)
    for number, (key, row) in enumerate(zip(keys, form.rows, strict=True), start=1):
        picture = pictures.get(key)
        said = sum(comments.get(one, 0) for one in keys_of(row))
        shown = _shown(number, row, form, picture, said)
        if change := changes.get(key):
            shown["reviewed"] = {
                "by": name_of(people.get(change.person_id)),
                "change": change,
                # What the script puts back into a rich text's editor.
                "content": input_value(change.target, row.source) if shown["is_rich"] else "",
            }
        about = about_of(row.segment)
        shown["marks"] = [(mark.name, mark.label, mark.counts.get(key, 0)) for mark in marks]
        url = _texts_url(form, picture)
        lacks = bool(url) and _lacks_description(key, keys, picture, form.instance.language)
        yield {**shown, "about": about, "picture_url": url, "lacks_description": lacks}


def shown_aside(form: TranslationForm, comments: Mapping[str, int]) -> list[Aside]:
    """What has no row: words and notes first, then threads of keys that have neither."""
    threads = open_threads_at(form.instance, comments.keys() - form.shown)
    kept = [one for one in form.set_aside if one.target or one.note]
    found = [Aside(one, threads.pop(one.key, [])) for one in kept]
    return [*found, *(Aside(None, some) for some in threads.values())]


def source_of(row: Row) -> dict[str, Any]:
    """What a row shows of its source; beside a page that has been open since the source changed."""
    shown = _source(row)
    if row.is_stale:
        name = field_name(STILL_RIGHT, row.source.key)
        label = str(STILL_RIGHT_LABEL)
        shown["still_right"] = {"name": name, "id": f"id_{name}", "label": label}
    return shown


def _source(row: Row) -> dict[str, Any]:
    return {
        "kind": row.source.kind,
        "is_rich": row.source.markup == RICH,
        "source": row.source.text,
        "digest": row.source.digest,
        "is_parted": row.is_parted,
        "changes": row.changes if row.is_stale or row.outdated_source else [],
    }


def _texts_url(form: TranslationForm, picture: Any) -> str:
    """Where the picture's own texts are written; "" for who may not in this language."""
    language = form.instance.language
    if picture is None or language not in languages_of_texts(form.for_user, picture.image):
        return ""
    back = urlencode({"next": form.instance.get_edit_url()})
    return f"{reverse('archive_translation:picture_texts', args=[picture.image_id])}?{back}"


def _lacks_description(key: str, keys: Sequence[str], picture: Any, language: str) -> bool:
    """Whether readers who see no pictures have nothing in the language for this one.

    Where the story describes it itself, that is a row.
    """
    place = key.rpartition("/")[0]
    return f"{place}/alt_text" not in keys and not getattr(
        picture.image, column("alt_text", language), ""
    )


def _shown(
    number: int, row: Row, form: TranslationForm, picture: Any, comments: int
) -> dict[str, Any]:
    source, key = row.source, row.source.key
    target: Any = form[field_name(TARGET, key)]
    # With an error to tell, Wagtail's own widget takes over.
    is_lazy = source.markup == RICH and not target.errors
    conflict = form.conflicts.get(key)
    shown = {part: _input(form.input_of(part, key)) for part in PARTS}
    options = [shown[part] for part in (LEFT_OUT, JOINED, NOTE)]
    return {
        "number": number,
        "key": key,
        **_source(row),
        "kind_label": kind_label(source.kind),
        "state": "conflict" if conflict else row.state,
        "is_unsaved": key in form.unsaved or bool(target.errors),
        "picture": picture,
        "comments": comments,
        "label": _("Translation of segment %(number)s") % {"number": number},
        "target": shown[TARGET],
        # The hidden input over which the script starts a rich text editor: its variant and value.
        # Where there is none, the widget as Django renders it.
        "editor": target.field.widget.variant if is_lazy else "",
        "editor_value": target.field.widget.format_value(target.value()) if is_lazy else "",
        "widget": "" if is_lazy else str(target),
        "conflict": conflict.as_html() if conflict else "",
        # What the script reads beside the text: the source that was seen, the version started from.
        "hidden": [shown[SEEN], shown[BASE]],
        "still_right": _input(form.input_of(STILL_RIGHT, key)),
        "left_out": shown[LEFT_OUT],
        "joined": shown[JOINED],
        "note": shown[NOTE],
        # Whether the part for leaving out, joining and notes stands open.
        "is_open": any(one and (one["value"] or one["errors"]) for one in options),
    }


def _input(field: BoundField | None) -> dict[str, Any] | None:
    """What the template writes itself of an input."""
    if field is None:
        return None
    return {
        "name": field.html_name,
        "id": field.id_for_label,
        "value": field.value() or "",
        "label": str(field.label),
        "errors": [str(error) for error in field.errors],
    }


def picture_renditions(article: Any, keys: list[str]) -> dict[str, Any]:
    """A small rendition by key, for those of a picture whose file isn't lost; two queries.

    A picture that has never been shown in this size costs a few more, once.
    """
    shown = raw_pictures(raw(article.source("body")))
    by_place = {place: one["image"] for place, one in shown if one.get("image")}
    wanted = {key: by_place[place] for key in keys if (place := key.rpartition("/")[0]) in by_place}
    images = get_image_model().objects.filter(pk__in=set(wanted.values()))
    # Whether somebody may write its texts depends on it.
    images = images.select_related("collection")
    found = {image.pk: image for image in images.prefetch_renditions(SIZE)} if wanted else {}
    small = {pk: _rendition(image) for pk, image in found.items()}
    return {key: small[pk] for key, pk in wanted.items() if small.get(pk)}


def _rendition(image: Any) -> Any | None:
    try:
        return image.get_rendition(SIZE)
    except SourceImageIOError:
        return None
