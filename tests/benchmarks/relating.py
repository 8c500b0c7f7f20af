"""`python -m tests.benchmarks.relating`: what keeping and reading related stories costs.

Beside it, over the same rows, what taggit-style "similar objects" cost: count the shared tags of
every story on each reading. On $DATABASE_URL, or else on a new SQLite file. Rows made in bulk
stand for published stories: three tags are on most of them, the others follow Zipf. The clock is
the process's own, so that other work on the machine doesn't count; on PostgreSQL, the wall's.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import django

from tests.benchmarks.figures import Series, milliseconds, times
from tests.benchmarks.processes import output_of
from tests.benchmarks.report import table

FIRST_DAY = date(1980, 1, 1)
STORIES_A_DAY = 20
FIRST_PK = 1_000_000
EVERYWHERE = 3
NAMES_A_STORY = 6


def relating(_crew: Any, options: Namespace) -> str:
    """For `python -m tests.benchmarks`: in a process and a database of its own."""
    sizes = [str(size) for size in options.related]
    return output_of("relating", *sizes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000, 100_000])
    parser.add_argument("--times", type=int, default=60, help="stories of each measurement")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="archive-related-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.test"
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        say(labelled_quality())
        say(curve(options))


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def labelled_quality() -> str:
    """The obvious relatives of the labelled stories; the rows are taken back afterwards."""
    from django.db import transaction

    from archive.contrib.related.updates import rebuild
    from tests.contrib.related.labelled import make_labelled, quality

    with transaction.atomic():
        labelled = make_labelled()
        rebuild(progress=lambda *_of: None)
        found = quality(labelled)
        transaction.set_rollback(True)
    return (
        f"{len(labelled.ids)} labelled stories: {found.in_top} of {found.obvious} obvious relatives"
        f" in the top five; an obvious one on top of {found.firsts} of {found.stories} lists\n"
    )


def curve(options: Namespace) -> str:
    from tests.factories import make_publication

    make_publication()
    rows, made = [], 0
    rng = random.Random(2015)
    first: dict[str, Series] = {}
    for size in sorted(options.sizes):
        fill(made, size, rng)
        made = size
        pks = rng.sample(range(FIRST_PK, FIRST_PK + size), options.times)
        found = {name: measured(work, pks) for name, work in WORK.items()}
        first = first or found
        rows.append(
            [f"{size:,} stories", *(figure for s in found.values() for figure in _figures(s))]
        )
    growth = [times(found[name].p50 / first[name].p50) for name in WORK]
    rows.append(["largest against smallest", *(cell for one in growth for cell in (one, ""))])
    head = [cell for name in WORK for cell in (f"{name}, p50", "p95")]
    return table("Related stories", ["archive", *head], rows)


def _figures(series: Series) -> tuple[str, str]:
    return milliseconds(series.p50), milliseconds(series.p95)


def measured(work: Callable[[int], object], pks: list[int]) -> Series:
    work(pks[0])
    return Series(list(_durations(work, pks)))


def clock() -> float:
    from django.db import connection

    return time.process_time() if connection.vendor == "sqlite" else time.perf_counter()


def _durations(work: Callable[[int], object], pks: list[int]) -> Iterator[float]:
    for pk in pks:
        start = clock()
        work(pk)
        yield clock() - start


def fill(made: int, size: int, rng: random.Random) -> None:
    """Stories up to `size`: their pages, tags, terms, and lists of stories near in time."""
    from django.db import connection, transaction

    from archive.contrib.related.updates import BATCH, rebuild_profiles
    from archive.models import Entity, PublicationPage
    from tests.contrib.related.rows import Row, make_entities, make_rows

    wanted = EVERYWHERE + size // 5
    known = list(Entity.objects.order_by("pk").values_list("pk", flat=True))
    entities = known + sorted(
        make_entities(f"name-{n}" for n in range(len(known), wanted)).values()
    )
    weights = list(accumulate(1 / rank for rank in range(1, len(entities) - EVERYWHERE + 1)))

    def rows() -> Iterator[Row]:
        for number in range(made, size):
            names = rng.choices(entities[EVERYWHERE:], cum_weights=weights, k=NAMES_A_STORY)
            common = [one for one in entities[:EVERYWHERE] if rng.random() < 0.6]
            tags = {**dict.fromkeys(common, False), **{one: n < 2 for n, one in enumerate(names)}}
            day = FIRST_DAY + timedelta(days=number // STORIES_A_DAY)
            yield Row(FIRST_PK + number, day, tags)

    with transaction.atomic():
        make_rows(rows(), PublicationPage.objects.get())
    for start in range(FIRST_PK + made, FIRST_PK + size, BATCH):
        rebuild_profiles(range(start, min(start + BATCH, FIRST_PK + size)))
    with transaction.atomic():
        fill_lists(made, size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def fill_lists(made: int, size: int) -> None:
    """Full lists for all, so that there is something to leave and to enter."""
    from archive.contrib.related.models import LONGEST_LIST, RelatedStory

    def rows() -> Iterator[RelatedStory]:
        for number in range(made, size):
            for place in range(1, LONGEST_LIST + 1):
                related = FIRST_PK + (number + place * 7) % size
                yield RelatedStory(
                    article_id=FIRST_PK + number, related_id=related, score=place / 10
                )

    RelatedStory.objects.bulk_create(rows(), batch_size=500)


def retag(pk: int) -> object:
    """A changed tag: the story leaves all lists and enters others."""
    from archive.contrib.related.updates import update_story
    from archive.models import ArticleEntity

    tag = ArticleEntity.objects.filter(page=pk).order_by("-entity").first()
    assert tag
    tag.role = "mentioned" if tag.role == "about" else "about"
    tag.save()
    return update_story(pk)


def publish_again(pk: int) -> object:
    """Published without a change of tags or date."""
    from archive.contrib.related.updates import update_story

    return update_story(pk)


def read(pk: int) -> object:
    from archive.models import ArticlePage
    from archive.site.related import public_cards, related_cards, related_rows
    from archive.visibility import RestrictedPlaces

    article = ArticlePage(pk=pk, print_date=FIRST_DAY)
    rows = related_rows(article)
    found = related_cards(article, rows, public_cards(rows, RestrictedPlaces()), ())
    assert found
    return found


def count_shared_tags(pk: int) -> object:
    """The six stories that share most tags, as taggit's `similar_objects` counts them."""
    from django.db.models import Count

    from archive.models import ArticleEntity, ArticlePage

    tags = ArticleEntity.objects.filter(page=pk).values("entity")
    shared = ArticleEntity.objects.filter(entity__in=tags).exclude(page=pk).order_by()
    counted = shared.values("page").annotate(n=Count("pk")).order_by("-n")[:6]
    pks = [one["page"] for one in counted]
    return list(ArticlePage.objects.cards().filter(pk__in=pks))


WORK: dict[str, Callable[[int], object]] = {
    "a tag changed": retag,
    "published again": publish_again,
    "read": read,
    "shared tags counted on reading": count_shared_tags,
}

if __name__ == "__main__":
    main()
