"""Headlines in the capitals of English titles, as the Chicago Manual of Style sets them.

After its 18th edition (8.160 and 8.162): all words but articles, coordinating conjunctions, "to",
"as" and prepositions of up to four letters; the first and the last word always. Whether "up" or
"over" belongs to its verb, which would give it a capital, can't be told from the letters.
"""

import re

_ARTICLES = {"a", "an", "the"}
_CONJUNCTIONS = {"and", "but", "for", "nor", "or", "as", "to"}
_PREPOSITIONS = {
    *("amid", "anti", "at", "by", "down", "from", "in", "into", "like", "near", "of", "off", "on"),
    *("onto", "over", "past", "per", "pro", "than", "till", "upon", "up", "via", "with", "vs"),
}
_SMALL = _ARTICLES | _CONJUNCTIONS | _PREPOSITIONS
# A word may have an apostrophe or full stops in it; the parts of "sister-city" are words.
_WORD = re.compile(r"[^\W\d_](?:[\w]|['’.](?=\w))*")
# Behind these, a title begins anew.
_BEGINS = re.compile(r"[:?!.—][\s\"'“‘”’)]*$|^[\W_]*$")


def headline_capitals(title: str) -> str:
    """ "City builds on long history with US" -> "City Builds on Long History with US".

    What has a capital keeps its letters.
    """
    words = list(_WORD.finditer(title))
    pieces, end = [], 0
    for number, word in enumerate(words):
        before, text = title[end : word.start()], word.group()
        is_last = number == len(words) - 1
        begins = bool(_BEGINS.search(title[: word.start()]))
        if text.islower() and (begins or is_last or text.rstrip(".") not in _SMALL):
            text = text[0].upper() + text[1:]
        pieces += [before, text]
        end = word.end()
    return "".join([*pieces, title[end:]])
