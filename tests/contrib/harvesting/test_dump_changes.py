"""A dump's change dumps: whoever applies them has the newest dump, and nothing that is gone."""

import gzip
import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from archive.contrib.harvesting import dumps
from archive.models import ArticlePage, Translation
from tests.factories import make_article, translate

pytestmark = pytest.mark.django_db
FULL = "stories.jsonl.gz"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.ARCHIVE_DUMP_FOLDER = str(tmp_path)
    return tmp_path


def get(name: str) -> bytes:
    response = Client().get(f"/data/{name}")
    assert response.status_code == 200, name
    return b"".join(response.streaming_content)


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress(get(name)).decode().splitlines()]


def change_dumps() -> list[str]:
    names = [line.split("  ")[1] for line in get("SHA256SUMS").decode().splitlines()]
    assert names[0] == FULL
    return names[1:]


def make_dump(*arguments: str) -> None:
    call_command("make_dump", *arguments, verbosity=0)


class CopyClient:
    """Keeps a copy as the documentation says: the dump once, then each change dump since."""

    def __init__(self) -> None:
        self.known = set(change_dumps())
        self.texts = {one["url"]: one for one in lines(FULL)}

    def update(self) -> list[dict[str, Any]]:
        applied = []
        for name in change_dumps():
            if name not in self.known:
                for one in lines(name):
                    self.texts.pop(one["url"], None)
                    if not one.get("deleted"):
                        self.texts[one["url"]] = one
                    applied.append(one)
        self.known.update(change_dumps())
        return applied

    @property
    def is_current(self) -> bool:
        return sorted(self.texts) == sorted(one["url"] for one in lines(FULL)) and all(
            self.texts[one["url"]] == one for one in lines(FULL)
        )


def test_a_change_dump_has_what_is_new_changed_and_gone() -> None:
    kept, corrected, gone = (make_article(f"Story {n}", slug=f"story-{n}") for n in range(3))
    translation = translate(kept, headline="港口")
    make_dump()
    assert change_dumps() == []
    client = CopyClient()
    make_article("New", slug="new")
    corrected.headline = "Corrected"
    corrected.save_revision().publish()
    gone.delete()
    translation.unpublish()
    make_dump()
    told = client.update()
    # The other language of the story whose translation is gone tells of it by `languages`.
    assert [one.get("headline", "deleted") for one in told] == [
        *("Story 0", "deleted", "Corrected", "deleted", "New")
    ]
    assert client.is_current


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(3))
def test_whoever_applies_each_change_dump_has_the_dump(seed: int) -> None:
    chance = random.Random(seed)
    for number in range(4):
        make_article(f"Story {number}", slug=f"story-{number}")
    make_dump()
    daily, late = CopyClient(), CopyClient()
    for day in range(6):
        for story in chance.sample(list(ArticlePage.objects.order_by("pk")), 2):
            change(story, day, chance)
        make_article(f"Day {day}", slug=f"day-{day}")
        make_dump()
        daily.update()
        assert daily.is_current
    late.update()
    assert late.is_current
    assert late.texts == daily.texts


def change(story: ArticlePage, day: int, chance: random.Random) -> None:
    what = chance.choice(["correct", "unpublish", "translate", "delete"])
    if what == "correct" or not story.live:
        story.headline = f"{story.headline} {day}"
        story.save_revision().publish()
    elif what == "unpublish":
        story.unpublish()
    elif what == "delete":
        story.delete()
    elif translation := Translation.objects.filter(article=story).first():
        translation.unpublish()
    else:
        translate(story, headline=f"第{day}天")


def test_what_was_withdrawn_is_in_no_change_dump() -> None:
    make_article("Kept", slug="kept")
    make_dump()
    secret = make_article("Secret", slug="secret")
    make_dump()
    [before] = change_dumps()
    assert "Secret" in gzip.decompress(get(before)).decode()
    secret.unpublish()
    assert Client().get(f"/data/{before}").status_code == 503
    make_dump()
    for name in change_dumps():
        assert "Secret" not in gzip.decompress(get(name)).decode()
    assert [len(lines(name)) for name in change_dumps()] == [0, 1]


def test_nothing_new_is_an_empty_change_dump() -> None:
    make_article()
    make_dump()
    make_dump()
    assert [lines(name) for name in change_dumps()] == [[]]


def test_all_texts_change_where_the_dump_gets_their_bodies() -> None:
    make_article()
    make_dump()
    client = CopyClient()
    make_dump("--texts")
    [told] = client.update()
    assert told["text"] == "First paragraph.\nSecond paragraph."


def test_old_change_dumps_go(settings: Any) -> None:
    make_article()
    make_dump()
    make_dump()
    settings.ARCHIVE_DUMP_CHANGES_DAYS = 0
    before = change_dumps()
    make_dump()
    assert len(change_dumps()) == 1
    assert not {*before} & {*change_dumps()}


def test_checksums_are_those_of_all_files() -> None:
    make_article()
    make_dump()
    make_dump()
    for line in get("SHA256SUMS").decode().splitlines():
        digest, name = line.split("  ")
        assert digest == hashlib.sha256(get(name)).hexdigest()


def test_a_dump_from_before_has_no_change_dump(folder: Path) -> None:
    make_article()
    make_dump()
    [path] = folder.glob(f"*/*/{dumps.LINES}")
    path.unlink()
    make_dump()
    assert change_dumps() == []


@pytest.mark.parametrize("name", ["lines.txt", "dump.json", "changes-1.jsonl.gz", "dump-key.pem"])
def test_nothing_else_of_the_folder_is_given(name: str) -> None:
    make_article()
    make_dump()
    assert Client().get(f"/data/{name}").status_code == 404
