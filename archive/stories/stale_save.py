"""Refuses a save that would bury a newer version; the typed text stays in the form.

Wagtail refuses only autosave requests of a stale form. Here a plain Save, Submit or Publish is
refused too, and goes through once the editor ticks a box that names the newer version. Of two
forms that come at the same moment, the second waits for the first.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Revision

from archive.base_page import Page
from archive.wagtail_admin import NoteField

# Names of the inputs: ours, then Wagtail's.
CONFLICT = "newer_version"
CONSENT = "replace_newer_version"
OVERWRITTEN = "overwrite_revision_id"
LOADED = "loaded_revision_id"
LOADED_AT = "loaded_revision_created_at"
# Names one form in one window; kept in the version that it saved.
FORM = "form_window"


@dataclass(frozen=True)
class Conflict:
    """The newer version that a save would replace."""

    revision_id: int
    token: str
    author: str
    saved_at: datetime
    # Saved by the same person: by another form, or by something else than a form.
    is_own: bool = False
    is_from_form: bool = True


def version_token(revision: Revision) -> str:
    # Autosave rewrites a revision in place, so its id alone doesn't name a version.
    return f"{revision.pk}@{revision.created_at.isoformat()}"


def _is_current(data: Mapping[str, str], latest: Revision) -> bool:
    if data.get(FORM) and data[FORM] == latest.content.get(FORM):
        # Saved by this very form: by an autosave that was still under way, for one.
        return True
    if overwritten := data.get(OVERWRITTEN):
        return overwritten == str(latest.pk)
    newest = version_token(latest)
    loaded = f"{data.get(LOADED, '')}@{data.get(LOADED_AT, '')}"
    if CONFLICT in data:
        # A refused form names the newer version as loaded; what it names later, it saved itself.
        return data.get(CONSENT) == newest or data[CONFLICT] != loaded == newest
    return loaded == newest


def answer_alone(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The answer to a form of the page, given while nobody else can save the page; None to others.

    Wagtail loads the page, looks at the form and saves it in three steps. So its view is called
    anew once the row is locked: all that it reads then is as the last holder of the lock left it.
    Where a publication or a review breaks off, the words stay as a draft: whatever they raise.
    """
    if request.method != "POST":
        return None
    if getattr(request, "_locked_page", None) == page.pk:
        # A preview of the same form must not be refused.
        page.is_being_saved = True
        return None
    request._locked_page = page.pk  # type: ignore[attr-defined]
    try:
        return _answer(request, page)
    except Exception:
        if actions := [name for name in request.POST if name.startswith("action-")]:
            without = request.POST.copy()
            for name in actions:
                del without[name]
            request.POST = without  # type: ignore[assignment]
            _answer(request, page)
        raise


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    asked = request.resolver_match
    assert asked  # noqa: S101
    with transaction.atomic():
        lock_page(page)
        response: HttpResponse = asked.func(request, *asked.args, **asked.kwargs)
        return response


def lock_page(page: Page) -> None:
    """Nobody else saves the page until the transaction is over.

    By an update that changes nothing: SQLite knows no other lock.
    """
    Page.objects.filter(pk=page.pk).update(latest_revision=F("latest_revision"))


class SavedByFormMixin:
    """For a revisable model: its versions remember the form that saved them."""

    saved_by_form = ""

    def serializable_data(self) -> dict[str, Any]:
        data = super().serializable_data()  # type: ignore[misc]
        return {**data, FORM: self.saved_by_form} if self.saved_by_form else data


class RefuseStaleMixin:
    """For a Wagtail model form of a revisable object."""

    conflict: Conflict | None = None
    # The form's.
    instance: Any
    data: Any
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        notes = {FORM: secrets.token_hex(8)}
        if self.instance.pk and not self.instance.latest_revision_id:
            # Wagtail's form says which version it stands on only once there is one.
            notes |= {LOADED: "", LOADED_AT: ""}
        self.fields.update({name: NoteField(initial=value) for name, value in notes.items()})

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        instance = self.instance
        instance.saved_by_form = self.data.get(FORM, "")[:32]
        if not instance.pk or not getattr(instance, "is_being_saved", False):
            return cleaned
        # Asked of the database: the instance may be older than the request.
        stored = type(instance).objects.filter(pk=instance.pk).values("latest_revision")
        latest = Revision.objects.select_related("user").filter(pk__in=stored).first()
        if latest and not _is_current(self.data, latest):
            author = get_user_display_name(latest.user) if latest.user else _("the system")
            token = version_token(latest)
            person = getattr(self, "for_user", None)
            is_own = person is not None and latest.user_id == person.pk
            self.conflict = Conflict(
                latest.pk, token, author, latest.created_at, is_own, FORM in latest.content
            )
            message = _(
                "Nothing was saved, because there is a newer version. Compare, then tick the box "
                "to replace it, or reload the page to discard what you typed."
            )
            raise ValidationError(message, code="stale")
        return cleaned

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        # After an autosave the form in the browser stands on the revision just written;
        # without this a plain Save that follows would look stale.
        updates = super().get_field_updates_for_resave()  # type: ignore[misc]
        if revision := self.instance.latest_revision:
            updates += [(LOADED, str(revision.pk)), (LOADED_AT, revision.created_at.isoformat())]
        return updates


class ConflictPanel(Panel):
    """The box to tick; shown only on a form that was refused."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/conflict_panel.html"

        def is_shown(self) -> bool:
            return getattr(self.form, "conflict", None) is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {
                **context,
                "conflict": self.form.conflict,
                "names": {"conflict": CONFLICT, "consent": CONSENT},
                "compare_url": self._compare_url(),
                "version_url": self.instance.get_version_url(self.form.conflict.revision_id),
            }

        def _compare_url(self) -> str:
            """ "" where autosave has written the newer version over the one that was loaded."""
            loaded, newer = self.form.data.get(LOADED, ""), self.form.conflict.revision_id
            page = self.instance
            if not (isinstance(page, Page) and loaded.isdecimal() and int(loaded) != newer):
                return ""
            return reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, loaded, newer])
