"""Long files take time in proportion to their length, and lose nothing."""

import time
from collections.abc import Callable

import pytest

from archive.contrib.intake.records import ParsedArticle
from tests.contrib.intake.formats.reading import story, words
from tests.contrib.intake.whole_files import PARAGRAPH

pytestmark = pytest.mark.exhaustive


def paragraphs(count: int) -> bytes:
    return "\n\n".join(f"{PARAGRAPH} {number}." for number in range(count)).encode()


def brackets(count: int) -> bytes:
    return b"# Port opens\n\n" + b"[" * count


def seconds(data: bytes) -> float:
    started = time.process_time()
    story(data)
    return time.process_time() - started


@pytest.mark.parametrize(("shape", "size"), [(paragraphs, 8_000), (brackets, 250_000)])
def test_twice_the_length_takes_twice_the_time(shape: Callable[[int], bytes], size: int) -> None:
    seconds(shape(10))
    assert seconds(shape(size * 2)) < 3 * seconds(shape(size)) + 0.5


def test_a_text_of_five_megabytes_goes_in_whole() -> None:
    data = paragraphs(50_000)
    article: ParsedArticle = story(data)
    held = [*(block.text for block in article.blocks), *article.unplaced, article.headline]
    assert words(data.decode()) - words(" ".join(held)) == {}
