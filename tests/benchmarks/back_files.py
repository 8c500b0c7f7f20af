"""Back files to import: stories in both languages, two files each, in three layouts.

The stories are made of sentences that are translations of each other, so that their paragraphs
can be aligned; each has a headline, day, page and writer of its own.
"""

import html
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.benchmarks.sentences import ACTORS, AIMS, DEEDS, PLACES, TIMES

PAPER = ("China Daily", "中国日报")
FIRST_DAY = date(1990, 1, 1)
STORIES_A_DAY = 20
PARAGRAPHS, SENTENCES = 12, 3
_WRITERS = [
    ("Zhou Mo", "周墨"), ("Li Yang", "李阳"), ("Wang Qian", "王倩"), ("Chen Jia", "陈佳"),
    ("Zhao Lei", "赵磊"), ("Sun Li", "孙丽"), ("Huang Ying", "黄莹"), ("Xu Wei", "徐伟"),
]  # fmt: skip


@dataclass(frozen=True)
class BackFile:
    """A story's text in one language, as a file of the archive's own exports would have it."""

    language: str
    headline: str
    writer: str
    day: date
    page: int
    paragraphs: tuple[str, ...]


def stories(count: int, first: int = 0) -> Iterator[tuple[BackFile, BackFile]]:
    """The texts of so many stories, the same for the same numbers."""
    for number in range(first, first + count):
        yield _story(number)


def write_folder(folder: Path, count: int, first: int = 0) -> None:
    """Two files a story, the layouts in turn: plain text, a web page, Markdown."""
    for number, pair in enumerate(stories(count, first), first):
        suffix, write = _LAYOUTS[number % len(_LAYOUTS)]
        below = folder / str(pair[0].day.year)
        below.mkdir(parents=True, exist_ok=True)
        for text in pair:
            path = below / f"story-{number}.{text.language[:2]}.{suffix}"
            path.write_text(write(text), encoding="utf-8")


def write_lines(path: Path, count: int, first: int = 0) -> None:
    """One file of JSON Lines that says its fields, a line a text."""
    with path.open("w", encoding="utf-8") as lines:
        for pair in stories(count, first):
            for text in pair:
                lines.write(json.dumps(_record(text), ensure_ascii=False) + "\n")


def _story(number: int) -> tuple[BackFile, BackFile]:
    rng = random.Random(number)
    day = FIRST_DAY + timedelta(days=number // STORIES_A_DAY)
    page, writer = rng.randint(1, 24), rng.choice(_WRITERS)
    heads = _sentence(rng)
    paragraphs = [
        [_sentence(rng) for _sentence_number in range(rng.randint(1, SENTENCES))]
        for _paragraph in range(PARAGRAPHS)
    ]
    english = BackFile(
        "en", _headline(heads[0]), writer[0], day, page,
        tuple(" ".join(one[0] for one in some) for some in paragraphs),
    )  # fmt: skip
    chinese = BackFile(
        "zh-hans", "，".join(heads[1].split("，")[1:3]), writer[1], day, page,
        tuple("".join(one[1] for one in some) for some in paragraphs),
    )  # fmt: skip
    return english, chinese


def _sentence(rng: random.Random) -> tuple[str, str]:
    place, actor, deed, aim, time = (
        rng.choice(some) for some in (PLACES, ACTORS, DEEDS, AIMS, TIMES)
    )
    year, sum_ = rng.randint(1979, 2015), rng.randint(2, 990)
    who = actor[0].format(place=place[0])
    english = f"{time[0]}, {who} {deed[0]} {aim[0]}, a plan of {year} worth ${sum_} million."
    chinese = f"{time[1]}，{actor[1].format(place=place[1])}{deed[1]}，{aim[1]}，"
    return english, f"{chinese}这项{year}年的计划耗资{sum_}00万美元。"


def _headline(sentence: str) -> str:
    """A sentence without its time and figures, as a headline would be."""
    told = sentence.split(", ")[1]
    return told[0].upper() + told[1:]


def _plain(text: BackFile) -> str:
    if text.language == "en":
        told = f"({PAPER[0]} {text.day:%m/%d/%Y} page{text.page})"
        return "\n".join([text.headline, f"By {text.writer}", *text.paragraphs, told, ""])
    told = f"（{PAPER[1]} {text.day.year}年{text.day.month}月{text.day.day}日 第{text.page}版）"
    return "\n".join([text.headline, f"本报记者 {text.writer}", *text.paragraphs, told, ""])


def _web_page(text: BackFile) -> str:
    headline, paper = html.escape(text.headline), PAPER[text.language != "en"]
    body = "\n".join(f"<p>{html.escape(one)}</p>" for one in text.paragraphs)
    told = _plain(text).splitlines()[-1]
    return (
        f'<!doctype html><html lang="{text.language}"><head><meta charset="utf-8">'
        f"<title>{headline}</title>"
        f'<meta name="author" content="{text.writer}">'
        f'<meta property="og:site_name" content="{paper}">'
        f'<meta property="article:published_time" content="{text.day}"></head><body>'
        f"<article><h1>{headline}</h1>\n{body}\n<p>{told}</p></article></body></html>"
    )


def _markdown(text: BackFile) -> str:
    return "\n\n".join([f"# {text.headline}", *_plain(text).splitlines()[1:]]) + "\n"


_LAYOUTS: list[tuple[str, Callable[[BackFile], str]]] = [
    ("txt", _plain),
    ("html", _web_page),
    ("md", _markdown),
]


def _record(text: BackFile) -> dict[str, object]:
    return {
        "headline": text.headline,
        "byline": text.writer,
        "publication": PAPER[text.language != "en"],
        "date": text.day.isoformat(),
        "page": str(text.page),
        "language": text.language,
        "body": "\n\n".join(text.paragraphs),
    }
