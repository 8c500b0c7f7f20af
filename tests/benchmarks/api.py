"""`python -m tests.benchmarks.api`: what a page of the API costs, beside Wagtail's own v2.

On a new SQLite file, whose stories are copies by SQL of one that was published and translated, each
with its names. Both give the same twenty fields of the same twenty stories, which is looked at
before anything is measured; ours has citations, ties and rights besides. Times are the process's
own, so that other work on the machine doesn't count.
"""

import argparse
import os
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from typing import Any

import django

from tests.benchmarks.figures import Series, milliseconds, times
from tests.benchmarks.processes import output_of
from tests.benchmarks.report import table

STORIES = 20
LINES = ("headline", "standfirst", "dateline")
TEXTS = [f"{name}_{code}" for name in LINES for code in ("en", "zh_hans")]
FIELDS = [
    *("id", *TEXTS, "print_date", "print_edition", "print_page", "source_language", "kind"),
    *("is_sample", "source_url", "rights", "publication", "section", "body_en", "body_zh_hans"),
    "entity_tags",
]


def reading(_crew: Any, options: Namespace) -> str:
    """For `python -m tests.benchmarks`: in a process and a database of its own."""
    return output_of("api", str(options.listed))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="?", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=40, help="of each measurement")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="archive-api-") as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.test"
        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ROOT_URLCONF = "tests.benchmarks.api_urls"
        call_command("migrate", verbosity=0)
        fill(options.stories)
        sys.stdout.write(report(options))


def fill(count: int) -> None:
    from archive.models import ArticleEntity, ArticlePage, HarvestRecord
    from tests.benchmarks import harvesting
    from tests.factories import make_entity

    harvesting.fill(count)
    names = [make_entity(f"name-{number}").pk for number in range(4)]
    pks = ArticlePage.objects.order_by("pk").values_list("pk", flat=True)
    tags = [ArticleEntity(page_id=pk, entity_id=name, role="about") for pk in pks for name in names]
    ArticleEntity.objects.bulk_create(tags, batch_size=5000)
    # The order of the API is that of Wagtail then.
    HarvestRecord.objects.update(datestamp="2026-01-01T00:00:00Z")
    ArticlePage.objects.filter(headline_zh_hans__gt="").update(body_zh_hans=_chinese())
    ArticlePage.api_fields = FIELDS[1:]
    ArticleEntity.api_fields = ["entity"]


def _chinese() -> Any:
    from archive.models import ArticlePage
    from tests.factories import make_body

    field: Any = ArticlePage._meta.get_field("body_zh_hans")
    return field.to_python(make_body("第一段。", "第二段。"))


def report(options: Namespace) -> str:
    from django.test import Client

    from tests.contrib.api.urls import VERSIONS

    stock = f"/stock/pages/?type=archive.ArticlePage&limit={STORIES}&fields={','.join(FIELDS[1:])}"
    ours = [f"/api/{version}/stories/?limit={STORIES}&segments=true" for version in VERSIONS]
    client = Client()
    theirs = list(map(_of_wagtail, client.get(stock).json()["items"]))
    for path in ours:
        told = list(map(_of_ours, client.get(path).json()["items"]))
        assert told == theirs, "They don't do the same work."
    series: dict[str, list[float]] = {path: [] for path in (stock, *ours)}
    # By turns, so that both meet the same machine.
    for _time in range(options.times):
        for path, found in series.items():
            found.append(_seconds(lambda path=path: client.get(path)))
    reference = Series(series[stock]).p50
    rows = []
    for path, found in series.items():
        one = Series(found)
        name = "Wagtail's v2" if path == stock else f"stories by v{path[6]}"
        figures = [milliseconds(one.p50), milliseconds(one.p95), str(_queries(client, path))]
        rows.append([name, *figures, times(one.p50 / reference)])
    title = f"The API: {STORIES} stories with the same {len(FIELDS)} fields, of {options.stories:,}"
    head = ["read", "p50", "p95", "queries", "time beside v2's"]
    return table(title, head, rows) + "\n"


def _seconds(ask: Callable[[], Any]) -> float:
    start = time.process_time()
    assert ask().status_code == 200
    return time.process_time() - start


def _queries(client: Any, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def _of_wagtail(item: dict[str, Any]) -> list[Any]:
    """The twenty fields' values, in their order."""
    from archive.text.richtext import plain_text

    found = {**item, "publication": item["publication"]["id"], "section": item["section"]["id"]}
    for name in ("body_en", "body_zh_hans"):
        found[name] = [plain_text(block["value"]) for block in item[name] or []]
    found["entity_tags"] = len(item["entity_tags"])
    return [found[name] or "" for name in FIELDS]


def _of_ours(item: dict[str, Any]) -> list[Any]:
    found = {**item, "rights": item["use"]["notice"], "entity_tags": len(item["names"])}
    found |= {name: item[name]["id"] for name in ("publication", "section")}
    for suffix, code in (("en", "en"), ("zh_hans", "zh-hans")):
        text = {one["key"]: one["text"].get(code, "") for one in item["segments"]}
        for name in LINES:
            found[f"{name}_{suffix}"] = text.pop(name, "")
        found[f"body_{suffix}"] = [one for one in text.values() if one]
    return [found[name] or "" for name in FIELDS]


if __name__ == "__main__":
    main()
