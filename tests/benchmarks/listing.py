"""`python -m tests.benchmarks.listing`: long lists by the keys of their stories, and by OFFSET.

The stories are those of the part `sitemaps`. All are in one section and name one place, every
second one names another. Both ways are asked for the same page in the same run; by OFFSET with the
number of stories, as a paginator does.
"""

import os
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from typing import Any

import django

from tests.benchmarks.figures import milliseconds, times
from tests.benchmarks.processes import output_of
from tests.benchmarks.report import table

ROUNDS = 5
HEAD = ["page of the list", "by OFFSET", "queries", "by key", "queries", "quicker", "whole page"]


def listing(_crew: Any, options: Namespace) -> str:
    """For `python -m tests.benchmarks`: in a process and a database of its own."""
    return output_of("listing", str(options.listed))


def main() -> None:
    count = int(sys.argv[1]) if sys.argv[1:] else 100_000
    with tempfile.TemporaryDirectory(prefix="archive-listing-") as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.test"
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        fill(count)
        sys.stdout.write(report(count))


def fill(count: int) -> None:
    from django.db import connection

    from archive.models import ArticleEntity, ArticlePage
    from tests.benchmarks import harvesting
    from tests.factories import make_entity

    harvesting.fill(count)
    every, second = make_entity("every", "Every", "每"), make_entity("second", "Second", "二")
    rows = [
        ArticleEntity(page_id=pk, entity=place, role="about", sort_order=0)
        for number, pk in enumerate(ArticlePage.objects.order_by("pk").values_list("pk", flat=True))
        for place in ((every, second) if number % 2 else (every,))
    ]
    ArticleEntity.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def report(count: int) -> str:
    from archive.models import ArticlePage, Entity, PublicationPage, SectionPage
    from archive.site.names.stories import stories_of

    cards = ArticlePage.objects.cards()
    in_section = cards.filter(section=SectionPage.objects.get().pk)
    in_paper = cards.filter(publication=PublicationPage.objects.get().pk)
    lists: list[tuple[str, str, Any, Any]] = [
        ("section", "/en/china-daily/world/", in_section, in_section),
        ("publication", "/en/china-daily/", in_paper, in_paper),
    ]
    for key, number in (("every", count), ("second", count // 2)):
        entity = Entity.objects.get(key=key)
        readable = ArticlePage.objects.cards().shown_to_public()
        by_tags = readable.filter(entity_tags__entity=entity)
        keyed = stories_of(readable, entity, number)
        lists.append((f"name in {number:,}", f"/en/entities/{key}/", by_tags, keyed))
    rows = [
        [f"{name}, {where}", *_compared(path, old, new, where)]
        for name, path, old, new in lists
        for where in ("first", "1,000th", "last")
    ]
    return table(f"Lists of {count:,} stories, processor time", HEAD, rows) + "\n"


def _compared(path: str, old: Any, new: Any, where: str) -> list[str]:
    from django.core.paginator import Paginator
    from django.test import Client, RequestFactory

    from archive.conf import settings
    from archive.site import paging

    pages = -(-old.count() // settings.PAGE_SIZE)
    number = {"first": 1, "last": pages}.get(where, min(1000, pages))
    query = "?before=end"
    if where != "last":
        before = new[(number - 1) * settings.PAGE_SIZE - 1] if number > 1 else None
        query = f"?after={paging.Place.of(before)}" if before else ""
    by_offset = measured(lambda: list(Paginator(old, settings.PAGE_SIZE).get_page(number)))
    by_key = measured(lambda: list(paging.page_of(RequestFactory().get(f"/{query}"), new)))
    whole = measured(lambda: Client().get(f"{path}{query}"))
    cells = [cell for cost in (by_offset, by_key) for cell in (milliseconds(cost[0]), str(cost[1]))]
    return [*cells, times(by_offset[0] / by_key[0]), milliseconds(whole[0])]


def measured(ask: Callable[[], Any]) -> tuple[float, int]:
    """Seconds, the least of some rounds, and queries; what is kept after the first time, is."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        ask()
    took = []
    for _ in range(ROUNDS):
        start = time.process_time()
        ask()
        took.append(time.process_time() - start)
    return min(took), len(captured)


if __name__ == "__main__":
    main()
