"""The public addresses of entities and ties."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
