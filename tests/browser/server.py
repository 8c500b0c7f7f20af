"""The site as the browser gets it: one request after the other.

The tests' SQLite database lives in memory, so all of the server's threads share its one
connection. Two requests at a time would end each other's transactions.
"""

from collections.abc import Callable
from threading import RLock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

turn = RLock()
View = Callable[[HttpRequest], HttpResponse]


class OneAtATime:
    """Middleware that makes a request wait for the one before it."""

    def __init__(self, view: View) -> None:
        self.view = view

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with turn:
            return self.view(request)


def start() -> LiveServer:
    """A server on a free port of this machine; it has loaded its middleware when this returns."""
    name = f"{OneAtATime.__module__}.{OneAtATime.__qualname__}"
    with override_settings(MIDDLEWARE=[name, *settings.MIDDLEWARE]):
        return LiveServer("localhost")


def wait_until_idle() -> None:
    """Returns once the last request has been answered."""
    with turn:
        pass
