"""The panel of suggested names in a story's form, and the answers that travel with the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.forms import Media
from django.urls import reverse
from django.utils.dateparse import parse_date
from wagtail.admin.panels import Panel

from archive.stories.name_suggestions.counts import ScannedStory, bring_up_to_date, story_of
from archive.stories.name_suggestions.decisions import decide, read_decisions
from archive.stories.name_suggestions.presentation import panel_context
from archive.stories.passages import story_passages
from archive.stories.stale_save import NoteField
from archive.text.language import LANGUAGES, column

# The hidden input with the answers that are saved with the form, as JSON.
ANSWERS = "suggestion_answers"
# Where the panel is in the form: "…/edit/#suggestions".
ANCHOR = "suggestions"


TAGS = "entity_tags"
_MOST_TAGS = 1000


def story_from_form(article: Any, data: Mapping[str, str], files: Any) -> ScannedStory:
    """The text, date and tags that the posted form holds; what it lacks is the article's.

    Nothing is validated and nothing but memory is written: half a form will do.
    """
    language = data.get("source_language") or article.source_language
    article.source_language = language if language in LANGUAGES else article.source_language
    for name in ("headline", "standfirst"):
        field = column(name, article.source_language)
        setattr(article, field, data.get(field, getattr(article, field)))
    body = column("body", article.source_language)
    if f"{body}-count" in data:
        block = article._meta.get_field(body).stream_block
        setattr(article, body, block.value_from_datadict(data, files, body))
    passages = tuple(story_passages(article, article.source_language))
    return ScannedStory(
        passages, _day(data.get("print_date"), article.print_date), _tagged(article, data)
    )


def _day(posted: str | None, stored: date | None) -> date | None:
    if posted is None:
        return stored
    try:
        return parse_date(posted)
    except ValueError:
        return None


def _tagged(article: Any, data: Mapping[str, str]) -> frozenset[int]:
    count = data.get(f"{TAGS}-TOTAL_FORMS", "")
    if not count.isdecimal():
        return frozenset(tag.entity_id for tag in article.entity_tags.all())
    return frozenset(_posted_tags(data, min(int(count[:9] or 0), _MOST_TAGS)))


def _posted_tags(data: Mapping[str, str], count: int) -> Iterator[int]:
    for number in range(count):
        pk = data.get(f"{TAGS}-{number}-entity", "")
        if pk.isascii() and pk.isdecimal() and not data.get(f"{TAGS}-{number}-DELETE"):
            yield int(pk)


class AnswersFormMixin:
    """For the story's form: a hidden field in which the panel notes what was accepted.

    What is refused, or left by closing the window, answers nothing.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[ANSWERS] = NoteField(initial="")  # type: ignore[attr-defined]

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        posted = self.data.get(ANSWERS, "")  # type: ignore[attr-defined]
        self.instance.answers_in_form = read_decisions(posted)  # type: ignore[attr-defined]
        return cleaned


def follow_version(story: Any, user: Any) -> None:
    """Each version stores the answers given in its form, and counts what waits."""
    answers = story.__dict__.pop("answers_in_form", ())
    if answers:
        decide(story, answers, user=user)
    bring_up_to_date(story)


class SuggestionsPanel(Panel):
    """Suggested names as the stored draft has them; its script asks again for what is typed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/suggestions/panel.html"

        @property
        def media(self) -> Media:
            return Media(
                css={"all": ["archive/css/suggestions.css"]},
                js=["archive/js/suggestions-form.js", "archive/js/suggestions.js"],
            )

        def is_shown(self) -> bool:
            page, user = self.instance, self.request.user if self.request else None
            if user is None or getattr(page, "alias_of_id", None):
                return False
            return not (page.pk and page.permissions_for_user(user).page_locked())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            page = self.instance
            return {
                **super().get_context_data(parent_context),
                **panel_context(page, story_of(page), self.request.user),
                "again_url": self._address("again"),
                "answer_url": self._address("answer") if page.pk else "",
                "answers": ANSWERS,
            }

        def _address(self, name: str) -> str:
            page = self.instance
            if page.pk:
                return reverse(f"archive_suggestions:{name}", args=[page.pk])
            return reverse("archive_suggestions:again_new")
