"""Scores the checks: `python -m tests.contrib.checks.scores [option]`.

Without an option, the held-out pairs by kind of error. `--tuning`, `--strangers`, `--blind` and
`--third` score the pairs that the checks are built with, and print those that they get wrong.
`--news` is a folder with the news texts of WMT 2021 (`txt/sources` and `txt/references` of
wmt-conference/wmt21-news-systems, in one folder). `--demetr`, `--mlqe` and `--ntrex` are checkouts
of marzenakrp/demetr, sheffieldnlp/mlqe-pe and MicrosoftTranslator/NTREX. `--speed` times a story of
150 segments.
"""

import argparse
import json
import math
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
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
# Modules whose warnings are of style and punctuation; all other findings are of content.
STYLE = ("archive.contrib.checks.punctuation", "archive.contrib.checks.script")
# Spaces that a tokenizer puts into Chinese text, not those between two Latin words.
_TOKENIZED = re.compile(r"(?<![A-Za-z]) | (?![A-Za-z])")


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
    # Those that a check of content finds.
    found_by_content: Counter[str] = field(default_factory=Counter)
    good: int = 0
    # Good translations with a finding, and what it says.
    alarms: list[tuple[CheckedPair, str]] = field(default_factory=list)
    alarms_of_content: int = 0
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


def read_demetr(folder: Path) -> Iterator[CheckedPair]:
    """Chinese sentences in English, with errors; not those in which there was nothing to change."""
    for path in sorted((folder / "dataset").glob("*.json")):
        for row in json.loads(path.read_text("utf-8")):
            if row["lang_tag"] == "chinese_simple" and row["pert_check"]:
                yield CheckedPair(row["src_sent"], row["mt_sent"], path.stem, row["pert_sent"])


def read_mlqe(folder: Path) -> Iterator[tuple[CheckedPair, bool]]:
    """Machine translations into Chinese, and whether people saw a catastrophic error in each."""
    for part in ("dev", "train"):
        path = folder / "data" / "catastrophic_errors" / f"enzh_majority_{part}.tsv"
        for line in path.read_text("utf-8").strip("\n").split("\n"):
            _id, source, target, _votes, verdict = line.split("\t")
            yield CheckedPair(source, _TOKENIZED.sub("", target)), verdict.strip() == "ERR"


def read_ntrex(folder: Path) -> list[CheckedPair]:
    names = ("newstest2019-src.eng.txt", "newstest2019-ref.zho-CN.txt")
    texts = [(folder / "NTREX-128" / name).read_text("utf-8").splitlines() for name in names]
    return [CheckedPair(source, target) for source, target in zip(*texts, strict=True)]


def content_checks() -> set[str]:
    """The ids of the checks that aren't of style and punctuation."""
    # Django has to be set up first.
    from archive.qa.runner import load_checks

    return {
        check.check_id
        for check in load_checks()
        if check.severity == "error" or type(check).__module__ not in STYLE
    }


def correlation(verdicts: Iterable[tuple[bool, bool]]) -> float:
    """Matthews' coefficient of what is found and what is so: 1 always right, 0 by chance."""
    seen = Counter(verdicts)
    hits, wrong, missed = seen[True, True], seen[True, False], seen[False, True]
    right = seen[False, False]
    product = (hits + wrong) * (hits + missed) * (right + wrong) * (right + missed)
    return (hits * right - wrong * missed) / math.sqrt(product) if product else 0.0


def score(pairs: list[CheckedPair]) -> Score:
    """An error is found if the checks say something that they don't say of the good text."""
    # Django has to be set up first.
    from tests.qa.cases import findings

    def said(source: str, target: str) -> dict[tuple[str, str], None]:
        return {(f.check_id, f.message): None for f in findings(source, target)}

    told = Score(good=len(pairs))
    content = content_checks()
    for pair in pairs:
        alarms = said(pair.source, pair.target)
        told.by_check.update(names := {name for name, _text in alarms})
        told.alarms_of_content += not names.isdisjoint(content)
        if alarms:
            told.alarms.append((pair, "; ".join(f"{name}: {text}" for name, text in alarms)))
        if pair.error:
            new = said(pair.source, pair.wrong).keys() - alarms
            is_found = bool(new)
            told.planted[pair.error] += 1
            told.found[pair.error] += is_found
            told.found_by_content[pair.error] += any(name in content for name, _text in new)
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


def report_demetr(folder: Path) -> Iterator[str]:
    told = score(list(read_demetr(folder)))
    yield f"{'':30} planted  all checks  content checks"
    for kind, planted in sorted(told.planted.items()):
        yield f"{kind:30} {planted:7} {told.found[kind]:11} {told.found_by_content[kind]:15}"


def report_mlqe(folder: Path) -> Iterator[str]:
    # Django has to be set up first.
    from tests.qa.cases import ids

    content = content_checks()
    told = [(ids(pair.source, pair.target), is_wrong) for pair, is_wrong in read_mlqe(folder)]
    wrong = sum(is_wrong for _found, is_wrong in told)
    yield f"{'':14} found of {wrong:4}  minded of {len(told) - wrong:4}    MCC"
    for name, of in (("all checks", None), ("content checks", content)):
        verdicts = [
            (bool(found if of is None else found & of), is_wrong) for found, is_wrong in told
        ]
        seen = Counter(verdicts)
        mcc = correlation(verdicts)
        yield f"{name:14} {seen[True, True]:13} {seen[True, False]:15} {mcc:6.3f}"


def report_ntrex(folder: Path) -> Iterator[str]:
    """Alarms in a hundred pairs."""
    told = score(read_ntrex(folder))
    yield f"{'all checks':20} {100 * told.share_of_alarms:6.2f}"
    yield f"{'content checks':20} {100 * told.alarms_of_content / told.good:6.2f}"
    for name, count in told.by_check.most_common():
        yield f"{name:20} {100 * count / told.good:6.2f}"


PUBLIC: dict[str, Callable[[Path], Iterator[str]]] = {
    "demetr": report_demetr,
    "mlqe": report_mlqe,
    "ntrex": report_ntrex,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    chosen = parser.add_mutually_exclusive_group()
    for name in BUILT_WITH:
        chosen.add_argument(f"--{name}", dest="name", action="store_const", const=name)
    chosen.add_argument("--news", type=Path)
    for name in PUBLIC:
        chosen.add_argument(f"--{name}", type=Path)
    chosen.add_argument("--speed", action="store_true")
    parser.set_defaults(name="held_out")
    arguments = parser.parse_args()
    if arguments.speed:
        sys.stdout.write(f"{SEGMENTS} segments: {speed():.0f} ms" + "\n")
        return
    for name, report_of in PUBLIC.items():
        if folder := getattr(arguments, name):
            sys.stdout.write("\n".join(report_of(folder)) + "\n")
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
