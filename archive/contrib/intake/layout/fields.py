"""Puts each line into the field that its label says.

What a line says by its own form stands: a citation, a byline with "By", a contact, a notice. Of
every other line the learnt label decides (`line_labels`), above the text and amid it, and its
probability is the confidence. What is left to rules is what a label can't say: which names a
byline holds, where a caption's credit is, that a line is printed twice.
"""

import re
from dataclasses import replace
from itertools import groupby, pairwise, takewhile

from archive.contrib.intake.layout import bylines, captions, datelines, english, furniture
from archive.contrib.intake.layout.bylines import Signature
from archive.contrib.intake.layout.citations import Citation, tells_origin
from archive.contrib.intake.layout.forms import (
    Label,
    LineLabel,
    Role,
    StoryLine,
    told_in,
    without_bullet,
)
from archive.contrib.intake.layout.headlines import (
    TOP,
    headline_lines,
    may_be_names,
    read_decks,
)
from archive.contrib.intake.layout.lines import Line, key, shared_words, trim
from archive.contrib.intake.layout.papers import is_title
from archive.contrib.intake.layout.sign_offs import sign_off
from archive.contrib.intake.outlets import is_masthead, known_outlet, looks_like_paper
from archive.contrib.intake.records import PHOTOGRAPHER, ParsedCaption
from archive.text.markup.inline_markup import BREAK

_BODY: dict[Label, Role] = {
    "headline": "unplaced",
    "standfirst": "paragraph",
    "byline": "unplaced",
    "paragraph": "paragraph",
    "subhead": "subhead",
    "caption": "caption",
    "other": "unplaced",
}
_HEAD: dict[Label, Role] = {**_BODY, "standfirst": "standfirst"}
# A line of these forms, and no other, is taken for a menu's or a counter's where its label says so.
_DOUBTFUL = ("caption", "credit", "quote")
_ORIGINS = ("citation", "prose", "open")
_MENUS = ("list_item", "table_row")
_SHORTEST_POINT, _LONGEST_POINT = 50, 70
# How probable a label must be to overrule a line's own form.
_OVERRULES = 0.7
_SHOWN, _SHOWS = 1.5, 0.5
# A shorter line below the story's end is no text of it; a longer one amid it surely is.
_SHORTEST_PROSE, _LONG, _SURE = 60, 110, 0.9
_LONGEST_CREDITED, _LONGEST_STANDFIRST = 500, 450
_STATED, _GUESSED, _STRANGE, _HALF = 0.97, 0.85, 0.5, 0.5
_FEWEST_ALIKE, _LONGEST_SECTION = 2, 24
# "原标题：…"
_ORIGINAL = re.compile(r"(?:原标题|标题|题目|原题|headline|title)\s?[:：]\s*", re.IGNORECASE)
# What older papers put before each headline.
_BULLETS = "●◎○◉◆◇■□▲△★☆※"
# How far from the edge a line in the middle begins, and what two of them may be taken for.
_CENTRED, _DECKS_ROLES = 4, {"standfirst", "unplaced"}
_DECKS = ("▲", "△")
_OPENING_QUOTES = tuple('“"「『‘')
# "… and the bread is warm. Li Na reports."
_REPORTS = re.compile(
    r"(?<=[.!?]) [A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|and)){1,5} reports?"
    r"(?: (?:from|in) [^.]{2,40})?\.$"
)


def read_fields(items: list[StoryLine], *, has_captions: bool = True) -> None:
    """Puts every line that has a label into its field.

    Without `has_captions` a line that seems one is a paragraph, unless its own form says more.
    """
    for item in items if not has_captions else ():
        if item.form in ("open", "prose") and item.seems("caption", least=0):
            item.guess = LineLabel("paragraph", 0.6)
    _read_title_label(items)
    read_decks(items)
    _keep_origins(items)
    _keep_last_paragraph(items)
    _keep_only_prose(items)
    body = [at for at, item in enumerate(items) if item.seems("paragraph", least=0)]
    first, last = (body[0], body[-1]) if body else (len(items), len(items))
    _keep_lists_of_names(items[last + 1 :])
    for at, item in enumerate(items):
        _settle_form(item, is_amid=first < at < last, is_below=at > last)
    title = headline_lines(items, first)
    _put_headline(items, title)
    _take_captions_below(items)
    _take_points(items, title[-1] if title else len(items))
    start = _start_of_body(items, title[-1] if title else -1)
    _read_above(items, title[0] if title else start)
    _read_head(items, title[-1] if title else start, start)
    _take_credits(items)
    end = _end(items, start)
    for at, item in enumerate(items[start:], start=start):
        if item.is_free and item.guess:
            is_cut = at > end and item.line.size < _SHORTEST_PROSE and item.line.kind == "text"
            # Verse, fares, an address amid the text: a subhead has one line.
            is_broken = item.line.kind == "paragraph" and BREAK in item.line.markup
            is_text = is_broken or _introduces(item, items[at + 1 : at + 2])
            label: Label = "paragraph" if is_text else item.guess.label
            _put(item, "unplaced" if is_cut else _BODY[label])
    _take_like_subheads(items, start)
    _leave_repeats(items)


def _take_like_subheads(items: list[StoryLine], start: int) -> None:
    """A short line that stands amid the text as two subheads or more do is one, too."""
    told = [at for at, item in enumerate(items) if item.role == "paragraph"]
    heads = [item.line for item in items[start:] if item.role == "subhead"]
    plain = [line for line in heads if line.kind == "text" and line.gap]
    if len(plain) < _FEWEST_ALIKE or len(plain) < len(heads):
        return
    widest = max(line.size for line in plain) * 1.5
    for at in range(told[0] + 1, told[-1]) if told else ():
        line, is_waiting = items[at].line, items[at].role == "unplaced" and items[at].form == "open"
        is_between = {at - 1, at + 1} <= set(told) and line.gap and items[at + 1].line.gap
        # A page's number makes it a running head.
        is_like = line.size <= widest and not (line.ends_sentence or re.search(r"\d", line.text))
        if is_waiting and is_between and is_like:
            items[at].put("subhead", 0.7)


def _keep_origins(items: list[StoryLine]) -> None:
    """ "Source: City Council" below a table or amid the text is text; below all of it, it waits."""
    told = [at for at, item in enumerate(items) if item.form == "prose" or item.seems("paragraph")]
    rows = [at for at, item in enumerate(items) if item.form == "table_row"]
    for at in range(min([*told, *rows], default=len(items)) + 1, len(items)):
        item = items[at]
        is_line = item.line.kind in ("text", "paragraph") and item.form in _ORIGINS
        if is_line and tells_origin(item.line):
            item.form, item.citation = "open", None
            is_text = at - 1 in rows or at < max(told, default=0)
            item.put("paragraph" if is_text else "unplaced", 0.9)


def _introduces(item: StoryLine, below: list[StoryLine]) -> bool:
    """ "她说：" is a paragraph however short: what follows is said."""
    is_plain = item.line.kind == "text" and not item.line.is_emphasised
    is_said = any(one.line.text.startswith(_OPENING_QUOTES) for one in below)
    is_text = is_said or item.seems("subhead", least=0)
    return is_plain and is_text and item.line.folded.endswith(":")


def _put(item: StoryLine, role: Role) -> None:
    """A free line's field by its label; what its format says itself is that."""
    sure = item.guess.probability if item.guess else 0.5
    item.put(role, round(sure, 2))
    if role == "caption":
        item.caption = ParsedCaption(*captions.below_picture(item.line.text))


def _read_title_label(items: list[StoryLine]) -> None:
    """ "原标题：" before words: they are the headline as first printed."""
    for item in items[:TOP]:
        match = _ORIGINAL.match(item.line.folded) if item.line.kind == "text" else None
        if match and item.form in ("prose", "open", "caption", "citation"):
            item.label, item.form = match.end(), "open"


def _keep_lists_of_names(below: list[StoryLine]) -> None:
    """Names one below the other, below a text: that one of them signs makes no list a byline."""
    for is_named, run in groupby(below, key=may_be_names):
        names = list(run)
        signed = [one for one in names if one.seems("byline")]
        for one in signed if is_named and len(signed) < len(names) else ():
            one.guess = LineLabel("other", 0.5)


def _keep_last_paragraph(items: list[StoryLine]) -> None:
    """The last paragraph's own "(Xinhua)" is the story's, not a picture's."""
    last = next((one for one in reversed(items) if one.form in ("prose", "open", "caption")), None)
    is_caption = last is not None and last.form == "caption" and last.line.kind == "text"
    is_caption = is_caption and last is not None and not last.role
    text = last.line.text if last and is_caption else ""
    signed = sign_off(text)
    people = signed[2].bylines if signed and signed[2] else ()
    is_shot = bool(people) and all(one.role == PHOTOGRAPHER for one in people)
    if last and signed and not is_shot and captions.shown_score(text) < _SHOWN:
        last.form, last.caption, last.guess = "prose", None, LineLabel("paragraph", 0.9)


def _keep_only_prose(items: list[StoryLine]) -> None:
    """Running text is the story's where nothing else is: a letter's "Sir, your report of …"."""
    for item in () if any(one.seems("paragraph", least=0) for one in items) else items:
        is_text = item.form == "prose" and item.line.kind == "text"
        # What a column of texts holds is text, with a stop or without.
        is_text = is_text or (item.is_free and item.line.kind == "paragraph")
        if is_text and item.seems("other", "standfirst", "byline", least=0):
            item.guess = LineLabel("paragraph", 0.6)


def _settle_form(item: StoryLine, *, is_amid: bool, is_below: bool) -> None:
    """What a line's own form said goes where its label surely says more."""
    if item.line.kind != "text" or item.role:
        return
    # Menus are lists, too, but not amid the text.
    may_be_menu = not is_amid and item.line.size < _SHORTEST_POINT
    doubtful = (*_DOUBTFUL, *_MENUS) if may_be_menu else _DOUBTFUL
    if item.form in doubtful and item.seems("other", least=_OVERRULES):
        _leave(item)
    elif item.form in ("open", "prose", "caption", "credit") and item.seems("byline"):
        _sign(item, is_below=is_below)
        if item.form == "prose" and not is_below and item.line.size > _LONG:
            item.guess = LineLabel("paragraph", 0.6)  # It has no names.
    elif item.form == "open" and not (is_amid or is_below) and _signs_for_paper(item):
        item.guess = LineLabel("byline", 0.8)
        _sign(item, is_below=False)
    elif item.form in ("open", "prose") and item.seems("caption", least=0):
        item.form = "caption"
        item.caption = ParsedCaption(*captions.below_picture(item.line.text))
    elif is_below and _is_link(item) and item.seems("other"):
        _leave(item)
    elif _is_long(item) and item.seems("other", least=0) and not item.seems("other", least=_SURE):
        item.guess = LineLabel("paragraph", 0.6)


def _is_long(item: StoryLine) -> bool:
    """Whether a line without a stop is as long as running text, and no row of links."""
    return item.form == "open" and item.line.size > _LONG and not set("|｜") & set(item.line.text)


def _is_link(item: StoryLine) -> bool:
    """ "More Local News" may be a link; a paper signs in brackets, or with a dash."""
    cited = item.citation
    is_name = cited is not None and cited.is_name_only and not is_masthead(cited.publication or "")
    return is_name and item.line.text[:1].isalnum()


def _leave(item: StoryLine) -> None:
    item.form, item.furniture, item.caption = "furniture", "", None
    item.citation = item.signature = None


def _sign(item: StoryLine, *, is_below: bool) -> None:
    """A byline by its place: its names need no "By", and a place or a paper may follow them."""
    signature, left = bylines.sign_labelled(item.line.text, is_below=is_below)
    if item.form == "credit":  # Papers credit pictures of others' so.
        signature = replace(signature, publication=None)
    if signature.bylines:
        item.form, item.caption, item.signature = "signature", None, signature
        item.put("byline", item.guess.probability if item.guess else 0.8)
        item.left += left


def _signs_for_paper(item: StoryLine) -> bool:
    """Whether it is names and the paper that they write for: what a headline never is."""
    return bool(bylines.sign_labelled(item.line.text)[0].publication)


def _put_headline(items: list[StoryLine], title: list[int]) -> None:
    """The headline's lines."""
    shared = shared_words(" ".join(items[at].line.folded for at in title), told_in(items))
    # Without a word of the text it is a guess.
    most = _STATED if shared else _GUESSED
    above = items[title[0] - 1].citation if title and title[0] else None
    head = [*takewhile(lambda one: one.form != "prose", items)]
    others = [one for at, one in enumerate(head) if at not in title]
    is_framed = any(one.citation for one in others) and all(
        one.citation or one.form == "furniture" or furniture.names_section(one.line.text)
        for one in others
    )
    named = above.publication or "" if above and above.is_name_only else ""
    is_name = len(title) == 1 and is_title(items[title[0]].line.text)
    is_named = any(one.citation and one.citation.publication for one in items)
    if is_name and is_framed and not is_named:
        # With nothing but a day or a page it may be a paper's name, though it has the city's.
        line = items[title[0]].line
        is_short = len(line.text) <= 4 if line.is_chinese else len(line.text.split()) <= 2
        most = most if shared > _HALF and not is_short else _STRANGE
    elif named and not (is_masthead(named) or looks_like_paper(named)):
        most = _STRANGE  # Below a name of which nothing says that it is a paper's.
    for at in title:
        item = items[at]
        sure = item.guess.probability if item.guess else _STATED
        item.put("headline", _STATED if item.line.kind == "headline" else min(most, sure))
        bare = without_bullet(item.line.text)
        if at == title[0] and bare != item.line.text and item.line.text[:1] in _BULLETS:
            item.line = item.line.part(len(item.line.text) - len(bare))
        if item.label:
            item.left.append(trim(item.line.text[: item.label]))
            item.line = item.line.part(item.label)


def _start_of_body(items: list[StoryLine], title: int) -> int:
    """The first paragraph's line: one that is said again, or names the writer, sums up."""
    told = [at for at in range(title + 1, len(items)) if _may_begin(items[at])]
    if not told:
        return len(items)
    first, below = items[told[0]], items[told[min(1, len(told) - 1)]]
    if first.line.is_body:
        return told[0]
    heads = [items[at] for at in told if items[at].seems("subhead", least=0)]
    if len(heads) == 1 and heads[0] is first and first.line.kind == "text":
        # A subhead is one of several, or stands amid the text.
        first.guess = LineLabel("standfirst", 0.7)
        return told[1] if len(told) > 1 else len(items)
    between = items[told[0] : told[1]] if len(told) > 1 else []
    is_above_names = any(one.form == "signature" for one in between)
    again = below is not first and key(below.line.text).startswith(key(first.line.text))
    leads = (
        again
        or is_above_names
        or reporter(first.line)
        or furniture.summary_label(first.line.folded)
    )
    is_short = first.line.kind == "text" and len(first.line.text) <= _LONGEST_STANDFIRST
    if leads and title >= 0 and is_short and len(told) > 1:
        first.guess = LineLabel("standfirst", 0.8)
        return told[1]
    return told[0]


def _may_begin(item: StoryLine) -> bool:
    """Whether the body may begin with a line."""
    is_text = item.is_free or item.form in ("list_item", "table_row", "quote")
    is_told = item.seems("paragraph", "subhead", least=0)
    return is_text and is_told and not datelines.DATELINE_ONLY.fullmatch(item.line.text)


def _end(items: list[StoryLine], start: int) -> int:
    """The contact or the desk's names below the text: what stands below them isn't its text."""
    prose = [at for at, item in enumerate(items) if at >= start and item.form == "prose"]
    middle = prose[len(prose) // 2] if prose else len(items)
    closing = (at for at in range(middle, len(items)) if items[at].form in ("contact", "editors"))
    return next(closing, len(items))


def _read_above(items: list[StoryLine], title: int) -> None:
    """What stands above the headline and has no field: kickers, sections."""
    for item in items[:title]:
        if item.is_free and (section := furniture.read_section(item.line.text)):
            left = [] if section == item.line.text else [item.line.text]
            item.form, item.citation = "citation", Citation(section=section, left=left)
        elif item.is_free:
            is_place = datelines.DATELINE_ONLY.fullmatch(item.line.text)
            item.put("dateline" if is_place else "unplaced", 0.8)
    if 0 < title < len(items) and not any(one.citation and one.citation.section for one in items):
        _take_section(items[title - 1], items[title].line.text)


def _take_section(item: StoryLine, headline: str) -> None:
    """A word or two right above the headline, where nothing else names the section."""
    text = item.line.text.strip("【】[]《》 ")
    is_short = len(text) <= 4 if item.line.is_chinese else len(text.split()) <= 3
    is_name = is_short and len(text) <= _LONGEST_SECTION and text.replace(" ", "").isalpha()
    if item.role != "unplaced" or item.form != "open" or not is_name:
        return
    is_other = bylines.bare_names(text) or english.is_post(text) or furniture.is_button(text)
    is_other = is_other or key(text) == key(headline)
    if is_other or known_outlet(text) or looks_like_paper(text) or text.endswith("dition"):
        return
    item.form, item.role = "citation", ""
    item.citation = Citation(section=text, is_labelled=True)


def _read_head(items: list[StoryLine], title: int, start: int) -> None:
    """What stands between the headline and the first paragraph."""
    for item in items[title + 1 : start]:
        text = item.line.text
        if item.form == "list_item" and item.line.kind == "text" and not item.seems("other"):
            _take_point(item)
        elif _is_marked_deck(item):
            # An older paper's ▲ below its headline.
            item.form, item.caption, item.line = "open", None, item.line.part(1)
            item.guess = LineLabel("standfirst", 0.7)
        if not item.is_free or not item.guess:
            continue
        if key(text[item.label :]) == key(items[title].line.text):
            item.put("unplaced", 0.95)
        elif datelines.DATELINE_ONLY.fullmatch(text):
            item.put("dateline", 0.85)
        elif item.line.kind != "subhead":
            _put(item, _HEAD[item.guess.label])
            item.signature = reporter(item.line) if item.role == "standfirst" else None
    for above, below in pairwise(items[title + 1 : start]):
        # A deck's lines that are centred in one block are one deck.
        are_centred = min(above.line.indent, below.line.indent) >= _CENTRED and not below.line.gap
        are_open = above.form == below.form == "open" and {above.role, below.role} <= _DECKS_ROLES
        for one in (above, below) if are_centred and are_open else ():
            one.put("standfirst", min(one.confidence, 0.7))


def _is_marked_deck(item: StoryLine) -> bool:
    is_marked = item.form == "caption" and item.line.text[:1] in _DECKS and not item.line.gap
    return (
        is_marked
        and item.caption is not None
        and not (item.caption.credit or item.line.ends_sentence)
    )


def _take_points(items: list[StoryLine], title: int) -> None:
    """A list in the head, above all running text: what the story says, point by point.

    A menu looks like one, but stands above the headline or has words of buttons.
    """
    head = takewhile(lambda one: one.form != "prose", items[title + 1 :])
    for is_point, run in groupby(head, _may_be_point):
        points = list(run)
        if is_point and len(points) >= _FEWEST_ALIKE and points[-1] is not items[-1]:
            for item in points:
                _take_point(item)
            return


def _may_be_point(item: StoryLine) -> bool:
    """Whether it is a list's item of several words, of which nothing says what else it is."""
    text = item.line.text
    bare = _without_sign(text)
    is_listed = bare != text and item.line.kind == "text" and len(text) <= _LONG
    is_plain = item.form in ("list_item", "open") or (item.form, item.furniture) == (
        "furniture",
        "",
    )
    has_words = " " in bare or item.line.is_chinese
    # A list of whole sentences is part of the text.
    is_told = item.line.ends_sentence and item.line.size > _LONGEST_POINT
    return is_listed and is_plain and has_words and not (item.signature or is_told)


def _without_sign(text: str) -> str:
    """Without a list's mark, or what Chinese papers put in its place: ■, ●."""
    return without_bullet(text.lstrip(_BULLETS).lstrip())


def _take_point(item: StoryLine) -> None:
    item.line = item.line.part(len(item.line.text) - len(_without_sign(item.line.text)))
    item.form = "open"
    item.put("standfirst", 0.85)


def reporter(line: Line) -> Signature | None:
    """Who signs a standfirst: "… Li Na reports."."""
    if reports := _REPORTS.search(line.text):
        return bylines.sign(trim(reports[0]))
    return None


def _take_credits(items: list[StoryLine]) -> None:
    """A credit on a line of its own goes to its caption: the line above, or the one below."""
    for at, item in enumerate(items):
        if item.form != "credit" or item.caption is None:
            continue
        beside = [items[n] for n in (at - 1, at + 1) if 0 <= n < len(items)]
        keeper = next((one for one in beside if _takes_credit(one, item)), None)
        if keeper:
            _join_credit(keeper, item)


def _take_captions_below(items: list[StoryLine]) -> None:
    """A sentence right below a credit is its caption, where the two stand apart from the rest."""
    for at, (credit, below) in enumerate(pairwise(items)):
        is_apart = credit.line.gap and all(one.line.gap for one in items[at + 2 : at + 3])
        is_credit = credit.form == "credit" and credit.caption is not None
        is_text = below.is_free and below.line.kind == "text" and below.line.ends_sentence
        if is_credit and is_apart and is_text and not below.line.gap:
            _join_credit(below, credit)


def _takes_credit(item: StoryLine, credit: StoryLine) -> bool:
    """Whether a line is the caption of the credit beside it, by its form or as it stands apart."""
    line = item.line
    if line.group and line.group == credit.line.group:
        return item.form == "caption"
    if item.form == "caption" and item.caption and not item.caption.credit:
        return True
    if not item.is_free or item.seems("headline", least=0) or line.size > _LONGEST_CREDITED:
        return False
    shown = captions.shown_score(line.text)
    if line.number > credit.line.number:
        return shown >= 1
    return not line.ends_sentence or shown >= _SHOWS or line.gap > credit.line.gap


def _join_credit(caption: StoryLine, credit: StoryLine) -> None:
    # A caption may name a photographer of its own before the line that credits it.
    told = [one.caption.credit for one in (caption, credit) if one.caption]
    text = caption.caption.text if caption.caption else caption.line.text
    caption.caption = ParsedCaption(text, " / ".join(dict.fromkeys(filter(None, told))))
    caption.form = "caption"
    caption.put("caption", 0.85)
    spans = sorted((caption.line.span, credit.line.span))
    caption.line = replace(caption.line, span=(spans[0][0], spans[1][1]), places=())
    credit.put("caption", 0.85)
    credit.caption = None


def _leave_repeats(items: list[StoryLine]) -> None:
    """A caption that is printed twice is kept once, with the credits of both."""
    seen: dict[str, StoryLine] = {}
    for item in items:
        if item.caption is None or not item.caption.text:
            continue
        first = seen.setdefault(key(item.caption.text), item)
        if first is not item and first.caption:
            credits = dict.fromkeys(filter(None, (first.caption.credit, item.caption.credit)))
            first.caption = replace(first.caption, credit=" / ".join(credits))
            item.caption = None
            item.put("unplaced", 0.9)
