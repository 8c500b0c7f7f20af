"""Scores texts with labels: `python -m tests.contrib.intake.layout_scores SET [--show]`.

Django's settings are named as for `manage.py`: which characters are Han depends on the languages.

`layout_texts` says what a set is. A label holds the record's fields of which a careful reader has
no doubt: `null` and `[]` mean that the text doesn't say it, a field that isn't there isn't scored,
and `{"any": [...]}` lists equally good answers. `furniture` are lines that belong to no field. A
bilingual text's label has `parts`, by language.

White space, quotation marks, name dots and HTML entities count as equal. Names are compared without
regard to case and width, and of a credit or a dateline the words that say who and where.
"""

import html
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.contrib.intake import formats
from archive.contrib.intake.records import ADDITIONAL, CONTRIBUTOR, IntakeError
from archive.contrib.intake.sources import SourceFile
from tests.contrib.intake.layout_texts import LabelledText, read_set

SURE = 0.9
# The reading of a record that a scored field comes from, where it isn't the field's own name.
READINGS = dict.fromkeys(
    ("first_paragraph", "last_paragraph", "paragraph_count", "subheads"), "blocks"
)
# Who made the story without writing it: no label lists them unless the text signs with them.
STAFF = ("editor", "photographer", "agency", "translator")
QUOTES = str.maketrans({
    **dict.fromkeys("“”„‟「」『』＂", '"'),
    **dict.fromkeys("‘’‚‛＇`", "'"),
    **dict.fromkeys("∙•・‧", "·"),
})  # fmt: skip
HAN = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
BESIDE_HAN = re.compile(rf"(?<=[{HAN}])\s+|\s+(?=[{HAN}])")
TAG = re.compile(r"</?\w{1,10}>|\*\*")
BULLET = re.compile(r"^(?:[■◆●▶▌□◎▲#]|>{1,3})\s*")
CREDIT_WORDS = re.compile(
    r"(?:photo(?:graph)?s?|picture|image)s?\s?(?:by|:)|\b(?:by|for)\b|photo(?=[\s/])|照片(?=[:])"
    r"|摄影|攝影|[摄攝]|[图圖]片?(?:(?=[/:])|[来來]?源)|[记記]者|通[讯訊]员|通訊員|本[报報]|[^\w]"
)
CAPTION_LABEL = re.compile(r"^(?:[■▲▼]|[上下左右]?[图圖](?:片?[说說]明|[为為])?[:：]?)\s*")
AGENCY_PREFIX = re.compile(r"^[新华華中国國社通讯訊网網央本报報]{1,7}?[社网網报報](?=\w)")
NAMED = re.compile(r"\([^()]{0,40}\)\s*$")
WORD = re.compile(r"[\u3400-\u9fff]|\d+|[^\W\d_\u3400-\u9fff]+")


@dataclass(frozen=True)
class Verdict:
    """A field of a text: whether it is right, what was wanted and read, and how surely."""

    text: str
    name: str
    is_right: bool
    wanted: Any
    read: Any
    confidence: float | None = None


@dataclass
class Score:
    """All verdicts on a set, and the words that each text's record doesn't have."""

    verdicts: list[Verdict] = field(default_factory=list)
    lost: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def share(self) -> float:
        return sum(verdict.is_right for verdict in self.verdicts) / max(1, len(self.verdicts))

    def read_fields(self) -> dict[tuple[str, str], tuple[float, bool]]:
        """By text and reading: its confidence, and whether all that comes from it is right."""
        found: dict[tuple[str, str], tuple[float, bool]] = {}
        for one in self.verdicts:
            if one.confidence is not None:
                key = (one.text, READINGS.get(one.name, one.name))
                right = one.is_right and found.get(key, (0, True))[1]
                found[key] = (one.confidence, right)
        return found

    def calibration(self) -> tuple[int, int, int]:
        """How many fields were read, how many of them surely, and how many of these are right."""
        read = list(self.read_fields().values())
        sure = [right for confidence, right in read if confidence >= SURE]
        return len(read), len(sure), sum(sure)


def fold(text: str) -> str:
    """What counts of a text: its characters, but for kinds of white space and quotes."""
    text = TAG.sub("", html.unescape(text)).translate(QUOTES)
    return BESIDE_HAN.sub("", " ".join(text.split()))


def fold_name(text: str) -> str:
    return unicodedata.normalize("NFKC", fold(text)).casefold().strip(" .,|")


def fold_page(text: str) -> str:
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", fold_name(text))


def fold_dateline(text: str) -> str:
    text = NAMED.sub("", fold_name(text).rstrip("- —–_:：,，")).strip("【】()- —–:：,，")
    return AGENCY_PREFIX.sub("", text).rstrip("电電讯訊. ")


def fold_credit(text: str) -> str:
    return CREDIT_WORDS.sub("", fold_name(text))


def fold_caption(caption: dict[str, str]) -> tuple[str, str]:
    text = CAPTION_LABEL.sub("", fold(caption["text"])).rstrip("| ")
    return text, fold_credit(caption["credit"])


def fold_byline(byline: dict[str, Any]) -> tuple[str, str, str]:
    return fold_name(byline["name"]), byline["role"], fold_name(byline["place"] or "")


def folding(name: str) -> Callable[[Any], Any]:
    """How a field's values are made comparable."""
    lists: dict[str, Callable[[Any], Any]] = {
        "bylines": fold_byline,
        "captions": fold_caption,
        "subheads": lambda text: BULLET.sub("", fold(text)),
    }
    singles = {
        **dict.fromkeys(("publication", "section", "published", "language"), fold_name),
        "page": fold_page,
        "dateline": fold_dateline,
    }
    if name in lists:
        each = lists[name]
        return (
            (lambda values: [each(one) for one in values])
            if name == "subheads"
            else (lambda values: sorted(each(one) for one in values))
        )
    if name == "paragraph_count":
        return lambda value: value
    single = singles.get(name, fold)
    return lambda value: single(value) if value else None


def values(record: dict[str, Any]) -> dict[str, Any]:
    """The scored fields of a record of the JSON report."""
    said = [one["text"] for one in record["blocks"] if one["type"] in ("paragraph", "quote")]
    return {
        **record,
        "first_paragraph": said[0] if said else None,
        "last_paragraph": said[-1] if said else None,
        "paragraph_count": len(said),
        "subheads": [one["text"] for one in record["blocks"] if one["type"] == "subhead"],
    }


def is_right(name: str, wanted: Any, read: Any) -> bool:
    if isinstance(wanted, dict):
        return any(is_right(name, one, read) for one in wanted["any"])
    if name == "bylines":
        signed = {one["role"] for one in wanted}
        read = [one for one in read if one["role"] in signed or one["role"] not in STAFF]
        # Labels call whoever "contributed to this report" a contributor, too.
        helped = {fold_name(one["name"]) for one in wanted if one["role"] == CONTRIBUTOR}
        read = [
            {**one, "role": CONTRIBUTOR}
            if one["role"] == ADDITIONAL and fold_name(one["name"]) in helped
            else one
            for one in read
        ]
    if name == "published" and wanted and read and "T" not in wanted:
        read = read[:10]
    same = folding(name)
    return bool(same(wanted) == same(read))


def printed_in_fields(record: dict[str, Any]) -> list[str]:
    """Every text of a record that a reader of the story would see."""
    names = ("headline", "standfirst", "dateline", "publication", "page", "contact")
    texts = [record[name] or "" for name in names]
    texts += [value for one in record["captions"] for value in (one["text"], one["credit"])]
    texts += [one["text"] for one in record["blocks"]]
    texts += [one["name"] for one in record["bylines"]]
    return [fold(text) for text in texts] + [
        text for part in record.get("parts", []) for text in printed_in_fields(part)
    ]


def furniture_in_fields(furniture: list[str], record: dict[str, Any]) -> list[str]:
    """The lines that stand in a field; a short one counts only where it is a whole line of it."""
    texts = printed_in_fields(record)
    whole = {line for text in texts for line in [text, *text.splitlines()]}
    return [
        line
        for line in furniture
        if fold(line) in whole or (len(line) > 11 and any(fold(line) in text for text in texts))
    ]


def judge(text: str, label: dict[str, Any], record: dict[str, Any]) -> Iterator[Verdict]:
    """A verdict for each field of a label, and of the labels of its parts."""
    read = values(record)
    for name, wanted in label.items():
        if name == "furniture":
            wrong = furniture_in_fields(wanted, record)
            if wanted:
                yield Verdict(text, name, not wrong, [], wrong)
        elif name == "parts":
            by_language = {part["language"]: part for part in record.get("parts", [])}
            for language, part in wanted.items():
                yield from judge(f"{text}:{language}", part, by_language.get(language, NOTHING))
        else:
            reading = record["fields"].get(READINGS.get(name, name)) if read[name] else None
            confidence = reading["confidence"] if reading else None
            # A text that is refused says nothing; its empty fields aren't right.
            right = record is not NOTHING and is_right(name, wanted, read[name])
            yield Verdict(text, name, right, wanted, read[name], confidence)


NOTHING: dict[str, Any] = {
    **dict.fromkeys(("language", "headline", "standfirst", "dateline", "publication")),
    **dict.fromkeys(("published", "page", "section", "contact")),
    **{name: [] for name in ("bylines", "captions", "blocks", "unplaced")},
    "fields": {},
}


def words(text: str) -> Counter[str]:
    """Words in lower case, Han by the character, numbers without leading zeros."""
    folded = unicodedata.normalize("NFKC", html.unescape(TAG.sub("", text))).casefold()
    return Counter(word.lstrip("0") or "0" for word in WORD.findall(folded))


def kept_words(text: str, record: dict[str, Any]) -> Counter[str]:
    """The words that a record carries itself, and those where it read what it says in its way."""
    carried = [record["headline"], record["standfirst"], *record["unplaced"]]
    carried += [block["text"] for block in record["blocks"]]
    kept = sum((words(one or "") for one in carried), Counter[str]())
    for name, reading in record["fields"].items():
        if name not in ("headline", "standfirst", "unplaced", "blocks"):
            spans = reading.get("spans") or [reading["span"] or (0, 0)]
            kept += sum((words(text[start:end]) for start, end in spans), Counter[str]())
    return sum((kept_words(text, part) for part in record.get("parts", [])), kept)


# What the layout of a page parts, and a reader joins: a hyphen at a line's end, a large initial.
PARTED = re.compile(r"(?<=[a-z])-\n\s*(?=[a-z])|(?<=^[A-Z])\n(?=[a-z])", re.MULTILINE)


def lost_words(text: str, record: dict[str, Any]) -> Counter[str]:
    """The words of a text that its record neither carries nor was read from."""
    kept = kept_words(text, record)
    return (words(text) - kept) & (words(PARTED.sub("", text)) - kept)


def read_record(source: SourceFile) -> tuple[str, dict[str, Any]]:
    """The text as read, and the record of its (first) story; NOTHING when it is refused."""
    try:
        story = formats.recognise(source).parse(source)[0]
    except IntakeError:
        return source.text.text, NOTHING
    return story.text or source.text.text, story.as_record()


def score(texts: Iterable[LabelledText]) -> Score:
    """Reads each text and compares it with its label."""
    result = Score()
    for one in texts:
        text, record = read_record(one.source)
        result.verdicts += judge(one.name, one.label, record)
        if lost := lost_words(text, record):
            result.lost[one.name] = lost
    return result


def report(result: Score, show: bool) -> Iterator[str]:
    """The lines that the command prints."""
    names = dict.fromkeys(verdict.name for verdict in result.verdicts)
    for name in names:
        found = [verdict.is_right for verdict in result.verdicts if verdict.name == name]
        yield f"{name:16} {sum(found):4} / {len(found):<4} {sum(found) / len(found):.3f}"
    right = sum(verdict.is_right for verdict in result.verdicts)
    yield f"{'all':16} {right:4} / {len(result.verdicts):<4} {result.share:.3f}"
    read, sure, sure_and_right = result.calibration()
    yield f"read {read} fields, {sure} of them at {SURE} or more, {sure_and_right} of these right"
    yield f"texts that lose words: {len(result.lost)}"
    if show:
        for one in result.verdicts:
            if not one.is_right:
                yield f"{one.text}: {one.name} ({one.confidence})\n  - {one.wanted}\n  + {one.read}"
        yield from (f"{text}: loses {' '.join(lost)}" for text, lost in result.lost.items())


def main(arguments: list[str]) -> None:
    # Only a command line sets Django up; under pytest that is done.
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.test")
    django.setup()
    for line in report(score(read_set(Path(arguments[0]))), "--show" in arguments):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
