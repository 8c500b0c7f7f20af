"""What the comparison of two versions shows of a story, and the request that restores a part."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.images import get_image_model
from wagtail.models import Revision
from wagtail.utils.timestamps import render_timestamp

from archive.base_page import Page
from archive.entities.models import Entity
from archive.entities.rich_text import LINK_TYPE
from archive.stories.models import ArticlePage
from archive.stories.stale_save import version_token
from archive.stories.versions.actions import (
    StaleVersionError,
    check_may_restore,
    restore_paragraph,
    version_of,
)
from archive.stories.versions.comparison import VersionError, compare_versions
from archive.text.labels import row_key
from archive.text.language import HTML_CODES

THUMBNAIL = "max-165x165"


def paragraphs_of(context: Mapping[str, Any]) -> dict[str, Any]:
    """For Wagtail's page of a comparison: a story's rows, and where they are restored from.

    {} for anything that is no story, or whose versions are in two languages. `restore_url` is ""
    unless the newer version is the newest one, and the person may change the story now.
    """
    story = context.get("object")
    if not isinstance(story, ArticlePage):
        return {}
    old, new = context["revision_a"], context["revision_b"]
    if old.source_language != new.source_language:
        return {}
    rows = compare_versions(version_of(old), version_of(new), _link_name)
    images = {pk for row in rows for shown in row.pictures for pk in shown}
    latest = story.get_latest_revision()
    former = _revision(story, context["view"].revision_id_a)
    return {
        "headings": [_heading(context[f"revision_{one}_heading"]) for one in "ab"],
        "rows": rows,
        "changes": [row for row in rows if row.state != "same"],
        "pictures": _pictures(images),
        "labels": _labels(story),
        "lang": HTML_CODES[new.source_language],
        "token": version_token(latest) if latest else "",
        "restore_url": reverse("archive_versions:restore", args=[story.pk, former.pk])
        if former and latest and _is_newest(story, context, latest)
        else "",
    }


@require_POST
def restore(request: HttpRequest, pk: int, revision_id: int) -> HttpResponse:
    """Posted: `key` of the paragraph, and `token` of the newest version that was on the screen."""
    story = get_object_or_404(ArticlePage, pk=pk)
    revision = get_object_or_404(Revision.objects.for_instance(story), pk=revision_id)
    try:
        restore_paragraph(
            story,
            revision,
            request.POST.get("key", ""),
            token=request.POST.get("token", ""),
            user=request.user,
        )
    except VersionError as error:
        raise Http404 from error
    except StaleVersionError:
        messages.error(
            request,
            _("Nothing was restored: a newer version was saved meanwhile. It is compared below."),
        )
    else:
        edit = messages.button(reverse("wagtailadmin_pages:edit", args=[pk]), _("Edit"))
        is_draft = ArticlePage.objects.filter(pk=pk, has_unpublished_changes=True).exists()
        told = (
            _("The paragraph is restored in a new draft.")
            if is_draft
            else _("The paragraph is restored, and the story is as readers have it.")
        )
        messages.success(request, told, buttons=[edit])
    return redirect("wagtailadmin_pages:revisions_compare", pk, revision_id, "latest")


def _is_newest(story: ArticlePage, context: Mapping[str, Any], latest: Revision) -> bool:
    shown = context["view"].revision_id_b
    if shown == "live":
        is_newest = story.live and not story.has_unpublished_changes
    else:
        is_newest = shown in ("latest", str(latest.pk))
    try:
        check_may_restore(story, context["request"].user)
    except PermissionDenied:
        return False
    return is_newest


def _revision(story: ArticlePage, name: str) -> Revision | None:
    """The version that an address names; of the live text, the one that it was published from."""
    if name == "live":
        return story.live_revision
    if name == "earliest":
        return story.revisions.order_by("created_at", "id").first()
    return story.revisions.filter(pk=name).first()


def _heading(given: str) -> str:
    """Wagtail names a version by a word, or by its time as Python writes it."""
    moment = parse_datetime(str(given))
    return render_timestamp(moment) if moment else given


def _pictures(pks: set[int]) -> dict[int, Any]:
    images = get_image_model().objects.filter(pk__in=pks)
    return {image.pk: image for image in images.prefetch_renditions(THUMBNAIL)} if pks else {}


def _link_name(at: tuple[str, ...]) -> str:
    model: Any = {"page": Page, LINK_TYPE: Entity}.get(at[0])
    found = model.objects.filter(pk=row_key(at[1])).first() if model else None
    return str(found or " ".join(at))


def _labels(story: ArticlePage) -> dict[str, Any]:
    """By kind of row, what the form calls it."""
    fields: dict[str, Any] = {field.name: field for field in story._meta.get_fields()}
    blocks = fields["body"].stream_block.child_blocks
    lines = {name: fields[name].verbose_name for name in story.text_fields}
    return lines | {name: block.label for name, block in blocks.items()}


urlpatterns = [path("<int:pk>/<int:revision_id>/", restore, name="restore")]
