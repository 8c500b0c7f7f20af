"""A file that keeps its reader busy fails, and the next one is read."""

import zlib
from typing import Any

import pytest

from archive.contrib.intake.batches.actions import add_file, create_batch
from archive.contrib.intake.batches.slices import read_slice
from archive.contrib.intake.limited import MEGABYTE, seconds_for
from archive.contrib.intake.models import ImportItem
from tests.contrib.intake.texts import ENGLISH
from tests.contrib.office_files.pdf_files import file_of, stream_of
from tests.factories import make_home

pytestmark = pytest.mark.django_db


def drawn(words: bytes, *, pages: int = 1, beside: bytes = b"null") -> bytes:
    """A PDF of a few kilobytes whose page draws a word a hundred thousand times."""
    content = stream_of(zlib.compress(words * 100_000, 9), "/Filter/FlateDecode")
    font = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    kids = b" ".join([b"3 0 R"] * pages)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources%s>>" % font
    tree = b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids)
    return file_of([b"<</Type/Catalog/Pages 2 0 R>>", tree, page, content, beside, *[b"null"] * 3])


CRAFTED = {
    "a word drawn again and again": drawn(b"BT /F1 9 Tf 20 20 Td (port) Tj ET\n"),
    "the same page again and again": drawn(b"BT /F1 9 Tf (port) Tj ET\n", pages=90),
    "matrices within matrices": drawn(b"q 1 0 0 1 1 1 cm BT /F1 9 Tf (a) Tj ET\n"),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("data", CRAFTED.values(), ids=CRAFTED)
def test_a_crafted_pdf_fails_and_the_next_file_is_read(data: bytes, settings: Any) -> None:
    assert len(data) < 41_000
    make_home()
    batch = create_batch(None)
    add_file(batch, None, "slow.pdf", data)
    settings.ARCHIVE_FILE_SECONDS = 2
    assert read_slice(batch, 60).is_done
    slow = batch.items.get()
    assert (slow.source, slow.state) == ("slow.pdf", ImportItem.State.FAILED)
    assert "more than 2 seconds" in slow.error
    assert "ask an administrator to allow more" in slow.error
    del settings.ARCHIVE_FILE_SECONDS
    add_file(batch, None, "port.txt", ENGLISH.encode())
    assert read_slice(batch, 60).is_done
    assert batch.items.get(source="port.txt").headline == "Port opens new route"


@pytest.mark.parametrize(("size", "seconds"), [(41_000, 20), (3_200_000, 80), (50_000_000, 120)])
def test_a_file_of_many_stories_has_more_time_than_one_of_few(size: int, seconds: int) -> None:
    assert seconds_for(size) == seconds


@pytest.mark.exhaustive
def test_a_large_crafted_pdf_ends_too(settings: Any) -> None:
    make_home()
    batch = create_batch(None)
    settings.ARCHIVE_FILE_SECONDS = 1
    many = drawn(b"BT /F1 9 Tf (port) Tj ET\n", pages=90, beside=stream_of(bytes(MEGABYTE)))
    add_file(batch, None, "slow.pdf", many)
    assert read_slice(batch, 60).is_done
    assert "more than 2 seconds" in batch.items.get().error
