"""A record beside what the archive has: the version that it would replace, a text like it, or the
record that somebody has saved since a form was made of it.
"""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name

from archive.contrib.intake.admin.labels import LABELS
from archive.contrib.intake.admin.story_forms import ReviewForms, version_of
from archive.contrib.intake.models import ImportItem
from archive.contrib.intake.record_json import Record
from archive.desk.models import Translation
from archive.desk.policies import may_take_in
from archive.desk.segments import rows
from archive.stories.body import TRANSLATABLE, raw
from archive.stories.models import ArticlePage
from archive.text.differences import Difference, differences
from archive.text.language import column
from archive.text.segmentation import compose, extract, plain_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Texts = dict[str, str]
_FIELDS = (*ArticlePage.text_fields, "publication", "published", "page")
_BODY_LABEL = _("Text")
_LABELS = {"captions": _("Captions")}
# The box that lets a form replace the record that was shown beside it.
CONSENT = "replace_version"


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
    texts["captions"] = "\n".join(one.get("text") or "" for one in record.get("captions") or ())
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
    body = json.loads(json.dumps(raw(getattr(draft, column("body", language)))))
    heading = {
        name: str(getattr(draft, column(name, language)) or "") for name in ArticlePage.text_fields
    }
    return {**heading, **_of_body(body)}


def _of_translation(translation: Any, draft: ArticlePage) -> Texts:
    """Also what nobody has looked at yet."""
    version = translation.get_latest_revision_as_object()
    version.article = draft
    texts = {row.source.key: row.target for row in rows(version)}
    body = json.loads(json.dumps(raw(draft.source("body"))))
    heading = {name: texts.get(name, "") for name in ArticlePage.text_fields}
    return {**heading, **_of_body(compose(body, TRANSLATABLE, texts))}


def _of_body(blocks: list[Any]) -> Texts:
    """As a record has them: the text with its tables' rows, figures too, and apart the captions."""
    lines, captions = [], []
    for block in blocks:
        if block["type"] == "table":
            cells = (block["value"] or {}).get("data") or []
            lines += ["\t".join(str(cell or "") for cell in row) for row in cells]
            continue
        for one in extract([block], TRANSLATABLE):
            text = plain_text(one.text, one.markup)
            if block["type"] not in ("image", "gallery"):
                lines.append(text)
            elif one.kind == "caption":
                captions.append(text)
    return {"body": "\n".join(lines), "captions": "\n".join(captions)}


def compared(old: Texts, new: Texts) -> list[ComparedField]:
    """Field by field, those that both lack left out."""
    return [
        ComparedField(
            _LABELS.get(name, LABELS.get(name, _BODY_LABEL)),
            old[name],
            new[name],
            differences(old[name], new[name]),
        )
        for name in (*_FIELDS, "body", "captions")
        if old[name] or new[name]
    ]


@dataclass(frozen=True)
class NewerRecord:
    """Whose the record is, what names it, and the fields in which the form differs from it."""

    author: str
    version: str
    fields: list[ComparedField]
    # By the person who sends the form, in another window.
    is_own: bool
    name: str = CONSENT


def newer_record(item: ImportItem, forms: ReviewForms, user: Any) -> NewerRecord:
    person = get_user_model().objects.filter(pk=item.before.get("changed_by")).first()
    author = get_user_display_name(person) if person else str(_("Somebody else"))
    stored, typed = ReviewForms(item.record).texts(), forms.texts()
    fields = [
        ComparedField(label, old, typed[label], differences(old, typed[label]))
        for label, old in stored.items()
        if old != typed[label]
    ]
    return NewerRecord(author, version_of(item.record), fields, is_own=person == user)
