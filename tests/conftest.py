"""What every test shares: one database's tests at a time, and no test left out unseen."""

from collections.abc import Iterator, Sequence

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile("archive", deadline=None, print_blob=True)
hypothesis_settings.load_profile("archive")


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Every test starts in English, with empty caches: Wagtail's know images by their ids only."""
    cache.clear()
    with translation.override("en"):
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, openly, the tests about the database that this run doesn't use.

    On PostgreSQL also those that use none: the run on SQLite has them.
    """
    other = {"sqlite": "postgres", "postgresql": "sqlite"}[connection.vendor]
    is_main = connection.vendor == "sqlite"
    left_out = {
        item
        for item in items
        if item.get_closest_marker(other) or not (is_main or uses_database(item))
    }
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


def uses_database(item: pytest.Item) -> bool:
    """Whether the test may ask the database anything."""
    wanted = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(wanted or item.get_closest_marker("django_db"))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A skipped test is a failure: nobody reads the dots."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    stats: dict[str, Sequence[object]] = reporter.stats if reporter else {}
    if exitstatus == pytest.ExitCode.OK and (stats.get("skipped") or stats.get("xfailed")):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
