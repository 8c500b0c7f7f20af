"""What an import tells: words for each verdict, lines for a terminal, values for JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from archive.desk.exchange.actions import StoryReport
from archive.desk.exchange.plan import Planned, Verdict
from archive.desk.exchange.runs import FileReport
from archive.text.richtext import plain_text
from archive.text.segmentation import RICH

# What a person has to look at, most urgent first.
TO_LOOK_AT = (Verdict.CLASH, Verdict.BROKEN, Verdict.UNKNOWN, Verdict.MOVED)


def word(verdict: Verdict) -> str:
    """What a verdict is called."""
    return {
        Verdict.APPLIED: _("taken over"),
        Verdict.MOVED: _("source changed: taken over, to be looked at"),
        Verdict.UNCHANGED: _("unchanged"),
        Verdict.EMPTY: _("not translated in the file"),
        Verdict.CLASH: _("changed at the desk meanwhile: kept"),
        Verdict.BROKEN: _("refused"),
        Verdict.UNKNOWN: _("no such segment"),
    }[verdict]


def counts(lines: Iterable[Planned]) -> list[tuple[Verdict, str, int]]:
    """How often each verdict was given, those that were not left out."""
    counted = Counter(line.verdict for line in lines)
    return [(verdict, word(verdict), counted[verdict]) for verdict in Verdict if counted[verdict]]


def lines(reports: Iterable[FileReport]) -> Iterator[str]:
    """The report for a terminal: a line a file, a story, and a segment to look at."""
    for report in reports:
        yield f"{report.name}: {report.trouble}" if report.trouble else report.name
        for story in report.stories:
            yield from _story_lines(story)


def _story_lines(story: StoryReport) -> Iterator[str]:
    name = story.title or story.name
    if story.trouble:
        yield f"  {name}: {story.trouble}"
        return
    found = [f"{label}: {number}" for _verdict, label, number in counts(story.lines)]
    comments = [_("comments: %(count)d") % {"count": story.comments}] if story.comments else []
    yield f"  {name}: {', '.join(found + comments)}"
    for line in story.lines:
        if line.verdict in TO_LOOK_AT or line.remark:
            place = f"{line.number or '–'} {line.key}"
            yield f"    {place}: {word(line.verdict)} {line.remark}".rstrip()
            yield from _texts(line)


def _texts(line: Planned) -> Iterator[str]:
    if line.verdict in TO_LOOK_AT:
        yield "      " + _("in the file: %(text)s") % {
            "text": plain(line.offered, line.offered_markup)
        }
    if line.verdict is Verdict.CLASH:
        yield "      " + _("at the desk: %(text)s") % {"text": plain(line.stored, line.markup)}


def plain(text: str, markup: str) -> str:
    """A text's words on one line."""
    return " ".join((plain_text(text) if markup == RICH else text).split())


def as_values(reports: Iterable[FileReport]) -> list[dict[str, Any]]:
    """The report for JSON: files, their stories, their segments with both texts."""
    return [
        {
            "file": report.name,
            "trouble": report.trouble,
            "stories": [_story_values(story) for story in report.stories],
        }
        for report in reports
    ]


def _story_values(story: StoryReport) -> dict[str, Any]:
    return {
        "story": story.title or story.name,
        "translation": story.translation_id,
        "language": story.language,
        "trouble": story.trouble,
        "comments": story.comments,
        "counts": {str(verdict): number for verdict, _label, number in counts(story.lines)},
        "segments": [
            {
                "number": line.number,
                "key": line.key,
                "verdict": str(line.verdict),
                "source": line.source,
                "file": line.offered,
                "desk": line.stored,
                "remark": line.remark,
            }
            for line in story.lines
        ],
    }
