"""Which line of a story's top is its headline: by place, size, neighbours and shared words."""

import re
from itertools import pairwise

from archive.contrib.intake.layout import bylines, datelines, furniture
from archive.contrib.intake.layout.forms import StoryLine
from archive.contrib.intake.layout.lines import Line, key
from archive.text.scripts import HAN

# How many lines the top of a story may have; more is a menu, and the headline is below it.
_SURE_TEXT = 0.7
DEEPEST = 40
LONGEST_HEADLINE = 255
# A headline's score must reach this, else the story has none.
_LEAST = -1.0
# So much more than the second line's makes it clear.
_LEAD = 0.5
# So many characters of the running text are enough to know its words.
_MOST_TOLD = 20_000
_LONG_WORD = re.compile(r"[A-Za-zÀ-ɏ]{4,}|\d{2,}")
_HAN_RUN = re.compile(rf"[{HAN}]{{2,}}")


def find_headline(items: list[StoryLine], stated: str) -> tuple[int, float] | None:
    """The headline's line and how surely it is one; None for a story without any."""
    for at, item in enumerate(items):
        if item.line.kind == "headline":
            return at, 0.97
    for at, item in enumerate(items if not stated else []):
        if item.guess and item.seems("headline", least=0) and not _is_of_menu(items, at):
            return at, item.guess.probability
    # What surely is running text is no headline, even where nothing else is one.
    candidates = [
        at
        for at in _candidates(items)
        if not (items[at].form == "prose" and items[at].seems("paragraph", least=_SURE_TEXT))
    ]
    if not candidates:
        return None
    scores, shared = _scores(items, candidates, stated)
    best, *others = sorted(candidates, key=lambda at: scores[at], reverse=True)
    if scores[best] < _LEAST:
        return None
    # Without a word of the text, or close to another line's, it is a guess.
    is_clear = not others or scores[best] - scores[others[0]] >= _LEAD
    most = 0.97 if is_clear and shared[best] else 0.85
    return best, min(most, _confidence(items, best))


def _is_of_menu(items: list[StoryLine], at: int) -> bool:
    """Whether what the labels take for the headline is a site's: a section, a button, or words
    that the text hasn't, where another line has them and is printed twice or above the day."""
    text = items[at].line.text
    if furniture.read_section(text) or furniture.is_button(text):
        return True
    others = [
        items[n].line
        for n in range(at + 1, min(DEEPEST, len(items) - 1))
        if items[n].form == "open" and (_is_printed_again(items, n) or _is_dated(items[n + 1]))
    ]
    told = _told(items) if others else set()
    return not _told_score(items[at].line, told) and any(_told_score(one, told) for one in others)


def _is_printed_again(items: list[StoryLine], at: int) -> bool:
    words = key(items[at].line.text)
    return len(words) > 8 and any(key(one.line.text) == words for one in items[at + 1 : at + 4])


def _is_dated(item: StoryLine) -> bool:
    return item.citation is not None and bool(item.citation.stamps)


def _candidates(items: list[StoryLine]) -> list[int]:
    """The lines above the running text that may be the headline."""
    candidates: list[int] = []
    for at, item in enumerate(items[:DEEPEST]):
        if item.form == "list_item" or not any(map(str.isalpha, item.line.text)):
            continue
        if item.is_free or (item.citation and item.citation.is_name_only):
            candidates.append(at)
        is_text = item.is_free and item.form == "prose"
        if is_text and datelines.open_story(item.line.text):
            candidates.pop()
            break
        if is_text and len(candidates) > 1:
            # Only the first line of a text may be a headline with a full stop.
            candidates.pop()
            break
        if is_text and item.line.size > 2 * LONGEST_HEADLINE / 3:
            break
    return candidates


def _scores(
    items: list[StoryLine], candidates: list[int], stated: str
) -> tuple[dict[int, float], dict[int, float]]:
    """What speaks for each line, and what of it are the words that it shares with the text."""
    told = _told(items)
    shared = {at: _told_score(items[at].line, told) for at in candidates}
    for at, next_one in pairwise(candidates):
        # A headline of other words stands above the long standfirst that explains it.
        is_longer = items[next_one].line.size > max(65, 1.5 * items[at].line.size)
        if shared[next_one] and is_longer and next_one <= at + 3:
            shared[at] = max(shared[at], shared[next_one])
    scores = {
        at: _headline_score(items, at, order, stated) + shared[at] - _site_score(items, at)
        for order, at in enumerate(candidates)
    }
    for at in candidates:
        # A word alone is a kicker where another line could be the headline.
        is_alone = " " not in items[at].line.text and not items[at].line.is_chinese
        scores[at] -= 2 if is_alone and any(shared[one] for one in shared if one != at) else 0
    return scores, shared


def _site_score(items: list[StoryLine], at: int) -> float:
    """The headline with the site's name behind it, where it stands alone below: "… - The Post"."""
    title = key(items[at].line.text)
    shorter = (key(item.line.text) for item in items[at + 1 : at + 6])
    is_longer = any(len(one) > 8 and title != one and title.startswith(one) for one in shorter)
    return 4.0 if is_longer else 0.0


def _told(items: list[StoryLine]) -> set[str]:
    """The beginnings of the words of the running text; of Chinese each two characters."""
    text = " ".join(item.line.text for item in items if item.form == "prose")[:_MOST_TOLD]
    return set(_stems(text))


def _stems(text: str) -> list[str]:
    pairs = [run[at : at + 2] for run in _HAN_RUN.findall(text) for at in range(len(run) - 1)]
    return [word[:5].casefold() for word in _LONG_WORD.findall(text)] + pairs


def _told_score(line: Line, told: set[str]) -> float:
    """Some of a headline's words are in the running text, too; of a menu's line none."""
    own = _stems(line.text)
    found = sum(stem in told for stem in own)
    return 1.6 + 0.3 * found / len(own) if found * 8 >= len(own) > 0 else 0.0


def _headline_score(items: list[StoryLine], at: int, order: int, stated: str) -> float:
    """How much a line is like the headline: its place, its size, and what stands below it."""
    item = items[at]
    line, text = item.line, item.line.text
    below = items[at + 1] if at + 1 < len(items) else None
    score = 2.0 - 0.5 * min(order, 6)
    if stated and key(stated) == key(text):
        score += 5
    if item.citation:
        score -= 2
    score += _size_score(line.size, len(text))
    if text.endswith((".", "。")):
        score -= 1.0 if line.size < 80 else 3.5
        if below and below.form == "credit":
            score -= 4
    if datelines.open_story(text) or "@" in text:
        score -= 5
    if furniture.read_section(text) or datelines.DATELINE_ONLY.fullmatch(text):
        score -= 4
    if text[:1] in "(（[【<" and text[-1:] in ")）]】>":
        score -= 2.5
    if below and below.is_free and below.form == "open" and _is_kicker(item, below):
        score -= 1.4
    if line.is_chinese and order == 0 and (_is_four_deep(items, at) or _is_print(items, at)):
        score -= 1.4
    if (
        below
        and below.form in ("signature", "citation", "agencies")
        and not (below.citation and below.citation.is_name_only)
    ):
        score += 0.2
    if at and items[at - 1].form == "furniture" and below and below.form == "furniture":
        score -= 2.5
    if bylines.bare_names(text):
        score -= 2 if line.is_chinese else 1
    if line.is_emphasised:
        score += 0.7
    if _is_printed_again(items, at):
        score += 1.5
    return score - (1 if text[:1].islower() else 0)


def _size_score(size: float, length: int) -> float:
    if length > LONGEST_HEADLINE:
        return -6
    if size > 230:
        return -2.5
    if size > 140:
        return -1
    return -0.3 if size < 9 else 0


def _is_four_deep(items: list[StoryLine], at: int) -> bool:
    """Kicker, headline in two lines, standfirst: as many open lines above the byline."""
    return len(items) > at + 4 and all(
        item.is_free and item.form == "open" for item in items[at : at + 4]
    )


def _is_print(items: list[StoryLine], at: int) -> bool:
    """A kicker above a longer headline, as print has them: below the page's own line."""
    above, below = items[at - 1].citation if at else None, items[at + 1 : at + 3]
    return (
        bool(above and above.is_printed)
        and len(below) == 2
        and below[0].form == "open"
        and below[1].form == "signature"
        and items[at].line.size < below[0].line.size
        and not below[0].line.text.startswith(("—", "-"))
    )


def _is_kicker(item: StoryLine, below: StoryLine) -> bool:
    """A word or two above a longer line."""
    line = item.line
    is_short = line.is_chinese and line.size <= 15
    if below.line.text.startswith(("——", "—", "--")):
        return False
    label = line.text.isupper() and len(line.text.split()) <= 3 and not below.line.text.isupper()
    few = line.is_chinese and line.size <= 21 and line.size * 1.8 < below.line.size
    return (is_short or label or few) and below.line.size > line.size


def _confidence(items: list[StoryLine], at: int) -> float:
    """Surest where it is the first line and nothing else could be it."""
    line = items[at].line
    above = [item for item in items[:at] if item.is_free]
    if line.text.endswith((".", "。")) or line.size > 160:
        return 0.55
    below = items[at + 1 : at + 4]
    if len(below) == 3 and all(item.is_free and item.form == "open" for item in below):
        return 0.7
    return 0.95 if not above else 0.8 if len(above) == 1 else 0.65
