"""The figures of searching: how fast the index is built, its size, what is found and how fast."""

import argparse
import math
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TypeVar
from urllib.parse import urlencode

from django.db import OperationalError, connection
from django.http import QueryDict
from django.test import Client

from archive.models import ArticlePage, SearchDocument
from archive.search.analysis import fold, terms
from archive.search.documents import FIELDS, documents_of
from archive.search.engines import NEWEST, Filters
from archive.search.facets import chosen
from archive.search.headlines import TABLE as HEADLINES
from archive.search.matching import find, spread
from archive.search.query import conditions_of, parse
from archive.search.rebuild import rebuild
from tests.benchmarks.figures import Series, milliseconds, times
from tests.benchmarks.filling import FIRST_DAY, HEADLINE, Texts
from tests.benchmarks.prose import Prose
from tests.search.corpus import queries

# Of the words and characters that most stories have.
COMMON = [
    *("the", "to", "system", "the system"),
    *("文件", "系统", "软件", "的", "用", "软件包", "文件 系统"),
]
_YEAR = f"{FIRST_DAY.year}/"
BROWSED = [
    *("", f"{FIRST_DAY.year}s/", _YEAR, f"{_YEAR}01/", f"{_YEAR}01/02/"),
    *("sections/", "places/", "people/"),
]
CHINESE_QUERIES = 500
# Wagtail's p50 of a kind is of so many seconds' queries, and of one at least.
BUDGET = 180
# Of a results page's address.
FILTERS = [
    *({"year": str(FIRST_DAY.year)}, {"language": "en"}, {"person": "name-2"}),
    *({"place": "name-101"}, {"year": str(FIRST_DAY.year), "place": "name-1"}, {"picture": "1"}),
]
Clock = Callable[[], float]
_A = TypeVar("_A")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def build(stories: int) -> None:
    """From nothing, by as many processes as `check_archive search --repair` takes."""
    SearchDocument.objects.all().delete()
    start, used, helped = time.perf_counter(), time.process_time(), _helpers_time()
    rebuild()
    seconds, used = time.perf_counter() - start, time.process_time() - used
    helped = _helpers_time() - helped
    say(f"Building: {stories / seconds:.0f} stories/s by the clock,")
    say(f"{stories / used:.0f} a second of the writing process's time,")
    say(f"{stories / (used + helped):.0f} a second of its and its helpers' time")
    sample = ArticlePage.objects.order_by("?").values_list("pk", flat=True)[:500]
    documents = documents_of(list(sample))
    held = sum(len(d.texts[name].encode()) for d in documents for name in FIELDS)
    text = held / len(documents) * stories * 2
    say(f"Texts: {text / 1e6:.1f} MB of UTF-8 in all fields")
    say(f"Index and sets: {_index_size() / text:.2f} × the text")
    names = [SearchDocument._meta.db_table, HEADLINES]
    if connection.vendor == "sqlite":
        names[1:] = [f"{HEADLINES}_{part}" for part in ("data", "idx", "docsize")]
    for table in names:
        say(f"{table} and its indexes: {_table_size(table) / text:.2f} × the text")


def _helpers_time() -> float:
    """Processor seconds of the processes that this one started and that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def _index_size() -> int:
    """Bytes that the full-text index and the sets of stories take."""
    if connection.vendor == "postgresql":
        pieces = ["SELECT pg_total_relation_size('archive_search_text')"]
    else:
        tables = [f"archive_search_{name}" for name in ("text", "latest")]
        pieces = [f"SELECT SUM(LENGTH(block)) FROM {table}_data" for table in tables]
        pieces += [f"SELECT SUM(LENGTH(sz)) FROM {table}_docsize" for table in tables]
    size = 0
    with connection.cursor() as cursor:
        for sql in (*pieces, "SELECT SUM(LENGTH(bits)) FROM archive_searchbits"):
            cursor.execute(sql)
            size += int(cursor.fetchone()[0] or 0)
    return size


def _table_size(table: str) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [table])
        else:
            cursor.execute(
                "SELECT SUM(pgsize) FROM dbstat WHERE aggregate = TRUE AND name IN "
                "(SELECT name FROM sqlite_master WHERE tbl_name = %s)",
                [table],
            )
        return int(cursor.fetchone()[0] or 0)


def _kinds(options: argparse.Namespace, texts: list[Texts]) -> dict[str, list[str]]:
    rng, prose = random.Random(7), Prose(7)
    pieces = queries(rng, [chinese for _english, chinese in texts], options.queries * 4)
    kinds = {f"{n} Chinese characters": [p for p in pieces if len(p) == n] for n in (1, 2, 3, 4)}
    words = [prose.word() for _ in range(options.queries * 3)]
    kinds["1 English word"] = words[: options.queries]
    pairs = zip(words[options.queries :: 2], words[options.queries + 1 :: 2], strict=False)
    kinds["2 English words"] = [" ".join(pair) for pair in pairs]
    kinds["common words"] = COMMON
    return kinds


def prove_all(options: argparse.Namespace, texts: list[Texts]) -> None:
    """Recall and precision: in Chinese of 500 queries, in English of 150."""
    chinese = queries(random.Random(11), [text for _english, text in texts], CHINESE_QUERIES)
    _prove("Chinese", chinese, [fold(text) for _english, text in texts], options)
    prose = Prose(11)
    english = [" ".join(prose.word() for _ in range(n % 2 + 1)) for n in range(150)]
    held = [stems(text) + stems(text[: HEADLINE["en"]]) for text, _chinese in texts]
    _prove("English", english, held, options)


def stems(text: str) -> str:
    """An English text's words as they are looked for, blanks around each."""
    return f" {' '.join(terms(text))} "


def _prove(
    language: str, asked: list[str], held: Sequence[str], options: argparse.Namespace
) -> None:
    """Against reading every text; Wagtail's, for the first queries.

    `held` is each story's text, folded; in English of stems. A hyphened word is two side by side.
    """
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
        found = _every(query, len(held) + 1) - {numbered[0]}
        ours.update(hits=len(found), right=len(found & true), wanted=len(true))
        if place % max(1, len(asked) // (options.neighbour * 4)) == 0:
            try:
                with patience(options.patience, time.perf_counter):
                    stock = {page.pk for page in ArticlePage.objects.live().search(query)}
            except OperationalError:
                continue
            stock -= {numbered[0]}
            theirs.update(asked=1, hits=len(stock), right=len(stock & true), wanted=len(true))
    say(f"{len(asked)} {language} queries: {_shares(ours)};")
    say(f"Wagtail's, of {theirs['asked']}: {_shares(theirs)}")


def _shares(counted: Counter[str]) -> str:
    recall = counted["right"] / max(1, counted["wanted"])
    precision = counted["right"] / max(1, counted["hits"])
    return f"recall {recall:.4f}, precision {precision:.4f}"


def _every(query: str, count: int) -> set[int]:
    """All stories that are found."""
    results = find(conditions_of(parse(query)), Filters(), sort=NEWEST, count=count)
    return {one.article_id for one in results.found}


def compare(options: argparse.Namespace, texts: list[Texts]) -> None:
    """Engine, whole page, and Wagtail's twenty best."""
    clock: Clock = time.process_time if options.processor_time else time.perf_counter
    say("| query | engine p50 | p95 | whole page p50 | p95 | Wagtail's p50 | p95 | ratio of p50 |")
    say("|---|---|---|---|---|---|---|---|")
    kinds = _kinds(options, texts)
    for kind, asked in kinds.items():
        engine, page = _measured(_find, asked, clock), _measured(_open_page, asked, clock)
        stock = Series(list(_wagtail(asked[: options.neighbour], clock, options.patience)))
        shown = [milliseconds(value) for one in (engine, page) for value in (one.p50, one.p95)]
        shown += [_patient(value, options.patience) for value in (stock.p50, stock.p95)]
        least = "> " if math.isinf(stock.p50) else ""
        ratio = least + times(min(stock.p50, options.patience) / engine.p50)
        say(f"| {kind} | {' | '.join(shown)} | {ratio} |")
    narrowed = [
        {"q": query, **FILTERS[number % len(FILTERS)]}
        for asked in kinds.values()
        for number, query in enumerate(["", *asked[: len(FILTERS) * 2]])
    ]
    engine = _measured(_find_narrowed, narrowed, clock)
    page = _measured(_open_narrowed, narrowed, clock)
    shown = [milliseconds(value) for one in (engine, page) for value in (one.p50, one.p95)]
    say(f"| all of these with filters, and filters alone | {' | '.join(shown)} | | | |")


def trends(options: argparse.Namespace, texts: list[Texts]) -> None:
    """A chart of the years, and one of the months of a year: the counting, and the whole page."""
    clock: Clock = time.process_time if options.processor_time else time.perf_counter
    say("\n| trends | years p50 | p95 | page p50 | p95 | months p50 | p95 | page p50 | p95 |")
    say("|---|---|---|---|---|---|---|---|---|")
    for kind, asked in _kinds(options, texts).items():
        shown = []
        for year in (None, FIRST_DAY.year):
            counted = _measured(partial(_spread, year), asked, clock)
            page = _measured(partial(_open_trends, year), asked, clock)
            shown += [
                milliseconds(value) for one in (counted, page) for value in (one.p50, one.p95)
            ]
        say(f"| {kind} | {' | '.join(shown)} |")


def _spread(year: int | None, query: str) -> object:
    return spread(conditions_of(parse(query)), Filters(year=year))


def _open_trends(year: int | None, query: str) -> object:
    narrowed = {"year": str(year)} if year else {}
    return _open("/zh-hans/search/trends/", {"q": query, **narrowed})


def _patient(seconds: float, patience: float) -> str:
    return f"> {patience:.0f} s" if math.isinf(seconds) else milliseconds(seconds)


def browse(options: argparse.Namespace) -> None:
    """The pages of the calendar, the sections and the names; each the median of five."""
    clock: Clock = time.process_time if options.processor_time else time.perf_counter
    say("\n| page | p50 |\n|---|---|")
    for path in BROWSED:
        address = f"/zh-hans/browse/{path}"
        series = Series(list(_durations(_open, [address] * 6, clock))[1:])
        say(f"| {address} | {milliseconds(series.p50)} |")


def _measured(run: Callable[[_A], object], asked: list[_A], clock: Clock) -> Series:
    run(asked[0])
    return Series(list(_durations(run, asked, clock)))


def _durations(run: Callable[[_A], object], asked: list[_A], clock: Clock) -> Iterator[float]:
    for query in asked:
        start = clock()
        run(query)
        yield clock() - start


def _wagtail(asked: list[str], clock: Clock, seconds: float) -> Iterator[float]:
    """Infinite where patience ran out."""
    end = clock() + BUDGET
    for query in asked:
        start = clock()
        try:
            with patience(seconds, clock):
                list(ArticlePage.objects.live().search(query)[:20])
            yield clock() - start
        except OperationalError:
            yield math.inf
        if clock() > end:
            return


@contextmanager
def patience(seconds: float, clock: Clock) -> Iterator[None]:
    """Stops a query of the database that takes longer, by this clock; OperationalError."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {int(seconds * 1000)}")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")
        return
    end = clock() + seconds
    connection.connection.set_progress_handler(lambda: clock() > end, 100_000)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)


def _find(query: str) -> object:
    return find(conditions_of(parse(query)), Filters())


def _find_narrowed(parameters: dict[str, str]) -> object:
    address = QueryDict(urlencode(parameters))
    return find(conditions_of(parse(parameters["q"])), chosen(address).filters)


def _open_narrowed(parameters: dict[str, str]) -> object:
    return _open("/zh-hans/search/", parameters)


def _open_page(query: str) -> object:
    return _open("/zh-hans/search/", {"q": query})


def _open(address: str, parameters: dict[str, str] | None = None) -> object:
    response = Client().get(address, parameters)
    assert response.status_code == 200, address
    return response
