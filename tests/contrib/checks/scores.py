"""Scores the checks: `python -m tests.contrib.checks.scores [option]`.

Without an option, the held-out pairs by kind of error. `--tuning`, `--strangers`, `--blind` and
`--third` score the pairs that the checks are built with, and print those that they get wrong.
`--news` is a folder with the news texts of WMT 2021 (`txt/sources` and `txt/references` of
wmt-conference/wmt21-news-systems, in one folder). `--speed` times a story of 150 segments.
"""

import argparse
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SETS = Path(__file__).parents[2] / "data" / "checked"
SEGMENTS = 150
# Sets whose texts one may read and tune on.
BUILT_WITH = ("tuning", "strangers", "blind", "third")
# "{right|wrong}" in a target: what belongs there, and the error that is planted.
_PLANTED = re.compile(r"\{([^{|}]*)\|([^{|}]*)\}")
# The other translation into Chinese leaves names in Latin letters, which papers do not.
NEWS = ("en-zh.src.en en-zh.ref.B.zh", "zh-en.src.zh zh-en.ref.A.en")


@dataclass(frozen=True)
class CheckedPair:
    """A source, its good translation and, with the kind of error, one that has it."""

    source: str
    target: str
    error: str = ""
    wrong: str = ""


@dataclass
class Score:
    """How many planted errors are found, by kind, and how many good translations are minded."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    good: int = 0
    # Good translations with a finding, and what it says.
    alarms: list[tuple[CheckedPair, str]] = field(default_factory=list)
    by_check: Counter[str] = field(default_factory=Counter)
    missed: list[CheckedPair] = field(default_factory=list)

    @property
    def share_found(self) -> float:
        return self.found.total() / self.planted.total()

    @property
    def share_of_alarms(self) -> float:
        return len(self.alarms) / self.good


def path_of(name: str) -> Path:
    return SETS / f"{name}.jsonl"


def read_set(name: str) -> list[CheckedPair]:
    """The pairs of `tests/data/checked`."""
    lines = path_of(name).read_text(encoding="utf-8").splitlines()
    return [_pair(**json.loads(line)) for line in lines]


def _pair(source: str, target: str, error: str = "") -> CheckedPair:
    wrong = _PLANTED.sub(r"\2", target) if error else ""
    return CheckedPair(source, _PLANTED.sub(r"\1", target), error, wrong)


def read_news(folder: Path) -> Iterator[CheckedPair]:
    for names in NEWS:
        texts = [(folder / f"newstest2021.{name}").read_text("utf-8") for name in names.split()]
        for source, target in zip(*(text.splitlines() for text in texts), strict=True):
            yield CheckedPair(source, target)


def score(pairs: list[CheckedPair]) -> Score:
    """An error is found if the checks say something that they don't say of the good text."""
    # Django has to be set up first.
    from tests.qa.cases import findings

    def said(source: str, target: str) -> dict[tuple[str, str], None]:
        return {(f.check_id, f.message): None for f in findings(source, target)}

    told = Score(good=len(pairs))
    for pair in pairs:
        alarms = said(pair.source, pair.target)
        told.by_check.update({name for name, _text in alarms})
        if alarms:
            told.alarms.append((pair, "; ".join(f"{name}: {text}" for name, text in alarms)))
        if pair.error:
            is_found = bool(said(pair.source, pair.wrong).keys() - alarms)
            told.planted[pair.error] += 1
            told.found[pair.error] += is_found
            if not is_found:
                told.missed.append(pair)
    return told


def speed() -> float:
    """Milliseconds of processor time for a story of 150 segments that no cache knows."""
    # Django has to be set up first.
    from archive.qa.runner import check_story
    from tests.qa.cases import story_of

    pairs = [(pair.source, pair.target) for pair in read_set("held_out") if pair.source.isascii()]
    best = float("inf")
    for turn in range(6):
        fresh = [(source, target + " " * turn) for source, target in (pairs * 2)[:SEGMENTS]]
        fresh = [(f"{source}{' ' * turn}", target) for source, target in fresh]
        story = story_of(*fresh)
        start = time.process_time()
        check_story(story)
        best = min(best, time.process_time() - start)
    return best * 1000


def report(told: Score) -> Iterator[str]:
    for kind, planted in sorted(told.planted.items()):
        yield f"{kind:14} {told.found[kind]:3} of {planted:3}"
    if planted := told.planted.total():
        yield f"found          {told.found.total():3} of {planted:3} ({told.share_found:.0%})"
    minded = len(told.alarms)
    yield f"false alarms   {minded:3} of {told.good:3} ({told.share_of_alarms:.1%})"
    yield ", ".join(f"{name} {count}" for name, count in told.by_check.most_common())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    chosen = parser.add_mutually_exclusive_group()
    for name in BUILT_WITH:
        chosen.add_argument(f"--{name}", dest="name", action="store_const", const=name)
    chosen.add_argument("--news", type=Path)
    chosen.add_argument("--speed", action="store_true")
    parser.set_defaults(name="held_out")
    arguments = parser.parse_args()
    if arguments.speed:
        sys.stdout.write(f"{SEGMENTS} segments: {speed():.0f} ms" + "\n")
        return
    if not arguments.news and not path_of(arguments.name).exists():
        parser.exit(1, f"There are no pairs to score: {path_of(arguments.name)} is not there.\n")
    told = score(list(read_news(arguments.news)) if arguments.news else read_set(arguments.name))
    sys.stdout.write("\n".join(report(told)) + "\n")
    if arguments.name in BUILT_WITH:
        for pair in told.missed:
            sys.stdout.write(f"missed ({pair.error}): {pair.source} | {pair.wrong}" + "\n")
        for pair, text in told.alarms:
            sys.stdout.write(f"alarm: {pair.source} | {pair.target} | {text}" + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.test")
    # Django has to be set up before the archive is imported.
    import django

    django.setup()
    main()
