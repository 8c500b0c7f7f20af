"""A record beside what the archive has: the version that it would replace, or a text like it."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from archive.contrib.intake.admin.labels import LABELS
from archive.contrib.intake.record_json import Record
from archive.desk.models import Translation
from archive.desk.policies import may_take_in
from archive.desk.segments import rows
from archive.stories.body import TRANSLATABLE, raw
from archive.stories.models import ArticlePage
from archive.text.differences import Difference, differences
from archive.text.language import column
from archive.text.segmentation import extract, plain_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Texts = dict[str, str]
_FIELDS = (*ArticlePage.text_fields, "publication", "published", "page")
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


def texts_of_story(draft: ArticlePage, language: str, user: Any) -> Texts:
    """Of a story in the version that the person may read, in the language of what it is beside.

    Of its translation the newest version, for whoever may put a text into it.
    """
    translation = None
    if language != draft.source_language and may_take_in(user, draft):
        found = Translation.objects.filter(article=draft.pk, language=language)
        translation = found.exclude(latest_revision=None).first()
    return {
        **(_of_translation(translation, draft) if translation else _of_columns(draft, language)),
        "publication": str(draft.publication or ""),
        "published": date_format(draft.print_date, "DATE_FORMAT") if draft.print_date else "",
        "page": draft.print_page,
    }


def _of_columns(draft: ArticlePage, language: str) -> Texts:
    body = raw(getattr(draft, column("body", language)))
    segments = extract(json.loads(json.dumps(body)), TRANSLATABLE)
    return {
        **{
            name: str(getattr(draft, column(name, language)) or "")
            for name in ArticlePage.text_fields
        },
        "body": "\n".join(plain_text(one.text, one.markup) for one in segments),
    }


def _of_translation(translation: Any, draft: ArticlePage) -> Texts:
    """Also what nobody has looked at yet."""
    version = translation.get_latest_revision_as_object()
    version.article = draft
    said = [(row.source.key, plain_text(row.target, row.source.markup)) for row in rows(version)]
    texts = dict(said)
    body = [text for key, text in said if key not in ArticlePage.text_fields and text]
    return {
        **{name: texts.get(name, "") for name in ArticlePage.text_fields},
        "body": "\n".join(body),
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
