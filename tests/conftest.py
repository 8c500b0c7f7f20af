"""What every test shares: one database's tests at a time, and no test left out unseen."""

import gc
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.signals import request_started
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import Atomic
from django.test import TestCase, TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from tests.services import migrated

hypothesis_settings.register_profile("archive", deadline=None, print_blob=True)
hypothesis_settings.load_profile("archive")

# The words in a test's path that tell of SQL beyond Django's, or of much of it.
OWN_SQL = {
    *("browse", "memory", "postgres", "publishing", "queries", "queue", "related", "search"),
    "suggesting",
}


ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all",
        action="store_true",
        help="the exhaustive tests too, every set of values, all of a browser's and PostgreSQL's",
    )


def pytest_configure(config: pytest.Config) -> None:
    """The site speaks Chinese also where nobody has run `make`: compiled catalogues aren't in git.

    With several processes, the first of them sees to it.
    """
    if not hasattr(config, "workerinput"):
        command = [sys.executable, str(ROOT / ".ci" / "messages.py"), "compile"]
        subprocess.run(command, check=True)


@pytest.fixture(scope="session")
def migrated_copy(request: pytest.FixtureRequest) -> migrated.Copy | None:
    """What an earlier run's migrations made, in the database that this run will migrate."""
    cache = getattr(request.config, "cache", None)
    if connection.vendor != "sqlite" or cache is None:
        return None
    copy = migrated.Copy(cache.mkdir("migrated"))
    copy.load()
    return copy


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    migrated_copy: migrated.Copy | None,
    django_db_setup: None,
    django_db_blocker: Any,
) -> None:
    """Lay the ground of nearly every story once: the home page, a newspaper, an issue.

    Browser tests empty all tables and start from what the migrations made.
    """
    from archive.publishing.followers import on_first_request
    from archive.stories.actions import issue_for
    from tests.factories import DAY, make_publication

    # The browser tests' server would look for lost followers in a thread of its own.
    request_started.disconnect(on_first_request)
    # What was imported stays: to look through it for garbage takes an eighth of the tests' time.
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
    if migrated_copy:
        with django_db_blocker.unblock():
            migrated_copy.keep()
    if any(item.get_closest_marker("browser") for item in request.session.items):
        return
    with django_db_blocker.unblock():
        issue_for(make_publication(), DAY)


@pytest.fixture(autouse=True)
def nothing_left_behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test starts in English, with empty caches: Wagtail's know images by their ids only.

    What frames the pages is cached by its version, and a test may change rows without a new one.
    """
    cache.clear()
    monkeypatch.setattr("archive.site.caching.site_chrome._cached", None)
    monkeypatch.setattr("archive.site.caching.site_chrome._filled._cached", (None, {}))
    monkeypatch.setattr("archive.templatetags.archive_frame_tags._PARTS", {})
    for rows in ("NAMES", "PICTURES", "CARDS"):
        monkeypatch.setattr(f"archive.site.story_page.{rows}_SHOWN._cached", (None, {}))
    # Housekeeping by chance would count among the queries of whichever test it came to.
    monkeypatch.setattr("archive.site.caching.versions.ONE_IN", 10**9)
    monkeypatch.setattr("archive.contrib.answers.own_pages._kept._cached", (None, {}))
    monkeypatch.setattr("archive.contrib.answers.answers._NAMED._cached", (None, {}))
    monkeypatch.setattr("archive.search.facet_index._cached", [])
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def copied_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Gives tests that commit the database as the migrations left it, and puts that back after
    each: others may follow in the same process.

    On SQLite by a copy: to empty every table and to fill the first ones again would take seconds.
    """
    with django_db_blocker.unblock():
        connection.ensure_connection()
        put_back = keep_copy() if connection.vendor == "sqlite" else keep_rows()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: put_back())
        yield


def keep_copy() -> Callable[[], None]:
    first = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(first)
    return lambda: first.backup(connection.connection)


def keep_rows() -> Callable[[], None]:
    first = connection.creation.serialize_db_to_string()

    def put_back() -> None:
        quiet = {"verbosity": 0, "interactive": False}
        # Keys go on, behind those of the rows that are put back.
        call_command("flush", reset_sequences=False, inhibit_post_migrate=True, **quiet)
        connection.creation.deserialize_db_from_string(first)

    return put_back


@pytest.fixture(autouse=True)
def commits_count(monkeypatch: pytest.MonkeyPatch) -> None:
    count_commits(monkeypatch)


@pytest.fixture(scope="module")
def make_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[..., Any]]:
    """Calls a function whose rows are dear, and keeps them until the module's last test.

    Each test's own transaction is a savepoint after them. Objects in memory don't come back as
    rows do: a test that changes what was made reads it again.
    """
    block = transaction.atomic()
    block._from_testcase = True

    def make(function: Callable[[], Any]) -> Any:
        with (
            django_db_blocker.unblock(),
            pytest.MonkeyPatch.context() as patch,
            translation.override("en"),
        ):
            count_commits(patch)
            return function()

    with django_db_blocker.unblock():
        block.__enter__()
    yield make
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


def count_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a commit runs as on a site: when the outermost block of the code ends.

    The transaction that the test itself runs in, and that is rolled back, doesn't count. Where a
    test captures the callbacks, they run at the end of its block.
    """
    leave, on_commit = Atomic.__exit__, BaseDatabaseWrapper.on_commit
    capture = TestCase.captureOnCommitCallbacks
    captured = []
    running: list[Any] = []

    def leave_and_commit(self: Any, kind: Any, error: Any, trace: Any) -> None:
        leave(self, kind, error, trace)
        run_if_committed(transaction.get_connection(self.using))

    def wait_for_commit(self: Any, function: Any, robust: bool = False) -> None:
        on_commit(self, function, robust)
        run_if_committed(self)

    @contextmanager
    def capture_alone(*args: Any, **kwargs: Any) -> Iterator[Any]:
        before = len(connection.run_on_commit)
        captured.append(before)
        try:
            with capture(*args, **kwargs) as callbacks:
                yield callbacks
        finally:
            captured.pop()
            del connection.run_on_commit[before:]

    def run_if_committed(database: Any) -> None:
        blocks = database.atomic_blocks
        is_outermost = blocks and all(one._from_testcase for one in blocks)
        if captured or running or not is_outermost or database.needs_rollback:
            return
        running.append(database)
        try:
            while database.run_on_commit:
                _savepoints, function, _is_robust = database.run_on_commit.pop(0)
                function()
        finally:
            running.clear()

    monkeypatch.setattr(Atomic, "__exit__", leave_and_commit)
    monkeypatch.setattr(BaseDatabaseWrapper, "on_commit", wait_for_commit)
    monkeypatch.setattr(TestCase, "captureOnCommitCallbacks", staticmethod(capture_alone))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, openly, the tests about the database that this run doesn't use.

    On PostgreSQL also those that use none, and where the SQL is Django's the repetitions of a
    test with other values: the run on SQLite has them all. Marked `sqlite` are, too, modules that
    use a database as it comes: what pages say, weigh and ask, what becomes of a story's segments.
    What they save and read, other modules save and read on PostgreSQL.

    Without `--all`, as for every change: no exhaustive tests; one set of values of a test that
    asks the database, by turns another; on PostgreSQL no test whose SQL is Django's; in a browser
    a module's first and last test. Where some sets are marked exhaustive, all others stay.
    """
    other = {"sqlite": "postgres", "postgresql": "sqlite"}[connection.vendor]
    # By their places, not as they are shuffled: each run leaves out the same tests.
    ordered = sorted(items, key=place)
    left_out = {item for item in ordered if item.get_closest_marker(other)}
    if connection.vendor != "sqlite":
        left_out |= {item for item in ordered if not uses_database(item)}
        djangos = [item for item in ordered if not is_about_database(item)]
        rest = [item for item in djangos if item not in left_out]
        left_out |= set(repetitions(rest) if config.getoption("all") else djangos)
    if not config.getoption("all"):
        exhaustive = {item for item in ordered if item.get_closest_marker("exhaustive")}
        left_out |= exhaustive
        chosen = {function(item) for item in exhaustive}
        rest = [item for item in ordered if item not in left_out and function(item) not in chosen]
        left_out |= set(further_values(rest))
        left_out |= set(between_ends(item for item in ordered if item not in left_out))
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]
    # What a module makes once is there until its last test: those that don't want it come first.
    modules: dict[Path, int] = {}
    for item in items:
        modules.setdefault(item.path, len(modules))
    items.sort(key=lambda item: (modules[item.path], "make_once" in fixtures(item)))


def place(item: pytest.Item) -> tuple[str, int, tuple[int, ...]]:
    """Where a test stands: its file, its line, which of its sets of values it is."""
    values = getattr(item, "callspec", None)
    return str(item.path), item.location[1] or 0, tuple(values.indices.values()) if values else ()


def function(item: pytest.Item) -> tuple[Path, object, str]:
    """The test without its values."""
    return item.path, item.parent, getattr(item, "originalname", item.name)


def repetitions(items: Sequence[pytest.Item]) -> Iterator[pytest.Item]:
    """Tests that differ from an earlier one by their values only."""
    seen = set()
    for item in items:
        if function(item) in seen:
            yield item
        seen.add(function(item))


def further_values(items: Sequence[pytest.Item]) -> Iterator[pytest.Item]:
    """All sets but one of each test that uses the database: by turns in English, in Chinese."""
    sets: dict[tuple[Path, object, str], list[pytest.Item]] = {}
    for item in items:
        if uses_database(item):
            sets.setdefault(function(item), []).append(item)
    for (_path, _parent, name), found in sets.items():
        kept = found[crc32(name.encode()) % len(found)]
        yield from (item for item in found if item is not kept)


def between_ends(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Of a module's browser tests all but the first and the last."""
    modules: dict[Path, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("browser"):
            modules.setdefault(item.path, []).append(item)
    for found in modules.values():
        ends = {function(found[0]), function(found[-1])}
        yield from (item for item in found if function(item) not in ends)


def is_about_database(item: pytest.Item) -> bool:
    """Whether it has SQL of its own, or its transactions are a database's to keep apart."""
    if OWN_SQL & set(item.path.parts + tuple(item.path.stem.split("_"))):
        return True
    marker = item.get_closest_marker("django_db")
    has_transactions = marker and marker.kwargs.get("transaction")
    return bool(has_transactions or item.get_closest_marker("postgres"))


def uses_database(item: pytest.Item) -> bool:
    """Whether the test may ask the database anything."""
    wanted = {"db", "transactional_db"} & fixtures(item)
    return bool(wanted or any(map(item.get_closest_marker, ("django_db", "postgres"))))


def fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A skipped test is a failure: nobody reads the dots."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    stats: dict[str, Sequence[object]] = reporter.stats if reporter else {}
    if exitstatus == pytest.ExitCode.OK and (stats.get("skipped") or stats.get("xfailed")):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
