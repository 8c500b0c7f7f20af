"""What the value behind a label, or in a column's cell, says: each field read by its own kind."""

import re
from collections.abc import Iterable
from datetime import datetime, time

from archive.contrib.intake.document_builder import DocumentBuilder
from archive.contrib.intake.labels.names import is_empty, language_of
from archive.contrib.intake.layout import chinese, english
from archive.contrib.intake.layout.bylines import sign
from archive.contrib.intake.layout.citations import read_signed
from archive.contrib.intake.layout.lines import fold, is_chinese, trim
from archive.contrib.intake.layout.stamps import Stamp, find_pages, find_stamps, han_number
from archive.contrib.intake.outlets import looks_like_paper
from archive.contrib.intake.records import TRANSLATOR
from archive.files.xml import moment
from archive.text.stored_messages import message as _

_SEVERAL = re.compile(r"[;,、，；|]")
_PEOPLE = re.compile(r"\s*[;；|]\s*")
_ADDRESS = re.compile(r"\s*[<(]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>)]?")
# What says that a reader signs: "(letter) E. Hill, Hornby", "Letter from E. Hill".
_LETTER = re.compile(
    r"[(\[](?:reader['’]?s? )?(?:letter|reader)[)\]]\s*"
    r"|(?:reader['’]s )?letter(?: to the editor)?(?: from| by|:)\s+",
    re.IGNORECASE,
)
# "HENDRICKS, LYNETTE": a catalogue's order of names.
_TURNED = re.compile(r"(?P<last>[^\W\d_][\w'’. -]{1,30}), (?P<first>[A-Z][\w'’. -]{0,30})")
_INITIAL = re.compile(r"(?:[A-Z]\. ?)+[A-Z]")
# A language as machines name it, or none.
_TAG = re.compile(r"(?:[A-Za-z]{2,3}(?:[-_]\w{2,8}){0,3})?")
# A time of day in a line of its own.
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_NUMBER = re.compile(
    r"第?\s?(?P<page>[A-Z]{0,2}[.-]?\d{1,3}(?:-?[A-Z])?)(?:\.0)?\s?(?:版|页|頁)?", re.IGNORECASE
)
_MARKED = re.compile(r"^《([^《》]+)》")
# "3-4", "A03—A04版", "1版、4版", "1 and 4".
_ONE_OF_PAGES = r"第?\s?[A-Z]{0,2}\d{1,3}\s?(?:版|页|頁)?"
_TO, _AND = r"\s?[-–—~至到]\s?", r"\s?(?:[、,;/&和及与]|\band\b)\s?"
_PAGES = re.compile(rf"{_ONE_OF_PAGES}(?:(?:{_TO}|{_AND}){_ONE_OF_PAGES})+", re.IGNORECASE)
_PAGES_PART = re.compile(rf"(?P<to>{_TO})|(?P<and>{_AND})|(?P<page>[A-Z]{{0,2}}\d+)", re.IGNORECASE)
_NAME_END = re.compile(r"\s?[;\[]|\s{2,}|,?\s+(?=pp?\.? ?\d)")
# A publication's date may be followed by the page: "04 Oct 1998: 7."
_ARCHIVE = re.compile(
    r",? (?:(?:digital|historical|online) ){1,2}(?:archive|collection|newspapers?)s?\b"
    r"(?:,? [(]?\d{4}\s?[-–]\s?(?:\d{4}|current)[)]?)?$",
    re.IGNORECASE,
)
_PAGE_BEHIND = re.compile(r":\s*(?P<page>[A-Z]{0,2}\.?\d{1,3})\b")
_AS_THEY_STAND = ("dateline", "url", "contact", "identifier")


def fill(
    story: DocumentBuilder, field: str, text: str, *, date_format: str = "", role: str = ""
) -> None:
    """Puts what a value says into the story; what a field has already it keeps.

    `role` is what the label says of those who sign.
    """
    text = " ".join(text.split())
    if is_empty(text):
        if any(map(str.isalnum, text)):
            story.body.add("furniture", text)  # 佚名: that it has none is said beside it.
        return
    if field == "byline" and (address := _ADDRESS.search(text)):
        story.contact = story.contact or address[0].strip("<>() ")
        text = trim(text[: address.start()] + text[address.end() :])
    if field == "byline" and (not any(map(str.isalpha, text)) or chinese.names_nobody(text)):
        story.unread.append(text)  # A count of "words", or what somebody is.
        return
    if field == "byline" and not story.publication and looks_like_paper(text):
        field = "publication"  # A catalogue's "Creator".
    if field == "date":
        read_date(story, text, date_format)
    elif field == "publication":
        _read_source(story, text)
    elif field in ("page", "section"):
        _read_place(story, text, field)
    elif field == "byline":
        if letter := _LETTER.match(text):
            story.is_letter, text = True, text[letter.end() :]
        is_told = role != TRANSLATOR or sign(text) is not None
        prefix = "" if is_told else "译者：" if is_chinese(text) else "Translated by "
        # "From our Correspondent" names nobody, and is printed all the same.
        printed = [text] if english.is_post(text) else people(text)
        story.bylines += [prefix + one for one in printed]
    elif field == "keywords":
        story.keywords += [word.strip() for word in _SEVERAL.split(text)]
    elif field == "rights":
        story.rights.append(text)
    elif field == "language":
        _read_language(story, text)
    elif field in _AS_THEY_STAND:
        setattr(story, field, getattr(story, field) or text)


def page_of(text: str) -> str:
    """The page that words such as "page 3" or "第3版" name; "" for none."""
    story = DocumentBuilder()
    fill(story, "page", text)
    return story.page


def people(text: str) -> list[str]:
    """A byline's parts as printed, each of which signs; what somebody is stays out."""
    if read_signed(text) or sign(text):
        return [text]
    found: list[str] = []
    for part in _PEOPLE.split(text):
        if turned := _TURNED.fullmatch(part):
            # "E. Hill, Hornby": initials are before the surname, and a place behind it.
            is_name = not (_INITIAL.match(turned["last"]) or english.is_post(turned["first"]))
            part = f"{turned['first']} {turned['last']}" if is_name else part
        if part and not (found and english.is_post(part)):
            found.append(part)
    return found


def read_date(story: DocumentBuilder, text: str, date_format: str = "") -> None:
    """As the mapping says, or as papers and databases write dates. Others are noted, not lost."""
    if story.published:
        clock = _CLOCK.fullmatch(text)
        if clock and not story.has_time:
            story.published = story.published.replace(hour=int(clock[1]), minute=int(clock[2]))
            story.has_time = True
        return
    if date_format:
        try:
            story.published = datetime.strptime(text, date_format)
            story.has_time = story.published.time() != time()
        except ValueError:
            pass
    else:
        story.published, story.has_time = moment(text)
    if story.published:
        return
    stamp = next((one for one in find_stamps(fold(text)) if one.day), None)
    if stamp and stamp.day:
        _take_stamp(story, stamp, text)
        left = f"{text[: stamp.start]} {text[stamp.end :]}".strip()
    else:
        story.notes.append(_("The date could not be read: %(date)s") % {"date": text})
        left = text
    # "Issue: 3 May 1946, p. 2"
    page = next(find_pages(fold(left)), None)
    story.page = story.page or (page.page if page else "")
    is_said = _WEEKDAY.fullmatch(left) or (
        page and not any(map(str.isalpha, f"{left[: page.start]}{left[page.end :]}"))
    )
    story.unread += [left] if any(map(str.isalnum, left)) and not is_said else []


def is_day(text: str) -> bool:
    """Whether it begins with a day: "3 May 1946, p. 2"."""
    stamp = next((one for one in find_stamps(fold(text)) if one.day), None)
    return stamp is not None and not fold(text)[: stamp.start].strip()


_PAIR = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}")
_WEEKDAY = re.compile(
    r"\W*(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*|(?:星期|周|週)[一二三四五六日天])\W*",
    re.IGNORECASE,
)


def _take_stamp(story: DocumentBuilder, stamp: Stamp, text: str) -> None:
    if stamp.day is None:
        return
    story.published = datetime.combine(stamp.day, stamp.at or time())
    story.has_time = stamp.at is not None
    story.is_doubtful_day = stamp.is_ambiguous
    if stamp.is_ambiguous:
        reason = _("The date %(date)s may have day and month the other way round.")
        story.doubt = reason % {"date": text}
        story.notes.append(story.doubt)


def is_day_first(dates: Iterable[str]) -> bool:
    """Whether such dates as 03/02/1959 have the day first: another's first number is no month."""
    pairs = [tuple(map(int, match.groups())) for text in dates if (match := _PAIR.match(text))]
    return any(first > 12 for first, _second in pairs) and all(second <= 12 for _, second in pairs)


def _read_source(story: DocumentBuilder, text: str) -> None:
    """ "Cape Argus; 08/14/2004, p5, 1p": a paper, and what may stand behind its name."""
    text = _MARKED.sub(r"\1", text)
    folded = fold(text)
    stamp = next((one for one in find_stamps(folded) if one.day), None)
    page = next(find_pages(folded), None)
    if archive := _ARCHIVE.search(text):
        # "The Cray Valley Times Historical Archive, 1861-1985" is a database of that paper.
        story.unread.append(text[archive.start() :].strip(" ,"))
        text = text[: archive.start()]
        folded = fold(text)
        stamp = page = None
    if not stamp and not page:
        # "The Mesa Sentinel; Carlsbad, N.M.": its place stands behind it.
        name = text if len(text) < 80 and ";" not in text else _NAME_END.split(text)[0]
        story.publication = story.publication or name
        return
    ends = [one.start for one in (stamp, page) if one]
    name = trim(_NAME_END.split(text[: min(ends)])[0]).strip(",;:([·. ")
    story.publication = story.publication or name
    if stamp and not story.published:
        _take_stamp(story, stamp, text)
    behind = _PAGE_BEHIND.match(text, stamp.end) if stamp else None
    story.page = story.page or (behind["page"] if behind else page.page if page else "")
    if stamp and page and stamp.end < page.start:
        # "(May 5, 2013): News: p7": the section stands between them.
        between = text[stamp.end : page.start].strip(" ,;:()[].")
        is_name = between.replace(" ", "").replace("&", "").isalpha()
        story.section = story.section or (between if is_name else "")


def _read_place(story: DocumentBuilder, text: str, field: str) -> None:
    """ "A06：财富·企业", "NEWS; Pg. 7", "第5版 文化": a page, a section or both."""
    folded = fold(text)
    if field == "page" and (label := _whole_page(folded)):
        story.page = story.page or label
        return
    page = next(find_pages(folded), None)
    start, end, label = (page.start, page.end, page.page) if page else (0, 0, "")
    edge = _LEADING.match(folded) or _LAST.search(folded)
    if field == "page" and not page and edge:
        start, end, label = *edge.span(), _without_zeros(edge["page"])
    if field == "section" and folded.isdecimal():
        story.body.add("furniture", text)  # A column's number.
        return
    around = (trim(one).strip(_EDGES) for one in (text[:start], text[end:] if label else text))
    rest = "; ".join(filter(None, around))
    story.page = story.page or label
    if field == "page" and not label:
        rest = text
    elif field != "section" and _SMALL.search(rest):
        story.body.add("furniture", rest)
        return
    if story.section and rest and fold(rest) != fold(story.section):
        story.unread.append(rest)
    story.section = story.section or rest


def _whole_page(folded: str) -> str:
    """The label of a page, or of several: "3", "A2", "3–4", "1, 4"; "" where other words stand."""
    if match := _NUMBER.fullmatch(folded):
        return _without_zeros(match["page"])
    if match := _HAN_PAGE.fullmatch(folded):
        return str(han_number(match["page"]))
    if not _PAGES.fullmatch(folded):
        return "1" if _FRONT.fullmatch(folded) else ""
    parts = _PAGES_PART.finditer(folded)
    marks = {"to": "–", "and": ", ", "page": ""}
    return "".join(marks[one.lastgroup or "page"] or _without_zeros(one["page"]) for one in parts)


def names_page(text: str) -> bool:
    """Whether a column's cell holds a page's label, and not only a section's name."""
    folded = fold(" ".join(text.split()))
    ends = _LEADING.match(folded) or _LAST.search(folded)
    return bool(_whole_page(folded) or ends or next(find_pages(folded), None))


_FRONT = re.compile(r"front page|封面", re.IGNORECASE)
_HAN_PAGE = re.compile(r"第?\s?(?P<page>[一二三四五六七八九十廿]{1,3})\s?(?:版|页|頁)?")
_EDGES = ",;:：·|/（）() "
_LEADING = re.compile(r"(?P<page>[A-Z]{0,2}\d{1,3})(?=[\s:,;·/版]|$)\s?版?", re.IGNORECASE)
# "要闻·A3"
_LAST = re.compile(r"(?<=[\s:,;·/])\s?(?P<page>[A-Z]{0,2}\d{1,3})\s?版?$", re.IGNORECASE)
# What a page's place in a print has: "col. 4", "1p".
_SMALL = re.compile(r"\d|\bcol|columns?\b", re.IGNORECASE)


def _without_zeros(page: str) -> str:
    return (page.lstrip("0") or page if page.isdecimal() else page).upper()


def _read_language(story: DocumentBuilder, text: str) -> None:
    language = language_of(text)
    if language or _TAG.fullmatch(text):
        story.language = language or text
    else:
        story.unread.append(text)
