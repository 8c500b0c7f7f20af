"""The public addresses of entities and ties."""

from django.urls import path
from django.views.generic import RedirectView

from archive.ties import card_views, entity_views, feeds, place_views, tie_views

urlpatterns = [
    path("entities/", entity_views.entity_index, name="entity_index"),
    path("entities/<slug:key>/", entity_views.entity_page, name="entity"),
    path("entities/<slug:key>/card/", card_views.entity_card, name="entity_card"),
    path("entities/<slug:key>/feed/", feeds.entity_feed, name="entity_feed"),
    path("cities/", RedirectView.as_view(pattern_name="archive:tie_index"), name="cities"),
    path("cities/<slug:key>/", place_views.city_page, name="city"),
    path("ties/", tie_views.tie_index, name="tie_index"),
    path("ties/map.json", tie_views.map_json, name="tie_map"),
    path("ties/timeline/", tie_views.tie_timeline, name="tie_timeline"),
    path("ties/overview/", tie_views.tie_overview, name="tie_overview"),
    path("ties/<slug:one>/<slug:two>/", place_views.pair_page, name="pair"),
]
