"""Kills a process that withdraws a story, after each of its commits, and asks what is public.

`main` is the other process: see `test_withdrawals`.
"""

import gzip
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from wagtail.models import PageViewRestriction

from archive.base_page import Page
from archive.contrib.harvesting.dumps import make_dumps
from archive.contrib.reprints.models import StoryReuse
from archive.models import ArticlePage, SectionPage, Translation
from archive.site.permalinks import short_id
from archive.site.sitemaps.kinds import KINDS
from archive.text.language import LANGUAGES
from tests.factories import (
    block,
    make_article,
    make_entity,
    make_publication,
    make_section,
    tag,
    translate,
)

KILLED = 9
# Of the story and of its translation; what is asked for has other words.
SECRET, TRANSLATED, LURE = "zqsecretqz", "zqtranslationqz", "lurestory"


def lay_ground() -> ArticlePage:
    """A story in both languages beside another one that it is related to and reprints; a section
    and a paper for some readers only."""
    paper = make_publication("open", en="Open", zh="公开报")
    filed = {"publication": paper, "section": make_section("world", paper), "print_page": "1"}
    text = [block("paragraph", f"<p>{LURE} {SECRET}</p>")]
    story = make_article(f"{LURE} {SECRET}", slug=SECRET, body=text, **filed)
    beside, city = make_article("Beside", slug="beside", **filed), make_entity()
    for page in (story, beside):
        tag(page, city)
        page.save_revision().publish()
    StoryReuse.objects.create(earlier=beside, later=story, kind="shortened")
    translate(story, headline=f"{LURE} {TRANSLATED}")
    other = make_publication("other")
    make_article("Elsewhere", slug="elsewhere", publication=other)
    for page in (other, make_section("closed", paper)):
        _restrict(page)
    return story


def _restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def _story() -> Any:
    return ArticlePage.objects.get(slug=SECRET)


def _translation() -> Any:
    return Translation.objects.get(article__slug=SECRET)


def _move() -> None:
    closed = ArticlePage.objects.get(slug="elsewhere").get_parent()
    _story().move(closed, pos="last-child")


def _publish_in_closed_section() -> None:
    story = _story()
    story.section = SectionPage.objects.get(slug="closed")
    story.save_revision().publish()


WITHDRAWALS: dict[str, Callable[[], object]] = {
    "unpublished": lambda: _story().unpublish(),
    "unpublished as a plain page": lambda: Page.objects.get(slug=SECRET).unpublish(),
    "deleted": lambda: _story().delete(),
    "moved": _move,
    "restricted": lambda: _restrict(_story()),
    "restricted section": lambda: _restrict(_story().section),
    "restricted paper": lambda: _restrict(_story().publication),
    "published in a restricted section": _publish_in_closed_section,
    "translation unpublished": lambda: _translation().unpublish(),
    "translation deleted": lambda: _translation().delete(),
}


def chosen(has_all: bool) -> dict[str, Callable[[], object]]:
    """All withdrawals, or one by each way: the story, its place, a restriction, the translation."""
    quick = ("unpublished", "moved", "restricted section", "translation unpublished")
    return {name: one for name, one in WITHDRAWALS.items() if has_all or name in quick}


def withdrawn() -> set[str]:
    """The words that nobody may read any more, by what the rows of the pages say."""
    story: Any = ArticlePage.objects.filter(slug=SECRET, live=True).first()
    # Without the function that is tested.
    filed = [] if story is None else [*story.get_ancestors(inclusive=True), story.section]
    if story is None or PageViewRestriction.objects.filter(page__in=filed).exists():
        return {SECRET, TRANSLATED}
    has_translation = Translation.objects.filter(article=story, live=True).exists()
    return set() if has_translation else {TRANSLATED}


def public_paths(
    pk: int, slug: str = SECRET, paper: str = "open", word: str = LURE
) -> Iterator[str]:
    """All that may show the story; `word` finds it."""
    short = short_id(pk)
    yield from ("/sitemap.xml", "/sitemap-news.xml", "/data/stories.jsonl.gz", "/llms.txt")
    yield from (f"/sitemap-{code}-{kind}-0.xml" for code in LANGUAGES for kind in KINDS)
    yield from ("/oai/?verb=ListRecords&metadataPrefix=oai_dc", f"/s/{short}/")
    yield f"/oai/?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:{pk}"
    for code in LANGUAGES:
        day = f"{paper}/2015/09/22"
        found = (
            *("", "feed/", "feed/?format=json", "browse/", "browse/sections/", "browse/2015/"),
            *("browse/2015/09/22/", "browse/on-this-day/09/22/", f"browse/2015/09/22/{paper}/1/"),
            *(f"{paper}/", f"{paper}/feed/", f"{paper}/world/", f"{paper}/world/feed/", f"{day}/"),
            *(f"{day}/beside/", f"{day}/beside.md", f"{day}/{slug}/", f"{day}/{slug}.md"),
            *("entities/zhanjiang/", "entities/zhanjiang/feed/", f"cite/{short}/"),
            *(f"search/suggest/?q={word}", f"search/feed/?q={word}", f"search/?q={word}"),
            *(f"search/?q={word}&format={form}" for form in ("json", "csv", "jsonl", "ris")),
        )
        yield from (f"/{code}/{path}" for path in found)


def public_answers(pk: int) -> Iterator[tuple[str, str]]:
    """Each address with what it says, or leads to; without the address itself."""
    client = Client()
    for path in public_paths(pk):
        response: Any = client.get(path)
        content = response.getvalue()
        if response.status_code == 200 and path.endswith(".gz"):
            content = gzip.decompress(content)
        # Whoever knows the story's address is led to where it is now, or to the login.
        location = "" if SECRET in path else str(response.headers.get("Location", ""))
        text = content.decode("utf-8", "replace") if response.status_code == 200 else ""
        yield path, f"{location} {text}".replace(path, "")


def leaks(pk: int, words: set[str]) -> Iterator[str]:
    for path, text in public_answers(pk):
        yield from (f"{path} has {word}" for word in sorted(words) if word in text)


def main(folder: Path, has_all: bool) -> None:
    """Prints a line for each answer that shows what nobody may read any more, and one that begins
    with # for each kill: after each commit, or after the first that withdraws anything."""
    cached = folder / "cache"
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(cached)}}
    settings.ARCHIVE_CACHE_PAGES, settings.ARCHIVE_DUMP_FOLDER = True, str(folder / "dump")
    stored, kept = Path(settings.DATABASES["default"]["NAME"]), folder / "kept"
    pk = lay_ground().pk
    make_dumps(with_bodies=True)
    # All answers are kept from now on, in the cache and by this process.
    before = "".join(text for _path, text in public_answers(pk))
    assert SECRET in before
    assert TRANSLATED in before
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    kept.mkdir()
    shutil.copy(stored, kept / "db")
    shutil.copytree(cached, kept / "cache")
    for name, withdraw in chosen(has_all).items():
        for commit in count(1):
            for log in ("-wal", "-shm"):
                Path(f"{stored}{log}").unlink(missing_ok=True)
            shutil.copy(kept / "db", stored)
            shutil.rmtree(cached)
            shutil.copytree(kept / "cache", cached)
            outcome = in_a_fork(killed_after, commit, withdraw)
            has_gone = bool(withdrawn())
            connection.close()
            if has_all or has_gone:
                in_a_fork(_report, pk, f"{name}, commit {commit}, exit {outcome}")
            if outcome != KILLED or (has_gone and not has_all):
                break


def in_a_fork(work: Callable[..., object], *what: Any) -> int:
    sys.stdout.flush()
    if pid := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    code = 0
    try:
        work(*what)
    except Exception as error:
        sys.stdout.write(f"{error!r}\n")
        code = 1
    sys.stdout.flush()
    os._exit(code)


def killed_after(commit: int, withdraw: Callable[[], object]) -> None:
    """Dies at the first statement after so many commits."""
    commits, has_written = 0, False

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal commits, has_written
        if not connection.in_atomic_block and has_written:
            commits, has_written = commits + 1, False
            if commits == commit:
                os._exit(KILLED)
        has_written |= sql.startswith(("INSERT", "UPDATE", "DELETE"))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        withdraw()


def _report(pk: int, where: str) -> None:
    words = withdrawn()
    for leak in leaks(pk, words):
        sys.stdout.write(f"{where}: {leak}\n")
    sys.stdout.write(f"# {where}: {len(words)} words withdrawn\n")
