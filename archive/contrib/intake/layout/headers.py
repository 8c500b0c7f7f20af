"""Lines that say themselves what they hold: headers of exports, mail and editing systems.

"HEADLINE: …", "SN The Tidewater Courier", "发件人：…". A label counts where several lines have
one, so that a sentence with a colon stays a sentence.
"""

import re
from dataclasses import replace
from itertools import groupby

from archive.contrib.intake.columns import CODES, OTHER, WAITING, field_of
from archive.contrib.intake.layout import bylines, captions
from archive.contrib.intake.layout.bylines import Signature
from archive.contrib.intake.layout.citations import Citation
from archive.contrib.intake.layout.forms import StoryLine
from archive.contrib.intake.layout.lines import fold, is_chinese, is_sentence, trim
from archive.contrib.intake.layout.stamps import find_pages, find_stamps
from archive.contrib.intake.records import ParsedByline, ParsedCaption

# A publication's date may be followed by the page: "04 Oct 1998: 7."
_PAGE_BEHIND = re.compile(r":\s*(?P<page>[A-Z]{0,2}\d{1,3})\b")
_WORDED = re.compile(
    r"(?P<label>[A-Za-z][A-Za-z -]{1,22}|[\u3400-\u9fff]{2,6})\s?[:=]\s*(?P<value>.*)"
)
# A typesetter's "<PAGE>9", "<HEAD 36pt>".
_TAGGED = re.compile(r"<(?P<label>[A-Za-z][A-Za-z-]{1,18})(?: [^<>]{1,20})?>\s*(?P<value>[^<]*)")
_BRACKETED = re.compile(r"【(?P<label>[\u3400-\u9fff]{2,6})】\s*(?P<value>.*)")
_CODED = re.compile(r"(?P<label>[A-Z]{2,3})(?:\s+(?P<value>\S.*))?")
# Codes that are no words: without one of them "IN" and "BY" begin paragraphs. Below those that
# stand alone the text begins, or their value stands.
_SURE_CODES = frozenset(("HD", "SN", "PD", "WC"))
_PAGE = re.compile(r"[A-Z]{0,2}\d{1,3}[A-Z]?", re.IGNORECASE)
# So many lines with a label make a header; the names of some labels say enough alone.
LEAST_LABELS = 3
_LONGEST_VALUE = 120
# In a database's record: the subject's place, the database's own summary, the writer's employer.
_OF_DATABASES = frozenset(("location", "abstract", "credit"))
_HEADS = frozenset(("引题", "肩题", "眉题", "副题", "副标题"))
_ALONE = _HEADS | {"byline", "dateline", "作者", "署名", "电头"}
# A letter's header, as mail programs print it above what they forward: who sent it, and its
# subject with the prefixes of answers and forwarded letters.
_SENDERS = frozenset(("from", "发件人", "寄件人", "寄件者"))
_RECEIVERS = frozenset(("to", "cc", "收件人", "抄送"))
_SUBJECTS = frozenset(("subject", "主题", "主旨"))
_PREFIX = re.compile(
    r"(?:(?:\[[^\[\]]{1,30}\]\s*)?(?:re|fwd?|aw|wg|tr|rv|转发|轉寄|轉發|回复|回覆|答复)"
    r"(?:\[\d+\]|\(\d+\))?\s*[:：]\s*)+",
    re.IGNORECASE,
)
# "On Tue, 22 Sep 2015 at 10:00, Li Na <li@example.com> wrote:"
_WROTE = re.compile(r"(?:(?:on|am|le)\s|[在于於]).{6,200}(?:wrote|写道|寫道)\s?:", re.IGNORECASE)
_OPENS_LETTER = re.compile(r"-{3,}[^-]+-{3,}|[^:]{8,60}:")


def read_headers(items: list[StoryLine]) -> None:
    """Puts what labelled lines hold into its field."""
    letters = _take_letters(items)
    _take_labels([item for item in items if id(item) not in letters])
    _raise_header(items)


def without_prefixes(subject: str) -> str:
    """A letter's subject without the marks of an answer or of a letter that was sent on."""
    match = _PREFIX.match(subject)
    return subject[match.end() if match else 0 :].strip()


def _take_letters(items: list[StoryLine]) -> set[int]:
    """The lines around letters, by identity: when one was sent is no print's day.

    The subject of the innermost letter says where it begins: it may be the headline.
    """
    around: list[StoryLine] = []
    subject: StoryLine | None = None
    above: StoryLine | None = None
    for is_labelled, run in groupby(items, lambda item: bool(_label(item))):
        lines = list(run)
        labels = {_label(item): item for item in lines}
        if not is_labelled:
            around += [item for item in lines if _WROTE.fullmatch(item.line.folded)]
            is_mark = _OPENS_LETTER.fullmatch(lines[-1].line.folded)
            above = lines[-1] if is_mark else None
        elif labels.keys() & _SENDERS and labels.keys() & (_SUBJECTS | _RECEIVERS):
            around += [*filter(None, [above]), *lines]
            subject = next((labels[one] for one in labels if one in _SUBJECTS), subject)
    for item in around:
        _take(item, OTHER, -1)
        item.furniture = "letter"
    if subject and (match := _WORDED.fullmatch(subject.line.folded)):
        value = subject.line.text[match.start("value") :]
        subject.label = len(subject.line.text) - len(without_prefixes(value))
    return set(map(id, around))


def _label(item: StoryLine) -> str:
    """The label of a line, if it is a known one, in small letters."""
    match = _WORDED.fullmatch(item.line.folded) if item.line.kind == "text" else None
    return match["label"].casefold() if match and field_of(match["label"]) else ""


def _raise_header(items: list[StoryLine]) -> None:
    """A database's header that stands below the text, with the headline in it, goes above it."""
    prose = [at for at, item in enumerate(items) if item.form == "prose"]
    title = next((at for at, item in enumerate(items) if item.line.kind == "headline"), 0)
    below = [at for at in prose if at > title]
    if not title or not prose or len(below) * 2 > len(prose):
        return
    start = max(at for at in prose if at < title) + 1
    end = below[0] if below else len(items)
    items[:] = [*items[start:end], *items[:start], *items[end:]]


def label_of(text: str) -> str:
    """The field of a line that says itself what it holds, "Document Type: Newspaper"; or ""."""
    match = _WORDED.fullmatch(fold(text))
    return field_of(match["label"]) if match else ""


def _take_labels(items: list[StoryLine]) -> None:
    found = [(at, match) for at, item in enumerate(items) if (match := _labelled(item))]
    coded = {match["label"] for _at, match in found if match.re is _CODED}
    is_coded = len(coded) >= LEAST_LABELS and bool(coded & _SURE_CODES)
    is_worded = sum(match.re is not _CODED for _at, match in found) >= LEAST_LABELS
    for at, match in found:
        label = match["label"]
        kind = _field(match)
        stands_above = (match.re is _CODED and is_coded) or (match.re is _TAGGED and is_worded)
        is_text = kind == "body"
        if stands_above and not match["value"] and not is_text:
            below = items[at + 1] if at + 1 < len(items) else None
            if below and not _labelled(below):
                _take(below, kind, 0)
        if is_text and is_worded and match["value"] and items[at].form == "prose":
            _cut_label(items[at], match.start("value"))  # "TEXT:  The first camel …"
        elif (is_coded if match.re is _CODED else is_worded) or label.casefold() in _ALONE:
            _take(items[at], kind, match.start("value"), is_head=label in _HEADS)


def _labelled(item: StoryLine) -> re.Match[str] | None:
    if item.line.kind != "text" or len(item.line.text) > 600:
        return None
    text = item.line.folded
    match = _WORDED.fullmatch(text) or _BRACKETED.fullmatch(text) or _TAGGED.fullmatch(text)
    if match and (field := _field(match)):
        # A long sentence behind a word and a colon is the story's, unless the label says more.
        is_short = len(match["value"]) < _LONGEST_VALUE or item.form != "prose"
        is_long = field == "body" or match["label"].casefold() in _OF_DATABASES
        return match if is_short or is_long else None
    match = _CODED.fullmatch(text)
    return match if match and _field(match) else None


def _field(match: re.Match[str]) -> str:
    """The field of a label or a code, or "other"; "" for a word that is neither."""
    if match.re is _CODED:
        return CODES.get(match["label"], "")
    return OTHER if match["label"].casefold() in _OF_DATABASES else field_of(match["label"])


def _take(item: StoryLine, kind: str, start: int, *, is_head: bool = False) -> None:
    """Gives a line the form that its label says, or leaves it; the value begins at `start`.

    `is_head`: it is a line around the headline, which waits if no field has it, as a kicker does.
    """
    value = trim(item.line.text[start:]) if start >= 0 else ""
    read = _READERS.get(kind)
    if not value or read is None or not read(item, value, start, kind):
        # A sentence, or what a story's field can't hold, waits for somebody.
        is_told = is_head or read is not None or is_sentence(value)
        waits = bool(value) and (kind == WAITING or (is_told and not _is_kind(value)))
        item.form, item.furniture = "furniture", "" if waits else "navigation"
        item.caption = item.citation = item.signature = None


def _is_kind(value: str) -> bool:
    """Whether a value names the kind of a thing, as "Color photo" does, and says nothing of it."""
    return len(value.split()) < 3 and not is_chinese(value)


def _take_headline(item: StoryLine, value: str, start: int, kind: str) -> bool:
    item.line, item.label, item.form = replace(item.line, kind="headline"), start, "open"
    item.citation = item.caption = None
    return True


def _take_standfirst(item: StoryLine, value: str, start: int, kind: str) -> bool:
    _cut_label(item, start)
    item.line = replace(item.line, kind="standfirst")
    item.form, item.caption, item.citation = "open", None, None
    item.put("standfirst", 0.95)
    return True


def _take_byline(item: StoryLine, value: str, start: int, kind: str) -> bool:
    if item.form == "signature" and item.signature:
        return True
    signed = bylines.sign(value) or bylines.sign(f"By {value}")
    people: tuple[ParsedByline, ...] = signed.bylines if signed else bylines.bare_names(value)
    item.form, item.citation = "signature", None
    item.signature = signed or Signature(people)
    return bool(people)


def _take_dateline(item: StoryLine, value: str, start: int, kind: str) -> bool:
    _cut_label(item, start)
    item.form, item.citation = "dateline", None
    return True


def _cut_label(item: StoryLine, start: int) -> None:
    item.left.append(trim(item.line.text[:start]))
    item.line = item.line.part(start)


def _take_citation(item: StoryLine, value: str, start: int, kind: str) -> bool:
    """A paper's name, a day, a page or a section; one line may say several."""
    printed = item.citation
    found = Citation(is_labelled=True, page=printed.page if printed else None)
    item.form, item.citation, item.signature = "citation", found, None
    found.stamps = list(find_stamps(fold(value)))
    end = found.stamps[0].start if found.stamps else len(value)
    name = trim(re.split(r"\s?;|\s{2,}", value[:end])[0]).strip(",;:([ ")
    if kind == "publication" and name:
        found.publication = name
        behind = _PAGE_BEHIND.match(value, found.stamps[0].end) if found.stamps else None
        found.page = behind["page"] if behind else found.page
    elif kind == "page" and _PAGE.fullmatch(value):
        found.page = value.upper()
    elif kind == "page" and (pages := list(find_pages(fold(value)))):
        found.page = pages[0].page
    elif kind in ("page", "section"):
        pages = list(find_pages(fold(name)))
        found.page = pages[0].page if pages else found.page
        found.section = name[: pages[0].start].strip(", ") if pages else name or None
    return bool(found.publication or found.stamps or found.page or found.section)


def _take_caption(item: StoryLine, value: str, start: int, kind: str) -> bool:
    if _is_kind(value):
        return False
    item.left.append(trim(item.line.text[:start]))
    item.form, item.caption = "caption", ParsedCaption(*captions.split_credit(value))
    return True


def _take_credit(item: StoryLine, value: str, start: int, kind: str) -> bool:
    item.form, item.caption = "credit", ParsedCaption("", value)
    return True


_READERS = {
    "headline": _take_headline,
    "standfirst": _take_standfirst,
    "byline": _take_byline,
    "dateline": _take_dateline,
    **dict.fromkeys(("publication", "date", "page", "section"), _take_citation),
    "caption": _take_caption,
    "credit": _take_credit,
}
