"""Panels of the story's form that help to write it: pasting, the byline, what is still missing."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Media
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static
from wagtail.blocks import StreamBlockValidationError

from archive.registry import registered
from archive.stories.doubtful_dates import date_errors, is_impossible
from archive.stories.pasting.reader import pasted_reader
from archive.stories.policies import section_error
from archive.stories.publish_guard import body_faults, story_errors, unplaced_errors
from archive.stories.unplaced import placed_texts, unplaced_texts
from archive.text.language import column, columns
from archive.wagtail_admin import shown_version

MISSING = "archive_stories:missing"
# In the address of the list; the script puts the page's number there once it is stored.
_NO_PAGE = 0


# So many stories can anybody have made between two forms of new ones.
_NEWEST = 10


class StoryFormPanel(Panel):
    """Registered with `register_archive_story_form_panel`: on the tab of a story's names."""

    # Its place there: the tagged names have 100, the related stories 200.
    order = 150

    def apply(self, story: Any, data: Mapping[str, Any]) -> bool:
        """Change the unsaved story as the posted form asks with fields of the panel's own; whether
        anything was changed."""
        return False


def story_form_panels() -> list[StoryFormPanel]:
    return registered("story_form_panel", StoryFormPanel)


class WritingPanel(Panel):
    """What is told while a text is pasted or a picture dropped, and what was found in the text."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/story_form/panel.html"

        @property
        def media(self) -> Media:
            # What starts the editors stands upon Wagtail's, which other fields ask for too.
            draftail = versioned_static("wagtailadmin/js/draftail.js")
            names = ("editors", "history", "body", "unplaced", "found", "pictures", "kept")
            # The desk's, which keeps what the server doesn't have yet.
            outbox = "archive/js/desk-outbox.js"
            scripts = [outbox, *(f"archive/js/story-{name}.js" for name in names)]
            return Media(css={"all": ["archive/css/story-form.css"]}, js=[draftail, *scripts])

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {
                **super().get_context_data(parent_context),
                "paste_url": reverse("archive_story_form:paste"),
                "byline_url": reverse("archive_story_form:byline"),
                "picture_url": reverse("archive_stories:picture"),
                "texts_url": reverse("archive_stories:picture_texts"),
                "user_key": self.request.user.pk or "",
                "story_key": self.instance.pk or "",
                "made": json.dumps([] if self.instance.pk else self._made()),
            }

        def _made(self) -> list[tuple[Any, ...]]:
            """The person's newest stories, by which the browser tells that one was stored."""
            if not self.request.user.pk:
                return []
            own = type(self.instance).objects.filter(owner=self.request.user)
            stories = own.order_by("-pk")
            return list(stories.values_list("pk", *columns("headline"))[:_NEWEST])


class BylineInputPanel(Panel):
    """What the byline that is typed as printed says: its rows stand below."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/story_form/byline.html"

        def is_shown(self) -> bool:
            return pasted_reader().reads_bylines


class UnplacedPanel(Panel):
    """Words of the source that are in no field, in full: to be added to the text or left out.

    What an import couldn't place is there, and what a paste leaves beside the body.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/story_form/unplaced.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            texts = unplaced_texts(self.instance)
            placed = placed_texts(self.instance, [one.text for one in texts])
            waiting = [one.text for one in texts if not one.is_left_out]
            return {
                **super().get_context_data(parent_context),
                "waiting": [text for text in waiting if text not in placed],
                # They wait again once the story's text has them no more.
                "placed": [text for text in waiting if text in placed],
                "left_out": [one.text for one in texts if one.is_left_out],
                "twice": placed,
            }


class ConfirmDatePanel(Panel):
    """Asks whether an issue's unlikely date is right, once its form was refused for it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/story_form/confirm_date.html"

        def is_shown(self) -> bool:
            return bool(self.form and self.form.doubted_date)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, "day": self.form.doubted_date, "is_confirmed": False}


class MissingPanel(Panel):
    """What keeps a story from being published, a line a fault that leads to its field.

    Its script asks again after each autosave; a refused save says what holds it up.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/story_form/missing.html"

        @property
        def media(self) -> Media:
            return Media(js=["archive/js/story-missing.js"])

        def is_shown(self) -> bool:
            return not self.instance.alias_of_id

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {
                **super().get_context_data(parent_context),
                **missing_context(self.instance, self.form),
                "missing_url": reverse(MISSING, args=[self.instance.pk or _NO_PAGE])
                + shown_version(self.request),
            }


@dataclass(frozen=True)
class HeldUp:
    """What of a form can't be saved: the field's name in it, "" for the whole, and why."""

    name: str
    label: str
    message: str


def held_up(form: Any, missing: Mapping[str, Sequence[str]]) -> Iterator[HeldUp]:
    """What keeps a form that was sent from being saved, or else published, the rows of its formsets
    among it; without what is `missing` for publication, by field.

    A newer version has a panel of its own.
    """
    for name, errors in form.errors.items():
        if form.has_error(name, "stale"):
            continue
        label = capfirst(str(form.fields[name].label)) if name in form.fields else ""
        known = set(map(str, missing.get(name, ())))
        messages = [one for one in errors if one not in known]
        if any(isinstance(one, StreamBlockValidationError) for one in errors.as_data()):
            # What a body that can be saved lacks for publication is among what is missing.
            messages = [] if form.is_body_read else [_("a block can't be saved as it is.")]
        if messages:
            yield HeldUp(name if label else "", label, " ".join(messages))
    for formset in form.formsets.values():
        label = capfirst(str(formset.model._meta.verbose_name_plural))
        for row in formset.forms if not formset.is_valid() else ():
            for name, errors in row.errors.items():
                yield HeldUp(row.add_prefix(name), label, " ".join(errors))
        for message in formset.non_form_errors():
            yield HeldUp("", label, message)


def missing_context(article: Any, form: Any = None) -> dict[str, Any]:
    """What the list's template needs: (field's name in the form, sentence, block's id or "") of
    each fault.

    With a `form` that was refused also what holds the save up; `article` is then what the form
    has made of the story, whose other fields are as they stand in it.
    """
    if article.locked and (joined := article.joined_lock()):
        return {"joined": str(joined)}
    # Also a date that is confirmed may be corrected again.
    asked = date_errors(article, confirmed=False)
    dated = date_errors(article)
    errors = story_errors(article) | unplaced_errors(article) | dated
    if message := section_error(article.publication, article.section):
        errors["section"] = [message]
    is_sent = form is not None and form.is_bound
    held = list(held_up(form, errors)) if is_sent else []
    refused = {one.name for one in held}
    # Two blocks may lack the same.
    blocks: dict[str, list[str]] = defaultdict(list)
    for told, block in body_faults(article.source("body"), article.source_language):
        blocks[told].append(block)
    return {
        "held": held,
        "is_publishing": is_sent and form.is_publishing,
        "conflict": getattr(form, "conflict", None),
        "step": article.sent_back,
        "missing": [
            (field, message, blocks[message].pop(0) if blocks[message] else "")
            for field, messages in errors.items()
            for message in messages
            if field not in refused
        ],
        "day": article.print_date,
        "is_date_asked": bool(asked) and not is_impossible(article.print_date),
        "is_confirmed": bool(asked) and asked != dated,
        "headline_field": column("headline", article.source_language),
    }
