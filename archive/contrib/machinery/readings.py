"""What the second reader suggests: asked for by a person, kept by the words that it read.

Each request is an entry of the translation's history, which also has what came back: asking twice
for the same words costs nothing, and what a day has cost can be added up.
"""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log, registry
from wagtail.models import ModelLogEntry

from archive.contrib.machinery.drafts import names_in
from archive.contrib.machinery.engines import EngineError
from archive.contrib.machinery.second_reader import (
    ReaderAnswer,
    SecondReader,
    TextPair,
    find_quote,
    size_of,
)
from archive.desk.editor.tools import DeskTool, RowMark, ToolParts
from archive.desk.findings import Judged, digest_of, judge, shown_findings, story_of
from archive.desk.models import Translation
from archive.desk.reviews import Review
from archive.qa.base import Check, Finding, Pair, Story
from archive.stories.models import ArticlePage
from archive.text.punctuation import aside
from archive.visibility import RestrictedPlaces

READ = "archive.second_reading"
# Of the numbers in the rows.
MARK = "suggestions"

_KINDS = {
    "terminology": gettext_lazy("Terminology"),
    "mistranslation": gettext_lazy("Mistranslation"),
    "omission": gettext_lazy("Omission"),
    "addition": gettext_lazy("Addition"),
    "linguistic": gettext_lazy("Linguistic conventions"),
    "style": gettext_lazy("Style"),
    "locale": gettext_lazy("Locale conventions"),
}
_SEVERITIES = {
    "minor": gettext_lazy("minor"),
    "major": gettext_lazy("major"),
    "critical": gettext_lazy("critical"),
}


class _Suggested(Check):
    """Stands for one suggestion where findings have their check; nothing runs it."""

    description = ""

    def __init__(self, engine: str, kept: dict[str, Any]) -> None:
        words = "\x1f".join([engine, *(kept[name] for name in sorted(kept))])
        self.check_id = f"suggested-{hashlib.sha256(words.encode()).hexdigest()[:20]}"
        self.name = f"{_KINDS[kept['kind']]}{aside(str(_SEVERITIES[kept['severity']]))}"
        self.suggested_by = engine

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        yield from ()


# By digest of a pair's words, what each engine that has read them suggests.
Kept = dict[str, dict[str, list[dict[str, Any]]]]


def kept_readings(translation: Any) -> Kept:
    """All that came back for this translation's words, as they are or were; one query."""
    entries = registry.get_logs_for_instance(translation).filter(action=READ, data__has_key="read")
    kept: Kept = {}
    for data in entries.order_by("timestamp", "pk").values_list("data", flat=True):
        for digest, found in data["read"].items():
            kept.setdefault(digest, {})[data["engine"]] = found
    return kept


def suggestions_in(translation: Any, story: Story, kept: Kept | None = None) -> list[Judged]:
    """What was suggested for the words as they stand; two queries, none where nobody is asked."""
    if SecondReader.of_site() is None:
        return []
    kept = kept_readings(translation) if kept is None else kept
    findings: list[Finding] = []
    made_by: dict[str, Check] = {}
    for pair in story.pairs if kept else ():
        for engine, found in kept.get(digest_of(pair), {}).items():
            for one in found:
                check = _Suggested(engine, one)
                made_by[check.check_id] = check
                findings.append(_finding(check, pair, one))
    return judge(translation, story, findings, made_by) if findings else []


def _finding(check: Check, pair: Pair, kept: dict[str, Any]) -> Finding:
    spans = [
        (span,) if (span := find_quote(kept[name], getattr(pair, name))) else ()
        for name in ("source", "target")
    ]
    return check.finding(pair, kept["comment"], source=spans[0], target=spans[1])


# Asking


def is_kept_from_readers(translation: Translation) -> bool:
    """Whether readers must log in for the story, wherever it lies: it is sent to nobody."""
    places = RestrictedPlaces.load()
    stories = ArticlePage.objects.filter(pk=translation.article_id)
    return bool(places) and stories.filter(places.of_stories()).exists()


def unread_pairs(translation: Translation, reader: SecondReader, story: Story) -> list[Pair]:
    """The translated segments whose words as they stand the reader hasn't read."""
    kept = kept_readings(translation)
    return [
        pair
        for pair in story.pairs
        if pair.source.strip()
        and pair.target.strip()
        and reader.name not in kept.get(digest_of(pair), {})
    ]


def used_today() -> int:
    """The characters that were sent and came back since midnight, for all translations."""
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    entries = ModelLogEntry.objects.filter(action=READ, timestamp__gte=start).order_by()
    return sum(data.get("characters", 0) for data in entries.values_list("data", flat=True))


def batches_of(
    reader: SecondReader, story: Story, pairs: Sequence[Pair]
) -> Iterator[tuple[Sequence[Pair], dict[str, Any]]]:
    """The pairs by requests, each with its request."""
    for start in range(0, len(pairs), reader.batch):
        some = pairs[start : start + reader.batch]
        names = names_in([pair.source for pair in some], story.target_language)
        languages = story.source_language, story.target_language
        yield some, reader.request_for(_texts(some), names, *languages)


def _texts(pairs: Sequence[Pair]) -> list[TextPair]:
    return [TextPair(pair.source, pair.target) for pair in pairs]


@dataclass
class ReadReport:
    """How many segments were read, what was suggested, and why it went no further."""

    read: int = 0
    suggested: int = 0
    dropped: int = 0
    trouble: str = ""


def read_pairs(
    translation: Translation,
    reader: SecondReader,
    story: Story,
    pairs: Sequence[Pair],
    *,
    user: Any,
) -> ReadReport:
    """Have these pairs read, request by request; what came back is kept, whatever comes after.

    No request begins once the time for one is over: whoever waits may ask for the rest.
    """
    report = ReadReport()
    if is_kept_from_readers(translation):
        text = _("Readers must log in for this story: it is not sent to %(engine)s.")
        report.trouble = text % {"engine": reader.name}
        return report
    latest = time.monotonic() + reader.timeout
    for some, request in batches_of(reader, story, pairs):
        if report.read and time.monotonic() > latest:
            break
        try:
            reading = _read(translation, reader, some, request, user)
        except EngineError as error:
            report.trouble = str(error)
            break
        report.read += len(some)
        report.suggested += len(reading.suggestions)
        report.dropped += reading.dropped
    return report


def _read(
    translation: Translation,
    reader: SecondReader,
    pairs: Sequence[Pair],
    request: dict[str, Any],
    user: Any,
) -> ReaderAnswer:
    size = size_of(request)
    data = {
        "engine": reader.name,
        "segments": [pair.key for pair in pairs],
        "characters": size,
    }
    # Noted before it is sent: of two who ask at the same time neither passes the limit.
    entry = log(translation, READ, user=user, data=data)
    used = used_today()
    if used > reader.limit:
        entry.delete()
        text = _(
            "%(engine)s may read %(limit)s characters a day; %(used)s were used today, and this "
            "needs %(size)s."
        )
        told = {"engine": reader.name, "limit": reader.limit, "used": used - size, "size": size}
        raise EngineError(text % told)
    reading = reader.read(request, _texts(pairs))
    kept: dict[str, list[dict[str, Any]]] = {digest_of(pair): [] for pair in pairs}
    for one in reading.suggestions:
        values = {name: value for name, value in asdict(one).items() if name != "segment"}
        kept[digest_of(pairs[one.segment])].append(values)
    entry.data = {**data, "characters": size + reading.size, "read": kept}
    entry.save(update_fields=["data"])
    return reading


# At the desk


class SecondReaderTool(DeskTool):
    """The number of suggestions beside each row; the list of findings brings it."""

    def parts_for(self, user: Any, translation: Any, review: Review | None) -> ToolParts:
        if SecondReader.of_site() is None:
            return ToolParts()
        return ToolParts(marks=(RowMark(MARK, _("Suggested"), _("With suggestions"), {}),))


def reader_section(translation: Any, row: Any, user: Any) -> dict[str, Any]:
    """The suggestions for one segment, and what asks for them; {} where nobody is to be asked."""
    reader = SecondReader.of_site()
    if reader is None or row.state == "empty":
        return {}
    story = story_of(translation)
    pair = next((one for one in story.pairs if one.key == row.source.key), None)
    if pair is None or not pair.target.strip():
        return {}
    kept = kept_readings(translation)
    judged = suggestions_in(translation, story, kept)
    here = [one for one in judged if one.finding.key == pair.key]
    return {
        **shown_findings(here, story),
        "reader": reader,
        "is_read": reader.name in kept.get(digest_of(pair), {}),
        "is_kept": is_kept_from_readers(translation),
    }
