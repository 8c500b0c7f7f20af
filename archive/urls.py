"""The archive's public addresses in a language; mount inside i18n_patterns.

Where they are mounted, the front page is: at "" if it is the site's root page, at "archive/" if
its slug is "archive" below that.
"""

from django.urls import URLPattern, include, path, re_path
from django.views.generic import RedirectView
from wagtail.urls import serve_pattern

from archive.registry import registered
from archive.site import collections, offline
from archive.site.citations.views import cite
from archive.site.feeds import views as feeds
from archive.site.names import tie_views as ties
from archive.site.names import views as names
from archive.site.page_views import serve
from archive.site.search import hint_views as hints
from archive.site.search import trends
from archive.site.search import views as search
from archive.site.twins import twin

app_name = "archive"

urlpatterns = [
    path("search/", search.search, name="search"),
    path("search/suggest/", hints.suggest, name="search_suggest"),
    path("search/trends/", trends.search_trends, name="search_trends"),
    path("search/feed/", search.search_feed, name="search_feed"),
    path("search/opensearch.xml", hints.description, name="search_description"),
    path("", include("archive.site.browse.urls")),
    path("entities/", names.entity_index, name="entity_index"),
    path("entities/<slug:key>/", names.entity_page, name="entity"),
    path("entities/<slug:key>/card/", names.entity_card, name="entity_card"),
    path("entities/<slug:key>/feed/", feeds.entity_feed, name="entity_feed"),
    path("cities/", RedirectView.as_view(pattern_name="archive:tie_index"), name="cities"),
    path("cities/<slug:key>/", names.city_page, name="city"),
    path("ties/", ties.tie_index, name="tie_index"),
    path("ties/<slug:one>/<slug:two>/", names.pair_page, name="pair"),
    *registered("reader_urls", URLPattern),
    # Feeds come after the addresses above: their first part is any page's slug.
    path("feed/", feeds.archive_feed, name="archive_feed"),
    path("ties/<slug:one>/<slug:two>/feed/", feeds.pair_feed, name="pair_feed"),
    path("<slug:publication>/feed/", feeds.publication_feed, name="publication_feed"),
    path("<slug:publication>/<slug:section>/feed/", feeds.section_feed, name="section_feed"),
    path("cite/<slug:short>/", cite, name="cite"),
    path("saved/", collections.saved, name="saved"),
    path("saved/citations/", collections.cite_stories, name="cite_stories"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    re_path(r"^(?P<path>[\w/-]+)\.md$", twin, name="twin"),
    # The pages themselves, so last. What begins with _util/ is Wagtail's own.
    re_path(rf"^(?!_util/){serve_pattern.lstrip('^')}", serve, name="page"),
]
