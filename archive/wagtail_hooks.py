"""Switchboard for Wagtail's hooks: imports the rooms' registrations."""

from archive.desk import hooks as desk
from archive.entities import hooks as entities
from archive.guide import hooks as guide
from archive.journal import hooks as journal
from archive.search import viewsets as search
from archive.setup import hooks as setup
from archive.site import hooks as site
from archive.stories import hooks as pages
from archive.ties import hooks as ties

__all__ = [
    "desk",
    "entities",
    "guide",
    "journal",
    "pages",
    "search",
    "site",
    "setup",
    "ties",
]
