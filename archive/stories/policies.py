"""Where a person may file stories. Rights are by paper: those in one don't reach into another.

A story lies below the issue that its publication and print date name. Form, workflow, schedule,
import and bulk actions all ask here before it goes to another place.
"""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import BigAutoField, CharField, DateField, Exists, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import registry
from wagtail.models import Revision
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.base_page import Page
from archive.prepared import Given, PreparedQuery
from archive.stories.models.browse import (
    IssuePage,
    PublicationPage,
    SectionPage,
    YearPage,
    is_of_paper,
)

SCHEDULING = ("wagtail.publish.schedule", "wagtail.schedule.revert")


def may_change_pages(user: Any) -> bool:
    """Whether the person may change pages somewhere."""
    return bool(PagePermissionPolicy().user_has_any_permission(user, {"change"}))


def papers_for(user: Any) -> QuerySet[PublicationPage]:
    """The publications in which a person may add stories, be it below one of their years only.

    That for unfiled stories is none: it has printed nothing.
    """
    papers = PublicationPage.objects.filter(is_unfiled=False).order_by("title", "pk")
    if user.is_superuser and user.is_active:
        return papers
    grants = PagePermissionPolicy().get_cached_permissions_for_user(user)
    roots = [
        grant.page.path
        for grant in grants
        if grant.permission.codename == f"add_{Page._meta.model_name}"
    ]
    found = [
        paper.pk
        for paper in papers.only("path")
        if any(paper.path.startswith(root) or root.startswith(paper.path) for root in roots)
    ]
    return papers.filter(pk__in=found)


def place_for(publication: PublicationPage, day: date) -> Page:
    """The page below which a story of that day will lie: the issue, or what there is of it yet.

    The year while it has no such issue, the publication while it has no such year.
    """
    year = YearPage.objects.child_of(publication).filter(slug=f"{day.year:04d}").first()
    if year is None:
        return publication
    return IssuePage.objects.child_of(year).filter(print_date=day).first() or year


def never_shown() -> Q:
    """The pages that a program made as drafts and nobody has touched: paper, year, issue, section.

    What a person has drafted or taken back has unpublished changes.
    """
    return Q(live=False, has_unpublished_changes=False)


def is_filed(article: Any, *, shown: bool = False) -> bool:
    """Whether the story needn't go anywhere: an alias, or one that names no place, doesn't.

    With `shown`, also whether no page around it waits to be shown with it. One query.
    """
    if article.alias_of_id or not article.print_date or not article.publication_id:
        return True
    parent = article.path[: -Page.steplen]
    found = _FILED.rows(
        shown,
        paper=article.publication_id,
        paper_path=parent[: -2 * Page.steplen],
        issue_path=parent,
        day=article.print_date,
        section=article.section_id,
    )
    return bool(found)


def _filed(shown: bool) -> Any:
    paper, section = (Given(name, BigAutoField()) for name in ("paper", "section"))
    issue_path, paper_path = (Given(name, CharField()) for name in ("issue_path", "paper_path"))
    printed = Page.objects.filter(pk=paper, path=paper_path)
    day = Given("day", DateField())
    issues = IssuePage.objects.filter(Exists(printed), path=issue_path, print_date=day)
    if shown:
        hidden = Page.objects.filter(never_shown(), Q(pk=paper) | Q(pk=section))
        issues = issues.exclude(never_shown()).exclude(Exists(hidden))
    return issues.order_by().values_list("pk")[:1]


_FILED = PreparedQuery(_filed)


def may_file(user: Any, place: Page, *, live: bool) -> bool:
    """Whether the person may add a story below the page, and with `live` publish it there."""
    here = place.permissions_for_user(user)
    if not user.is_active or user.is_superuser:
        return bool(user.is_active)
    return {"add", "publish"} <= here.permissions if live else "add" in here.permissions


def check_filing(article: Any, user: Any, *, live: bool) -> None:
    """Raises ValidationError, by field, where this would take the story past the person's rights.

    `live`: it is published there. No user is a program, which may.
    """
    if user is None or is_filed(article):
        return
    publication = PublicationPage.objects.get(pk=article.publication_id)
    check_place(place_for(publication, article.print_date), user, live=live)


def check_place(place: Page, user: Any, *, live: bool) -> None:
    """Raises ValidationError where the person may not add below `place`, or publish with `live`."""
    if may_file(user, place, live=live):
        return
    paper = PublicationPage.objects.ancestor_of(place, inclusive=True).first() or place
    if live:
        message = _(
            "You do not have permission to publish stories in “%(paper)s” on this date. Choose "
            "another publication or date, or ask an editor of that publication."
        )
    else:
        message = _(
            "You do not have permission to add stories to “%(paper)s” on this date. Choose "
            "another publication or date, or ask an editor of that publication."
        )
    raise ValidationError({"publication": message % {"paper": paper}}, code="filing")


def section_error(publication: PublicationPage | None, section: SectionPage | None) -> str:
    """Why the story can't be in the section: it is another publication's; "" where it can."""
    if not section or not publication or is_of_paper(section, publication):
        return ""
    names = {"section": section, "paper": section.get_parent().specific}
    return _("The section “%(section)s” belongs to “%(paper)s”. Choose another section.") % names


def scheduled_by(revision: Revision) -> Any:
    """Who decided that the version goes live later: the rights are theirs on the day.

    None for a version that isn't scheduled, or that a program has scheduled.
    """
    if not revision.approved_go_live_at:
        return None
    logs = registry.get_logs_for_instance(revision.content_object)
    found = logs.filter(action__in=SCHEDULING, revision=revision).exclude(user=None)
    decided = found.order_by("-timestamp", "-pk").values_list("user_id", flat=True).first()
    if decided is None:
        return revision.user
    # Whose account is gone has no rights any more.
    return get_user_model().objects.filter(pk=decided).first() or AnonymousUser()
