"""The site as the browser gets it: one request after the other.

The tests' SQLite database lives in memory, so all of the server's threads share its one
connection. Two requests at a time would end each other's transactions, and so would a request
that is still on its way while a test's database is emptied.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, RLock
from typing import Any

import pytest
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connection
from django.db.transaction import Atomic
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

turn = RLock()
View = Callable[[HttpRequest], HttpResponse]
PATIENCE_S = 30


class OneAtATime:
    """Middleware that makes a request wait for the one before it."""

    def __init__(self, view: View) -> None:
        self.view = view

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with turn:
            return self.view(request)


@contextmanager
def taking_turns() -> Iterator[None]:
    """What a test itself asks of the database, or changes in it, waits for its turn as well."""
    enter, leave = Atomic.__enter__, Atomic.__exit__

    def enter_in_turn(block: Atomic) -> None:
        turn.acquire()
        try:
            enter(block)
        except BaseException:
            turn.release()
            raise

    def leave_in_turn(block: Atomic, *error: Any) -> None:
        try:
            leave(block, *error)
        finally:
            turn.release()

    def ask_in_turn(execute: Callable[..., Any], *args: Any) -> Any:
        with turn:
            return execute(*args)

    with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(ask_in_turn):
        patch.setattr(Atomic, "__enter__", enter_in_turn)
        patch.setattr(Atomic, "__exit__", leave_in_turn)
        yield


class CountingServer(ThreadedWSGIServer):
    """Knows how many connections are open, each with a thread of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changed = Condition()
        self.open = 0

    def process_request(self, request: Any, client_address: Any) -> None:
        self.count(1)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.count(-1)

    def count(self, step: int) -> None:
        with self.changed:
            self.open += step
            self.changed.notify_all()

    def wait_until_closed(self) -> bool:
        """Whether the last connection has gone, within `PATIENCE_S` seconds."""
        with self.changed:
            return self.changed.wait_for(lambda: self.open == 0, PATIENCE_S)


def start() -> LiveServer:
    """A server on a free port of this machine; it has loaded its middleware when this returns."""
    name = f"{OneAtATime.__module__}.{OneAtATime.__qualname__}"
    with override_settings(MIDDLEWARE=[name, *settings.MIDDLEWARE]):
        site = LiveServer("localhost", start=False)
        site.thread.server_class = CountingServer
        site.start()
    return site


def wait_until_idle(site: LiveServer) -> None:
    """Returns once whatever was sent so far has been answered; AssertionError if it never is.

    The browser must have closed its connections, or be about to.
    """
    # Connections are accepted in order: once this one is hung up, none waits before it.
    with socket.create_connection((site.thread.host, site.thread.port), PATIENCE_S) as probe:
        probe.sendall(b"\r\n")
        probe.recv(1)
    assert site.thread.httpd.wait_until_closed(), "A request or a connection never ends."
