"""The addresses of the offline mode that are in a language."""

from django.urls import path

from archive.site.offline import views

urlpatterns = [
    path("offline/", views.offline, name="offline"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
