"""Readers' pages come from a replica, and never from behind; whatever becomes of it."""

import json
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from archive.checks import check_replica
from archive.models import ArticlePage
from archive.operations import replica
from archive.site.caching import versions
from newsroom.settings import environment
from tests.services import postgres
from tests.services.site import Server


@pytest.fixture(autouse=True)
def primary(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Outside the transaction that each test is; and no replica has failed yet."""
    monkeypatch.setattr(replica, "_paused_until", 0.0)
    found = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr(replica, "connection", found)
    closed = SimpleNamespace(close=lambda: None)
    monkeypatch.setattr(replica, "connections", {replica.ALIAS: closed})
    return found


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the replica has; by default, all that the primary has."""
    found: dict[str, Any] = {"versions": None, "error": None}
    read = versions.read

    def read_there(keys: Any, using: str = "default") -> Any:
        if using != replica.ALIAS:
            return read(keys)
        if found["error"]:
            raise found["error"]
        return found["versions"] or read(keys)

    monkeypatch.setattr(versions, "read", read_there)
    return found


def asked(view: Any, path: str = "/en/search/", **attributes: Any) -> HttpResponse:
    """What the middleware makes of the view for a reader of whom nothing is known."""
    request = RequestFactory().get(path)
    request.archive_versions = versions.read(versions.keys_of(request))  # type: ignore[attr-defined]
    for name, value in attributes.items():
        setattr(request, name, value)

    def get_response(request: HttpRequest) -> HttpResponse:
        request.resolver_match = resolve(request.path)
        middleware.process_view(request, view, (), {})
        try:
            return view(request)
        except Exception as error:
            if (response := middleware.process_exception(request, error)) is None:
                raise
            return response

    middleware = replica.ReplicaMiddleware(get_response)
    return middleware(request)


def place(*_args: Any) -> HttpResponse:
    return HttpResponse(replica.ReplicaRouter().db_for_read(ArticlePage))


@pytest.mark.django_db
def test_a_reader_is_given_what_the_replica_has_in_full(seen: dict[str, Any]) -> None:
    assert asked(place).content == b"replica"
    assert replica.ReplicaRouter().db_for_read(ArticlePage) == "default", "After the request."
    seen["versions"] = {"site": versions.Version("7")}
    assert asked(place).content == b"default"


@pytest.mark.django_db
def test_who_is_known_reads_from_the_primary(seen: dict[str, Any]) -> None:
    # What a page of the admin, or of a reader with a session, has asked.
    assert asked(place, archive_versions={}).content == b"default"
    assert asked(place, archive_versions=versions.read(["site", "stories"])).content == b"default"
    assert asked(place, "/admin/").content == b"default"


@pytest.mark.django_db
def test_who_writes_or_is_in_a_transaction_reads_there(
    seen: dict[str, Any], primary: SimpleNamespace
) -> None:
    router = replica.ReplicaRouter()

    def view(request: HttpRequest) -> HttpResponse:
        primary.in_atomic_block = True
        inside = router.db_for_read(ArticlePage)
        primary.in_atomic_block = False
        before = router.db_for_read(ArticlePage)
        written = router.db_for_write(ArticlePage)
        after = router.db_for_read(ArticlePage)
        return HttpResponse(f"{inside} {before} {written} {after}")

    assert asked(view).content == b"default replica default default"


@pytest.mark.django_db
def test_a_replica_that_fails_costs_nobody_a_page(seen: dict[str, Any]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        if place().content == b"replica":
            raise OperationalError("terminating connection due to administrator command")
        return HttpResponse("made again")

    assert asked(view).content == b"made again"
    assert asked(place).content == b"default", "It isn't asked for a while."


@pytest.mark.django_db
def test_one_that_is_gone_isnt_waited_for(
    seen: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    seen["error"] = OperationalError("connection refused")
    assert [asked(place).content for _number in range(3)] == [b"default"] * 3
    assert len(caplog.records) == 1


@pytest.mark.django_db
def test_an_error_of_the_views_own_stays_one(seen: dict[str, Any]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise ValueError("odd")

    with pytest.raises(ValueError, match="odd"):
        asked(view)


def test_a_replica_by_a_url(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"ENGINE": "django.db.backends.postgresql"}
    assert environment.replica("REPLICA_URL", own) == {}
    monkeypatch.setenv("REPLICA_URL", "postgres://newsroom@replica/newsroom?sslmode=require")
    monkeypatch.setenv("DATABASE_POOL", "4")
    found = environment.replica("REPLICA_URL", own)["replica"]
    assert (found["HOST"], found["OPTIONS"]["sslmode"]) == ("replica", "require")
    assert found["OPTIONS"]["pool"]["timeout"] <= 2
    with pytest.raises(ImproperlyConfigured, match="REPLICA_URL is a PostgreSQL"):
        environment.replica("REPLICA_URL", {"ENGINE": "django.db.backends.sqlite3"})


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
def test_a_replica_without_all_that_it_takes_is_an_error(settings: Any) -> None:
    assert check_replica(None) == []
    settings.DATABASE_ROUTERS = [replica.ROUTER]
    assert [one.id for one in check_replica(None)] == ["archive.E109"]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, replica.MIDDLEWARE]
    assert [one.id for one in check_replica(None)] == ["archive.E109"]
    settings.DATABASES = {**settings.DATABASES, "replica": {}}
    assert check_replica(None) == []


MAKE = """
import django; django.setup()
from tests.factories import make_article
from archive.models import HomePage
for number in range(30):
    story = make_article(f"Lighthouse {number} of the east pier")
    story.save_revision().publish()
    print(story.get_url())
"""
WITHDRAW = """
import django; django.setup()
from archive.models import ArticlePage
ArticlePage.objects.get(slug="{slug}").unpublish()
"""
RESTRICT = """
import django; django.setup()
from archive.models import ArticlePage
from wagtail.models import PageViewRestriction
PageViewRestriction.objects.create(
    page=ArticlePage.objects.get(slug="{slug}"), restriction_type="login"
)
"""


class Readers:
    """Some who go on reading these addresses, and note what they get."""

    def __init__(self, site: Server, paths: list[str]) -> None:
        self.site, self.paths = site, paths
        self.statuses: Counter[int] = Counter()
        self.slowest = 0.0
        self._ends = threading.Event()

    @contextmanager
    def reading(self, count: int) -> Iterator[None]:
        threads = [threading.Thread(target=self._read, args=(one,)) for one in range(count)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._ends.set()
            for thread in threads:
                thread.join()

    def _read(self, start: int) -> None:
        number = start
        while not self._ends.is_set():
            # Another address each time: no cache has it.
            path = f"{self.paths[number % len(self.paths)]}?n={start}.{number}"
            began = time.monotonic()
            status, _said = self.site.get(path, self.site.web)
            self.slowest = max(self.slowest, time.monotonic() - began)
            self.statuses[status] += 1
            number += 1


def reads_from(site: Server, server: postgres.Server, paths: list[str]) -> int:
    """How many statements it answers for these pages."""
    before = server.asked()
    for path in paths:
        assert site.get(f"{path}?m={time.monotonic()}", site.web)[0] == 200
    return server.asked() - before


def wait_for(site: Server, part: str, word: str) -> dict[str, Any]:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        said: dict[str, Any] = json.loads(site.get("/health/ready", site.web)[1] or "{}")
        if said.get(part) == word:
            return said
        time.sleep(0.3)
    raise AssertionError(f"{part} was never {word}: {said}")


@pytest.mark.exhaustive
@pytest.mark.sqlite
@pytest.mark.parametrize("pool", ["0", "4"])
def test_readers_go_on_whatever_becomes_of_a_real_replica(tmp_path: Path, pool: str) -> None:
    with ExitStack() as stack:
        primary, standby = stack.enter_context(postgres.running_pair())
        site = Server(tmp_path, primary.url)
        site.environment |= {"REPLICA_URL": standby.url, "DATABASE_POOL": pool, "TASKS": ""}
        site.manage("migrate", "--noinput", "--verbosity", "0")
        site.manage("archive_setup", "--publication", "Harbour Post")
        site.manage("collectstatic", "--noinput", "--verbosity", "0")
        paths = site.run("python", "-c", MAKE).split()
        stack.enter_context(
            site.running(
                "gunicorn", "--config", "newsroom/deploy/gunicorn.conf.py", "newsroom.wsgi"
            )
        )
        site.wait("/health/ready", site.web, '"replica": "ok"')
        site.wait(paths[0], site.web, "Lighthouse")
        site.wait(FOUND, site.web, "east pier")
        assert reads_from(site, standby, paths[:10]) >= 60, "Some for each page."
        assert reads_from(site, standby, [FOUND]) >= 5
        check_lag(site, standby, paths)
        check_loss(site, standby, paths[2:])


FOUND = "/en/search/?q=lighthouse"


def check_lag(site: Server, standby: postgres.Server, paths: list[str]) -> None:
    """What is withdrawn or restricted on the primary is so at once."""
    standby.ask("SELECT pg_wal_replay_pause()")
    slugs = [path.strip("/").rpartition("/")[2] for path in paths]
    site.run("python", "-c", WITHDRAW.format(slug=slugs[0]))
    site.run("python", "-c", RESTRICT.format(slug=slugs[1]))
    assert site.get(paths[0], site.web)[0] == 410
    assert "of the east pier</h1>" not in site.get(paths[1], site.web)[1]
    status, said = site.get(f"{FOUND}&n=2", site.web)
    assert status == 200
    assert "east pier" in said
    assert not [slug for slug in slugs[:2] if f"{slug}/" in said]
    # All the while it has neither.
    assert not standby.ask("SELECT EXISTS (SELECT FROM wagtailcore_pageviewrestriction)")
    assert standby.ask(f"SELECT live FROM wagtailcore_page WHERE slug = '{slugs[0]}'")
    # It may be this statement that what is replayed next meets.
    with suppress(psycopg.OperationalError):
        standby.ask("SELECT pg_wal_replay_resume()")
    wait_until_replayed(standby, slugs[0])
    time.sleep(replica.PAUSE_SECONDS)
    assert reads_from(site, standby, paths[2:12]) >= 60
    assert site.get(paths[0], site.web)[0] == 410


def wait_until_replayed(standby: postgres.Server, slug: str) -> None:
    until = time.monotonic() + 30
    while standby.ask(f"SELECT live FROM wagtailcore_page WHERE slug = '{slug}'"):
        assert time.monotonic() < until
        time.sleep(0.2)


def check_loss(site: Server, standby: postgres.Server, paths: list[str]) -> None:
    """It is gone under readers, and comes back: none gets an error."""
    readers = Readers(site, paths)
    with readers.reading(6):
        time.sleep(3)
        standby.stop(signal.SIGQUIT)
        time.sleep(3)
        assert wait_for(site, "replica", "failing")["status"] == "degraded"
        standby.start()
        time.sleep(replica.PAUSE_SECONDS)
    sys.stdout.write(f"{readers.statuses}, at most {readers.slowest:.1f} s\n")
    assert set(readers.statuses) == {200}, readers.statuses
    assert readers.statuses[200] > 60
    assert readers.slowest < 15
    wait_for(site, "replica", "ok")
    time.sleep(replica.PAUSE_SECONDS)
    assert reads_from(site, standby, paths[:10]) >= 60
