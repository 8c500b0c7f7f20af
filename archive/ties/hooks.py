"""Wires the ties room into Wagtail's admin."""

from typing import Any

from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from archive.ties.sentence_chooser import sentences
from archive.ties.viewsets import TieViewSet, add_story_evidence

register_snippet(TieViewSet)


@hooks.register("register_admin_urls")
def tie_urls() -> list[Any]:
    urls = [
        path("<int:pk>/evidence/", add_story_evidence, name="add_evidence"),
        path("sentences/<int:pk>/", sentences, name="sentences"),
    ]
    return [path("ties/", include((urls, "archive_ties")))]
