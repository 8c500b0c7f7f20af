"""What sums a story up below its headline: decks, main points, a standfirst that names a writer."""

import re
from dataclasses import replace

from archive.contrib.intake.layout import bylines, english, furniture
from archive.contrib.intake.layout.bylines import Signature
from archive.contrib.intake.layout.forms import StoryLine, without_bullet
from archive.contrib.intake.layout.headline import DEEPEST
from archive.contrib.intake.layout.lines import Line, trim

# "… and the bread is warm. Li Na reports."
_REPORTS = re.compile(
    r"(?<=[.!?]) [A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|and)){1,5} reports?"
    r"(?: (?:from|in) [^.]{2,40})?\.$"
)
# "He talks to Li Na about mice.", "Interview by Li Na": who asks, in the words above an interview.
_TALKS = re.compile(
    r"(?:\b(?:talks?|talked|speaks?|spoke|chats?|chatted|sat down) (?:to|with)"
    r"|[Ii]nterview(?:ed)? by) (?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3})(?= about\b|[.,]|$)"
)
LONGEST_STANDFIRST = 450
# A point among a menu's lines isn't shorter, in characters.
SHORTEST_POINT, _LONGEST_POINT = 50, 250
# How many points there may be.
_NEAR = 12
# A label less probable than this gives way to the line's place.
_DOUBTED = 0.8


def take_deck(items: list[StoryLine], at: int) -> None:
    """A line right below the headline that no full stop ends, above names or a day: a deck."""
    deck = items[at + 1] if at + 1 < len(items) else None
    if deck is None or not deck.guess or deck.form != "open" or deck.line.kind != "text":
        return
    text = deck.line.text
    is_doubted = deck.seems("other", "paragraph", "subhead", least=0) and not deck.seems(
        "other", "paragraph", "subhead", least=_DOUBTED
    )
    below = items[at + 2 : at + 5]
    is_above = any(item.form in ("signature", "citation") or item.seems("byline") for item in below)
    if not (is_doubted and is_above and len(text) <= LONGEST_STANDFIRST and is_summary(deck.line)):
        return
    if not (names_other(deck, items) or bylines.bare_names(text) or furniture.is_furniture(text)):
        deck.guess = replace(deck.guess, label="standfirst", probability=0.7)


def take_points(items: list[StoryLine], at: int, end: int) -> tuple[bool, int]:
    """The lines right below "What you need to know:", with or without bullets, sum the story up.

    Returns whether there are any, and where the body begins: below them, at `end` or further down.
    """
    head = next((n for n in range(at + 1, end) if furniture.heads_points(items[n].line.text)), None)
    if head is None:
        return False, end
    items[head].form, items[head].furniture = "furniture", "navigation"
    last = head
    for number, item in enumerate(items[head + 1 : head + _NEAR], start=head + 1):
        is_point = item.form in ("list_item", "open", "prose", "caption")
        # Where the text begins, only a bullet tells a point.
        is_text = number >= end and item.form != "list_item"
        if not is_point or is_text or item.line.size > _LONGEST_POINT:
            break
        if item.line.gap and item.form != "list_item" and last > head:
            break
        item.line = item.line.part(len(item.line.text) - len(without_bullet(item.line.text)))
        item.form, item.caption = "open", None
        item.put("standfirst", 0.85)
        last += 1
    return last > head, max(end, last + 1)


def reporter(line: Line) -> Signature | None:
    """Who signs a standfirst: "… Li Na reports.", "He talks to Li Na about …"."""
    if reports := _REPORTS.search(line.text):
        return bylines.sign(trim(reports[0]))
    talks = _TALKS.search(line.text)
    people = bylines.bare_names(talks["who"]) if talks else ()
    return Signature(people) if people else None


def is_summary(line: Line) -> bool:
    """Whether a line has enough words to sum a story up; buttons and posts have fewer."""
    if line.kind == "standfirst" or line.text.startswith(("—", "--")):
        return True
    letters = sum(character.isalpha() for character in line.text)
    if line.text[:1] in "([（【↑↓@#" or letters * 2 < len(line.text):
        return False
    return letters >= 6 if line.is_chinese else len(line.text.split()) >= 4


def names_other(item: StoryLine, items: list[StoryLine]) -> bool:
    """Whether a line names a post, a section, or the paper."""
    text = item.line.text
    is_post = english.is_post(text) or bool(furniture.read_section(text))
    return is_post or _names_paper(item, items)


def _names_paper(item: StoryLine, items: list[StoryLine]) -> bool:
    """Whether a citation has the line's words, too: the name of the paper or its page."""
    for other in items[:DEEPEST]:
        if other.citation and item.line.text in other.citation.left:
            if other.citation.publication is None:
                other.citation.left.remove(item.line.text)
                other.citation.publication = item.line.text
            return True
    return False
