"""How much of real pages' stories is read, and how much else: the measure of the public benchmark.

    git clone https://github.com/scrapinghub/article-extraction-benchmark /tmp/pages
    python -m tests.benchmarks.web_pages /tmp/pages

Its 181 pages and their texts aren't ours to keep. Words in rows of four are counted that the
read text and the true one share, as a share of those in either; precision and recall are the
means over the pages, F1 is their harmonic mean. The same pages go through trafilatura alone.
Every second page (by its name in order) served to tune the reader; the others did not.
"""

import argparse
import gzip
import json
import os
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import django

Readers = dict[str, Callable[[str], str]]

_WORD = re.compile(r"\w+")
_ROW = 4
_NO_BODY = {"furniture", "headline", "standfirst", "byline", "dateline", "caption", "credit"}


@dataclass(frozen=True)
class Agreement:
    """Shares of the rows of words: in both texts, only in the read one, only in the true one."""

    both: float
    only_read: float
    only_true: float

    @property
    def precision(self) -> float | None:
        read = self.both + self.only_read
        return self.both / read if read else None

    @property
    def recall(self) -> float | None:
        true = self.both + self.only_true
        return self.both / true if true else None


def rows(text: str) -> Counter[tuple[str, ...]]:
    """The rows of words of a text; a shorter text is one row."""
    words = _WORD.findall(text)
    starts = range(max(1, len(words) - _ROW + 1))
    return Counter(row for start in starts if (row := tuple(words[start : start + _ROW])))


def compare(read: str, true: str) -> Agreement:
    mine, theirs = rows(read), rows(true)
    counts = ((mine & theirs).total(), (mine - theirs).total(), (theirs - mine).total())
    total = sum(counts)
    return Agreement(*(count / total if total else 0.0 for count in counts))


def score(agreements: Iterable[Agreement]) -> tuple[float, float, float]:
    """F1, precision and recall over the pages that have them."""
    pages = list(agreements)
    precision = mean(one.precision for one in pages if one.precision is not None)
    recall = mean(one.recall for one in pages if one.recall is not None)
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0, precision, recall


def _readers() -> Readers:
    # Django must be set up first.
    import trafilatura

    from archive.contrib.intake.records import IntakeError
    from archive.contrib.intake.story_reader import read_story
    from archive.contrib.web_pages.page import read_web_page

    def lines(page: str) -> str:
        found = read_web_page(page).lines
        return "\n".join(line.text for line in found if line.kind not in _NO_BODY)

    def record(page: str) -> str:
        try:
            story = read_story(read_web_page(page), "page.html")
        except IntakeError:
            return ""
        # The dateline opens the first paragraph.
        return " ".join([story.dateline or "", *(block.text for block in story.blocks)])

    def alone(page: str) -> str:
        return trafilatura.extract(page, include_comments=False) or ""

    return {"trafilatura alone": alone, "document's body": lines, "record's blocks": record}


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkout", type=Path)
    checkout = parser.parse_args().checkout
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.test")
    django.setup()
    truths = json.loads((checkout / "ground-truth.json").read_text(encoding="utf-8"))
    names = sorted(truths)
    for label, reader in _readers().items():
        found, seconds = {}, []
        for name in names:
            with gzip.open(checkout / "html" / f"{name}.html.gz", "rt", encoding="utf-8") as file:
                page = file.read()
            started = time.process_time()
            found[name] = compare(reader(page), truths[name]["articleBody"])
            seconds.append(time.process_time() - started)
        _say(f"{label}: {median(seconds):.3f} s a page at the median, {max(seconds):.3f} at most")
        for part, chosen in {"all": names, "tuned": names[::2], "held out": names[1::2]}.items():
            f1, precision, recall = score(found[name] for name in chosen)
            figures = f"F1 {f1:.4f}, precision {precision:.4f}, recall {recall:.4f}"
            _say(f"  {part} ({len(chosen)} pages): {figures}")
    _say(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


if __name__ == "__main__":
    main()
