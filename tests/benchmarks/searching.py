"""`python -m tests.benchmarks.searching`: this search beside Wagtail's own, over the same stories.

Each query's best page is asked for: here with facets, there as ranked pages alone. On
$DATABASE_URL, or else on a new SQLite file. Bulk rows stand for published stories. What is found
is compared with reading every text. Wagtail's figures count on SQLite alone: on PostgreSQL its
index would have to be filled through Wagtail, story by story.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django

from tests.benchmarks.figures import Series, milliseconds, times

COMMON = [
    "the",
    "to",
    "system",
    "the system",
    "文件",
    "系统",
    "软件",
    "的",
    "用",
    "软件包",
    "文件 系统",
]
FIRST_DAY = date(1990, 1, 1)
HEADLINE = {"en": 60, "zh-hans": 14}
STORIES_A_DAY = 20
# Of a story, in English and in Chinese.
Texts = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=100, help="of each kind, for this search")
    parser.add_argument("--neighbour", type=int, default=10, help="of each kind, for Wagtail's")
    parser.add_argument(
        "--without-proof", action="store_true", help="leave out recall and precision"
    )
    parser.add_argument(
        "--processor-time",
        action="store_true",
        help="count this process's own time (on SQLite, all): for a machine that others use",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="archive-search-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.test"
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        texts = fill(options.stories)
        build(options.stories)
        compare(options, texts)


def searching(crew: object, options: argparse.Namespace) -> str:
    """The part of `make bench`: each size in a process, and a database file, of its own."""
    tables = []
    for size in (1_000, 10_000, options.most_searched):
        command = [sys.executable, "-m", "tests.benchmarks.searching", "--stories", str(size)]
        if size > 20_000:
            command.append("--without-proof")
        environment = {name: v for name, v in os.environ.items() if name != "DATABASE_URL"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        tables.append(f"## Search: {size} stories\n\n{done.stdout}")
    return "\n".join(tables)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def fill(stories: int) -> list[Texts]:
    """Copies of one published story, each with words of its own; gives these."""
    from wagtail.models import Page
    from wagtail.search.models import IndexEntry

    from archive.models import ArticlePage
    from archive.text.language import column
    from tests.benchmarks.cloning import Herd
    from tests.benchmarks.prose import Prose
    from tests.factories import make_article, translate

    prose = Prose(2015)
    texts: list[Texts] = []
    first = make_article("Story 0", day=FIRST_DAY, slug="story-0")
    translate(first, headline="第零篇")
    first = ArticlePage.objects.get(pk=first.pk)
    day_of = ArticlePage._meta.get_field("print_date")

    def changes(number: int) -> dict[Any, dict[str, Any]]:
        from django.db import connection

        english, chinese = prose.english(), prose.chinese()
        texts.append((english, chinese))
        day = FIRST_DAY + timedelta(days=number // STORIES_A_DAY)
        path = first.path[:-4] + Page._int2str(number + 2).rjust(4, "0")
        return {
            Page: {
                "path": path,
                "slug": f"story-{number + 1}",
                "url_path": f"{first.url_path}{number + 1}/",
            },
            ArticlePage: {
                "print_date": day_of.get_db_prep_value(day, connection),
                column("headline", "en"): english[: HEADLINE["en"]],
                column("headline", "zh-hans"): chinese[: HEADLINE["zh-hans"]],
                column("body", "en"): body(english),
                column("body", "zh-hans"): body(chinese),
            },
            IndexEntry: {"body": f"{english} {chinese}"},
        }

    Herd([first]).make(stories, changes)
    return texts


def body(text: str) -> str:
    value = f"<p>{text}</p>"
    return json.dumps([{"type": "paragraph", "value": value, "id": str(uuid.uuid4())}])


def build(stories: int) -> None:
    from archive.models import SearchDocument
    from archive.search.actions import rebuild
    from archive.search.engines import get_engine

    SearchDocument.objects.all().delete()
    start = time.perf_counter()
    rebuild()
    seconds = time.perf_counter() - start
    from archive.models import ArticlePage
    from archive.search.documents import FIELDS, documents_of

    sample = documents_of(
        list(ArticlePage.objects.order_by("?").values_list("pk", flat=True)[:500])
    )
    held = sum(len(d.texts[name].encode()) for d in sample for name in FIELDS)
    share = get_engine().size() / (held / len(sample) * stories * 2)
    say(f"Index of {stories} stories in 2 languages: {stories / seconds:.0f} stories/s")
    say(f"Index size: {share:.2f} × the text")


def kinds_of(options: argparse.Namespace, texts: list[Texts]) -> dict[str, list[str]]:
    """Queries by kind; “common” are of the words and characters that most stories have."""
    from tests.benchmarks.prose import Prose
    from tests.search.corpus import queries

    rng, prose = random.Random(7), Prose(7)
    pieces = queries(rng, [chinese for _english, chinese in texts], options.queries * 4)
    kinds = {f"{n} Chinese characters": [p for p in pieces if len(p) == n] for n in (1, 2, 3, 4)}
    words = [prose.word() for _ in range(options.queries * 3)]
    kinds["1 English word"] = words[: options.queries]
    pairs = zip(words[options.queries :: 2], words[options.queries + 1 :: 2], strict=False)
    kinds["2 English words"] = [" ".join(pair) for pair in pairs]
    kinds["common"] = COMMON
    return kinds


def compare(options: argparse.Namespace, texts: list[Texts]) -> None:
    from archive.search.analysis import fold

    kinds = kinds_of(options, texts)
    if not options.without_proof:
        chinese = [one for name, of in kinds.items() if "Chinese" in name for one in of]
        english = [one for name, of in kinds.items() if "English" in name for one in of]
        prove("Chinese", chinese, [fold(text) for _english, text in texts], options.neighbour * 4)
        held = [stems(text) + stems(text[: HEADLINE["en"]]) for text, _chinese in texts]
        prove("English", english, held, options.neighbour * 2)
    clock = time.process_time if options.processor_time else time.perf_counter
    say("| query | engine p50 | p95 | whole page p50 | p95 | Wagtail's p50 | p95 | ratio of p50 |")
    say("|---|---|---|---|---|---|---|---|")
    for kind, asked in kinds.items():
        engine, page = measured(find, asked, clock), measured(open_page, asked, clock)
        stock = measured(ask_wagtail, asked[: options.neighbour], clock)
        figures = [f(s) for s in (engine, page, stock) for f in (p50, p95)]
        say(f"| {kind} | {' | '.join(figures)} | {times(stock.p50 / engine.p50)} |")


def stems(text: str) -> str:
    """An English text's words as they are looked for, blanks around each."""
    from archive.search.analysis import terms

    return f" {' '.join(terms(text))} "


def prove(language: str, asked: list[str], held: Sequence[str], neighbour: int) -> None:
    """Recall and precision against reading every text, and Wagtail's for the first queries.

    `held` is each story's text, folded; in English of stems. A hyphened word is two side by side.
    """
    from archive.models import ArticlePage
    from archive.search.analysis import fold

    # The story that all were copied from has no text of the corpus.
    numbered = {int(slug[6:]): pk for slug, pk in ArticlePage.objects.values_list("slug", "pk")}
    ours, theirs = Counter[str](), Counter[str]()
    for place, query in enumerate(asked):
        sought = [fold(query)] if language == "Chinese" else list(map(stems, query.split()))
        true = {
            numbered[number]
            for number, has in enumerate(held, 1)
            if all(one in has for one in sought)
        }
        found = every(query, len(held) + 1) - {numbered[0]}
        ours.update(hits=len(found), right=len(found & true), wanted=len(true))
        if place % max(1, len(asked) // neighbour) == 0:
            stock = {page.pk for page in ArticlePage.objects.live().search(query)} - {numbered[0]}
            theirs.update(hits=len(stock), right=len(stock & true), wanted=len(true))
    say(f"{len(asked)} {language} queries: {shares(ours)}; Wagtail's: {shares(theirs)}")


def shares(counted: Counter[str]) -> str:
    recall = counted["right"] / max(1, counted["wanted"])
    precision = counted["right"] / max(1, counted["hits"])
    return f"recall {recall:.4f}, precision {precision:.4f}"


def every(query: str, count: int) -> set[int]:
    """All stories that are found."""
    from archive.search.expanding import conditions_of
    from archive.search.finding import NEWEST, Filters
    from archive.search.finding import find as find_stories
    from archive.search.query import parse

    results = find_stories(conditions_of(parse(query)), Filters(), sort=NEWEST, count=count)
    return {one.article_id for one in results.found}


def p50(series: Series) -> str:
    return milliseconds(series.p50)


def p95(series: Series) -> str:
    return milliseconds(series.p95)


def measured(run: Callable[[str], object], asked: list[str], clock: Callable[[], float]) -> Series:
    run(asked[0])
    return Series(list(durations(run, asked, clock)))


def durations(
    run: Callable[[str], object], asked: list[str], clock: Callable[[], float]
) -> Iterator[float]:
    for query in asked:
        start = clock()
        run(query)
        yield clock() - start


def find(query: str) -> object:
    from archive.search.expanding import conditions_of
    from archive.search.finding import Filters
    from archive.search.finding import find as find_stories
    from archive.search.query import parse

    return find_stories(conditions_of(parse(query)), Filters())


def open_page(query: str) -> object:
    from django.test import Client

    response = Client().get("/zh-hans/search/", {"q": query})
    assert response.status_code == 200
    return response


def ask_wagtail(query: str) -> object:
    from archive.models import ArticlePage

    return list(ArticlePage.objects.live().search(query)[:20])


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
