"""Wires the ties room, and the menu it shares with the names, into Wagtail's admin."""

from wagtail.snippets.models import register_snippet

from archive.ties.viewsets import NamesAndTiesGroup

register_snippet(NamesAndTiesGroup)
