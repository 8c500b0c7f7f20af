"""A record beside what the archive has: the version that it would replace, or a text like it."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from archive.contrib.intake.admin.labels import LABELS
from archive.contrib.intake.stored import Record
from archive.stories.body import TRANSLATABLE, raw
from archive.text.differences import Difference, differences
from archive.text.segmentation import extract, plain_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Texts = dict[str, str]
_FIELDS = ("headline", "standfirst", "dateline", "publication", "published", "page")
_BODY_LABEL = _("Text")


@dataclass(frozen=True)
class ComparedField:
    """A field's two texts, and the second as what changed from the first."""

    label: "StrOrPromise"
    old: str
    new: str
    changes: list[Difference]

    @property
    def is_changed(self) -> bool:
        return self.old != self.new


def texts_of_record(record: Record) -> Texts:
    day = parse_date((record.get("published") or "")[:10])
    texts = {name: str(record.get(name) or "") for name in _FIELDS}
    texts["published"] = date_format(day, "DATE_FORMAT") if day else ""
    texts["body"] = "\n".join(block.get("text") or "" for block in record.get("blocks") or ())
    return texts


def texts_of_story(draft: Any) -> Texts:
    """Of a story in the version that the person may read."""
    segments = extract(json.loads(json.dumps(raw(draft.source("body")))), TRANSLATABLE)
    return {
        "headline": str(draft.source("headline") or ""),
        "standfirst": str(draft.source("standfirst") or ""),
        "dateline": str(draft.source("dateline") or ""),
        "publication": str(draft.publication or ""),
        "published": date_format(draft.print_date, "DATE_FORMAT") if draft.print_date else "",
        "page": draft.print_page,
        "body": "\n".join(plain_text(one.text, one.markup) for one in segments),
    }


def compared(old: Texts, new: Texts) -> list[ComparedField]:
    """Field by field, those that both lack left out."""
    return [
        ComparedField(
            LABELS.get(name, _BODY_LABEL), old[name], new[name], differences(old[name], new[name])
        )
        for name in (*_FIELDS, "body")
        if old[name] or new[name]
    ]
