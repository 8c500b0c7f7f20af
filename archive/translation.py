"""Switchboard for modeltranslation: imports the rooms' registrations."""

from archive.entities import translation as entities
from archive.photos import translation as photos
from archive.stories import translation as pages
from archive.ties import translation as ties

__all__ = ["entities", "pages", "photos", "ties"]
