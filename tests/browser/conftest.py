"""A browser, a server, and tabs for the tests of this folder."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from archive.models import Translation
from tests.browser import acting, server
from tests.browser.acting import PATIENCE_MS, WATCH_FORM, WIDE, sign_in
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.witness import Witness
from tests.factories import block, make_article, make_translator

HERE = Path(__file__).parent
OpenTab = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies here is a browser test, and starts from a freshly migrated database."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session", autouse=True)
def _fresh(copied_database: None) -> None:
    """Each test of a browser commits."""
    assert connection.vendor == "sqlite", "A browser's tests copy SQLite's database after each."


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium, without a window."""
    path = find_chromium()
    if path is None:
        pytest.fail("No Chromium or Chrome was found; name one with CHROMIUM=/path/to/it.")
    with sync_playwright() as playwright:
        # Playwright's event loop runs in this thread, and Django would refuse to query beside it.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """The site, which answers one request after the other."""
    site = server.start()
    with server.taking_turns():
        yield site
    site.stop()


@pytest.fixture(autouse=True)
def nothing_left_open(browser: Browser, live_server: LiveServer) -> Iterator[None]:
    """A test's database is emptied once all is answered that its tabs have asked for."""
    yield
    for context in browser.contexts:
        context.close()
    server.wait_until_idle(live_server)


@pytest.fixture
def open_tab(browser: Browser, live_server: LiveServer) -> Iterator[OpenTab]:
    """Opens an empty tab with cookies of its own: `open_tab()`, `open_tab(user, "zh-hans")`.

    Script errors, failed requests and requests to other hosts fail the test; not the statuses
    that it `meets` on purpose. `options` are the browser context's.
    """
    contexts = []
    witness = Witness(live_server.url)

    def open_one(
        user: object = None,
        interface: str = "en",
        viewport: dict = WIDE,
        meets: tuple[int, ...] = (),
        **options: Any,
    ) -> Page:
        witness.awaited += meets
        context = browser.new_context(
            viewport=viewport,
            locale="en-GB",
            base_url=live_server.url,
            # What a worker fetches on its own would come in the midst of the next test.
            **{"service_workers": "block", **options},
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(WATCH_FORM)
        contexts.append(context)
        if user is not None:
            sign_in(context, user, interface, live_server.url)
        tab = context.new_page()
        witness.watch(tab)
        return tab

    yield open_one
    for context in contexts:
        for tab in context.pages:
            # What a page sends as it is left, it sends now, not into the next test's database.
            tab.goto("about:blank")
        context.close()
    server.wait_until_idle(live_server)
    assert witness.complaints == []


@pytest.fixture
def translation() -> Translation:
    """Of a story of a headline and two paragraphs, `acting.FIRST` and `acting.SECOND`."""
    body = [
        block("paragraph", "<p>Ships came.</p>", acting.FIRST),
        block("paragraph", "<p>They left.</p>", acting.SECOND),
    ]
    return make_article("Harbour notes", body=body).translations.get()


@pytest.fixture
def desk(open_tab: OpenTab, translation: Translation) -> Page:
    """A translator's screen with that story, which watches what is typed."""
    page = open_tab(make_translator("li"))
    acting.edit(page, translation)
    acting.wait_until_watched(page)
    return page


@pytest.fixture
def page(open_tab: OpenTab) -> Page:
    """An empty tab; see `open_tab`."""
    return open_tab()
