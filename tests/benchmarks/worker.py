"""One site in one process, told what to do by lines of JSON: `worker.py SITE`.

Each line is {"do": name, "with": {…}}; each answer {"result": …} or {"error": …}.
"""

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

import django

from tests.benchmarks.sites import memory

# "cpu" is this process's own work: fair on a busy machine, as far as the database is in it.
CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}


class Work:
    """What a worker can be told to do; durations are in seconds."""

    def __init__(self, site: Any) -> None:
        self.site = site

    def migrate(self) -> None:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)

    def build(self, stories: int) -> None:
        self.site.build(stories)

    def addresses(self) -> dict[str, str]:
        return self.site.addresses()

    def publish(
        self, times: int, clock: str, stock_index: bool = False, **what: bool
    ) -> dict[str, list[float]]:
        """Seconds until the answer, and of what follows it."""
        found: dict[str, list[float]] = {"answer": [], "after": []}
        with _search_index(stock_index):
            for _n in range(times):
                publishing = self._publishing(**what)
                with ExitStack() as follows:
                    follows.enter_context(self.site.answering())
                    found["answer"].append(_timed(publishing, clock))
                    found["after"].append(_timed(follows.close, clock))
        return found

    def publish_queries(self, stock_index: bool = False, **what: bool) -> list[str]:
        with _search_index(stock_index), self.site.answering():
            return _queries(self._publishing(**what))

    def read(self, path: str, times: int, clock: str, cached: bool = False) -> list[float]:
        from django.test import override_settings

        reading = self._reading(path)
        with override_settings(ARCHIVE_CACHE_PAGES=cached):
            reading()
            return [_timed(reading, clock) for _n in range(times)]

    def read_queries(self, path: str, cached: bool = False) -> list[str]:
        """Of a process that has served the page before; with `cached`, of a page that is kept."""
        from django.test import override_settings

        reading = self._reading(path)
        with override_settings(ARCHIVE_CACHE_PAGES=cached):
            reading()
            return _queries(reading)

    def fill_memory(self, units: int, clock: str) -> float:
        return _timed(partial(self.site.memory.fill, units), clock)

    def write_memory(self, units: int, times: int, clock: str) -> list[float]:
        write = self.site.memory.write
        return [_timed(partial(write, units, seed), clock) for seed in range(times)]

    def suggest(
        self, clock: str, language: str, threshold: int = 0, **what: Any
    ) -> dict[str, list[float]]:
        texts = memory.questions(language=language, **what)
        return memory.ask(self.site.memory.find(language, threshold), texts, CLOCKS[clock])

    def scan(self, clock: str, language: str, **what: Any) -> dict[str, list[float]]:
        texts = memory.questions(language=language, **what)
        return memory.ask(self.site.memory.scan(language), texts, CLOCKS[clock])

    def look_up_words(self, words: str, times: int, clock: str) -> dict[str, Any]:
        look_up = partial(self.site.memory.look_up_words, words)
        return {"found": look_up(), "seconds": [_timed(look_up, clock) for _n in range(times)]}

    def import_stories(self, form: str, count: int) -> dict[str, Any]:
        from tests.benchmarks.sites import importing

        return importing.import_stories(form, count)

    def table_sizes(self, count: int) -> dict[str, Any]:
        from tests.benchmarks.sites import importing

        return importing.table_sizes(count)

    def write_raw(self) -> dict[str, float]:
        from tests.benchmarks.sites import importing

        return importing.write_raw()

    def build_form(self, blocks: int) -> dict[str, str]:
        """A draft of so many blocks: its form's path, and the session of who may open it."""
        from django.contrib.auth.models import User
        from django.test import Client
        from django.urls import reverse

        from tests.benchmarks.story import long_story

        parent = self.site.next_parent()
        parent.refresh_from_db()
        # The blocks that the site's own picture comes on top of are as many in both.
        page = self.site.new_page(long_story(blocks - 1), parent)
        page.live = False
        parent.add_child(instance=page)
        page.save_revision()
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(User.objects.create_superuser("form", "form@example.org"))
        path = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return {"path": path, "session": client.cookies["sessionid"].value}

    def build_admin(self) -> dict[str, str]:
        """The paths of the screens; `open_admin` opens them as who may do all."""
        return self.site.admin.build()

    def open_admin(self, path: str) -> dict[str, float]:
        """Seconds by both clocks, and bytes of HTML."""
        starts = {clock: read() for clock, read in CLOCKS.items()}
        size = self.site.admin.open(path)
        took = {clock: CLOCKS[clock]() - start for clock, start in starts.items()}
        return {**took, "bytes": size}

    def admin_queries(self, path: str) -> list[str]:
        return _queries(partial(self.site.admin.open, path))

    def build_desk(self, segments: int) -> int:
        return self.site.desk.build(segments)

    def use_desk(self, what: str, times: int) -> dict[str, list[float]]:
        """Seconds of each by both clocks, and the bytes of each answer."""
        found: dict[str, list[float]] = {"wall": [], "cpu": [], "bytes": []}
        for _n in range(times):
            run = self._desk_work(what)
            starts = {clock: read() for clock, read in CLOCKS.items()}
            answer = run()
            for clock, start in starts.items():
                found[clock].append(CLOCKS[clock]() - start)
            found["bytes"].append(answer.size)
        return found

    def fill_desk(self, stories: int, units: int) -> None:
        self.site.desk.fill(stories, units)

    def prepare_stories(self, what: str, clock: str) -> dict[str, Any]:
        """Once, because it changes them: the seconds, and what came of it."""
        found: dict[str, int] = {}
        seconds = _timed(lambda: found.update(getattr(self.site.desk, what)()), clock)
        return {"seconds": seconds, "found": found}

    def desk_queries(self, what: str) -> list[str]:
        return _queries(self._desk_work(what))

    def _desk_work(self, what: str) -> Callable[[], Any]:
        desk = self.site.desk
        return desk.saving() if what == "save" else getattr(desk, what)

    def memory_in_use(self) -> float:
        return memory.memory_in_use()

    def _publishing(self, tags: bool, translated: bool = False) -> Callable[[], None]:
        """A story made ready, to be published when the clock runs."""
        story, parent = self.site.next_story(tags), self.site.next_parent()
        page = self.site.new_page(story, parent)

        def run() -> None:
            self.site.publish(page, parent)
            if translated:
                self.site.translate(page, story)

        return run

    def _reading(self, path: str) -> Callable[[], None]:
        from django.test import Client

        client = Client(SERVER_NAME="127.0.0.1")

        def run() -> None:
            response = client.get(path)
            if response.status_code != 200:
                raise RuntimeError(f"{path} answers {response.status_code}")

        return run


@contextmanager
def _search_index(stock: bool) -> Iterator[None]:
    """With `stock`, the site's search index is kept as Wagtail does out of the box."""
    from django.test import override_settings

    if not stock:
        yield
        return
    backend = {"BACKEND": "wagtail.search.backends.database"}
    with override_settings(WAGTAILSEARCH_BACKENDS={"default": backend}):
        yield


def _timed(run: Callable[[], object], clock: str) -> float:
    read = CLOCKS[clock]
    start = read()
    run()
    return read() - start


def _queries(run: Callable[[], object]) -> list[str]:
    with _recorded() as statements:
        run()
    return statements


@contextmanager
def _recorded() -> Iterator[list[str]]:
    from django.db import connection

    statements: list[str] = []

    def record(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record):
        yield statements


def make_site(name: str) -> Any:
    """ "ours", "ours, spread", "stock" or "localize"; the environment names the settings."""
    if name.startswith("ours"):
        from tests.benchmarks.sites.ours import ArchiveSite

        return ArchiveSite(spread="spread" in name)
    from tests.benchmarks.sites import neighbours

    return neighbours.LocalizeSite() if name == "localize" else neighbours.StockSite()


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    # Whatever else is printed is no answer.
    os.dup2(2, 1)
    django.setup()
    from django.db import connections

    work = Work(make_site(sys.argv[1]))
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"result": getattr(work, request["do"])(**request["with"])}
        except Exception:
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), file=answers, flush=True)
    # SQLite's log goes back into the file, which may then be copied.
    connections.close_all()


if __name__ == "__main__":
    main()
