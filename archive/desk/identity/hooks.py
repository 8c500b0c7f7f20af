"""Merging and splitting in Wagtail's admin: wiring only."""

from typing import Any

from wagtail import hooks

from archive.desk.identity import logging


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    logging.register(actions)
