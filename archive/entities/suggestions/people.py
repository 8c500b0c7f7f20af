"""Namesakes told apart by their offices, and whom a story calls “Liu” or “the mayor”."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from archive.entities.glossary.story_names import is_foreign, short_names
from archive.entities.glossary.terms import Form, Glossary, Term
from archive.entities.suggestions import words
from archive.entities.suggestions.base import Passage, sentence_at
from archive.entities.suggestions.facts import Gazetteer
from archive.entities.suggestions.mentions import (
    SHORT,
    Mention,
    Taken,
    is_part_of_longer,
    is_sentence_start,
    surroundings,
)
from archive.text.language import CHINESE, ENGLISH
from archive.text.normalisation import HAN

_PLACE = 3.0
_SAME_SENTENCE = 2.0
_TITLE = 1.0
_TITLES_EN = "|".join(words.TITLES_EN).replace(" ", r"[ -]")
TITLE_EN = re.compile(rf"(?i)\b(?:{_TITLES_EN})\b")
TITLE_ZH = re.compile("|".join(words.TITLES_ZH))
_SPEAKS_EN = re.compile(
    r"(?:['’]s)? (?:also |later )?(?:said|says|told|added|gave|is|was|had|has)\b"
)
# Somebody whom the archive doesn't know: “Liu Yang, a student”, 学生刘洋.
_STRANGER_EN = re.compile(r"\b([A-Z][a-z]+(?:-[a-z]+)?)((?: [A-Z]\.)? [A-Z][a-z]+(?:-[a-z]+)?)\b")


def person_scores(
    gazetteer: Gazetteer,
    passages: Sequence[Passage],
    mention: Mention,
    decided: Sequence[Mention],
    day: date | None,
) -> Iterator[tuple[Term, float]]:
    """Each namesake, and how well his offices fit what the story names."""
    passage = passages[mention.passage]
    sentence = sentence_at(passage.text, mention.start, mention.end)
    pattern = TITLE_ZH if passage.language == CHINESE else TITLE_EN
    titles = {title.lower().replace("-", " ") for title in pattern.findall(sentence)}
    named = {one.terms[0].entity_id: one for one in decided}
    beside = {one.terms[0].entity_id for one in decided if one.text in sentence}
    for term in mention.terms:
        score = 0.0
        for office in gazetteer.offices_on(term.entity_id, day):
            if office.place in named:
                score += _PLACE + (_SAME_SENTENCE if office.place in beside else 0)
                held = office.titles.get(passage.language, "").lower().replace("-", " ")
                score += _TITLE if held in titles else 0
        yield term, score


def short_mentions(
    passages: Sequence[Passage], decided: Sequence[Mention], strangers: Strangers
) -> list[Mention]:
    """What means a person named in full before; of two such persons both are candidates."""
    people = {one.terms[0].entity_id: one.terms[0] for one in decided if _is_person(one)}
    if not people:
        return []
    since = _first_places(decided)
    taken = Taken.by(decided, passages)
    found = []
    for index, passage in enumerate(passages):
        for start, end, terms in _short_hits(people.values(), passage):
            if taken[index].overlaps(start, end):
                continue
            known = tuple(t for t in terms if since[t.entity_id] < (index, start))
            last = max((since[t.entity_id] for t in known), default=None)
            text = passage.text[start:end]
            if last and not strangers.named(text, passage.language, last, (index, start)):
                found.append(Mention(index, start, end, text, known, SHORT))
    return found


def _is_person(mention: Mention) -> bool:
    return len(mention.terms) == 1 and mention.terms[0].kind == "person"


def _first_places(decided: Sequence[Mention]) -> dict[int, tuple[int, int]]:
    first: dict[int, tuple[int, int]] = {}
    for one in decided:
        first.setdefault(one.terms[0].entity_id, one.place)
    return first


def _short_hits(
    people: Iterable[Term], passage: Passage
) -> Iterator[tuple[int, int, tuple[Term, ...]]]:
    persons = {term.entity_id: term for term in people}
    forms = [
        Term(pk, term.key, term.kind, tuple(_short_forms(term, passage.language)))
        for pk, term in persons.items()
    ]
    hits = Glossary(tuple(forms)).find(passage.text, passage.language)
    spans = [(hit.start, hit.end) for hit in hits]
    around = surroundings(passage.text, passage.language, spans)
    for hit in hits:
        if is_part_of_longer(around, hit.start, hit.end, "person"):
            continue
        if not _is_common_word(passage.text, hit.start, hit.end):
            yield hit.start, hit.end, tuple(persons[term.entity_id] for term in hit.terms)
    if passage.language == CHINESE:
        yield from _surnames_that_speak(persons, passage.text)


def _is_common_word(text: str, start: int, end: int) -> bool:
    """“Long hours” means no Mr Long; “Long said” does."""
    if text[start:end].lower() not in words.COMMON or not is_sentence_start(text, start):
        return False
    return not _SPEAKS_EN.match(text, end)


def _short_forms(term: Term, language: str) -> Iterator[Form]:
    for text in short_names(term, language):
        yield Form(text, language, "short")


def _surnames_that_speak(
    persons: dict[int, Term], text: str
) -> Iterator[tuple[int, int, tuple[Term, ...]]]:
    """刘说, 刘表示."""
    by_surname: defaultdict[str, list[Term]] = defaultdict(list)
    for term in persons.values():
        if (name := term.canonical(CHINESE)) and not is_foreign(term) and "·" not in name:
            by_surname[name[0]].append(term)
    for surname, terms in by_surname.items():
        speaks = re.compile(rf"(?<![{HAN}]){surname}(?={words.SPEECH_ZH})")
        for match in speaks.finditer(text):
            yield match.start(), match.end(), tuple(terms)


class Strangers:
    """People whom the story names in full and the archive doesn't know."""

    def __init__(self, passages: Sequence[Passage], mentions: Sequence[Mention]) -> None:
        self._places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        taken = Taken.by(mentions, passages)
        for index, passage in enumerate(passages):
            pattern = _STRANGER_EN if passage.language == ENGLISH else _STRANGER_ZH
            for match in pattern.finditer(passage.text):
                if taken[index].overlaps(match.start(), match.end()):
                    continue
                for part in {match[1], match[2].split()[-1]} if match[2] else {match[1]}:
                    self._places[part].append((index, match.start()))

    def named(
        self, text: str, language: str, after: tuple[int, int], before: tuple[int, int]
    ) -> bool:
        """Whether somebody else of that name was named between the two places."""
        surname = text[0] if language == CHINESE and "·" not in text else text
        return any(after < place < before for place in self._places.get(surname, ()))


_STRANGER_ZH = re.compile(
    rf"(?:{'|'.join(words.TITLES_ZH)}|学生|记者|专家|教授|工程师|居民|店主|经理|村民|老师|医生)"
    rf"([{words.SURNAMES_ZH}])([{HAN}]{{1,2}})(?=[{words.AFTER_NAME_ZH}])"
)
