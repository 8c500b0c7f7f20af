"""Readers of texts from outside take four times as long for four times the text, not sixteen."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.contrib.checks.opposites import negations_in, opposites_in, unanswered_negation
from archive.contrib.checks.organisations import bodies_in
from archive.contrib.checks.people import dotted_names, pinyin_names
from archive.contrib.checks.places import places_in
from archive.contrib.checks.sentences import sentences_of
from archive.contrib.exchange.cells import as_cell, of_cell
from archive.contrib.exchange.name_lists import parse_glossary
from archive.contrib.exchange.po import read_po
from archive.contrib.exchange.tmx import read_tmx
from archive.contrib.exchange.xliff_reader import read_xliff
from archive.contrib.intake.formats.plain_text import PlainText
from archive.contrib.intake.sources import SourceFile, decode
from archive.contrib.name_suggestions.recognition.engine import suggest
from archive.contrib.transfer.wxr import read_content
from archive.entities.csv_files import parse_entities
from archive.entities.glossary.terms import Glossary
from archive.photos import iim, xmp
from archive.qa.amounts import chinese, english
from archive.qa.amounts.comparison import compare
from archive.search.analysis import terms
from archive.search.query import parse
from archive.text import richtext
from archive.text.differences import differences
from archive.text.normalisation import fold
from archive.text.passages import Passage

SMALL, LARGE = 20_000, 80_000


def suggested(language: str) -> Callable[[str], object]:
    return lambda text: suggest(Glossary(()), [Passage("body", f"so {text}.", language)], None)


def changed(text: str) -> object:
    return differences(text, f"b{text[::-1]}c")


def marked(text: str) -> object:
    return richtext.marked(text, 0, 1, "<a>")


def tmx(text: str) -> object:
    return list(read_tmx(io.BytesIO(f"<tmx><body>{text}".encode())))


def checked(language: str) -> Callable[[str], object]:
    """All that the checks read of a text besides amounts."""

    def read(text: str) -> object:
        names = dotted_names(text) if language == "zh-hans" else pinyin_names(text)
        sentences = sentences_of(text, language, is_target=True)
        opposites = opposites_in(text, language), negations_in(text, language)
        told = bodies_in(text, language), places_in(text, language)
        negated = (
            ("He was never there.", "en") if language == "zh-hans" else ("他从未到场。", "zh-hans")
        )
        return names, sentences, opposites, unanswered_negation(*negated, text, language), told

    return read


READERS: dict[str, Callable[[str], Any]] = {
    "plain text of rich text": richtext.plain_text,
    "blank rich text": richtext.is_blank,
    "folded rich text": richtext.folded,
    "links": richtext.links_as_tags,
    "marked words": marked,
    "differences": changed,
    "folding": fold,
    "search terms": terms,
    "search query": parse,
    "XMP": lambda text: xmp.parse(f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{text}".encode()),
    "IPTC": lambda text: iim.decode(text.encode()),
    "cell of a table": lambda text: of_cell(text, {}),
    "cell to be": lambda text: as_cell((text,), "plain"),
    "PO": lambda text: read_po(f'msgid "{text}'.encode()),
    "XLIFF": lambda text: read_xliff(f"<xliff version='1.2'>{text}".encode()),
    "TMX": tmx,
    "glossary": lambda text: parse_glossary(f"kind,en\n{text}", "file"),
    "names": lambda text: parse_entities(f"key,kind\n{text}", "file"),
    "encoding": lambda text: decode(text.encode("gb18030")),
    "story": lambda text: PlainText().parse(SourceFile(Path("a.txt"), text.encode())),
    "WordPress post": read_content,
    "English amounts": english.read,
    "Chinese amounts": chinese.read,
    "amounts side by side": lambda text: compare(text, "en", f"2 {text[:-9]}", "zh-hans"),
    "English checks": checked("en"),
    "Chinese checks": checked("zh-hans"),
    "English names": suggested("en"),
    "Chinese names": suggested("zh-hans"),
}
# What makes one of them read the same again and again.
WORST = [
    *(
        "a",
        "A-",
        "Aa ",
        "Under ",
        "Bank of ",
        "Alpha Beta. ",
        "By Li Na and ",
        "x1 ",
        "a@",
        "http://a",
    ),
    *(
        " ",
        "\n",
        "\t",
        "<",
        "<a ",
        "<!--",
        "<b>a</b>",
        "<p>a",
        "<div>a",
        "<a href='x' ",
        "&#",
        '"',
        "\\",
        "(",
        "{",
        ".",
    ),
    *("1,", "17 ", "$", "一", "李", "李·", "李娜、", "记者李娜", "（李", "十", "周一1", "。", "9:"),
]
SOME = {
    "plain text of rich text": "<", "folded rich text": " ", "marked words": "<b>a</b>",
    "differences": "Aa ", "Chinese amounts": "A-", "English names": "Aa ", "links": "<a ",
    "amounts side by side": "17 ", "cell of a table": "<:", "cell to be": "<1",
    "English checks": "Alpha Beta. ", "Chinese checks": "李",
}  # fmt: skip


def seconds(read: Callable[[str], object], piece: str, length: int) -> float:
    text = piece * (length // len(piece))
    start = time.process_time()
    try:
        read(text)
    except RecursionError:
        raise
    except Exception:
        pass
    return time.process_time() - start


def assert_linear(name: str, piece: str) -> None:
    # Once more where the machine did something else meanwhile.
    for _time in range(3):
        short, long = (seconds(READERS[name], piece, length) for length in (SMALL, LARGE))
        if long < max(0.1, 8 * short):
            return
    pytest.fail(f"{name} of {piece!r}: {short:.3f} s, and {long:.3f} s for four times as much")


@pytest.mark.parametrize(("name", "piece"), SOME.items())
def test_the_worst_texts_of_old_take_their_time_once(name: str, piece: str) -> None:
    assert_linear(name, piece)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", READERS)
def test_no_text_takes_a_reader_longer_than_its_length(name: str) -> None:
    for piece in WORST:
        assert_linear(name, piece)
