"""The public addresses of feeds, in each language; below those of the rooms' own feeds."""

from django.urls import path

from archive.feeds import channels

urlpatterns = [
    path("feed/", channels.archive_feed, name="archive_feed"),
    path("ties/<slug:one>/<slug:two>/feed/", channels.pair_feed, name="pair_feed"),
    path("<slug:publication>/feed/", channels.publication_feed, name="publication_feed"),
    path("<slug:publication>/<slug:section>/feed/", channels.section_feed, name="section_feed"),
]
