"""Names that the archive doesn't have: offered as “new entity?”, never made.

English: two or more capitalised words, or one within a sentence. Chinese has no capitals, so
only people with a title and organisations with a telling last word are offered.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from archive.contrib.name_suggestions.recognition import words
from archive.contrib.name_suggestions.recognition.base import NewName
from archive.contrib.name_suggestions.recognition.geo_hierarchy import clues
from archive.contrib.name_suggestions.recognition.mentions import (
    Taken,
    is_sentence_start,
    is_title_case,
)
from archive.text.language import CHINESE, ENGLISH
from archive.text.passages import Passage, Spot
from archive.text.scripts import HAN
from archive.text.surnames import COMMONEST, IN_PINYIN

# No name has more words or more capitals at its beginning: so a long text is read once.
_WORD = r"[A-Z][\w’'-]{0,40}?[a-z][\w’'-]*"
_NAME_EN = re.compile(rf"\b{_WORD}(?: (?:of (?:the )?|for (?:the )?)?{_WORD}){{0,15}}")
_POSSESSIVE = re.compile(r"['’]s?$")
_BEFORE_PERSON = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof)\.? $|(?i:\b(?:mayor|governor|president|director|manager|chief|"
    r"secretary|professor|engineer|student|teacher|captain|owner|founder|chairman|curator)),? $"
)
_AFTER_PERSON = re.compile(
    r",? (?:who |a |an |the |said|says|told|spoke|\d\d,|mayor|director|manager|professor)"
)
_BEFORE_PLACE = re.compile(r"\b(?i:in|near|outside) $")
# "LEIZHOU, Guangdong - ", 本报雷州9月22日电.
_OPENS = re.compile(r"[A-Z][A-Z .'’-]+(?:, [^-–—()]{2,40})?(?= ?(?:\([^)]{2,40}\) ?)?[-–—])")
_CUT = re.compile(r"[,，、/;()（）]| and ")
_SPEAKS = re.compile(r"(?:said|says|told|added|joked|recalled) $")
_ORGANISATIONS = words.words("""
University College Institute Company Corp Corporation Inc Ltd Bank Group Association Museum
Council Ministry Committee Bureau Foundation Hospital School Academy Orchestra Library Federation
Society Union Agency Commission Press Post Times Daily Airlines Hotel
""")
_EVENTS = words.words("Festival Expo Summit Forum Conference Games Fair Olympics Marathon")
_PLACES = words.words("County District River Lake Bay Island Peninsula Port Mountain Airport")
# Not a name of its own.
_NO_NAMES = (
    words.MAY_PRECEDE
    | words.MAY_FOLLOW
    | words.words("""
I We You He She It They This These Those Nobody Everybody If So Then There Here Europe Asia Africa
European Asian African Pacific Atlantic Christmas Sino Western Eastern Southern Northern Internet
English French German Road Street West East His Her Their Our Its My One Two Three Four Five Six
Seven Eight Nine Ten Some Most Many Few All Such During Contact Last Next Now Nowadays Today
Yesterday
""")
)
# Nor what a name may begin with.
_LEADING = _NO_NAMES | {"the", "of", "for", "Under"}

_ROLES_ZH = (
    f"{words.TITLES_ZH}|教授|主教练|经理|董事长|总裁|工程师|馆长|校长|医生|记者|领队|园丁|策展人"
)
_HAN_NAME = rf"[{COMMONEST}][{HAN}]{{1,2}}?"
_FOREIGN = rf"[{HAN}]{{1,6}}(?:·[{HAN}]{{1,6}}?)+"
_ENDS_ZH = rf"(?=[{words.AFTER_NAME_ZH}来去走到]|周[一二三四五六日]|$)"
_PERSON_ZH = re.compile(rf"(?:{_ROLES_ZH})({_FOREIGN}|{_HAN_NAME}){_ENDS_ZH}")
_PERSON_AND_TITLE_ZH = re.compile(rf"(?<![{HAN}])({_HAN_NAME})(?:{_ROLES_ZH}|先生|女士){_ENDS_ZH}")


# So much of what stands before a name is looked at: more than the longest title.
_NEAR = 40

# Where a name stands in a text, and what kind of name it looks like.
_Found = tuple[int, int, str]


def new_names(
    passages: Sequence[Passage], taken: Sequence[Taken], dateline: str = ""
) -> tuple[NewName, ...]:
    """In the story's order, each once; `taken` by passage. What stands in the dateline, or where a
    place does, is no person."""
    opened = [match[0] for one in passages if (match := _OPENS.match(one.text))]
    places = {one.strip().casefold() for text in (dateline, *opened) for one in _CUT.split(text)}
    spots: defaultdict[tuple[str, str], list[Spot]] = defaultdict(list)
    kinds: dict[str, str] = {}
    for passage, of_passage in zip(passages, taken, strict=True):
        find = _chinese if passage.language == CHINESE else _english
        for start, end, kind in find(passage.text, of_passage):
            text = passage.text[start:end]
            spots[text, passage.language].append(passage.spot(start, end))
            kinds[text] = kinds.get(text) or kind
            before, after = passage.text[max(0, start - _NEAR) : start], passage.text[end : end + 1]
            if _BEFORE_PLACE.search(before) and " " not in text and after not in "’'":
                places.add(text.casefold())
    # Ellison is short for Ruth Ellison.
    parts = {part for text, _in in spots for part in re.split(r"[ ·]", text) if part != text}
    return tuple(
        NewName(text, _unless_place(kinds[text], text, places), language, tuple(of_name))
        for (text, language), of_name in spots.items()
        if text not in parts
    )


def _unless_place(kind: str, name: str, places: Collection[str]) -> str:
    return "place" if kind in ("", "person") and name.casefold() in places else kind


def _english(text: str, taken: Taken) -> Iterator[_Found]:
    if is_title_case(text):
        return
    areas = {clue.start: clue.end for clue in clues(text, ENGLISH)}
    for match in _NAME_EN.finditer(text):
        start, end = _trimmed(text, match.start(), match.end(), areas)
        pieces = text[start:end].split()
        if not pieces or taken.overlaps(start, end):
            continue
        if all(piece in _NO_NAMES or piece.split("-")[0] in _NO_NAMES for piece in pieces):
            continue
        # "Every Thursday", "Early March"; but Theresa May is one.
        if pieces[-1] in words.DAYS and pieces[-1].lower() not in words.COMMON:
            continue
        if (
            len(pieces) == 1
            and (
                start > match.start()
                or is_sentence_start(text, start)
                # A Californian, the Portuguese.
                or any(clues(text[start : end - cut], ENGLISH) for cut in range(3))
            )
        ):
            continue
        yield start, end, _kind(text, start, end, pieces)


def _trimmed(text: str, start: int, end: int, areas: dict[int, int]) -> tuple[int, int]:
    """Without the countries, articles and titles that it begins with, and a possessive."""
    end -= len(text[start:end]) - len(_POSSESSIVE.sub("", text[start:end]))
    while start < end:
        # “Calif.” goes one character beyond the word.
        area_end = areas.get(start, end + 2)
        first = text[start:end].split(" ")[0]
        if area_end <= end + 1:
            start = min(area_end, end)
        elif first in _LEADING:
            start += len(first)
        else:
            break
        start += len(text[start:end]) - len(text[start:end].lstrip())
    return start, end


def _kind(text: str, start: int, end: int, pieces: list[str]) -> str:
    last, before = pieces[-1], text[max(0, start - _NEAR) : start]
    if last in _ORGANISATIONS or pieces[0] in ("University", "Bank", "Museum", "Ministry"):
        return "organisation"
    if last in _EVENTS:
        return "event"
    if last in _PLACES or pieces[0] in ("Port", "Mount", "Lake"):
        return "place"
    is_person = len(pieces) <= 3 and (
        pieces[0] in words.GIVEN_NAMES
        or (pieces[0] in IN_PINYIN and len(pieces) == 2)
        or _BEFORE_PERSON.search(before)
        or _AFTER_PERSON.match(text, end)
        or _SPEAKS.search(before)
    )
    return "person" if is_person else ""


def _chinese(text: str, taken: Taken) -> Iterator[_Found]:
    for pattern in (_PERSON_ZH, _PERSON_AND_TITLE_ZH):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            if not taken.overlaps(start, end):
                taken.add(start, end)
                yield start, end, "person"
