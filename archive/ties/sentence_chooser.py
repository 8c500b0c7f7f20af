"""The sentence of a story that says so, chosen by clicking it in the form of a tie."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from wagtail.admin.panels import FieldPanel

from archive.stories.body import TRANSLATABLE, raw
from archive.stories.models import ArticlePage
from archive.text.language import column
from archive.text.segmentation import extract
from archive.text.sentences import sentence_spans


class StorySentence(forms.TextInput):
    """Keeps the paragraph's id; the script of the form shows the story of the same row."""

    template_name = "archive/admin/ties/sentence.html"

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=["archive/js/tie-evidence.js"])


def sentence_panel() -> FieldPanel:
    return FieldPanel(
        "block_id",
        widget=StorySentence,
        heading=_("Place in the story"),
        help_text=_("The sentence that says so: readers are led to it."),
    )


@require_GET
def sentences(request: HttpRequest, pk: int) -> HttpResponse:
    """The story's paragraphs, each sentence a button: a fragment of HTML.

    Of what readers have, or else of the newest draft.
    """
    if not any(request.user.has_perm(f"archive.{verb}_tie") for verb in ("add", "change")):
        raise PermissionDenied
    story: Any = get_object_or_404(ArticlePage.objects.shown_to(request.user), pk=pk)
    text = story if story.live else story.get_latest_revision_as_object()
    context = {
        "story": text,
        "field": column("sentence", text.source_language),
        "paragraphs": list(_paragraphs(text)),
    }
    return render(request, "archive/admin/ties/sentences.html", context)


def _paragraphs(story: Any) -> Any:
    """(id of the block, its sentences), in the order of the story."""
    for segment in extract(raw(story.source("body")), TRANSLATABLE):
        words = segment.plain_text
        found = [words[first:last] for first, last in sentence_spans(words)]
        if found:
            yield segment.key.partition("/")[0], found
