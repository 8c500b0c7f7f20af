"""Two people at their browsers: they open a form, type and press a button, over HTTP."""

import json
import re
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision
from wagtail.users.models import UserProfile

from archive.desk.actions import open_translation
from archive.models import ArticlePage, Translation
from archive.stories.body import raw
from archive.text.language import column
from tests.desk.edit_forms import Form, errors_of, page_text

__all__ = [
    "Form",
    "Person",
    "again",
    "edit_url",
    "errors_of",
    "let_time_pass",
    "page_text",
    "source_words",
    "target_words",
    "translation_of",
    "words",
]


class Person:
    """A user logged in to the admin, whose own interface language never matters."""

    def __init__(self, user: User, interface: str = "en") -> None:
        self.user = user
        self.client = Client()
        self.client.force_login(user)
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = interface
        profile.save()

    def edits(self, thing: ArticlePage | Translation) -> Form:
        return Form(self, edit_url(thing))

    def reverts(self, thing: ArticlePage | Translation, revision: Revision) -> Form:
        """The form that shows an old version, to be saved or published anew."""
        if isinstance(thing, ArticlePage):
            return Form(
                self, reverse("wagtailadmin_pages:revisions_revert", args=[thing.pk, revision.pk])
            )
        name = "wagtailsnippets_archive_translation:revisions_revert"
        return Form(self, reverse(name, args=[thing.pk, revision.pk]))

    def post(self, name: str, *args: Any, **data: Any) -> Any:
        return self.client.post(reverse(name, args=args), data)

    def saves(self, pk: Any, *changes: dict[str, Any], **extra: Any) -> Any:
        """Send changes of single segments, as the desk's script does."""
        url = reverse("archive_translation:save_segment", args=[pk])
        body = json.dumps({"changes": changes})
        return self.client.post(url, body, content_type="application/json", **extra)

    def unpublishes(self, thing: ArticlePage | Translation) -> Any:
        if isinstance(thing, ArticlePage):
            return self.post("wagtailadmin_pages:unpublish", thing.pk)
        return self.post("wagtailsnippets_archive_translation:unpublish", thing.pk)

    def copies(self, page: Any, to: Any, slug: str, **boxes: str) -> Any:
        """The copy of a page; tick `publish_copies`, `copy_subpages` or `alias` with "on"."""
        data = {"new_title": "Copy", "new_slug": slug, "new_parent_page": to.pk, **boxes}
        response = self.post("wagtailadmin_pages:copy", page.pk, **data)
        assert response.status_code == 302, page_text(response)
        return again(to).get_children().get(slug=slug).specific


def edit_url(thing: ArticlePage | Translation) -> str:
    if isinstance(thing, ArticlePage):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    return reverse("wagtailsnippets_archive_translation:edit", args=[thing.pk])


def again(thing: Any) -> Any:
    """The thing as the database has it now."""
    return type(thing).objects.get(pk=thing.pk)


def translation_of(article: ArticlePage) -> Translation:
    """Its translation, offered to translators."""
    translation = open_translation(ArticlePage.objects.get(pk=article.pk))
    assert translation
    return translation


def words(body: Any) -> str:
    """A body as one string of raw JSON, Chinese readable, without the editor's own numbers."""
    return re.sub(r' data-block-key=\\"\w+\\"', "", json.dumps(raw(body), ensure_ascii=False))


def target_words(article: ArticlePage) -> str:
    """All that the row holds in the target language; "" if that is nothing."""
    row = again(article)
    plain = [getattr(row, column(f, row.target_language)) or "" for f in row.translated_fields[:3]]
    body = getattr(row, column("body", row.target_language))
    return "".join(plain) + (words(body) if body else "")


def source_words(article: ArticlePage) -> str:
    row = again(article)
    return "".join(row.source(f) or "" for f in row.translated_fields[:3]) + words(
        row.source("body")
    )


def let_time_pass(thing: Any) -> None:
    """What was scheduled is due: the timer runs after the hours that were set on the form."""
    past = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.for_instance(thing).exclude(approved_go_live_at=None):
        revision.content["go_live_at"] = past.isoformat()
        Revision.objects.filter(pk=revision.pk).update(
            approved_go_live_at=past, content=revision.content
        )
    row = again(thing)
    if row.expire_at:
        type(row).objects.filter(pk=row.pk).update(expire_at=past)
    call_command("publish_scheduled")
