"""The addresses of stories' citations."""

from django.urls import path

from archive.feeds.citing.views import cite

urlpatterns = [path("cite/<slug:short>/", cite, name="cite")]
