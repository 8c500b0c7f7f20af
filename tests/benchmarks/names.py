"""Finding names in stories: the glossary beside one compiled regular expression.

`python -m tests.benchmarks.names` runs it alone; it needs no database. All times are the
process's own. The regular expression
is what one would write first: all forms, the longest first, borders around Latin script. It
finds fewer (no case rules, no traditional characters) and takes longer.
"""

import argparse
import gc
import os
import random
import re
import sys
import time
import tracemalloc
from argparse import Namespace
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Series, milliseconds, times
from tests.benchmarks.report import table

SIZES = (10_000, 100_000)
LANGUAGES = {"en": "English", "zh-hans": "Chinese"}
STORIES = Path(__file__).resolve().parents[2] / "newsroom" / "demo" / "stories"
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红娥玲芬燕鹏文辉力宇浩凯健俊帆雪琳晨阳志"
)
FAMILIES = (
    "wang",
    "li",
    "zhang",
    "liu",
    "chen",
    "yang",
    "huang",
    "zhao",
    "wu",
    "zhou",
    "xu",
    "sun",
)
SYLLABLES = (
    "bing",
    "hua",
    "ping",
    "feng",
    "lan",
    "jun",
    "wei",
    "tao",
    "qing",
    "long",
    "yu",
    "xiao",
)


def finding(_crew: Any, options: Namespace) -> str:
    """Build and match at 10,000 and 100,000 names; a few stories for the slow one."""
    rows = []
    for size in SIZES:
        glossary, build, memory = _built(size)
        for language, name in LANGUAGES.items():
            texts = demo_texts(language)
            matched = timed(partial(glossary.find, language=language), texts, 5)
            pattern, compiling = pattern_of(glossary, language)
            slow = timed(pattern.findall, texts[:4], 1)
            rows.append(
                [
                    f"{size:,} names, {name}",
                    f"{build:.2f} s",
                    f"{memory / 2**20:.0f} MB",
                    milliseconds(matched.p50),
                    milliseconds(matched.p95),
                    f"{compiling:.1f} s",
                    milliseconds(slow.p50),
                    times(slow.p50 / matched.p50),
                ]
            )
    head = ["build, both", "memory", "p50 a story", "p95", "regex compiles", "p50", "against ours"]
    return table("Find the names in a story", ["glossary", *head], rows)


def _built(size: int) -> tuple[Any, float, int]:
    """The glossary, the seconds that building its tables takes, and the bytes that it holds."""
    from archive.entities.glossary.terms import Glossary

    terms = tuple(made_up_terms(size))
    gc.collect()
    tracemalloc.start()
    weighed = Glossary(terms)
    weighed.find("x", "en")
    memory = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    start = time.process_time()
    glossary = Glossary(terms)
    glossary.find("x", "en")
    return glossary, time.process_time() - start, memory


def made_up_terms(size: int) -> Iterator[Any]:
    """People with a name in each language and an alias, all different, the same every time."""
    from archive.entities.glossary.terms import Form, Term

    chance = random.Random(20150922)
    seen: set[str] = set()
    while len(seen) < size:
        chinese = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((2, 3))))
        if chinese in seen:
            continue
        seen.add(chinese)
        number = len(seen)
        given = "".join(chance.choices(SYLLABLES, k=3))
        english = f"{chance.choice(FAMILIES)} {given}".title()
        forms = (
            Form(english, "en"),
            Form(chinese, "zh-hans"),
            Form(f"{chinese}市", "zh-hans", "alias"),
        )
        yield Term(number, f"name-{number}", "person", forms)


def demo_texts(language: str) -> list[str]:
    """The demo's stories as running text of one language."""
    from newsroom.demo.stories import read_stories

    texts = []
    for story in read_stories():
        blocks = [block[language] for block in story.blocks if isinstance(block.get(language), str)]
        if blocks:
            texts.append(re.sub(r"\[\[[^|]*\|([^\]]*)\]\]", r"\1", "\n".join(blocks)))
    return texts


def pattern_of(glossary: Any, language: str) -> tuple[re.Pattern[str], float]:
    start = time.process_time()
    forms = {
        form.text for term in glossary.terms for form in term.forms if form.language == language
    }
    longest_first = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    border = r"\b" if language == "en" else ""
    pattern = re.compile(f"{border}(?:{longest_first}){border}")
    return pattern, time.process_time() - start


def timed(find: Callable[[str], Any], texts: list[str], rounds: int) -> Series:
    seconds = []
    for text in texts * rounds:
        start = time.process_time()
        find(text)
        seconds.append(time.process_time() - start)
    return Series(seconds)


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.test")
    django.setup()
    options = argparse.ArgumentParser(prog="python -m tests.benchmarks.names").parse_args()
    sys.stdout.write(f"{finding(None, options)}\n")


if __name__ == "__main__":
    main()
