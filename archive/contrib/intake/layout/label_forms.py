"""What the learnt labels change in the forms that lines have by themselves.

A line's own words may look like a table, a caption or nothing at all; with its label it signs the
story, stands below a picture, or names the paper.
"""

import re
from collections.abc import Sequence

from archive.contrib.intake.layout import bylines, captions, datelines, english, furniture
from archive.contrib.intake.layout.bylines import Signature
from archive.contrib.intake.layout.forms import LineLabel, StoryLine
from archive.contrib.intake.layout.lines import trim, unbracketed
from archive.contrib.intake.outlets import is_masthead, looks_like_paper
from archive.contrib.intake.records import ParsedByline, ParsedCaption
from archive.text.scripts import HAN

# Forms that menus and counters have, too.
_DOUBTFUL = ("caption", "credit", "quote")
_MENUS = ("list_item", "table_row")
_PARTS = re.compile(r"\s*[|｜丨]\s*|\s+[-–—/／·•∙]+\s+|\s{2,}|\u3000+")
_CLASS_YEAR = re.compile(r"\s['’‘]\d\d\b")
_AT = re.compile(r" at (?=[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}$)")
_BY = re.compile(r"(?:by[:\s]|from\s)\s*", re.IGNORECASE)
_INVERTED = re.compile(r"([A-Z][\w’'-]+), ([A-Z][\w’'-]+(?: [A-Z]\.)?)\.?")
# "李娜（湛江）"
_PLACED_ZH = re.compile(rf"(?P<name>[{HAN}]{{2,4}})[（(](?P<place>[{HAN}]{{2,6}})[)）]")
_NAME_ZH = re.compile(rf"[{HAN}]{{2,4}}")
_PLACE = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}")
_TITLE = re.compile(r"(?:The )?[A-Z][\w’'&-]*(?: (?:[A-Z&][\w’'&-]*|of|and|the)){0,4}")
_LONGEST = 160
_SHORTEST_OPENING, _SHORTEST_POINT = 60, 50
# A line that says "图为" or ▲ is a caption, whatever it is labelled.
_LONGEST_CAPTION = 300
_SHOWN = 1.5
_LONGEST_PAPER, _SHORTEST_PAPER = 40, 8
# How many lines a paper's name may stand in, from the top.
_MASTHEAD, _FOOT = 12, 8


def change_forms(items: Sequence[StoryLine], labels: Sequence[LineLabel]) -> None:
    """Gives each line its label; what its own form said goes where the label surely says more."""
    body = [at for at, guess in enumerate(labels) if guess.label == "paragraph"]
    for at, (item, guess) in enumerate(zip(items, labels, strict=True)):
        if item.line.kind == "text":
            item.guess = guess
            if item.form == "credit" and body and at > body[0] and _credits(items[at - 1]):
                item.guess = LineLabel("caption", 0.8)
                continue
            _change_form(item, is_amid=bool(body) and body[0] < at < body[-1])
            if body and at > body[-1]:
                _leave_name(item)
            _take_photographer(items, at)


def _credits(above: StoryLine) -> bool:
    """Whether a line may be the caption that a credit stands below."""
    return above.form in ("prose", "open", "caption") and above.line.size < _LONGEST_CAPTION


def _change_form(item: StoryLine, *, is_amid: bool) -> None:
    is_opening = item.form == "prose" and not item.seems("paragraph", "caption")
    if is_opening and item.line.size > _SHORTEST_OPENING and datelines.open_story(item.line.text):
        item.guess = LineLabel("paragraph", 0.8)
        return
    # Menus are lists, too, but not amid the text.
    may_be_menu = not is_amid and item.line.size < _SHORTEST_POINT
    doubtful = (*_DOUBTFUL, *_MENUS) if may_be_menu else _DOUBTFUL
    if item.form == "furniture" and furniture.is_menu(item.line.folded):
        item.guess = LineLabel("other", 0.95)
    elif captions.is_placed(item.line.text) and item.form == "caption":
        item.guess = LineLabel("caption", 0.9)
    elif item.form in doubtful and item.seems("other", least=0.7):
        item.form, item.furniture, item.caption = "furniture", "navigation", None
    elif (
        item.form == "caption"
        and item.seems("paragraph", "headline", least=_taken(item))
        and captions.shown_score(item.line.text) < _SHOWN
    ):
        item.form, item.caption = "prose", None
    elif item.form == "caption" and item.seems("subhead", least=0.8):
        item.form, item.caption = "open", None
    elif not item.is_free and item.seems("headline", least=0):
        item.form, item.citation, item.signature, item.caption = "open", None, None, None
    elif item.form in ("open", "prose", "caption", "credit") and item.seems("byline"):
        _sign(item)
    elif item.form in ("open", "prose") and item.seems("caption", least=_of_picture(item)):
        item.form = "caption"
        item.caption = ParsedCaption(*captions.below_picture(item.line.text))
    elif item.form == "open" and item.seems("caption"):
        item.guess = None  # As its neighbours have it.


def _of_picture(item: StoryLine) -> float:
    """How probable a caption must be: more where nothing in a Chinese line tells it from a
    subhead, neither a full stop nor a credit nor words such as 图为."""
    line = item.line
    is_bare = line.is_chinese and not line.ends_sentence and not captions.shown_score(line.text)
    return 0.7 if is_bare and not captions.below_picture(line.text)[1] else 0.5


def _taken(item: StoryLine) -> float:
    """How probable running text must be where a line says who took a picture."""
    credit = item.caption.credit if item.caption else ""
    return 0.97 if credit.endswith(("摄", "攝")) else 0.8


def _leave_name(item: StoryLine) -> None:
    """ "More Local News" below the text is a link; a paper signs in brackets, or with a dash."""
    cited = item.citation
    if cited is None or not cited.is_name_only or is_masthead(cited.publication or ""):
        return
    if item.seems("other") and item.line.text[:1].isalnum():
        item.form, item.furniture, item.citation = "furniture", "navigation", None


def _sign(item: StoryLine) -> None:
    """A byline by its place: its names need no "By", and a place or a paper may follow them."""
    signature, left = sign_labelled(item.line.text)
    if signature.bylines:
        item.form, item.caption, item.signature = "signature", None, signature
        item.put("byline", item.guess.probability if item.guess else 0.8)
        item.left += left


def sign_labelled(text: str) -> tuple[Signature, list[str]]:
    """Who signs with a line that surely is a byline, and its words that say something else."""
    text = _AT.sub(" in ", _CLASS_YEAR.sub("", unbracketed(text)))
    if len(text) > _LONGEST or set("。！？") & set(text):
        return Signature(()), []
    if not set("|｜丨") & set(text) and (found := bylines.sign(text)):
        return found, []
    placed = _PLACED_ZH.fullmatch(text)
    if placed and (names := bylines.bare_names(placed["name"])):
        return Signature(tuple(_from(one, placed["place"]) for one in names)), []
    if inverted := _INVERTED.fullmatch(text):
        return Signature((ParsedByline(f"{inverted[2]} {inverted[1]}"),)), []
    if not looks_like_paper(_PARTS.split(text)[-1]) and (names := bylines.bare_names(text)):
        return Signature(names), []
    parts = [trim(part) for part in _PARTS.split(text) if trim(part)]
    signed = [(part, one) for part in parts if (one := bylines.sign(part))]
    named = [part for part in parts if _BY.match(part)]
    named = named or [part for part in parts if not looks_like_paper(part)]
    signed = signed or [(part, one) for part in named if (one := _names(part))]
    people = [person for _part, one in signed for person in one.bylines]
    paper = next((one.publication for _part, one in signed if one.publication), None)
    left = [part for part in parts if part not in [whole for whole, _one in signed]]
    # "Li Na | TNN": an agency's initials are no place.
    is_place = len(left) == 1 and _PLACE.fullmatch(left[0]) and not left[0].isupper()
    if is_place and not english.is_post(left[0]):
        if looks_like_paper(left[0]):
            paper = paper or left[0]
        else:
            people, left = [_from(person, left[0]) for person in people], []
    return Signature(tuple(people), paper), left if people else []


def _names(part: str) -> Signature | None:
    """Names without any word that says so, and a paper or a place behind a comma."""
    bare = _BY.sub("", part, count=1) if _BY.match(part) else part
    if people := bylines.bare_names(bare):
        return Signature(people)
    words = bare.lstrip("□■●◆○◎◇▲ ").split()
    if (
        words
        and words[-1][-1] not in "摄攝图圖影片"
        and len(words) <= 4
        and all(map(_NAME_ZH.fullmatch, words))
    ):
        # "重庆巫山　毛和平": a place or a column before the only word with a surname.
        surnamed = [word for word in words if bylines.bare_names(word)]
        return Signature(tuple(ParsedByline(word) for word in surnamed or words))
    names, _comma, tail = bare.rpartition(", ")
    people = bylines.bare_names(names) if names else ()
    if not people or len(tail) > _LONGEST_PAPER:
        return None
    if tail.startswith("The ") or looks_like_paper(tail):
        return Signature(people, tail)
    is_place = _PLACE.fullmatch(tail) and not english.is_post(tail)
    return Signature(tuple(_from(person, tail) for person in people) if is_place else people)


def _from(person: ParsedByline, place: str) -> ParsedByline:
    return ParsedByline(person.name, person.role, person.place or place)


def _take_photographer(items: Sequence[StoryLine], at: int) -> None:
    """A name alone below a caption took the picture."""
    item, above = items[at], items[at - 1] if at else None
    if item.form != "caption" or above is None or above.caption is None:
        return
    if not above.caption.credit and bylines.bare_names(item.line.text):
        item.form, item.caption = "credit", ParsedCaption("", item.line.text)
