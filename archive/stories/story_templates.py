"""Templates of recurring kinds of stories: what a new story's form begins with.

`ARCHIVE_STORY_TEMPLATES` names those that *Write a story* offers.
"""

from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from archive.conf import settings
from archive.text.language import LANGUAGES, column

PICTURE = {"image": None, "caption": "", "alt_text": "", "credit": ""}
# What the address of a new story's form says of it.
TEMPLATE, LANGUAGE = "template", "language"
# (template's id, language) of the form that is being made: Wagtail tells its makers no address.
_asked: ContextVar[tuple[str, str]] = ContextVar("asked_for_story", default=("", ""))


class StoryTemplate:
    """A kind's beginnings. `blocks` are (type, value) of the body, values as they are stored."""

    # A word for the address, unique among the site's templates.
    id = ""
    name: Any = ""
    description: Any = ""
    icon = "doc-full"
    # One of `ArticlePage.Kind`, or of the site's ARCHIVE_STORY_KINDS; "" for none.
    kind = ""
    blocks: Sequence[tuple[str, Any]] = ()

    def fill(self, story: Any) -> None:
        """Lay out a new story, in both languages: its form keeps the one that is chosen."""
        story.kind = self.kind
        for language in LANGUAGES:
            name = column("body", language)
            raw = [
                {"type": kind, "value": value, "id": str(uuid4())} for kind, value in self.blocks
            ]
            setattr(story, name, story._meta.get_field(name).to_python(raw))


class Blank(StoryTemplate):
    id, name, icon = "blank", _("Empty form"), "doc-empty"
    description = _("Nothing is filled in.")


class Brief(StoryTemplate):
    id, kind, name, icon = "brief", "news", _("Brief"), "doc-full"
    description = _("News in one paragraph.")
    blocks = (("paragraph", ""),)


class Feature(StoryTemplate):
    id, kind, name, icon = "feature", "feature", _("Feature"), "doc-full-inverse"
    description = _("A picture, an opening, and a part with a subhead.")
    blocks = (("image", PICTURE), ("paragraph", ""), ("subhead", ""), ("paragraph", ""))


class Interview(StoryTemplate):
    id, kind, name, icon = "interview", "interview", _("Interview"), "comment"
    description = _("An introduction, then questions as subheads with their answers.")
    blocks = (("paragraph", ""), *(("subhead", ""), ("paragraph", "")) * 2)


class PhotoPage(StoryTemplate):
    id, kind, name, icon = "photo-page", "feature", _("Photo page"), "image"
    description = _("A gallery of pictures, and a paragraph about them.")
    blocks = (("paragraph", ""), ("gallery", {"title": "", "pictures": [PICTURE] * 3}))


class Opinion(StoryTemplate):
    id, kind, name, icon = "opinion", "comment", _("Opinion"), "openquote"
    description = _("A comment of one author.")
    blocks = (("paragraph", ""), ("paragraph", ""))


TEMPLATES = [
    f"{__name__}.{one.__name__}" for one in (Blank, Brief, Feature, Interview, PhotoPage, Opinion)
]


def story_templates() -> dict[str, StoryTemplate]:
    """Those of the site by their ids, in the order of the setting."""
    found = (import_string(path)() for path in settings.STORY_TEMPLATES or TEMPLATES)
    return {template.id: template for template in found}


def ask_for(template: str, language: str) -> None:
    """The next new story of this request begins so; unknown words mean nothing."""
    _asked.set((template, language))


def begin_story(page: Any) -> None:
    """Fill a new story's page as it was asked for, once."""
    template, language = _asked.get()
    _asked.set(("", ""))
    if language in LANGUAGES:
        page.source_language = language
    if chosen := story_templates().get(template):
        chosen.fill(page)
