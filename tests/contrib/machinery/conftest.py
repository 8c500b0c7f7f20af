"""The fake server, for as long as a test; nothing else can be reached."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.contrib.machinery.fake_server import KEY, FakeServer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    monkeypatch.setenv("no_proxy", "*")
    fake = FakeServer()
    fake.url = fake.start()
    thread = threading.Thread(target=fake.http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield fake
    fake.http.shutdown()
    fake.http.server_close()
    thread.join()


@pytest.fixture
def deepl(server: FakeServer, settings: Any) -> FakeServer:
    """Machine drafts are on, by a DeepL that isn't."""
    settings.ARCHIVE_MACHINE_ENGINE = "archive.contrib.machinery.deepl.DeepL"
    settings.ARCHIVE_MACHINE_OPTIONS = {"key": KEY, "url": server.url, "pause": 0}
    return server
