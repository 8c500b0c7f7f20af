"""What dossiers add to the archive: their addresses, and where they are listed. Wiring only."""

from django.urls import URLPattern, path
from wagtail import hooks

from archive.contrib.dossiers.contents import story_keys
from archive.contrib.dossiers.models import DossierPage
from archive.contrib.dossiers.views import dossier_epub, dossier_feed, dossier_reader, story_epub
from archive.site.listed_pages import ListedPages
from archive.site.story_foot import StoryFoot


@hooks.register("register_archive_listed_pages")
def listed_dossiers() -> ListedPages:
    return ListedPages(DossierPage, "archive_dossiers/list.html", ("items",), story_keys)


@hooks.register("register_archive_reader_urls")
def dossier_urls() -> list[URLPattern]:
    return [
        path("dossiers/<slug:slug>/reader/", dossier_reader, name="dossier_reader"),
        path("dossiers/<slug:slug>/feed/", dossier_feed, name="dossier_feed"),
        path("dossiers/<slug:slug>/book.epub", dossier_epub, name="dossier_epub"),
        path("stories/<slug:short>/story.epub", story_epub, name="story_epub"),
    ]


@hooks.register("register_archive_story_foot")
def story_book() -> StoryFoot:
    return StoryFoot("archive_dossiers/story_foot.html")
