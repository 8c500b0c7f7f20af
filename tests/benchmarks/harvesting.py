"""`python -m tests.benchmarks.harvesting`: what sitemaps, feeds and OAI-PMH cost at any size.

On a new SQLite file. One story is really published; SQL copies its page row, under other ids,
dates and addresses, half of them translated. The first records are made by `rebuild`, the
others by SQL, after which a part of them is compared with what `rebuild` would make. Times
are the process's own, so that other work on the machine doesn't count; memory is the most that
Python held at once beyond what it held before.
"""

import argparse
import os
import sys
import tempfile
import time
import tracemalloc
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django

from tests.benchmarks.figures import milliseconds
from tests.benchmarks.processes import output_of
from tests.benchmarks.report import table

FIRST_PK = 1_000_001
STORIES_A_DAY = 40
# Stories whose records are really built, for the time that it takes.
BUILT = 20_000
RECORDS = """
    INSERT INTO archive_harvestrecord (article_id, datestamp, is_deleted, publication_id,
        section_id, former_path, since_en, changed_en, since_zh_hans, changed_zh_hans)
    SELECT page_ptr_id, datetime(coalesce(translated, last_published_at)), 0, publication_id,
        section_id, '', first_published_at, last_published_at, translated, translated
    FROM (
        SELECT *, CASE WHEN headline_zh_hans <> '' THEN translated_at END AS translated
        FROM archive_articlepage JOIN wagtailcore_page ON id = page_ptr_id
        WHERE id > (SELECT max(article_id) FROM archive_harvestrecord)
    )
"""
# How the copy of number `i` differs; the rest of its columns are the original's.
PAGE = {
    "id": "i + :first",
    "path": "path || printf('%08d', i)",
    "translation_key": "lower(hex(randomblob(16)))",
    "slug": "slug || '-' || i",
    "url_path": "rtrim(url_path, '/') || '-' || i || '/'",
    "first_published_at": "datetime('2020-01-01', '+' || i || ' seconds')",
    "last_published_at": "datetime('2020-01-01', '+' || i || ' seconds')",
    "latest_revision_id": "NULL",
    "live_revision_id": "NULL",
}
STORY = {
    "page_ptr_id": "i + :first",
    "print_date": "date('1950-01-01', '+' || (i / :a_day) || ' days')",
    "headline_zh_hans": "CASE WHEN i % 2 THEN headline_en ELSE '' END",
    "translated_at": "datetime('2021-01-01', '+' || i || ' seconds')",
}


@dataclass(frozen=True)
class Cost:
    seconds: float
    peak: int
    queries: int
    bytes: int

    def cells(self) -> list[str]:
        size = f"{self.bytes / 1e6:.1f} MB" if self.bytes > 5e5 else f"{self.bytes / 1e3:.0f} kB"
        return [milliseconds(self.seconds), f"{self.peak / 1e6:.1f} MB", str(self.queries), size]


def harvesting(_crew: Any, options: Namespace) -> str:
    """For `python -m tests.benchmarks`: in a process and a database of its own."""
    return output_of("harvesting", str(options.listed))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="?", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="archive-harvesting-") as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.test"
        django.setup()

        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        built = fill(options.stories)
        sys.stdout.write(report(options.stories, built))


def fill(count: int) -> float:
    """Stories and their records; how many of those `rebuild` writes a second."""
    from django.db import connection

    from archive.models import HarvestRecord
    from archive.site.harvest_records.actions import _repair, rebuild
    from tests.factories import make_article, make_section

    story = make_article("City builds on long history with US", section=make_section())
    first = min(count, BUILT)
    copy(story.pk, 1, first - 1)
    HarvestRecord.objects.all().delete()
    start = time.process_time()
    rebuild()
    rate = first / (time.process_time() - start)
    if count > first:
        copy(story.pk, first, count - 1)
        with connection.cursor() as cursor:
            cursor.execute(RECORDS)
            cursor.execute("ANALYZE")
        last = FIRST_PK + count - 1
        assert not _repair(range(last - 500, last), None), "The records aren't what they should be."
    return rate


def copy(original: int, first: int, last: int) -> None:
    """The story, in the numbers from first to last."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for table_, key, changes in (
            ("wagtailcore_page", "id", PAGE),
            ("archive_articlepage", "page_ptr_id", STORY),
        ):
            names = [column.name for column in _columns(cursor, table_)]
            values = ", ".join(changes.get(name, f'"{name}"') for name in names)
            quoted = ", ".join(f'"{name}"' for name in names)
            numbers = (
                "WITH RECURSIVE n(i) AS (SELECT :from UNION ALL SELECT i + 1 FROM n WHERE i < :to)"
            )
            # The driver itself: Django has no named parameters for SQLite.
            cursor.connection.execute(
                f'INSERT INTO "{table_}" ({quoted}) {numbers} '
                f'SELECT {values} FROM "{table_}", n WHERE "{key}" = :original',
                {
                    "first": FIRST_PK,
                    "a_day": STORIES_A_DAY,
                    "from": first,
                    "to": last,
                    "original": original,
                },
            )
        cursor.execute("ANALYZE")


def _columns(cursor: Any, table_: str) -> Any:
    from django.db import connection

    return connection.introspection.get_table_description(cursor, table_)


def report(count: int, built: float) -> str:
    from archive.site.sitemaps.kinds import STORY_IDS

    part = (FIRST_PK + count // 2) // STORY_IDS
    paths = {
        "sitemap index": "/sitemap.xml",
        f"a file of {STORY_IDS:,} stories": f"/sitemap-en-stories-{part}.xml",
        "the same, unchanged: 304": f"/sitemap-en-stories-{part}.xml",
        "news sitemap": "/sitemap-news.xml",
        "feed of the archive": "/en/feed/",
        "feed of the archive, Chinese": "/zh-hans/feed/",
        "feed of a publication": "/en/china-daily/feed/",
        "feed of a section": "/en/china-daily/world/feed/",
        "ListIdentifiers, first page": "/oai/?verb=ListIdentifiers&metadataPrefix=oai_dc",
        "ListRecords, first page": "/oai/?verb=ListRecords&metadataPrefix=oai_dc",
        "ListRecords of one language": (
            "/oai/?verb=ListRecords&metadataPrefix=oai_dc&set=language-zh-hans"
        ),
    }
    rows = [[name, *cost(path, unchanged="304" in name).cells()] for name, path in paths.items()]
    rows.append(["ListRecords, in the middle", *cost(_middle(count)).cells()])
    urls, seconds, size = everything()
    whole = [f"{seconds:.1f} s", "", "", f"{size / 1e6:.0f} MB"]
    rows.append([f"all sitemaps: {urls:,} addresses", *whole])
    rows += dumps()
    head = ["asked for", "time", "most memory", "queries", "size"]
    title = f"Sitemaps, feeds and harvesting, {count:,} stories"
    return table(title, head, rows) + f"\nrebuild: {built:,.0f} records a second\n\n"


def dumps() -> list[list[str]]:
    """The dump of all stories, without and with their texts."""
    from django.conf import settings

    from archive.contrib.harvesting.dumps import make_dumps

    def size(with_bodies: bool) -> list[int]:
        return [dump.size for _site, dump in make_dumps(with_bodies=with_bodies)]

    with tempfile.TemporaryDirectory(prefix="archive-dump-") as folder:
        settings.ARCHIVE_DUMP_FOLDER = folder
        return [
            ["make_dump", *measured(lambda: size(False), sum).cells()],
            ["make_dump --texts", *measured(lambda: size(True), sum).cells()],
        ]


def _middle(count: int) -> str:
    """Where a harvester is half-way through."""
    from archive.contrib.harvesting.oai_requests import RecordSelection
    from archive.models import HarvestRecord

    record = HarvestRecord.objects.get(pk=FIRST_PK + count // 2)
    after = (int(record.datestamp.timestamp()), record.article_id)
    token = RecordSelection("ListRecords", after=after, cursor=count // 2, total=count).token()
    return f"/oai/?verb=ListRecords&resumptionToken={token}"


def cost(path: str, *, unchanged: bool = False) -> Cost:
    from django.test import Client

    client = Client()
    # As any process has it that has served a page; and what a crawler has that comes again.
    etag = client.get(path).headers.get("ETag", "") if unchanged else ""
    client.get("/robots.txt")
    return measured(lambda: client.get(path, headers={"If-None-Match": etag}))


def _length(pieces: Any) -> int:
    return sum(map(len, pieces))


def measured(ask: Callable[[], Any], size_of: Callable[[Any], int] = _length) -> Cost:
    """Three times: for the time, for the memory and for the queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def consume() -> int:
        return size_of(ask())

    start = time.process_time()
    size = consume()
    seconds = time.process_time() - start
    tracemalloc.start()
    consume()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    with CaptureQueriesContext(connection) as captured:
        consume()
    return Cost(seconds, peak, len(captured), size)


def everything() -> tuple[int, float, int]:
    """Addresses, seconds and bytes of every file that the index lists."""
    import re

    from django.test import Client

    client = Client()
    index = client.get("/sitemap.xml").content.decode()
    urls = size = 0
    start = time.process_time()
    for path in re.findall(r"<loc>http://localhost(.+?)</loc>", index):
        for piece in client.get(path):
            urls += piece.count(b"<url>")
            size += len(piece)
    return urls, time.process_time() - start, size


if __name__ == "__main__":
    main()
