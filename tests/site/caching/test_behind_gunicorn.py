"""What gunicorn takes from a client's headers is kept for nobody else."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.db import connection

from archive.text.language import ENGLISH
from tests.factories import make_article
from tests.site.reading import address

pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.sqlite,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("copied_database"),
]
PATIENCE_S = 60
Answer = tuple[int, bytes, str]


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Of a server that has a copy of the test's database, and keeps pages."""
    stored = tmp_path / "archive.sqlite3"
    with sqlite3.connect(stored) as copy:
        connection.connection.backup(copy)
    copy.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    variables = {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.test",
        "DATABASE_URL": f"sqlite:///{stored}",
        "ARCHIVE_CACHE_PAGES": "1",
        # Gunicorn keeps a socket there.
        "HOME": str(tmp_path),
    }
    command = [sys.executable, "-m", "gunicorn", "newsroom.wsgi", "-b", f"127.0.0.1:{number}"]
    server = subprocess.Popen(command, env={**os.environ, **variables})
    yield number
    server.terminate()
    server.wait(PATIENCE_S)


def ask(port: int, path: str, **headers: str) -> Answer:
    """The path goes out as it is; asked again until the server is there."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            client = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
            client.request("GET", path, headers=headers)
            answer = client.getresponse()
            return answer.status, answer.read(), answer.headers.get("Cache-Control", "")
        except ConnectionRefusedError:
            assert time.monotonic() < until
            time.sleep(0.1)


@pytest.fixture
def path(transactional_db: None) -> str:
    return address(make_article(), ENGLISH)


def test_a_header_moves_the_site_for_nobody_else(path: str, port: int) -> None:
    mounted = f"//evil.example{path}"
    status, content, control = ask(port, mounted, SCRIPT_NAME="//evil.example")
    assert (status, control) == (200, "private, no-store")
    assert b"evil.example/en/" in content
    status, content, _control = ask(port, mounted)
    assert status == 404
    assert b"evil.example/en/entities" not in content
    first, kept = ask(port, path), ask(port, path)
    assert first == kept
    assert kept[0] == 200
    assert b"evil" not in kept[1]
