"""Learns the weights of `line_labels` and of `papers` from labelled texts.

DJANGO_SETTINGS_MODULE=newsroom.settings.test python -m tests.contrib.intake.layout_training

Writes `line_labels.json` and `papers.json` in `archive/contrib/intake/layout/`. With `--folds 6` it
writes nothing: each sixth of the texts is read by what the others teach, and the shares of lines
and of fields that are right are printed; `--show` lists the fields that are wrong.
"""

import argparse
import itertools
import json
import math
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

from archive.contrib.intake import formats, story_fields
from archive.contrib.intake.documents import LineKind
from archive.contrib.intake.layout import line_labels as ll
from archive.contrib.intake.layout.forms import StoryLine, read_forms
from archive.contrib.intake.layout.frame import read_frame
from archive.contrib.intake.layout.lines import Line, is_chinese, key
from archive.contrib.intake.layout.papers import PaperName, probabilities
from archive.contrib.intake.layout.story import StoryLayout, read_layout
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile
from tests.contrib.intake.layout_scores import Score, fold_name, report, score
from tests.contrib.intake.layout_texts import TRAINING, TUNING, LabelledText, read_sets

TABLE = Path(ll.__file__).with_suffix(".json")
PAPERS = TABLE.with_name("papers.json")
EPOCHS, RATE, DECAY, LEAST = 14, 0.25, 0.002, 0.04
PAPER_EPOCHS, PAPER_DECAY = 40, 0.03
# A word must stand in so many texts to be learnt.
TEXTS = 3
# What is as good as right teaches nothing more.
EASY = 0.005
PLACED = ("citation", "contact", "editors", "furniture")


@dataclass(frozen=True)
class Text:
    """The lines of one text in one language, what is true of each, and its label (or None)."""

    name: str
    features: list[list[str]]
    labels: list[ll.Label | None]


def read_texts(labelled: Sequence[LabelledText]) -> list[Text]:
    return [text for one in labelled for text in _read(one)]


def _read(labelled: LabelledText) -> Iterator[Text]:
    label = labelled.label
    for items in _lines(labelled.source):
        chinese = is_chinese("".join(item.line.text for item in items))
        parts = label.get("parts", {}).items()
        own = next((part for code, part in parts if code.startswith("zh") == chinese), {})
        labels = Gold({**label, **own}).labels(items)
        yield Text(labelled.name, ll.features(items), labels)
        chance = random.Random(labelled.name)
        yield _as_text(labelled.name, _shortened(items, labels, chance), items, labels)
        if chance.random() < FORMATTED:
            yield _as_text(labelled.name, _formatted(items, labels, chance), items, labels)


def _lines(source: SourceFile) -> list[list[StoryLine]]:
    """The lines as `take_labels` gets them: one list, or one for each language."""
    found: list[list[StoryLine]] = []

    def keep(items: Sequence[StoryLine], _stated: str) -> None:
        found.append([replace(item) for item in items])

    with mock.patch("archive.contrib.intake.layout.story.take_labels", keep):
        try:
            formats.recognise(source).parse(source)
        except IntakeError:
            return []
    return found


Labels = Sequence[ll.Label | None]
# The share of texts that teach as a format's, too.
FORMATTED = 0.3


def _as_text(name: str, lines: list[Line], items: Sequence[StoryLine], labels: Labels) -> Text:
    """Lines read anew: one that comes apart by its new neighbours has no label."""
    known = {item.line.number: one for item, one in zip(items, labels, strict=True)}
    found = read_forms(lines)
    read_frame(found)
    count = Counter(item.line.number for item in (*items, *found))
    own = [known.get(n) if count[n] == 2 else None for n in (item.line.number for item in found)]
    return Text(name, ll.features(found), own)


def _shortened(items: Sequence[StoryLine], labels: Labels, chance: random.Random) -> list[Line]:
    """The text as a brief: one to six paragraphs, at times of a few words, or without a head."""
    told = [at for at, label in enumerate(labels) if label == "paragraph"] or [0]
    last = told[min(len(told), chance.randint(1, 6)) - 1]
    head = range(told[0]) if chance.random() < 0.8 else range(0)
    foot = range(told[-1] + 1, len(items)) if chance.random() < 0.5 else range(0)
    is_cut = chance.random() < 0.6
    return [
        _few_words(items[at].line, labels[at], chance) if is_cut else items[at].line
        for at in (*head, *range(told[0], last + 1), *foot)
    ]


def _few_words(line: Line, label: ll.Label | None, chance: random.Random) -> Line:
    """A line's first words, where it is a headline, a standfirst or a paragraph."""
    if label not in ("headline", "standfirst", "paragraph"):
        return line
    few = chance.randint(1, 7) if label == "paragraph" else chance.randint(1, 4)
    text = line.text[: 2 * few] if line.is_chinese else " ".join(line.text.split()[:few])
    stop = ("。" if line.is_chinese else ".") if label == "paragraph" else ""
    return replace(line, text=text.rstrip(",.;:，。；： ") + stop, places=())


# What formats call a line of each label, and how often; of others they say nothing.
STYLES: dict[ll.Label, tuple[tuple[float, LineKind], ...]] = {
    "headline": ((0.5, "headline"), (0.7, "subhead")),
    "standfirst": ((0.3, "standfirst"),),
    "byline": ((0.1, "byline"),),
    "subhead": ((0.7, "subhead"),),
    "caption": ((0.6, "caption"),),
}


def _formatted(items: Sequence[StoryLine], labels: Labels, chance: random.Random) -> list[Line]:
    """The text as a format's: some of its lines say what they are, and stand apart."""
    lines = []
    for item, label in zip(items, labels, strict=True):
        line, draw = item.line, chance.random()
        kind = next(
            (kind for least, kind in STYLES.get(label or "other", ()) if draw < least), None
        )
        if kind is None and line.size > 80 and line.ends_sentence and label == "paragraph":
            kind = "paragraph"
        is_bold = label in ("headline", "subhead") and (kind is not None or draw < 0.9)
        lines.append(replace(line, kind=kind or line.kind, gap=1, is_emphasised=is_bold))
    return lines


class Gold:
    """A text's label, asked line by line."""

    def __init__(self, label: dict[str, Any]) -> None:
        self.headline = _keys(label.get("headline"))
        self.standfirst = _keys(label.get("standfirst"))
        self.subheads = _keys(label.get("subheads"))
        self.furniture = _keys(label.get("furniture"))
        self.first = _keys(label.get("first_paragraph"))
        self.last = _keys(label.get("last_paragraph"))
        self.names = {key(one["name"]) for one in _values(label.get("bylines"))}
        captions = _values(label.get("captions"))
        self.captions = {(key(one["text"]), key(one["credit"] or "")) for one in captions}

    def labels(self, items: Sequence[StoryLine]) -> list[ll.Label | None]:
        keys = [key(item.line.text) for item in items]
        first = next((at for at, text in enumerate(keys) if _is_of(text, self.first)), None)
        last = next((at for at in range(len(keys))[::-1] if _is_of(keys[at], self.last)), None)
        labels: list[ll.Label | None] = []
        has_headline = False
        for at, (item, text) in enumerate(zip(items, keys, strict=True)):
            in_body = first is not None and last is not None and first <= at <= last
            goes_on = bool(labels) and labels[-1] == "headline"
            if at in (first, last) and text not in self.furniture:
                label: ll.Label | None = "paragraph"
            elif not in_body and self._is_headline(text, goes_on=goes_on):
                label = "other" if has_headline and not goes_on else "headline"
                has_headline = True
            else:
                label = self._label(item, text, in_body=in_body)
            if label is None and None not in (first, last):
                label = "paragraph" if in_body else "other"
            labels.append(label)
        return labels

    def _is_headline(self, text: str, *, goes_on: bool) -> bool:
        return any(
            text == whole
            or (len(text) >= 6 and whole.startswith(text))
            or (goes_on and len(text) >= 6 and whole.endswith(text))
            or (text.endswith(whole) and len(text) < len(whole) + 14)
            for whole in self.headline
        ) and bool(text)

    def _label(self, item: StoryLine, text: str, *, in_body: bool) -> ll.Label | None:
        if not text or text in self.furniture:
            return "other"
        if not in_body and any(
            one == text or (len(text) >= 8 and text in one) for one in self.standfirst
        ):
            return "standfirst"
        if self._is_caption(text):
            return "caption"
        if any(text == one or (one in text and len(text) < len(one) + 8) for one in self.subheads):
            return "subhead"
        is_prose = in_body and item.form == "prose"
        if self._names(text) and len(text) < 140 and item.form != "citation" and not is_prose:
            return "byline"
        if item.form in PLACED:
            return "other"
        if item.form == "credit" or (item.form == "caption" and not in_body and self.captions):
            return "caption"
        return "byline" if item.form in ("signature", "agencies") else None

    def _is_caption(self, text: str) -> bool:
        return any(
            (words and len(text) >= 6 and (words in text or text in words))
            or (credit and text.endswith(credit) and len(text) < len(credit) + 12)
            for words, credit in self.captions
        )

    def _names(self, text: str) -> bool:
        return any(name and name in text for name in self.names)


def _values(wanted: Any) -> list[Any]:
    """A label's values, those that are equally good included; lines of one text apart."""
    if isinstance(wanted, dict):
        return [value for one in wanted["any"] for value in _values(one)]
    if isinstance(wanted, str):
        return [wanted, *wanted.split("\n")]
    return list(wanted or ())


def _keys(wanted: Any) -> set[str]:
    return {text for one in _values(wanted) if (text := key(one))}


def _is_of(text: str, wholes: set[str]) -> bool:
    return any(
        text == one or (len(one) > 15 and one in text) or (len(text) > 25 and text in one)
        for one in wholes
    )


def learn(texts: Sequence[Text]) -> ll.Weights:
    """Gradient descent on the conditional likelihood, with a step of its own for each weight."""
    counts = Counter(name for text in texts for name in set(itertools.chain(*text.features)))
    kept = {n for n, count in counts.items() if count >= TEXTS or not n.startswith("word=")}
    weights, squares = _filled(kept, 0.0), _filled(kept, 1.0)
    order, chance = [text for text in texts if text.features], random.Random(1)
    # Each line's own rows: looking them up again in every epoch takes half of the time.
    lines = {
        id(text): [
            [(weights.features[name], squares.features[name]) for name in names if name in kept]
            for names in text.features
        ]
        for text in order
    }
    for _epoch in range(EPOCHS):
        chance.shuffle(order)
        for text in order:
            _step(text, lines[id(text)], weights, squares)
        for row in weights.features.values():
            row[:] = [one * (1 - DECAY * len(texts) / 100) for one in row]
    table = {n: [round(one, 2) for one in row] for n, row in weights.features.items()}
    weights.features = {n: row for n, row in table.items() if max(map(abs, row)) > LEAST}
    weights.transitions = [[round(one, 2) for one in row] for row in weights.transitions]
    weights.first, weights.last = (
        [round(one, 2) for one in row] for row in (weights.first, weights.last)
    )
    return weights


def _filled(names: set[str], value: float) -> ll.Weights:
    def row() -> ll.Vector:
        return [value] * len(ll.LABELS)

    return ll.Weights({n: row() for n in sorted(names)}, [row() for _ in ll.LABELS], row(), row())


Rows = list[tuple[ll.Vector, ll.Vector]]


def _step(text: Text, lines: list[Rows], weights: ll.Weights, squares: ll.Weights) -> None:
    """One text's step: what is expected by the weights against what its labels say."""
    scores: list[ll.Vector] = [
        list(map(sum, zip(*(row for row, _squares in rows), strict=True))) for rows in lines
    ]
    expected = ll.marginals(scores, weights)
    # A line without a label teaches nothing: it is what the weights expect.
    observed = [
        one if label is None else [float(label == name) for name in ll.LABELS]
        for one, label in zip(expected, text.labels, strict=True)
    ]
    errors = [
        [a - b for a, b in zip(*pair, strict=True)] for pair in zip(expected, observed, strict=True)
    ]
    for rows, error in zip(lines, errors, strict=True):
        _move(rows, error)
    _move([(weights.first, squares.first)], errors[0])
    _move([(weights.last, squares.last)], errors[-1])
    for at in range(1, len(scores)):
        if max(errors[at - 1] + errors[at]) < EASY:
            continue
        # Of pairs by their lines' own probabilities: near enough, and one pass less.
        for one, row in enumerate(weights.transitions):
            error = [
                expected[at - 1][one] * after - observed[at - 1][one] * seen
                for after, seen in zip(expected[at], observed[at], strict=True)
            ]
            _move([(row, squares.transitions[one])], error)


def _move(rows: Rows, error: ll.Vector) -> None:
    steps = [(at, one, one * one) for at, one in enumerate(error) if abs(one) > EASY]
    for row, squares in rows if steps else ():
        for at, one, square in steps:
            squares[at] += square
            row[at] -= RATE * one / math.sqrt(squares[at])


def check(texts: Sequence[Text], weights: ll.Weights) -> Counter[str]:
    """How many lines there are of each label, how many are right, and of those that seem sure."""
    found: Counter[str] = Counter()
    for text in texts:
        odds = ll.marginals([weights.score(names) for names in text.features], weights)
        for line, wanted in zip(odds, text.labels, strict=True):
            if wanted is None:
                continue
            best = max(range(len(line)), key=line.__getitem__)
            right = ll.LABELS[best] == wanted
            found.update({wanted: 1, f"{wanted} right": right, "all": 1, "all right": right})
            if line[best] >= 0.9:
                found.update({"sure": 1, "sure right": right})
    return found


def _table(weights: ll.Weights) -> str:
    """As JSON, a row a line."""

    def rows(named: dict[str, Any]) -> str:
        pairs = (f"{json.dumps(n, ensure_ascii=False)}: {json.dumps(v)}" for n, v in named.items())
        return ",\n".join(pairs)

    ends = {"transitions": weights.transitions, "first": weights.first, "last": weights.last}
    return f'{{"features": {{\n{rows(weights.features)}\n}},\n{rows(ends)}\n}}\n'


@dataclass(frozen=True)
class NamedText:
    """The names in a text that could be its paper's, and which of them are; last, whether none."""

    names: list[PaperName]
    is_right: list[bool]


def read_named(labelled: Sequence[LabelledText]) -> list[NamedText]:
    """The texts as the lines' learnt labels let them be read."""
    return [named for one in labelled for named in _read_named(one)]


def _read_named(labelled: LabelledText) -> Iterator[NamedText]:
    label, source = labelled.label, labelled.source
    found: list[StoryLayout] = []

    def keep(*arguments: Any, **named: Any) -> StoryLayout:
        found.append(read_layout(*arguments, **named))
        return found[-1]

    with mock.patch("archive.contrib.intake.story_reader.read_layout", keep):
        try:
            story = formats.recognise(source).parse(source)[0]
        except IntakeError:
            return
    wholes = [one.written_in for one in story.parts] or [""]
    for layout, language in zip(found, wholes, strict=False):
        own = {**label, **label.get("parts", {}).get(language, {})}
        if "publication" in own:
            wanted = own["publication"]
            answers = wanted["any"] if isinstance(wanted, dict) else [wanted]
            keys = {fold_name(one) for one in answers if one}
            right = [fold_name(one.name) in keys for one in layout.papers]
            yield NamedText(layout.papers, [*right, None in answers])


def learn_papers(texts: Sequence[NamedText]) -> dict[str, float]:
    """The weights of what is true of names: gradient descent on the likelihood of the right one."""
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(float)
    order, chance = [text for text in texts if any(text.is_right)], random.Random(1)
    for _epoch in range(PAPER_EPOCHS):
        chance.shuffle(order)
        for text in order:
            odds = probabilities(text.names, weights)
            right = sum(itertools.compress(odds, text.is_right)) or 1e-9
            for name, share, is_right in zip(text.names, odds, text.is_right, strict=False):
                error = share - (share / right if is_right else 0.0)
                for one in name.features if abs(error) > 1e-4 else ():
                    squares[one] += error * error
                    weights[one] -= RATE * error / math.sqrt(1 + squares[one])
        for one in weights:
            weights[one] *= 1 - PAPER_DECAY
    return {one: round(weight, 2) for one, weight in sorted(weights.items()) if abs(weight) > LEAST}


def cross_validate(labelled: Sequence[LabelledText], folds: int) -> tuple[Counter[str], Score]:
    """The lines and the fields of every text, read by what the texts of the other folds teach."""
    order = list(labelled)
    random.Random(1).shuffle(order)
    texts = read_texts(order)
    lines: Counter[str] = Counter()
    fields = Score()
    for fold in range(folds):
        out = order[fold::folds]
        names = {one.name for one in out}
        weights = learn([text for text in texts if text.name not in names])
        lines += check([text for text in texts if text.name in names], weights)
        with mock.patch.object(ll, "learnt_weights", lambda weights=weights: weights):
            papers = learn_papers(read_named([one for one in order if one.name not in names]))
            with mock.patch.object(story_fields, "learnt_weights", lambda papers=papers: papers):
                found = score(out)
        fields.verdicts += found.verdicts
        fields.lost |= found.lost
    return lines, fields


def main(arguments: list[str]) -> None:
    # Only a command line sets Django up.
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.test")
    django.setup()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("sets", nargs="*", type=Path, default=[TUNING, TRAINING])
    options = parser.parse_args(arguments)
    labelled = read_sets(options.sets)
    if options.folds:
        lines, fields = cross_validate(labelled, options.folds)
        for name in (*ll.LABELS, "all", "sure"):
            right = lines[f"{name} right"]
            share = right / max(1, lines[name])
            sys.stdout.write(f"{name:12} {right:5} / {lines[name]:<5} {share:.3f}\n")
        for line in report(fields, options.show):
            sys.stdout.write(f"{line}\n")
        return
    texts = read_texts(labelled)
    weights = learn(texts)
    TABLE.write_text(_table(weights), encoding="utf-8")
    ll.learnt_weights.cache_clear()
    papers = learn_papers(read_named(labelled))
    PAPERS.write_text(json.dumps(papers, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(texts)} texts, {len(weights.features)} features of lines, ")
    sys.stdout.write(f"{len(papers)} of papers' names\n")


if __name__ == "__main__":
    main(sys.argv[1:])
