"""Names in a story, text after text: also the short ones that follow a full name.

“Liu” or 刘书记 means Liu Xiaohua only after the story has said who that is, and only while
nobody else of that name has turned up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from pypinyin import lazy_pinyin

from archive.entities.glossary.terms import Form, Glossary, Hit, Term
from archive.text.language import CHINESE, ENGLISH

# What stands after a surname in a Chinese report.
TITLES = (
    *("书记", "市长", "副市长", "省长", "副省长", "州长", "县长", "区长", "部长", "主席", "总理"),
    *("总统", "大使", "公使", "会长", "主任", "局长", "院长", "校长", "教授", "先生", "女士"),
)
# Territories in which a Chinese name is the person's own.
_CHINESE_SPEAKING = {"CN", "HK", "MO", "TW", "SG"}
_MIDDLE_DOT = "·"
_WORD_FOLLOWS = re.compile(r"\s+[A-Z][a-z]")
_LETTERS = re.compile(r"[^a-z]")


def find_in_story(glossary: Glossary, texts: Sequence[str], language: str) -> list[list[Hit]]:
    """The hits of each text, in order; those of short names have a form of the kind "short"."""
    people: dict[int, Term] = {}
    short = Glossary()
    found = []
    for text in texts:
        full = glossary.find(text, language)
        named = {term.entity_id: term for hit in full for term in _people(hit)}
        if named.keys() - people.keys():
            people.update(named)
            short = Glossary(tuple(with_short_forms(people.values(), language)))
        first = {pk: min(h.start for h in full if named[pk] in h.terms) for pk in named}
        later = [
            replace(hit, terms=(people[hit.terms[0].entity_id],))
            for hit in short.find(text, language)
            if _is_meant(text, hit, full, first)
        ]
        found.append(sorted([*full, *later], key=lambda hit: hit.start))
    return found


def _people(hit: Hit) -> Iterator[Term]:
    # One of several people of the same full name can't be told from the others.
    if len(hit.terms) == 1 and hit.terms[0].kind == "person" and not hit.form.forbidden:
        yield hit.terms[0]


def _is_meant(text: str, hit: Hit, full: Iterable[Hit], first: dict[int, int]) -> bool:
    if len(hit.terms) > 1 or first.get(hit.terms[0].entity_id, -1) > hit.start:
        return False
    if any(hit.start < other.end and other.start < hit.end for other in full):
        return False
    return not _WORD_FOLLOWS.match(text, hit.end)


def with_short_forms(people: Iterable[Term], language: str) -> Iterator[Term]:
    """The people with their short forms in place of the full ones."""
    for term in people:
        forms = tuple(Form(text, language, "short") for text in short_names(term, language))
        yield replace(term, forms=forms)


@lru_cache(maxsize=4096)
def short_names(term: Term, language: str) -> tuple[str, ...]:
    """What a story calls a person after the first mention: Liu, 帕克特, 刘书记."""
    name = term.canonical(language)
    if term.kind != "person" or not name:
        return ()
    if language == CHINESE:
        if _MIDDLE_DOT in name:
            return (name.rsplit(_MIDDLE_DOT, 1)[1],)
        return () if is_foreign(term) else tuple(name[0] + title for title in TITLES)
    words = name.split()
    if len(words) == 1:
        return ()
    return (words[-1] if is_foreign(term) else words[0],)


@lru_cache(maxsize=4096)
def is_foreign(term: Term) -> bool:
    """Whether the Chinese name is a translation: known by the country, else by the pinyin."""
    if term.country:
        return term.country not in _CHINESE_SPEAKING
    own = "".join(lazy_pinyin(term.canonical(CHINESE)))
    return all(_LETTERS.sub("", name.lower()) != own for name in term.allowed(ENGLISH))
