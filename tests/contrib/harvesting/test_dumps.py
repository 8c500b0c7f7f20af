"""The dump: what readers see, whole, with its checksum; nothing in it that was withdrawn."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from archive.contrib.harvesting import dumps
from archive.site.caching.versions import WITHDRAWN, Change, forget
from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_article, make_entity, make_home, tag, translate
from tests.site.reading import opened_at

pytestmark = pytest.mark.django_db
DUMP, SUM = "/data/stories.jsonl.gz", "/data/SHA256SUMS"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.ARCHIVE_DUMP_FOLDER = str(tmp_path)
    return tmp_path


def make_dump(*arguments: str) -> None:
    call_command("make_dump", *arguments, verbosity=0)


def content(path: str = DUMP) -> bytes:
    response = Client().get(path)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def lines() -> list[dict[str, Any]]:
    text = gzip.decompress(content()).decode()
    return [json.loads(line) for line in text.splitlines()]


def told() -> list[tuple[str, str]]:
    return [(one["headline"], one["language"]) for one in lines()]


def status(path: str = DUMP) -> int:
    return Client().get(path, follow=True).status_code


def test_a_line_is_what_a_search_gives_as_json_lines() -> None:
    story = make_article("Harbour opens", standfirst="A new quay.", slug="harbour")
    tag(story, make_entity())
    translate(story, headline="港口启用")
    make_dump()
    found = Client().get("/en/search/?q=Harbour&format=jsonl").text
    english, chinese = lines()
    assert english == json.loads(found)
    assert (english["headline"], english["language"]) == ("Harbour opens", ENGLISH)
    assert (chinese["headline"], chinese["language"]) == ("港口启用", CHINESE)
    assert english["about"] == ["zhanjiang"]


def test_the_checksum_is_the_file_s() -> None:
    make_article()
    make_dump()
    [line] = content(SUM).decode().splitlines()
    digest, name = line.split("  ")
    assert digest == hashlib.sha256(content()).hexdigest()
    assert DUMP.endswith(f"/{name}")


def test_running_texts_are_in_it_where_the_site_wants_them() -> None:
    make_article()
    make_dump()
    assert "text" not in lines()[0]
    make_dump("--texts")
    assert lines()[0]["text"] == "First paragraph.\nSecond paragraph."


def test_what_no_reader_may_see_is_not_in_it() -> None:
    make_article("Open", slug="open")
    make_article("Draft", slug="draft", live=False)
    later = make_article("Later", slug="later", live=False, go_live_at=timezone.now())
    later.go_live_at = timezone.now() + timedelta(days=1)
    later.save_revision().publish()
    closed = make_article("Closed", slug="closed")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    translate(make_article("Half", slug="half"), publish=False, headline="一半")
    make_dump()
    assert told() == [("Open", ENGLISH), ("Half", ENGLISH)]


def withdraw(how: str) -> None:
    story = make_article("Gone", slug="gone")
    translation = translate(story, headline="撤下")
    make_dump()
    assert len(lines()) == 3
    if how == "restrict":
        PageViewRestriction.objects.create(page=story, restriction_type="login")
    elif how == "unpublish translation":
        translation.unpublish()
    else:
        getattr(story, how)()


@pytest.mark.parametrize("how", ["unpublish", "delete", "restrict", "unpublish translation"])
def test_what_was_withdrawn_is_given_to_nobody_from_then_on(how: str) -> None:
    make_article("Kept", slug="kept")
    withdraw(how)
    for path in (DUMP, SUM):
        response = Client().get(path)
        assert (response.status_code, response["Cache-Control"]) == (503, "no-store")
        assert response["Retry-After"] == "3600"
    make_dump("--if-withdrawn")
    assert ("撤下", CHINESE) not in told()
    left = [("Kept", ENGLISH)] + [("Gone", ENGLISH)] * (how == "unpublish translation")
    assert told() == left


def test_a_withdrawal_while_the_dump_is_written_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    story = make_article("Gone", slug="gone")
    chunks = dumps._chunks

    def slowly(*arguments: Any) -> Iterator[Any]:
        yield from chunks(*arguments)
        story.unpublish()

    monkeypatch.setattr(dumps, "_chunks", slowly)
    make_dump()
    assert status() == 503


def test_what_is_forgotten_of_the_log_does_not_open_an_old_dump() -> None:
    stories = [make_article(f"Story {n}", slug=f"story-{n}") for n in range(3)]
    make_dump()
    for story in stories[:2]:
        story.unpublish()
    Change.objects.update(at=timezone.now() - timedelta(days=1))
    forget()
    assert Change.objects.filter(key=WITHDRAWN).count() == 2
    assert status() == 503
    make_dump()
    assert not Change.objects.filter(key=WITHDRAWN).exists()
    assert told() == [("Story 2", ENGLISH)]


def test_drafts_and_corrections_leave_it_open() -> None:
    story = make_article("Harbour opens", slug="harbour")
    make_dump()
    make_article("Draft", slug="draft", live=False).delete()
    story.headline = "Harbour opened"
    story.save_revision().publish()
    assert told() == [("Harbour opens", ENGLISH)]


def test_without_a_dump_there_is_no_address() -> None:
    make_home()
    assert (status(), status(SUM)) == (404, 404)


def test_a_client_that_has_it_is_told_so() -> None:
    make_article()
    make_dump()
    first = Client().get(DUMP)
    assert first["Cache-Control"] == "public, no-cache"
    assert first["Content-Type"] == "application/gzip"
    for path, other in ((DUMP, 304), (SUM, 200)):
        again = Client().get(path, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == other
        assert again["Cache-Control"] == "public, no-cache"


def test_a_failed_run_leaves_the_one_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_article("Harbour opens")
    make_dump()
    monkeypatch.setattr(dumps, "read_texts", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_dump()
    assert told() == [("Harbour opens", ENGLISH)]
    assert len([one for site in folder.iterdir() for one in site.iterdir()]) == 1


def test_one_takes_the_place_of_the_other(folder: Path) -> None:
    make_article()
    make_dump()
    make_dump()
    assert len([one for site in folder.iterdir() for one in site.iterdir()]) == 1


@pytest.mark.exhaustive
def test_it_is_read_in_chunks(
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(dumps, "CHUNK", 10)
    for number in range(20):
        make_article(f"Story {number}", slug=f"story-{number}")
    make_dump()
    # Twice ten and the end; before and after some for the log, sites and the front page.
    with django_assert_max_num_queries(3 * 6 + 12):
        make_dump()
    assert len(lines()) == 20


def test_programs_are_led_to_it() -> None:
    make_article()
    assert DUMP not in Client().get("/llms.txt").text
    make_dump()
    assert DUMP in Client().get("/llms.txt").text
    [script] = opened_at("/zh-hans/").select('script[type="application/ld+json"]')
    nodes = {one["@type"]: one for one in json.loads(script.text)["@graph"]}
    download = nodes["Dataset"]["distribution"]
    assert download["contentUrl"] == f"http://localhost{DUMP}"
    assert download["sha256"] == hashlib.sha256(content()).hexdigest()
