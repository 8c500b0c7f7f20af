"""A batch's files are read a slice at a time, each by one reader."""

import re
import resource
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from archive.contrib.intake.batches import slices
from archive.contrib.intake.batches.actions import add_file, create_batch
from archive.contrib.intake.batches.slices import read_batch_task, read_slice
from archive.contrib.intake.limited import read_within_limits
from archive.contrib.intake.models import ImportBatch, ImportFile, ImportItem
from archive.contrib.intake.records import ParsedArticle
from archive.contrib.intake.sources import SourceFile
from tests.contrib.intake.admin.screens import address
from tests.contrib.intake.batches.values import ANOTHER, make_batch
from tests.contrib.intake.files import JPEG, zipped
from tests.contrib.intake.texts import ENGLISH
from tests.factories import make_home, make_user

pytestmark = pytest.mark.django_db
State = ImportItem.State
CHINESE_LETTER = re.compile("[\u4e00-\u9fff]")
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 200


@pytest.fixture(autouse=True)
def home() -> None:
    make_home()


def test_each_file_becomes_its_stories_and_keeps_its_text() -> None:
    batch = make_batch(ENGLISH, ANOTHER)
    assert batch.state == ImportBatch.State.READ
    first, second = batch.items.order_by("pk")
    assert (first.source, first.headline) == ("1.txt", "Port opens new route")
    assert (first.text, first.record["page"]) == (ENGLISH, "17")
    assert second.headline == "Canal bridge closes for repairs"


def test_a_slice_without_time_reads_nothing_and_the_next_goes_on() -> None:
    batch = create_batch(None)
    add_file(batch, None, "1.txt", ENGLISH.encode())
    assert not read_slice(batch, 0).is_done
    assert not batch.items.exists()
    assert read_slice(batch, 60).is_done
    assert read_slice(batch, 60).is_done
    assert batch.items.count() == 1


def test_a_file_that_another_reader_has_is_left_to_that_reader() -> None:
    batch = create_batch(None)
    row = add_file(batch, None, "1.txt", ENGLISH.encode())
    ImportFile.objects.filter(pk=row.pk).update(state="reading", claimed_at=timezone.now())
    assert not read_slice(batch, 5).is_done
    assert not batch.items.exists()


def test_a_reader_that_came_too_late_stores_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = create_batch(None)
    row = add_file(batch, None, "1.txt", ENGLISH.encode())
    real = slices._read_items

    def slow(row: ImportFile, found: object) -> list[ImportItem]:
        # Meanwhile somebody else took the file over.
        ImportFile.objects.filter(pk=row.pk).update(claimed_at=timezone.now() + timedelta(1))
        return real(row, found)

    monkeypatch.setattr(slices, "_read_items", slow)
    read_slice(batch, 1)
    assert not batch.items.exists()
    assert ImportFile.objects.get(pk=row.pk).state == "reading"


def test_a_file_whose_reader_is_gone_is_read_again_but_not_for_ever() -> None:
    batch = create_batch(None)
    row = add_file(batch, None, "1.txt", ENGLISH.encode())
    gone = timezone.now() - slices.claim_time(0) - timedelta(minutes=1)
    rows = ImportFile.objects.filter(pk=row.pk)
    rows.update(state="reading", claimed_at=gone, attempts=1)
    assert read_slice(batch, 60).is_done
    assert batch.items.get().state != State.FAILED
    batch.items.all().delete()
    rows.update(state="reading", claimed_at=gone, attempts=slices.MOST_ATTEMPTS, position=0)
    assert read_slice(batch, 60).is_done
    assert "failed several times" in batch.items.get().error


def test_a_zip_is_read_file_by_file() -> None:
    batch = create_batch(None)
    add_file(
        batch,
        None,
        "papers.zip",
        zipped({"papers/a.txt": ENGLISH.encode(), "papers/b.txt": ANOTHER.encode()}),
    )
    # No time: one file of it at least, so that each call gets on.
    row = slices._claim(batch)
    slices._read(row, 0)
    assert batch.items.count() == 1
    assert read_slice(batch, 60).is_done
    assert [item.source for item in batch.items.order_by("pk")] == [
        "papers.zip/papers/a.txt",
        "papers.zip/papers/b.txt",
    ]


def kill_in_mid_zip(batch: ImportBatch) -> None:
    """A reader has read one file of two, and is no more."""
    texts = {"a.txt": ENGLISH.encode(), "b.txt": ANOTHER.encode()}
    add_file(batch, None, "papers.zip", zipped(texts))
    slices._read(slices._claim(batch), 0)
    gone = timezone.now() - slices.claim_time(0)
    batch.files.update(state="reading", claimed_at=gone)


def test_a_reader_killed_in_mid_zip_is_followed_by_the_next() -> None:
    batch = create_batch(None)
    kill_in_mid_zip(batch)
    assert slices.claim_time(0) < timedelta(minutes=3)
    assert read_slice(batch, 60).is_done
    assert batch.items.count() == 2


def test_a_worker_goes_on_with_batches_that_nobody_reads_any_more() -> None:
    left = create_batch(None)
    kill_in_mid_zip(left)
    read_batch_task.func(create_batch(None).pk)
    assert ImportBatch.objects.get(pk=left.pk).state == ImportBatch.State.READ
    assert left.items.count() == 2


def test_a_batch_whose_reader_was_killed_at_the_very_end_is_finished(client: Client) -> None:
    batch = make_batch(ENGLISH)
    ImportBatch.objects.update(state=ImportBatch.State.READING)
    client.force_login(make_user("boss", is_superuser=True))
    assert "data-intake-progress" in client.get(address("batch", batch)).content.decode()
    client.post(address("read", batch))
    assert ImportBatch.objects.get().state == ImportBatch.State.READ


def test_a_full_disk_leaves_neither_a_file_nor_a_batch(client: Client) -> None:
    client.force_login(make_user("boss", is_superuser=True))
    folder = Path(ImportFile._meta.get_field("file").storage.location)
    before = set(folder.rglob("*"))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # As on a disk with room for ten bytes more.
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    try:
        answer = client.post(reverse("archive_import:new"), {"text": ENGLISH})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "kept on the server (File too large)" in page
    assert "Port opens new route" in page
    assert not ImportBatch.objects.exists()
    assert not [path for path in set(folder.rglob("*")) - before if path.is_file()]


def test_what_cant_be_read_is_listed_with_the_way_out_and_the_rest_goes_on(
    settings: object,
) -> None:
    settings.ARCHIVE_INTAKE_MAX_FILE_BYTES = 2000  # type: ignore[attr-defined]
    batch = make_batch(b"", b"\x00\x01\x02" * 99, "x" * 3000, ENGLISH)
    failed = batch.items.filter(state=State.FAILED).order_by("pk")
    assert {item.source for item in failed} == {"1.txt", "2.txt", "3.txt"}
    assert "is empty" in failed.get(source="1.txt").error
    assert "more than the limit of 2,000;" in failed.get(source="3.txt").error
    assert batch.counts()["failed"] == 3
    assert batch.items.exclude(state=State.FAILED).count() == 1


def test_why_a_file_cant_be_read_is_said_in_the_reader_s_language(
    monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.ARCHIVE_INTAKE_MAX_FILE_BYTES = 5000  # type: ignore[attr-defined]
    read: list[str] = []

    def counted(source: SourceFile, *args: Any) -> list[ParsedArticle]:
        read.append(source.name)
        return read_within_limits(source, *args)

    monkeypatch.setattr(slices, "read_within_limits", counted)
    members = {
        "empty.txt": b"",
        "long.txt": b"x" * 6000,
        "broken.json": b"[{",
        "deep.zip": zipped({"inner.txt": b"\x00\x01\x02" * 99}),
        "a.jpg": JPEG,
    }
    batch = create_batch(None)
    add_file(batch, None, "papers.zip", zipped(members))
    add_file(batch, None, "binary.txt", b"\x00\x01\x02" * 99)
    add_file(batch, None, "broken.zip", zipped(members)[:300])
    assert read_slice(batch, 60).is_done
    failed = batch.items.filter(state=State.FAILED)
    assert failed.count() == 7, [(one.source, one.trouble) for one in failed]
    for item in failed:
        assert not CHINESE_LETTER.search(item.trouble), item.source
        with override("zh-hans"):
            assert CHINESE_LETTER.search(item.trouble), item.source
    assert len(read) == len(set(read))


def test_a_picture_beside_a_text_is_its_picture_and_no_story() -> None:
    batch = create_batch(None)
    add_file(batch, None, "port.txt", ENGLISH.encode())
    add_file(batch, None, "port.png", PICTURE)
    assert read_slice(batch, 60).is_done
    item = batch.items.get()
    assert [kept["name"] for kept in item.pictures] == ["port.png"]


def test_a_loose_picture_of_no_story_is_named_as_one_in_a_zip_is() -> None:
    batch = create_batch(None)
    add_file(batch, None, "port.txt", ENGLISH.encode())
    add_file(batch, None, "port.png", PICTURE)
    add_file(batch, None, "alone.png", PICTURE + b"0")
    assert read_slice(batch, 60).is_done
    failed = batch.items.get(state=State.FAILED)
    assert failed.source == "alone.png"
    assert "1 picture belongs to no story: alone.png" in failed.trouble
    # A text that comes later may be its story.
    add_file(batch, None, "alone.txt", ANOTHER.encode())
    assert read_slice(batch, 60).is_done
    assert [item.source for item in batch.items.all()] == ["port.txt", "alone.txt"]


def test_a_picture_stays_its_story_s_when_the_zip_is_read_on_by_another_reader() -> None:
    batch = create_batch(None)
    members = {"port.txt": ENGLISH.encode(), "port.jpg": JPEG, "alone.png": PICTURE}
    add_file(batch, None, "kite.zip", zipped(members))
    slices._read(slices._claim(batch), 0)
    assert batch.items.count() == 1
    assert read_slice(batch, 60).is_done
    told = [item.trouble for item in batch.items.filter(state=State.FAILED)]
    assert len(told) == 1
    assert "1 picture belongs to no story: alone.png" in told[0]


def test_a_worker_reads_the_whole_batch() -> None:
    batch = create_batch(None)
    for number in range(3):
        add_file(batch, None, f"{number}.txt", ANOTHER.replace("canal", str(number)).encode())
    read_batch_task.func(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.items.count()) == (ImportBatch.State.READ, 3)


def test_the_halves_of_a_bilingual_text_are_two_stories_kept_together() -> None:
    english = "\n".join(ENGLISH.splitlines()[:-1])
    chinese = (
        "湛江港开通新航线\n湛江港周一开通一条新航线，航程缩短一周，运输水果、钢材和机器。\n"
        "港口计划明年新增两个泊位，届时北部码头也将完工。\n"
        "八月有九个国家的船只停靠该港，比以往任何一个月都多。\n"
    )
    batch = make_batch(f"{english}\n\n{chinese}\n(China Daily 09/22/2015 page17)\n")
    items = batch.items.order_by("pk")
    assert {item.record["language"] for item in items} == {"en", "zh-hans"}
    first, second = items
    assert list(first.others_of_group()) == [second]
    assert {item.record["published"] for item in items} == {"2015-09-22"}
