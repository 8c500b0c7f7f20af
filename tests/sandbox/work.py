"""What the other process is asked to do."""

import logging
import os
import signal
from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _


class RowError(Exception):
    """An error that isn't made of its words alone."""

    def __init__(self, row: int, *, column: str) -> None:
        super().__init__(f"row {row}, {column}")
        self.column = column


def number() -> int:
    return os.getpid()


def fail() -> None:
    raise RowError(3, column="title")


def ask(beside: Callable[[str], bytes | None]) -> tuple[bytes | None, int]:
    return beside("port.jpg"), os.getpid()


def label() -> str:
    return _("Headline")


def setting(name: str) -> object:
    return getattr(settings, name, None)


def warn() -> None:
    logging.getLogger("archive.contrib.intake").warning("A page of %s can't be read", "port.pdf")


def be_busy() -> None:
    while True:
        pass


def take_memory() -> list[bytearray]:
    return [bytearray(100_000_000) for _number in range(100)]


def break_down() -> None:
    os.kill(os.getpid(), signal.SIGILL)


def print_words() -> str:
    print("nothing of this is a message")  # noqa: T201
    return "read"
