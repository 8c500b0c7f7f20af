"""The query language: words, "phrases", -exclusion, OR, and fields. Any text is a query.

A query is a list of clauses that must all hold; a clause is one term, or several with OR between.
What can't be understood is looked for as words.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date

from archive.search.analysis import TermPhrase, fold, name_key, phrase
from archive.text.dates import parse_partial

LONGEST_QUERY = 400
MOST_TERMS = 32

HEADLINE, BYLINE, PLACE = "headline", "byline", "place"
AFTER, BEFORE, PAGE = "after", "before", "page"
FIELDS = {
    **{name: name for name in (HEADLINE, BYLINE, PLACE, AFTER, BEFORE, PAGE)},
    "标题": HEADLINE,
    "作者": BYLINE,
    "地点": PLACE,
    "起": AFTER,
    "止": BEFORE,
    "版": PAGE,
}
# Each pair of quotation marks that a reader may type; folding has made full-width ones half.
_QUOTES = {'"': '"', "“": "”", "„": "”", "「": "」", "『": "』", "«": "»"}
_OPENING = "".join(_QUOTES)
_TOKEN = re.compile(
    rf"""(?P<minus>[-−–]?)
    (?:(?P<field>{"|".join(FIELDS)}):\s*)?
    (?:(?P<quote>[{_OPENING}])(?P<quoted>[^"”」』»]*)["”」』»]?|(?P<word>[^\s{_OPENING}]+))""",
    re.VERBOSE | re.IGNORECASE,
)
_OR = {"OR", "|", "或"}
# Signs of the query language typed with a Chinese keyboard, one for one.
_WIDTHS = str.maketrans("：＂－｜", ':"-|')


@dataclass(frozen=True)
class QueryTerm:
    """One thing to look for: words in any field or in one, or a date or page of the paper."""

    text: str
    phrase: TermPhrase
    field: str = ""
    is_quoted: bool = False
    day: date | None = None


@dataclass(frozen=True)
class Clause:
    """Terms of which one must hold; or none, where it is an exclusion."""

    terms: tuple[QueryTerm, ...]
    is_excluded: bool = False

    @property
    def is_plain(self) -> bool:
        """One word as typed: it may be a part of a name."""
        one = self.terms[0]
        return not (self.is_excluded or len(self.terms) > 1 or one.field or one.is_quoted)


@dataclass(frozen=True)
class Query:
    """`text` is what was understood, `was_cut` whether a longer query lost its end."""

    text: str = ""
    clauses: tuple[Clause, ...] = field(default=())
    was_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.clauses)


def parse(text: str) -> Query:
    """Any text as a query; one without anything to look for is falsy."""
    cleaned = " ".join(text.replace("\0", " ").split())
    clauses: list[Clause] = []
    was_cut = len(cleaned) > LONGEST_QUERY
    joins = False
    alone: re.Match[str] | None = None
    for count, match in enumerate(_TOKEN.finditer(cleaned[:LONGEST_QUERY].translate(_WIDTHS))):
        if count >= MOST_TERMS * 2 or len(clauses) >= MOST_TERMS:
            was_cut = True
            break
        if match["word"] in _OR and not match["field"] and not match["minus"]:
            joins = bool(clauses)
            alone = alone or match
            continue
        term = _term(match)
        if term:
            _add(clauses, term, is_excluded=bool(match["minus"]), joins=joins)
            joins = False
    # Nothing stands beside it: then it is the word that is looked for.
    if alone and not clauses and (term := _term(alone)):
        clauses = [Clause((term,))]
    return Query(cleaned[:LONGEST_QUERY], tuple(clauses), was_cut)


def _add(clauses: list[Clause], term: QueryTerm, *, is_excluded: bool, joins: bool) -> None:
    if joins and not is_excluded and not clauses[-1].is_excluded:
        clauses[-1] = Clause((*clauses[-1].terms, term))
    else:
        clauses.append(Clause((term,), is_excluded))


def _term(match: re.Match[str]) -> QueryTerm | None:
    name = FIELDS.get((match["field"] or "").lower(), "")
    text = (match["quoted"] if match["quote"] else match["word"]) or ""
    is_quoted = bool(match["quote"])
    if name in (AFTER, BEFORE):
        day = _day(text, name)
        if day:
            return QueryTerm(text, TermPhrase(()), name, day=day)
        name = ""  # Not a date: looked for as a word.
    if name == PAGE and name_key(text):
        return QueryTerm(text.strip(), TermPhrase(()), PAGE)
    found = phrase(text)
    return QueryTerm(text.strip(), found, name, is_quoted) if found else None


def _day(text: str, name: str) -> date | None:
    """The first day of a partial date; for `before` its last, so that both include it."""
    try:
        partial = parse_partial(fold(text).replace("/", "-"))
    except ValueError:
        return None
    if name == AFTER:
        return date(partial.year, partial.month or 1, partial.day or 1)
    month = partial.month or 12
    return date(partial.year, month, partial.day or monthrange(partial.year, month)[1])
