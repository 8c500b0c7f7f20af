"""What follows when pages that stories lie below are published, moved, renamed or restricted, and
when pictures that stand in stories change."""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.utils import translation
from wagtail import signals

from archive.base_page import Page
from archive.publishing import followers
from archive.publishing.stories import unpublish_story
from archive.search.actions import FEW_STORIES
from archive.site.caching import events
from archive.site.caching.events import stories_changed, stories_showing
from archive.site.harvest_records.actions import follow_branch, touch_branch
from archive.stories.actions import is_being_filed, show_places, take_facts_from_place
from archive.stories.body import first_picture
from archive.stories.models import ArticlePage, IssuePage, YearPage
from archive.text.language import other, supported


def change_page(page: Page) -> None:
    """A page that is no story was published or taken back."""
    if not isinstance(page, IssuePage):
        # Whatever else a site has for pages may show anything.
        events.frame_changed()


def move_page(page: Page, before: str, after: str) -> None:
    """A page went to another place, by `url_path`: moved by hand, its stories get its facts."""
    # Wagtail may hand over a plain Page.
    kind = page.specific_class or Page
    if issubclass(kind, ArticlePage):
        parent = before.rstrip("/").rpartition("/")[0]
        events.touch_addresses({before, after, f"{parent}/"})
        events.stories_changed([page.pk])
    else:
        events.frame_changed()
    if issubclass(kind, ArticlePage | IssuePage | YearPage) and not is_being_filed(page):
        take_place(page)
        if page.live and issubclass(kind, ArticlePage):
            show_places(page.specific)
    touch_branch(page)


def save_plain_page(page: Page) -> None:
    """A page's row was saved by itself, in the transaction that moves or unpublishes the page."""
    is_story = issubclass(page.specific_class or Page, ArticlePage)
    # Below another parent, other restrictions hold; and those of a branch know it by its path.
    is_withdrawn = follow_branch(page)
    if is_withdrawn or not is_story:
        events.frame_changed()
    if is_withdrawn and is_story and not page.live:
        unpublish_story(page.pk)


def take_place(page: Page) -> None:
    """Give stories the print date and publication of their place."""
    if written := take_facts_from_place(page):
        followers.notify_readers(written, *followers.of_apps())


def change_address(page: Page) -> None:
    """A page was renamed, and that is committed. The archive's own pages report it when saved."""
    if (page.specific_class or Page)._meta.app_label != "archive":
        events.frame_changed()
    touch_branch(page)


def save_issue(issue: IssuePage, update_fields: Collection[str] | None, *, is_new: bool) -> None:
    """With another date an issue and all its stories have other addresses.

    A live issue's draft leaves the row's date as it is. No `update_fields` are all.
    """
    if not is_new and (update_fields is None or "print_date" in update_fields):
        take_place(issue)
    events.issue_changed(issue)
    if not is_new and (update_fields is None or "slug" in update_fields):
        events.frame_changed()


def delete_issue(issue: IssuePage) -> None:
    events.issue_changed(issue)
    events.frame_changed()


def restrict_page(pk: int) -> None:
    """A restriction has come or gone, maybe together with its page."""
    if page := Page.objects.filter(pk=pk).first():
        follow_branch(page)


def connect_redirects() -> None:
    """From former addresses of pages, in both languages: Wagtail leaves redirects in the language
    that is active; these receivers do so in the other one.

    Nothing where the site has no redirects.
    """
    if apps.is_installed("wagtail.contrib.redirects"):
        signals.page_slug_changed.connect(on_slug_changed)
        signals.post_page_move.connect(on_page_moved)


def on_slug_changed(sender: type, instance: Page, instance_before: Page, **kwargs: Any) -> None:
    # In a site without the app, its models can't be imported.
    from wagtail.contrib.redirects.signal_handlers import autocreate_redirects_on_slug_change

    with translation.override(other(supported(translation.get_language()))):
        autocreate_redirects_on_slug_change(instance_before, instance)


def on_page_moved(
    sender: type, instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any
) -> None:
    # A story that nobody could read yet leaves no address; most are moved then, to their issue.
    if not instance.first_published_at:
        return
    # In a site without the app, its models can't be imported.
    from wagtail.contrib.redirects.signal_handlers import autocreate_redirects_on_page_move

    with translation.override(other(supported(translation.get_language()))):
        autocreate_redirects_on_page_move(instance, url_path_after, url_path_before)


def change_picture(image: Any) -> None:
    """Its texts or its credit: pages, search and the lists of what pictures lack follow."""
    pks = stories_showing(image)
    stories_changed(pks)
    if len(pks) <= FEW_STORIES:
        # The nightly `check_archive search --repair` does it for more: nobody should wait for it.
        followers.notify_pictures(pks)


def delete_picture(image: Any) -> None:
    """Lists show the next picture of its stories; these have lost it as their lead by now."""
    without = ArticlePage.objects.filter(pk__in=stories_showing(image), lead_image=None)
    for article in without.order_by("pk")[:FEW_STORIES]:
        if lead := first_picture(article.source("body")):
            ArticlePage.objects.filter(pk=article.pk).update(lead_image=lead)
    change_picture(image)
