"""The public addresses of the search."""

from django.urls import path

from archive.site.search import feeds, views
from archive.site.search import hint_views as hints

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggest/", hints.suggest, name="search_suggest"),
    path("search/feed/", feeds.search_feed, name="search_feed"),
    path("search/opensearch.xml", hints.description, name="search_description"),
]
