"""The query language: words, "phrases", -exclusion, OR, and fields. Any text is a query.

A query is a list of clauses that must all hold; a clause is one term, or several with OR between.
What can't be understood is looked for as words. Of a query come the conditions that an engine is
asked for: names in it stand for their entities, and words for what they may be written as.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from archive.entities.periods import first_day, last_day
from archive.search.analysis import TermPhrase, fold, name_key, phrase, pieces
from archive.search.documents import entity_term, is_entity_term
from archive.search.engines import PRINTED, Alternative, Restriction, WantedPhrase
from archive.search.meanings import LONGEST_SAYING, also_written, days_of, is_saying, pages_of
from archive.search.names import LONGEST_NAME, NamedEntity, look_up
from archive.text.language import UNSPACED, detect

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
# The quotation marks that a reader may type; folding has made full-width ones half.
_OPENING = '"“„「『«'
_CLOSING = '"”」』»'
_TOKEN = re.compile(
    rf"""(?P<minus>[-−–]?)
    (?:(?P<field>{"|".join(FIELDS)}):\s*)?
    (?:(?P<quote>[{_OPENING}])(?P<quoted>[^{_CLOSING}]*)[{_CLOSING}]?|(?P<word>[^\s{_OPENING}]+))""",
    re.VERBOSE | re.IGNORECASE,
)
_OR = {"OR", "|", "或"}
_NOT, _AND = "NOT", "AND"
# Signs of the query language typed with a Chinese keyboard, one for one.
_WIDTHS = str.maketrans("：＂－｜", ':"-|')

# The fields of a document that a field of the query stands for.
_TAGS = ("about", "mentioned")
_COLUMNS = {HEADLINE: ("headline",), BYLINE: ("bylines",), PLACE: _TAGS}
_ROWS = (AFTER, BEFORE, PAGE)


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
    joins = excludes = False
    alone: re.Match[str] | None = None
    for count, match in enumerate(_TOKEN.finditer(cleaned[:LONGEST_QUERY].translate(_WIDTHS))):
        if count >= MOST_TERMS * 2 or len(clauses) >= MOST_TERMS:
            was_cut = True
            break
        if match["word"] in (*_OR, _NOT, _AND) and not match["field"] and not match["minus"]:
            joins = bool(clauses) and match["word"] in _OR
            excludes = match["word"] == _NOT
            alone = alone or match
            continue
        if term := _term(match):
            is_excluded = excludes or bool(match["minus"])
            if joins and not is_excluded and not clauses[-1].is_excluded:
                clauses[-1] = Clause((*clauses[-1].terms, term))
            else:
                clauses.append(Clause((term,), is_excluded))
            joins = excludes = False
    # Nothing stands beside it: then it is the word that is looked for.
    if alone and not clauses and (term := _term(alone)):
        clauses = [Clause((term,))]
    return Query(cleaned[:LONGEST_QUERY], tuple(clauses), was_cut)


def unquoted(query: Query) -> str:
    """The query without quotation marks, where a sentence stands in them that may be remembered
    nearly right; "" elsewhere: a word or a name in them is meant as it is written."""
    quoted = [term.text for one in query.clauses for term in one.terms if term.is_quoted]
    if not any(map(_is_sentence, quoted)):
        return ""
    return " ".join(re.sub(f"[{_OPENING}{_CLOSING}]", " ", query.text).split())


def _is_sentence(text: str) -> bool:
    """Of four words; two Chinese characters count as one."""
    return sum(len(one.text) / 2 if one.is_han else 1 for one in pieces(text)) >= 4


def _term(match: re.Match[str]) -> QueryTerm | None:
    name = FIELDS.get((match["field"] or "").lower(), "")
    text = (match["quoted"] if match["quote"] else match["word"]) or ""
    is_quoted = bool(match["quote"])
    if name in (AFTER, BEFORE):
        if day := _day(text, name):
            return QueryTerm(text, TermPhrase(()), name, day=day)
        name = ""  # Not a date: looked for as a word.
    if name == PAGE and name_key(text):
        return QueryTerm(text.strip(), TermPhrase(()), PAGE)
    found = phrase(text)
    return QueryTerm(text.strip(), found, name, is_quoted) if found else None


def _day(text: str, name: str) -> date | None:
    """So that `after` and `before` include all days that a partial date may mean."""
    try:
        return (first_day if name == AFTER else last_day)(fold(text).replace("/", "-"))
    except ValueError:
        return None


@dataclass
class Conditions:
    """`texts` must all be found; `rows` restrict the documents that they are found in.

    `phrases` are what a snippet marks; `entities` what the words were understood to name.
    `is_void`: the query asks for nothing that can be looked for; `is_named`: for names alone.
    """

    texts: list[list[WantedPhrase]] = field(default_factory=list)
    rows: list[Restriction] = field(default_factory=list)
    phrases: list[TermPhrase] = field(default_factory=list)
    entities: list[NamedEntity] = field(default_factory=list)
    is_void: bool = False
    is_named: bool = False

    def __bool__(self) -> bool:
        return bool(self.texts or self.rows)


def conditions_of(query: Query) -> Conditions:
    """What to ask for; two queries at most, for the names in it."""
    conditions = Conditions(is_void=bool(query.text) and not query.clauses)
    named = look_up_names(query.clauses)
    joined = _joined(query.clauses, named)
    conditions.is_named = all(entities for _terms, _is_excluded, entities in joined)
    for terms, is_excluded, entities in joined:
        if is_excluded:
            conditions.rows += [
                Restriction((_choice(term, named),), is_excluded=True) for term in terms
            ]
            continue
        conditions.entities += entities
        _ask(conditions, terms, entities, named)
    return conditions


def parts_of(query: Query) -> list[tuple[str, list[NamedEntity]]]:
    """What is looked for: words that belong together, and what they name; two queries at most."""
    joined = _joined(query.clauses, look_up_names(query.clauses))
    return [
        (terms[0].text, entities or [])
        for terms, is_excluded, entities in joined
        if not is_excluded
    ]


def look_up_names(clauses: Sequence[Clause]) -> dict[str, list[NamedEntity]]:
    """The entities that the query's words name, alone or with their neighbours."""
    runs: list[list[str]] = [[]]
    for clause in clauses:
        if clause.is_plain:
            runs[-1].append(clause.terms[0].text)
        else:
            runs += [[term.text] for term in clause.terms if not _is_literal(term)]
            runs.append([])
    return look_up(runs)


def _is_literal(term: QueryTerm) -> bool:
    return term.is_quoted or term.field not in ("", PLACE)


def _joined(
    clauses: Sequence[Clause], named: dict[str, list[NamedEntity]]
) -> list[tuple[tuple[QueryTerm, ...], bool, list[NamedEntity]]]:
    """The clauses, neighbouring plain words that make up a name, a date, an amount or the whole of
    an abbreviation put together: longest first."""
    joined: list[tuple[tuple[QueryTerm, ...], bool, list[NamedEntity]]] = []
    at = 0
    while at < len(clauses):
        clause = clauses[at]
        length = _length_at(clauses, at, named) if clause.is_plain else 1
        text = " ".join(one.terms[0].text for one in clauses[at : at + length])
        entities = named.get(name_key(text), []) if clause.is_plain else []
        terms = clause.terms if length == 1 else (QueryTerm(text, phrase(text)),)
        joined.append((terms, clause.is_excluded, entities))
        at += length
    return joined


def _length_at(clauses: Sequence[Clause], at: int, named: dict[str, list[NamedEntity]]) -> int:
    """How many clauses from here on belong together; 1 if none do."""
    longest = 1
    words: list[str] = []
    for clause in clauses[at : at + max(LONGEST_NAME, LONGEST_SAYING)]:
        if not clause.is_plain:
            break
        words.append(clause.terms[0].text)
        text = " ".join(words)
        if name_key(text) in named or (len(words) > 1 and is_saying(text)):
            longest = len(words)
    return longest


def _ask(
    conditions: Conditions,
    terms: Sequence[QueryTerm],
    entities: list[NamedEntity],
    named: dict[str, list[NamedEntity]],
) -> None:
    if any(term.field in _ROWS for term in terms):
        conditions.rows.append(Restriction(tuple(_choice(term, named) for term in terms)))
        return
    if choices := _dated(terms, entities, named):
        conditions.rows.append(Restriction(choices))
        conditions.phrases += [one.phrase for choice in choices for one in choice.wanted]
        return
    wanted = (one for term in terms for one in _wanted(term, entities, named))
    group = list(dict.fromkeys(wanted))
    conditions.texts.append(group)
    conditions.phrases += [w.phrase for w in group if not is_entity_term(w.phrase.terms[0])]


def _dated(
    terms: Sequence[QueryTerm],
    entities: list[NamedEntity],
    named: dict[str, list[NamedEntity]],
) -> tuple[Alternative, ...]:
    """For a date or a page: what was printed then or there, and what writes it; or ()."""
    if len(terms) > 1 or terms[0].field or terms[0].is_quoted or entities:
        return ()
    wanted = Alternative(wanted=tuple(_wanted(terms[0], [], named)))
    if pages := pages_of(terms[0].text):
        return (*(Alternative(PAGE, page) for page in pages), wanted)
    days = days_of(terms[0].text)
    return (Alternative(PRINTED, days.first, until=days.last), wanted) if days else ()


def _wanted(
    term: QueryTerm, entities: list[NamedEntity], named: dict[str, list[NamedEntity]]
) -> list[WantedPhrase]:
    columns = _COLUMNS.get(term.field, ())
    if _is_literal(term):
        return [WantedPhrase(term.phrase, columns)] if term.phrase else []
    if term.field == PLACE:
        places = [one for one in named.get(name_key(term.text), []) if one.kind == "place"]
        return [_tagged(one) for one in places] or [WantedPhrase(term.phrase, columns)]
    meant = entities or named.get(name_key(term.text), [])
    forms = [WantedPhrase(phrase(form)) for one in meant for form in one.forms]
    # A Chinese name that texts don't use as such, 湛江市, stands for the forms that they do.
    is_known = any(form.phrase == term.phrase for form in forms)
    own = (
        [] if is_known or (forms and detect(term.text) in UNSPACED) else [WantedPhrase(term.phrase)]
    )
    others = [WantedPhrase(phrase(form)) for form in also_written(term.text)]
    return [*own, *forms, *others, *(_tagged(one) for one in meant)]


def _tagged(named: NamedEntity) -> WantedPhrase:
    return WantedPhrase(TermPhrase((entity_term(named.entity_id),)), _TAGS)


def _choice(term: QueryTerm, named: dict[str, list[NamedEntity]]) -> Alternative:
    if term.field in _ROWS:
        return Alternative(term.field, term.day or term.text.upper())
    return Alternative(wanted=tuple(_wanted(term, [], named)))
