"""Which lines are a story's headline, and which are the decks of an old paper's head."""

from itertools import dropwhile, takewhile

from archive.contrib.intake.layout import bylines, datelines, english
from archive.contrib.intake.layout.forms import LineLabel, StoryLine, told_in
from archive.contrib.intake.layout.letters import tells_what_is_sent
from archive.contrib.intake.layout.lines import key, shared_words
from archive.contrib.intake.outlets import looks_like_paper

# How many lines the top of a story has.
TOP = 40
# A headline that is likelier than so isn't doubted.
_SURE_TITLE = 0.75
# As much of a line's words as make it one of the text.
_HALF = 0.5
_FEWEST_DECKS, _LONGEST_DECK = 3, 120
# A name of a column, or a subject, has fewer.
_FEWEST_WORDS = 5
# What no headline in print has.
_MARKS = frozenset("|>»›@•→/")


def headline_lines(items: list[StoryLine], end: int) -> list[int]:
    """Where the headline's lines stand, [] for none; `end` is where the text begins.

    What is found to be one, or none, has another label afterwards.
    """
    title = [at for at, item in enumerate(items) if item.seems("headline", least=0)]
    # A page's own headline below a database's is the same one again.
    said = [key(items[at].line.text) for at in title]
    title = [at for number, at in enumerate(title) if said[number] not in said[:number]]
    if len(title) == 1 and items[title[0]].line.folded.endswith(","):
        items[title[0]].guess = LineLabel("other", 0.6)
        title = []  # A letter's greeting.
    title = _above_deck(items, _below_kicker(items, title))
    title = title or _below_letter(items) or _subject(items) or _capitals(items[:end])
    return _stacked(items, title)


def read_decks(items: list[StoryLine]) -> None:
    """An old paper's head: lines in capitals right above the text, each a deck of its own.

    The first is the headline, the others sum the story up; one line of two goes on in the second
    where it ends openly. Capitals mark no name among them: a single line of names alone may sign.
    """
    told = (at for at, one in enumerate(items[:TOP]) if one.form == "prose" and not _is_upper(one))
    text = next((at for at in told if not items[at].seems("other", least=0)), 0)
    # Between the decks and the text: where it was written, and "[From our own correspondent.]".
    while text and (
        datelines.DATELINE_ONLY.fullmatch(above := items[text - 1].line.text)
        or english.is_post(above)
    ):
        text -= 1
    run = [*takewhile(_is_upper, reversed(items[:text]))][::-1]
    decks = [*dropwhile(lambda one: not _is_deck(one), run)]
    is_parted = all(one.line.ends_sentence or one.line.gap for one in decks[1:])
    is_wrapped = len(decks) == 2 and not (decks[0].line.ends_sentence or decks[1].line.gap)
    if len(decks) == 1:
        _read_deck(decks[0], items[:text])
    if len(decks) < 2 or not (is_parted or is_wrapped or len(decks) >= _FEWEST_DECKS):
        return
    signed = [one for one in decks[1:] if may_be_names(one)]
    if is_wrapped and (signed or not decks[1].line.ends_sentence):
        return
    for at, one in enumerate(decks):
        if len(signed) == 1 and one is signed[0]:
            continue
        one.form, one.role, one.signature, one.citation = "open", "", None, None
        is_head = at == 0 or is_wrapped
        one.guess = LineLabel("headline" if is_head else "standfirst", 0.8)


def _read_deck(deck: StoryLine, above: list[StoryLine]) -> None:
    """A single line in capitals with a stop, right above the text, is no paragraph of it."""
    if not (deck.line.ends_sentence and deck.seems("paragraph", least=0)):
        return
    titles = [one for one in above if one.seems("headline", least=0)]
    is_again = any(key(one.line.text) == key(deck.line.text) for one in titles)
    if is_again or not titles:
        deck.form, deck.guess = "open", LineLabel("other" if is_again else "headline", 0.8)


def _is_upper(item: StoryLine) -> bool:
    """A deck, or the end of one that is wrapped."""
    text = item.line.text
    is_end = item.form == "prose" and not item.line.gap and text.isupper() and len(text) < 40
    return is_end or _is_deck(item)


def _is_deck(item: StoryLine) -> bool:
    text = item.line.text
    is_printed = item.line.kind in ("text", "paragraph", "subhead")
    is_short = is_printed and len(text) <= _LONGEST_DECK and " " in text and text.isupper()
    if not is_short or datelines.DATELINE_ONLY.fullmatch(text) or bylines.sign(text):
        return False
    return item.form in ("prose", "open", "signature") or bool(
        item.citation and item.citation.is_name_only and item.line.ends_sentence
    )


def may_be_names(item: StoryLine) -> bool:
    return not item.line.ends_sentence and bool(bylines.bare_names(item.line.text))


def _stacked(items: list[StoryLine], title: list[int]) -> list[int]:
    """The headline's lines with those in capitals that stand in one block with them."""
    first, last = (title[0], title[-1]) if title else (0, len(items))
    while last + 1 < len(items) and _goes_on_in_capitals(items[last], items[last + 1]):
        last += 1
    is_block = (
        last + 1 < len(items) and items[last + 1].line.gap and (not first or items[first].line.gap)
    )
    if not title or last == title[-1] or not is_block:
        return title
    for item in items[first : last + 1]:
        item.guess = LineLabel("headline", 0.8)
    return [*range(first, last + 1)]


def _goes_on_in_capitals(above: StoryLine, below: StoryLine) -> bool:
    is_plain = all(one.is_free and one.line.kind == "text" for one in (above, below))
    is_upper = above.line.text.isupper() and below.line.text.isupper()
    is_head = is_upper and not (above.line.ends_sentence or below.line.ends_sentence)
    return is_plain and is_head and not below.line.gap and below.line.size <= _LONGEST_DECK


def _below_kicker(items: list[StoryLine], title: list[int]) -> list[int]:
    """The headline's lines. A column's name in capitals, of which the text has no word, is none
    where a line that somebody signs stands below it: "HARBOR LIGHTS / The dog who votes / By …"."""
    if len(title) != 1 or not 0 <= title[0] < len(items) - 2:
        return title
    name, below, signed = items[title[0] : title[0] + 3]
    is_name = (
        name.line.kind == "text" and name.line.text.isupper() and len(name.line.text.split()) <= 4
    )
    may_be = below.is_free and not (below.line.text.isupper() or below.line.ends_sentence)
    if not (is_name and may_be and signed.form == "signature"):
        return title
    text = told_in(items[title[0] + 2 :])
    is_doubtful = name.guess is not None and name.guess.probability < _SURE_TITLE
    is_told = is_doubtful or shared_words(below.line.folded, text)
    if shared_words(name.line.folded, text) > _HALF or not is_told:
        return title
    name.guess, below.guess = LineLabel("other", 0.7), LineLabel("headline", 0.7)
    return [title[0] + 1]


def _above_deck(items: list[StoryLine], title: list[int]) -> list[int]:
    """The headline's lines. Where one stands below the text's first lines that are as whole, and of
    which the text has words, too, those are the headline, and it is a deck: what stands above a
    headline is shorter."""
    at = title[0] if len(title) == 1 else 0
    head = [*takewhile(lambda one: one.is_free, reversed(items[:at]))][::-1]
    # A database cites the print between a headline and its deck.
    is_cited = at > 1 and not head and items[at - 1].form == "citation"
    head = [items[at - 2]] if is_cited and items[at - 2].is_free else head
    if not head or any(one.is_free for one in items[: items.index(head[0])]):
        return title
    text, below = " ".join(one.line.text for one in head), items[at]
    is_plain = all(one.line.kind == "text" for one in (*head, below)) and not set(text) & _MARKS
    is_doubtful = below.guess is not None and below.guess.probability < _SURE_TITLE
    is_like = text.isupper() == below.line.text.isupper() or is_cited
    is_open = not any(one.line.ends_sentence for one in head)
    is_open = is_open and key(below.line.text) not in key(text) and " - " not in text
    is_open = is_open and len({one.line.text.isupper() for one in head}) == 1
    told = told_in(items[at + 1 :])
    shared = shared_words(head[0].line.folded, told)
    if is_doubtful and at == 1:
        is_whole = head[0].line.size >= below.line.size
    else:
        # Of Chinese lines the first may be a kicker as long as the headline.
        is_named = shared == 1 and bool(bylines.bare_names(text)) and below.line.gap > 0
        is_english = not (below.line.is_chinese or head[0].line.is_chinese)
        is_whole = len(text.split()) >= _FEWEST_WORDS and not looks_like_paper(text)
        # Above it stands what the paper says of itself, and no page's menu.
        above = items[: items.index(head[0])]
        is_framed = any(one.citation for one in above) and all(
            one.form == "citation" or one.furniture == "rule" for one in above
        )
        is_printed = is_cited or is_framed
        is_named = is_named and any(one.citation and one.citation.section for one in above)
        is_whole = is_english and is_printed and (is_whole or is_named)
    if not (is_plain and is_like and is_open and is_whole and shared):
        return title
    for one in head:
        one.guess = LineLabel("headline", 0.7)
    below.guess = LineLabel("standfirst", 0.7)
    return [items.index(one) for one in head]


def _below_letter(items: list[StoryLine]) -> list[int]:
    """The headline of the story that a letter was sent with: a line of its own above the one that
    cites the print, or signs. A letter's subject says what is sent."""
    subjects = [at for at, one in enumerate(items) if one.furniture == "letter" and one.label]
    for at in range(subjects[-1] + 1, min(TOP, len(items)) - 1) if subjects else ():
        item, below = items[at], items[at + 1]
        is_cited = below.form in ("citation", "signature")
        if is_cited and item.form == "open" and item.line.gap and not may_be_names(item):
            item.guess = LineLabel("headline", 0.8)
            return [at]
    return []


def _subject(items: list[StoryLine]) -> list[int]:
    """The line with the subject of a letter that was sent on, where a text has no headline.

    Of one that is no headline the text has no words: "Story for page 4".
    """
    for at, item in enumerate(items):
        is_subject = item.furniture == "letter" and item.label > 0
        if is_subject and not tells_what_is_sent(item.line.folded[item.label :], told_in(items)):
            item.form, item.furniture, item.role = "open", "", ""
            item.guess = LineLabel("headline", 0.9)
            return [at]
    return []


def _capitals(head: list[StoryLine]) -> list[int]:
    """The first line in capitals at the top, where no other is the headline; others are decks."""
    decks = [at for at, item in enumerate(head) if _is_deck(item) and not may_be_names(item)]
    for at in decks:
        item = head[at]
        item.form, item.role, item.signature, item.citation = "open", "", None, None
        item.guess = LineLabel("standfirst" if at > decks[0] else "headline", 0.7)
    return decks[:1]
