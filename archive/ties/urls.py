"""The public addresses of entities and ties."""

from django.urls import path

from archive.ties import views

urlpatterns = [
    path("entities/", views.entity_index, name="entity_index"),
    path("entities/<slug:key>/", views.entity_page, name="entity"),
    path("ties/", views.tie_index, name="tie_index"),
]
