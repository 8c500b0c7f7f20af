"""Switchboard for Wagtail's hooks: imports the rooms' registrations."""

from archive.desk import hooks as desk
from archive.desk.memory import hooks as memory
from archive.entities import hooks as entities
from archive.intake import hooks as intake
from archive.pages import hooks as pages
from archive.ties import hooks as ties

__all__ = ["desk", "entities", "intake", "memory", "pages", "ties"]
