"""The fields of a record that several lines, or the format and the layout, have a say in.

What a format states stands, unless the text itself is clearer; each field comes with how surely it
was read, and where.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from django.utils.translation import gettext as _

from archive.contrib.intake.documents import DocumentMetadata
from archive.contrib.intake.layout.bylines import Signature, bare_names, says_more, says_post, sign
from archive.contrib.intake.layout.citations import read_signed
from archive.contrib.intake.layout.english import is_post
from archive.contrib.intake.layout.lines import is_sentence, key
from archive.contrib.intake.layout.papers import choose_paper, learnt_weights
from archive.contrib.intake.layout.stamps import Stamp
from archive.contrib.intake.layout.story import ReadText, StoryLayout
from archive.contrib.intake.records import AGENCY, FieldReading, ParsedByline

_BRACKETED = re.compile(r"[(（【\[]([^()（）【】\[\]]{2,80})[)）】\]]")
_BY = re.compile(r"^by\s+", re.IGNORECASE)
# How surely a field is empty that wasn't found, and how surely a format's own fields are right;
# of what a person is asked to check, nothing is sure.
ABSENT, STATED, UNSURE = 0.9, 0.97, 0.7


@dataclass(frozen=True)
class PrintedOn:
    """When a story was printed, and what is to be said of it."""

    day: date | None
    at: time | None
    reading: FieldReading
    warnings: tuple[str, ...] = ()


def reading(pieces: list[ReadText], absent: float) -> FieldReading:
    """A field of several parts is as sure as they are together; `absent` without any."""
    if not pieces:
        return FieldReading(absent)
    worst = min(piece.confidence for piece in pieces)
    mean = sum(piece.confidence for piece in pieces) / len(pieces)
    return FieldReading(round((worst + mean) / 2, 2), tuple(piece.span for piece in pieces))


def read_headline(story: StoryLayout, stated: DocumentMetadata) -> tuple[str, FieldReading]:
    printed = _together(story.headline)
    if stated.headline and (not printed or not _is_part(printed, stated.headline)):
        if printed and key(printed) != key(stated.headline):
            # The layout took another line for it: that line stays with the editor.
            story.unplaced += story.headline
        return stated.headline, FieldReading(STATED)
    if not printed:
        return "", FieldReading(0.6)
    return printed, reading(story.headline, 0.6)


def _is_part(printed: str, stated: str) -> bool:
    """Whether the text's own line is the stated title without the site's name."""
    return key(printed) in key(stated) and len(key(printed)) * 3 >= len(key(stated))


def _together(pieces: list[ReadText]) -> str:
    text = ""
    for piece in pieces:
        parted = (
            " " if text and not ("\u3000" <= text[-1] <= "\u9fff" or text[-1] > "\uff00") else ""
        )
        text = f"{text}{parted}{piece.text}"
    return text


def read_standfirst(
    story: StoryLayout, stated: DocumentMetadata
) -> tuple[str | None, FieldReading]:
    if story.standfirst:
        return "\n".join(piece.text for piece in story.standfirst), reading(story.standfirst, 0.9)
    return stated.standfirst or None, FieldReading(STATED if stated.standfirst else ABSENT)


def read_bylines(
    story: StoryLayout, stated: DocumentMetadata, publication: str | None
) -> tuple[tuple[ParsedByline, ...], FieldReading]:
    """Each name once; the paper of the byline is named where another one printed the story."""
    people = {
        (byline.name.casefold(), byline.role): byline for byline, _piece in reversed(story.bylines)
    }
    found = list(reversed(people.values()))
    paper = story.credited_to
    if paper and publication and paper.casefold() not in publication.casefold():
        found.append(ParsedByline(paper, AGENCY))
    # A format's byline that is in no form of a newspaper's is a name as it stands.
    names = {byline.name.casefold() for byline in found}
    told = [one for one in _stated_bylines(stated) if one.name.casefold() not in names]
    names |= {one.name.casefold() for one in told}
    agencies = [one for one in stated.agencies if one.casefold() not in names]
    told += [ParsedByline(one, AGENCY) for one in agencies]
    short = {_initials(one.name) for one in (*found, *told) if one.role == AGENCY}
    found = [one for one in found if one.role != AGENCY or one.name not in short]
    printed = {key(text) for text in (*stated.bylines, *stated.agencies)}
    story.unplaced = [piece for piece in story.unplaced if key(piece.text) not in printed]
    cited = {key(piece.text) for _citation, piece in story.citations}
    for text in (one for one in stated.bylines if not is_post(one)):
        signature = _signature(text) or Signature(bylines_of(text))
        if says_more(text, signature) and key(text) not in cited:
            piece = ReadText(text, (0, 0), 0, STATED, is_furniture=says_post(text, signature))
            story.unplaced.append(piece)
    if found:
        read = reading([piece for _byline, piece in story.bylines], 0.9)
        spans = (*read.spans, *stated.spans.get("bylines", ()))
        return (*found, *told), replace(read, spans=spans)
    sure = STATED if stated.bylines else 0.88
    return tuple(told), FieldReading(sure, stated.spans.get("bylines", ()))


def _initials(name: str) -> str:
    """ "AP" of Associated Press, who signs once."""
    words = re.findall(r"[A-Za-z]+", name)
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""


def read_printed_byline(
    story: StoryLayout, stated: DocumentMetadata, bylines: Sequence[ParsedByline]
) -> str | None:
    """The words in which all who sign, or nobody by name, are printed; None where some are named
    elsewhere."""
    lines = [piece.text for piece in story.signed_lines]
    lines += [text for citation, _piece in story.citations for text in citation.signed]
    lines += [text for text in stated.bylines if sign(text) or is_post(text)]
    # "本报湛江9月22日电（记者李娜）"
    lines += [
        inside
        for one, piece in story.bylines
        for inside in _BRACKETED.findall(piece.text)
        if one.name in inside and sign(inside)
    ]
    each = {key(line): line for line in reversed(lines)}
    printed = "\n".join(reversed(each.values()))
    said = "".join(printed.split()).casefold()
    names = ["".join(one.name.split()).casefold() for one in bylines]
    has_any = bool(names) or any(map(is_post, stated.bylines))
    return printed if has_any and all(name in said for name in names) else None


def _stated_bylines(stated: DocumentMetadata) -> tuple[ParsedByline, ...]:
    found: list[ParsedByline] = []
    for printed in stated.bylines:
        found += bylines_of(printed)
    return tuple(dict.fromkeys(found))


def bylines_of(printed: str) -> tuple[ParsedByline, ...]:
    """Who signs by a byline as printed; what is in no form of a newspaper's is a name."""
    if is_post(printed):
        return ()
    signature = _signature(printed)
    name = _BY.sub("", printed, count=1)
    if signature is None and len(people := bare_names(name)) > 1:
        return people  # "张勇 普丽华"
    return signature.bylines if signature else (ParsedByline(name),) if name.strip() else ()


def _signature(printed: str) -> Signature | None:
    if cited := read_signed(printed):
        return Signature(tuple(cited.signatures), cited.publication)
    return sign(printed) or sign(f"By {printed}")


def read_publication(
    story: StoryLayout, stated: DocumentMetadata
) -> tuple[str | None, FieldReading]:
    """The paper that the format states, else the likeliest of the names in the text."""
    sources = [
        (one.publication, piece.span)
        for one, piece in story.citations
        if one.is_labelled and one.publication and stated.document_title
    ]
    if stated.publication and sources and "publication" not in stated.spans:
        # What a page names as its source has printed it, and not the site that shows it.
        return sources[0][0], FieldReading(STATED, (sources[0][1],))
    if stated.publication:
        return stated.publication, FieldReading(STATED, stated.spans.get("publication", ()))
    choice = choose_paper(story.papers, learnt_weights())
    if choice.paper is None:
        return None, FieldReading(round(choice.probability, 2))
    name = choice.paper.name
    # A line that is just the name has no other words, wherever else the labels put it.
    story.unplaced = [piece for piece in story.unplaced if key(piece.text) != key(name)]
    cited = [piece.span for one, piece in story.citations if name in (one.publication, one.source)]
    spans = tuple(dict.fromkeys([choice.paper.span, *cited]))
    return name, FieldReading(round(choice.probability, 2), spans)


def read_published(story: StoryLayout, stated: DocumentMetadata) -> PrintedOn:
    """The print date before the day of going online, that before an update."""
    stamps = [
        (stamp, citation.is_printed, piece)
        for citation, piece in story.citations
        for stamp in citation.stamps
    ]
    warnings = tuple(
        _("The date of the citation does not exist: %(date)s.") % {"date": stamp.printed}
        for stamp, _is_printed, _piece in stamps
        if stamp.day is None
    )
    found = [entry for entry in stamps if entry[0].day]
    if stated.published and not any(is_printed for _stamp, is_printed, _piece in found):
        sure = UNSURE if stated.is_doubtful_day else STATED
        told = stated.published.date()
        at = stated.published.time().replace(second=0, microsecond=0) if stated.has_time else None
        at = at or next((one.at for one, _is, _piece in found if one.day == told and one.at), None)
        spans = stated.spans.get("published", ())
        return PrintedOn(told, at, FieldReading(sure, spans), warnings)
    if not found:
        return PrintedOn(None, None, FieldReading(ABSENT if not stamps else 0.5), warnings)
    order = {"issued": 0, "plain": 1, "updated": 2}
    stamp, is_printed, piece = min(found, key=lambda entry: (not entry[1], order[entry[0].kind]))
    day = _ordered(stamp, [one for one, _is_printed, _piece in found])
    # The paper's own citation has no time; a site's stamp of the same day has.
    times = (
        one.at
        for one, _is_printed, _piece in sorted(found, key=lambda e: order[e[0].kind])
        if one.day == stamp.day and one.at
    )
    at = stamp.at or next(times, None)
    sure = piece.confidence
    if stamp.is_ambiguous and not is_printed:
        warnings = (*warnings, _("The date could be read as day/month/year: check it."))
        sure = UNSURE
    elif stamp.is_day_first and is_printed:
        warnings = (*warnings, _("The date of the citation was read as day/month/year: check it."))
        sure = UNSURE
    return PrintedOn(day, at, FieldReading(sure, (piece.span,)), warnings)


def _ordered(stamp: Stamp, stamps: list[Stamp]) -> date | None:
    """Day and month the other way round, where another date of the story says so."""
    if not stamp.is_ambiguous or stamp.day is None:
        return stamp.day
    sure = {one.day for one in stamps if not one.is_ambiguous}
    return stamp.swapped if stamp.swapped in sure and stamp.day not in sure else stamp.day


def leave_other_words(story: StoryLayout, publication: str | None, printed: PrintedOn) -> None:
    """A citation that says something that the record has from elsewhere stays with the editor."""
    chosen = set(printed.reading.spans)
    taken: set[str] = set()
    for citation, piece in story.citations:
        said = {
            "publication": citation.publication,
            "source": citation.source,
            "page": citation.page,
            "section": citation.section,
        }
        named = {name for name, value in said.items() if value}
        is_other = {citation.publication, citation.source} - {None, publication} != set()
        if named & taken or is_other or (citation.stamps and piece.span not in chosen):
            # A bare date that isn't the story's own may be one that it tells of.
            is_told = not (named or citation.is_labelled) and any(
                stamp.kind == "plain" and stamp.day != printed.day for stamp in citation.stamps
            )
            is_unread = any(stamp.day is None for stamp in citation.stamps)
            is_doubtful = is_told or is_unread or is_sentence(piece.text)
            is_sure = not is_doubtful and story.may_be_furniture(piece)
            # The whole line has its parts.
            parts = [one for one in story.unplaced if _is_part_of(one, piece, citation.left)]
            story.unplaced = [one for one in story.unplaced if one not in parts]
            is_sure = is_sure and all(one.is_furniture for one in parts)
            story.unplaced.append(replace(piece, is_furniture=is_sure))
        taken |= named


def _is_part_of(one: ReadText, line: ReadText, parts: list[str]) -> bool:
    return one.number == line.number and one.text in parts
