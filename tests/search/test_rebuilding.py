"""Rebuilding the index: stopped and begun again, beside publications, and by several processes."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from archive.models import ArticlePage, SearchDocument
from archive.search import parallel
from archive.search import rebuild as rebuilding
from archive.search.actions import plan_stories
from archive.search.parallel import map_ahead, process_map
from archive.search.rebuild import check, rebuild
from archive.text.language import column
from tests.factories import make_article, make_entity, tag
from tests.search.test_hints import offered
from tests.search.test_searching import found, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories(monkeypatch: pytest.MonkeyPatch) -> list[ArticlePage]:
    """Three that are in no index yet; each is written in a transaction of its own."""
    made = [story(f"Harbour {number} opens", "Ships come.") for number in range(3)]
    SearchDocument.objects.all().delete()
    monkeypatch.setattr(rebuilding, "BULK", 1)
    monkeypatch.setattr(rebuilding, "TOGETHER", 1)
    return made


def meanwhile(monkeypatch: pytest.MonkeyPatch, change: Any) -> None:
    """Somebody changes something after the stories were read and before they are written."""

    def write(plans: Any, anew: bool, write: Any = rebuilding._write) -> int:
        monkeypatch.setattr(rebuilding, "_write", write)
        change()
        return int(write(plans, anew))

    monkeypatch.setattr(rebuilding, "_write", write)


def test_a_rebuild_that_was_stopped_goes_on_where_it_was(stories: list[ArticlePage]) -> None:
    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(progress=stop)
    assert found("ships") == [one.pk for one in stories[:2]]
    assert rebuild() == 1
    assert found("ships") == [one.pk for one in stories]
    assert check()


def test_what_is_published_meanwhile_is_kept(
    stories: list[ArticlePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    def publish() -> None:
        one = ArticlePage.objects.get(pk=stories[0].pk)
        setattr(one, column("headline", "en"), "A pier instead")
        one.save_revision().publish()

    meanwhile(monkeypatch, publish)
    rebuild()
    assert found("pier") == [stories[0].pk]
    assert offered("a pier") == [("A pier instead", "22 September 2015")]
    assert found("harbour") == [one.pk for one in stories[1:]]
    assert check()


def test_what_is_unpublished_meanwhile_is_not_written(
    stories: list[ArticlePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: ArticlePage.objects.get(pk=stories[0].pk).unpublish())
    assert rebuild() == 2
    assert found("ships") == [one.pk for one in stories[1:]]
    assert check()


def test_what_is_right_is_left_alone(
    stories: list[ArticlePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    pks = [one.pk for one in stories]
    assert len(plan_stories(pks).entries) == 3
    rebuild()
    monkeypatch.delattr(rebuilding, "_write")
    assert rebuild() == 0
    assert plan_stories(pks).entries == []
    assert len(plan_stories(pks, anew=True).entries) == 3


def test_one_process_does_the_work_by_itself() -> None:
    with process_map(4) as mapped:
        # A test's transaction is seen by nobody else.
        assert mapped is map
        assert list(map_ahead(mapped, str, range(20))) == [str(number) for number in range(20)]


def test_others_are_two_chunks_ahead_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "CHUNK", 2)
    begun: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        results = map_ahead(pool.map, begun.append, range(20))
        next(results)
        assert set(begun) <= {0, 1, 2, 3}
        list(results)
    assert begun == list(range(20))


@pytest.mark.exhaustive
@pytest.mark.sqlite
def test_two_processes_write_the_same_index_in_one_piece(tmp_path: Path) -> None:
    city = make_entity()
    for number in range(5):
        tag(make_article(f"Harbour {number} opens"), city)
    SearchDocument.objects.all().delete()
    path = tmp_path / "archive.sqlite3"
    path.write_bytes(connection.connection.serialize())
    root = Path(settings.BASE_DIR)
    done = subprocess.run(
        [sys.executable, "-c", _REBUILD],
        cwd=root,
        env={
            **os.environ,
            "DATABASE_URL": f"sqlite:///{path}",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.test",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["5", "True", "1", "True"], done.stderr


_REBUILD = """
import os
import django
django.setup()
from django.db import connection
from archive.search import rebuild as rebuilding
from archive.search.parallel import process_map
from archive.search.rebuild import check
from archive.search.engines import get_engine
rebuilding.BULK = 1
rebuilding.TOGETHER = 1
print(rebuilding.rebuild(processes=2), bool(check()))
with connection.cursor() as cursor:
    cursor.execute("SELECT COUNT(DISTINCT segid) FROM archive_search_text_idx")
    print(cursor.fetchone()[0])
with process_map(2) as mapped:
    pids = {*mapped(eval, ["__import__('os').getpid()"] * 2)}
    print(os.getpid() not in pids)
"""
