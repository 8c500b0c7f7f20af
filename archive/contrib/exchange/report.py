"""What became of imported files: values for the screen, lines for a terminal, values for JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from archive.contrib.exchange.plan import Planned, ReplyVerdict
from archive.contrib.exchange.units import OutsideText
from archive.text.punctuation import joined, labelled
from archive.text.segmentation import plain_text

# What a person has to look at, most urgent first.
TO_LOOK_AT = (
    ReplyVerdict.CONFLICT,
    ReplyVerdict.LOCKED,
    ReplyVerdict.BROKEN,
    ReplyVerdict.UNKNOWN,
    ReplyVerdict.MOVED,
)


@dataclass(frozen=True)
class StoryReport:
    """What became of one story of a file; `trouble` says why all of it was left alone.

    `outside` are the words of the file that belong to no segment, and weren't taken in.
    """

    name: str
    title: str = ""
    translation_id: int | None = None
    edit_url: str = ""
    language: str = ""
    lines: tuple[Planned, ...] = ()
    comments: int = 0
    trouble: str = ""
    outside: tuple[OutsideText, ...] = ()

    def count(self, verdict: ReplyVerdict) -> int:
        return sum(line.verdict is verdict for line in self.lines)

    @property
    def counts(self) -> list[tuple[ReplyVerdict, int]]:
        """How often each verdict was given, those that were not left out."""
        counted = Counter(line.verdict for line in self.lines)
        return [(verdict, counted[verdict]) for verdict in ReplyVerdict if counted[verdict]]

    @property
    def to_look_at(self) -> list[Planned]:
        """The segments that a person has to look at, most urgent first."""
        found = [line for line in self.lines if line.verdict in TO_LOOK_AT]
        return sorted(found, key=lambda line: TO_LOOK_AT.index(line.verdict))

    @property
    def others(self) -> list[Planned]:
        return [line for line in self.lines if line.verdict not in TO_LOOK_AT]

    @property
    def others_differ(self) -> bool:
        """Whether one of them isn't what the editor has."""
        return any(line.verdict is ReplyVerdict.KEPT for line in self.lines)

    @property
    def others_have_remarks(self) -> bool:
        """Whether one of them asks for something, too."""
        return any(line.remark for line in self.others)


@dataclass(frozen=True)
class FileReport:
    """What became of a file; `trouble` says why nothing of it could be read.

    `left_out` are the files of a ZIP that are of no kind that comes back here.
    """

    name: str
    stories: tuple[StoryReport, ...] = ()
    trouble: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def has_failed(self) -> bool:
        return bool(self.trouble) or any(story.trouble for story in self.stories)


def as_lines(reports: Iterable[FileReport]) -> Iterator[str]:
    """The report for a terminal: a line a file, a story, and a segment to look at."""
    for report in reports:
        yield labelled(report.trouble, report.name) if report.trouble else report.name
        if report.left_out:
            yield f"  {labelled(joined(report.left_out), _('left out'))}"
        for story in report.stories:
            yield from _story_lines(story)


def _story_lines(story: StoryReport) -> Iterator[str]:
    name = story.title or story.name
    if story.trouble:
        yield f"  {labelled(story.trouble, name)}"
        return
    found = [labelled(number, verdict.label) for verdict, number in story.counts]
    if story.comments:
        found.append(_("comments: %(count)d") % {"count": story.comments})
    yield f"  {labelled(joined(found), name)}"
    for one in story.outside:
        said = _("not taken in (%(place)s): %(text)s")
        yield "    " + said % {"place": one.place, "text": " ".join(one.text.split())}
    for line in story.lines:
        is_shown = line.verdict in TO_LOOK_AT
        if is_shown or line.remark:
            place = " ".join(filter(None, [str(line.number or "–"), line.key, line.place]))
            yield f"    {place}: {line.verdict.label} {line.remark}".rstrip()
        texts = []
        if is_shown:
            texts.append((_("in the file: %(text)s"), line.offered, line.offered_markup))
        if line.verdict is ReplyVerdict.CONFLICT:
            texts.append((_("in the editor: %(text)s"), line.stored, line.markup))
        for said, text, markup in texts:
            yield "      " + said % {"text": " ".join(plain_text(text, markup).split())}


def as_values(reports: Iterable[FileReport]) -> list[dict[str, Any]]:
    """The report for JSON: files, their stories, their segments with both texts."""
    return [
        {
            "file": report.name,
            "trouble": report.trouble,
            "left_out": list(report.left_out),
            "stories": [
                {
                    "story": story.title or story.name,
                    "translation": story.translation_id,
                    "language": story.language,
                    "trouble": story.trouble,
                    "comments": story.comments,
                    "counts": {str(verdict): number for verdict, number in story.counts},
                    "not_taken_in": [asdict(one) for one in story.outside],
                    "segments": [
                        {
                            "number": line.number,
                            "key": line.key,
                            "place": line.place,
                            "verdict": str(line.verdict),
                            "source": line.source,
                            "file": line.offered,
                            "desk": line.stored,
                            "remark": line.remark,
                        }
                        for line in story.lines
                    ],
                }
                for story in report.stories
            ],
        }
        for report in reports
    ]
