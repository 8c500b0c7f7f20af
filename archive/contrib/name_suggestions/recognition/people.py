"""Namesakes told apart by their offices, and whom a story calls “Liu” or “the mayor”.

“The mayor” or 这位市长 means the one person of that office named before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from archive.contrib.name_suggestions.recognition import words
from archive.contrib.name_suggestions.recognition.facts import Gazetteer
from archive.contrib.name_suggestions.recognition.mentions import (
    Mention,
    Surroundings,
    Taken,
    is_part_of_longer,
    is_sentence_start,
)
from archive.entities.glossary.terms import Glossary, Term, is_foreign, with_short_forms
from archive.text.language import CHINESE, LANGUAGES
from archive.text.passages import Passage
from archive.text.scripts import HAN
from archive.text.sentences import sentence_at
from archive.text.surnames import COMMONEST

_PLACE = 3.0
_SAME_SENTENCE = 2.0
_TITLE = 1.0
_EN, _ZH = words.TITLES_EN, words.TITLES_ZH
_TITLE_EN = re.compile(rf"(?i)\b(?:{_EN})\b")
_TITLE_ZH = re.compile(_ZH)
_SPEAKS_EN = re.compile(
    r"(?:['’]s)? (?:also |later )?(?:said|says|told|added|gave|is|was|had|has)\b"
)
# Somebody whom the archive doesn't know: “Liu Yang, a student”, 学生刘洋.
_STRANGER_EN = re.compile(r"\b([A-Z][a-z]+(?:-[a-z]+)?)((?: [A-Z]\.)? [A-Z][a-z]+(?:-[a-z]+)?)\b")
_STRANGER_ZH = re.compile(
    rf"(?:{_ZH}|学生|记者|专家|教授|工程师|居民|店主|经理|村民|老师|医生)"
    rf"([{COMMONEST}])([{HAN}]{{1,2}})(?=[{words.AFTER_NAME_ZH}])"
)
_STRANGER_IN_OFFICE = re.compile(rf"\b((?i:{_EN}))(?: of(?: [A-Z]\w*)+)? [A-Z][a-z]+ [A-Z][a-z]+")
_REFERS_EN = re.compile(rf"\b[Tt]he ({_EN}|(?i:{_EN}))\b(?!['’]s?\b| of\b| [A-Z]|-)")
_REFERS_ZH = re.compile(rf"(?:这位|该|这名)({_ZH})")
# Zhanjiang Mayor Wang / mayor of Zhanjiang Wang / 湛江市市长王.
_LEFT_EN = re.compile(rf"(?i:\b({_EN}))(?: of(?: [A-Z][\w.'’]*)+)?,? $")
_RIGHT_EN = re.compile(rf",? (?:the |a |an |then[ -]|who is |is )*(?i:({_EN}))\b")
_LEFT_ZH = re.compile(rf"({_ZH})$")
_NEAR = 80


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
    pattern = _TITLE_ZH if passage.language == CHINESE else _TITLE_EN
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
    since: dict[int, tuple[int, int]] = {}
    people: dict[int, Term] = {}
    for one in decided:
        since.setdefault(one.terms[0].entity_id, one.place)
        if len(one.terms) == 1 and one.terms[0].kind == "person":
            people[one.terms[0].entity_id] = one.terms[0]
    if not people:
        return []
    taken = Taken.by(decided, passages)
    found = []
    for index, passage in enumerate(passages):
        for start, end, terms in _short_hits(people, passage):
            if taken[index].overlaps(start, end):
                continue
            known = tuple(t for t in terms if since[t.entity_id] < (index, start))
            last = max((since[t.entity_id] for t in known), default=None)
            text = passage.text[start:end]
            if last and not strangers.named(text, passage.language, last, (index, start)):
                found.append(Mention(index, start, end, text, known))
    return found


def _short_hits(
    people: dict[int, Term], passage: Passage
) -> Iterator[tuple[int, int, tuple[Term, ...]]]:
    text, language = passage.text, passage.language
    short = Glossary(tuple(with_short_forms(people.values(), language)))
    hits = short.find(text, language)
    around = Surroundings(text, language, [(hit.start, hit.end) for hit in hits])
    for hit in hits:
        if is_part_of_longer(around, hit.start, hit.end, "person"):
            continue
        # “Long hours” means no Mr Long; “Long said” does.
        is_common = text[hit.start : hit.end].lower() in words.COMMON
        if is_common and is_sentence_start(text, hit.start) and not _SPEAKS_EN.match(text, hit.end):
            continue
        yield hit.start, hit.end, tuple(people[term.entity_id] for term in hit.terms)
    if language == CHINESE:
        yield from _surnames_that_speak(people.values(), text)


def _surnames_that_speak(
    people: Iterable[Term], text: str
) -> Iterator[tuple[int, int, tuple[Term, ...]]]:
    """刘说, 刘表示."""
    by_surname: defaultdict[str, list[Term]] = defaultdict(list)
    for term in people:
        if (name := term.canonical(CHINESE)) and not is_foreign(term) and "·" not in name:
            by_surname[name[0]].append(term)
    for surname, terms in by_surname.items():
        for match in re.finditer(rf"(?<![{HAN}]){surname}(?={words.SPEECH_ZH})", text):
            yield match.start(), match.end(), tuple(terms)


class Strangers:
    """People whom the story names in full and the archive doesn't know."""

    def __init__(self, passages: Sequence[Passage], mentions: Sequence[Mention]) -> None:
        self._places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        taken = Taken.by(mentions, passages)
        for index, passage in enumerate(passages):
            pattern = _STRANGER_ZH if passage.language == CHINESE else _STRANGER_EN
            for match in pattern.finditer(passage.text):
                if not taken[index].overlaps(match.start(), match.end()):
                    for part in {match[1], match[2].split()[-1]}:
                        self._places[part].append((index, match.start()))

    def named(
        self, text: str, language: str, after: tuple[int, int], before: tuple[int, int]
    ) -> bool:
        """Whether somebody else of that name was named between the two places."""
        surname = text[0] if language == CHINESE and "·" not in text else text
        return any(after < place < before for place in self._places.get(surname, ()))


def role_mentions(
    gazetteer: Gazetteer, passages: Sequence[Passage], people: Sequence[Mention], day: date | None
) -> list[Mention]:
    """The references to one office holder; to several known ones, with all as candidates."""
    holders = sorted(_holders(gazetteer, passages, people, day), key=lambda one: one[0])
    found = []
    for index, passage in enumerate(passages):
        pattern = _REFERS_ZH if passage.language == CHINESE else _REFERS_EN
        for match in pattern.finditer(passage.text):
            beside = [one for one in people if one.passage == index]
            if _stands_beside_its_person(passage.text, match, beside):
                continue
            wanted, (start, end) = _folded(match[1]), match.span()
            known = [
                person
                for place, title, person in holders
                if place < (index, start) and title == wanted
            ]
            terms = {person.entity_id: person for person in known if person}
            if terms and all(known):
                found.append(Mention(index, start, end, match[0], tuple(terms.values())))
    return found


def _holders(
    gazetteer: Gazetteer, passages: Sequence[Passage], people: Sequence[Mention], day: date | None
) -> Iterator[tuple[tuple[int, int], str, Term | None]]:
    """From which place in the story on, a title, and the person; None is one unknown."""
    for mention in people:
        person = mention.terms[0]
        for title in _titles_beside(passages[mention.passage], mention):
            yield mention.place, _folded(title), person
        for office in gazetteer.offices_on(person.entity_id, day):
            for language in LANGUAGES:
                if held := office.titles.get(language):
                    yield mention.place, _folded(held), person
    taken = Taken.by(people, passages)
    for index, passage in enumerate(passages):
        for match in _STRANGER_IN_OFFICE.finditer(passage.text):
            if not taken[index].overlaps(match.start(), match.end()):
                yield (index, match.start()), _folded(match[1]), None


def _titles_beside(passage: Passage, mention: Mention) -> Iterator[str]:
    before = passage.text[max(0, mention.start - _NEAR) : mention.start]
    is_chinese = passage.language == CHINESE
    if left := (_LEFT_ZH if is_chinese else _LEFT_EN).search(before):
        yield left[1]
    after = passage.text[mention.end : mention.end + _NEAR]
    if not is_chinese and (right := _RIGHT_EN.match(after)):
        yield right[1]


def _stands_beside_its_person(text: str, match: re.Match[str], people: Iterable[Mention]) -> bool:
    """“Muriel Bowser, the mayor,” and “the mayor, Muriel Bowser” name her already."""
    return any(
        text[one.end : match.start()] in (", ", " ")
        or text[match.end() : one.start] in (", ", " ", "")
        for one in people
    ) or bool(re.match(r", (?:Mr|Ms|Mrs|Dr)?\.? ?[A-Z]", text[match.end() : match.end() + _NEAR]))


def _folded(title: str) -> str:
    return re.sub(r"[\s-]+", " ", title).strip().lower()
