"""Adapts a remembered translation to a source that is nearly the one it was made for.

Figures, dates and names that differ between the two sources are put in place of those that the
translation has. What can't be placed with certainty is told, never guessed. Pure functions.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.entities.glossary.terms import Glossary, Term
from archive.qa.amounts.base import Amount
from archive.qa.amounts.comparison import amounts_in, compare
from archive.qa.amounts.units import same_dimension
from archive.qa.amounts.writing import rewritten
from archive.qa.base import Pair, Story
from archive.qa.runner import check_pair
from archive.text.differences import equal_stretches, words
from archive.text.language import other
from archive.text.scripts import HAN

Span = tuple[int, int]

# Of longer lists nothing is adapted: each figure is compared with each.
_MOST_PLACES, _MOST_DOUBTS = 400, 5
# What a translation may leave out, and another day or number takes the place of.
_PLACED = ("weekday", "ordinal")
# Where a name may be cut, and the word, or the character, that follows one.
_CUTS = re.compile(f"(?<= )|(?= )|(?<=[{HAN}])(?=[{HAN}])")
_NEXT = re.compile(f" ?(?:[{HAN}]|\\w+)")


@dataclass(frozen=True)
class Doubt:
    """Something that differs from the source: in words, and as the target has it ("" if unknown:
    then no edit of the target settles it)."""

    words: str
    in_target: str = ""


@dataclass(frozen=True)
class Adapted:
    """A target for the new source; `spans` are what was adapted in it, `changes` from → to."""

    target: str
    changes: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def changes_json(self) -> str:
        return json.dumps(self.changes)

    @property
    def doubts_json(self) -> str:
        """[words, the same as the target has them] for each."""
        return json.dumps([(one.words, one.in_target) for one in self.doubts])

    @property
    def as_stored(self) -> str:
        """Both, as a segment keeps them; "" where there is neither."""
        if not self.changes and not self.doubts:
            return ""
        return f'{{"adapted": {self.changes_json}, "differing": {self.doubts_json}}}'


@dataclass(frozen=True)
class _Place:
    """A figure or a name in a text; two with one `key` say the same, of one `kind` may differ."""

    span: Span
    kind: str
    key: object
    said: Amount | Term


_Text = tuple[str, list[_Place]]
# What is replaced, by what, and whether that is sure.
_Pair = tuple[_Place | None, _Place | None, bool]


def adapt(
    old: str, target: str, new: str, *, language: str, names: Glossary | None = None
) -> Adapted:
    """The target of `old` for `new`, both in `language`; without `names` only figures and dates."""
    glossary = names or Glossary()
    before, after = (list(_places(text, language, glossary)) for text in (old, new))
    there = list(_places(target, other(language), glossary))
    if len(before) + len(after) + len(there) > _MOST_PLACES:
        known = {place.key for place in before}
        come = [Doubt(_words(place, new)) for place in after if place.key not in known]
        return Adapted(target, doubts=tuple(come[:_MOST_DOUBTS]))
    written: list[tuple[Span, str]] = []
    doubts: list[Doubt] = []
    pairs = _paired((old, before), (new, after))
    for one, following, is_sure in pairs:
        if one and following and one.key == following.key and is_sure:
            continue
        found = [place for place in there if one and _says_the_same(one, place)]
        text = ""
        if following and is_sure and all(_is_sole(place, pairs) for place in found):
            text = _written(one, following, found, target, other(language))
            if one and isinstance(following.said, Term):
                compound = _Compound((old, one), (new, following), target, language, glossary)
                found = found or compound.holding(there, before)
                text = compound.written(found, text)
        if text:
            written += [(place.span, text) for place in found]
        elif found:
            doubts += [Doubt(_words(place, target), _words(place, target)) for place in found]
        elif following:
            doubts.append(Doubt(_words(following, new)))
        elif one:
            doubts.append(Doubt(_words(one, old)))
    adapted = _replaced(target, dict(written), doubts)
    return _with_conflicts(adapted, (old, target), new, language, glossary)


def joined(parts: Sequence[Adapted], space: str) -> Adapted:
    """The targets one after another, parted by `space`, with all that is told of them."""
    spans: list[Span] = []
    at = 0
    for part in parts:
        spans += [(start + at, end + at) for start, end in part.spans]
        at += len(part.target) + len(space)
    return Adapted(
        space.join(part.target for part in parts),
        tuple(dict.fromkeys(change for part in parts for change in part.changes)),
        tuple(spans),
        tuple(dict.fromkeys(doubt for part in parts for doubt in part.doubts)),
    )


def _places(text: str, language: str, glossary: Glossary) -> Iterator[_Place]:
    """The names of a text and its figures outside of them, in its order."""
    names = [hit for hit in glossary.find(text, language) if len(hit.terms) == 1]
    found = [
        _Place((hit.start, hit.end), hit.terms[0].kind, hit.terms[0].entity_id, hit.terms[0])
        for hit in names
    ]
    for amount in amounts_in(text, language):
        in_name = any(hit.start < amount.end and amount.start < hit.end for hit in names)
        if (amount.firm or amount.pair in _PLACED) and not in_name:
            kind = amount.pair if amount.pair in _PLACED else f"{amount.kind} {amount.unit}"
            found.append(_Place(amount.span, kind, (kind, amount.values[0]), amount))
    yield from sorted(found, key=lambda place: place.span)


def _paired(old: _Text, new: _Text) -> list[_Pair]:
    """What replaces what, by its place among the words that both texts have.

    Of what stands in no such place, the only one of a kind replaces the only one: surely if the
    texts have no others of it, or a word beside both is the same. Several of a kind are surely
    paired where nothing is replaced; else that is a guess, and so is what else replaces one of it.
    """
    tokens = _tokens(*old), _tokens(*new)
    keys = [[t if isinstance(t, str) else f" {t.kind}" for t in side] for side in tokens]
    often = Counter(key for side in keys for key in side)
    found: list[_Pair] = []
    for start, at, length in equal_stretches(*keys):
        for number, key in enumerate(keys[0][start : start + length]):
            one, following = tokens[0][start + number], tokens[1][at + number]
            if not isinstance(one, str) and not isinstance(following, str):
                around = keys[0][start + max(0, number - 1) : start + min(length, number + 2)]
                has_word = any(word.isalnum() for word in around)
                if often[key] == 2 or (has_word and _fits(keys, start + number, at + number)):
                    found.append((one, following, True))
    ours = [place for place in old[1] if all(place is not one for one, _new, _sure in found)]
    theirs = [place for place in new[1] if all(place is not one for _old, one, _sure in found)]
    for kind in dict.fromkeys(place.kind for place in (*ours, *theirs)):
        gone, come = ([one for one in side if one.kind == kind] for side in (ours, theirs))
        if len(gone) == len(come):
            is_same = [one.key for one in gone] == [one.key for one in come]
            is_sure = is_same or (len(gone) == 1 and often[f" {kind}"] == 2)
            if not is_sure and len(gone) == 1:
                is_sure = bool(_beside(tokens[0], gone[0]) & _beside(tokens[1], come[0]))
            if not is_sure:
                found = [
                    (one, following, sure and not (one and one.kind == kind))
                    for one, following, sure in found
                ]
            found += [(*pair, is_sure) for pair in zip(gone, come, strict=True)]
        else:
            found += [(one, None, True) for one in gone]
            found += [(None, one, True) for one in come]
    return _across_units(found)


def _across_units(pairs: list[_Pair]) -> list[_Pair]:
    """With the only measure that is gone replaced by the only one that came, in another unit."""
    gone = [old for old, new, _sure in pairs if old and not new and _unit_of(old)]
    come = [new for old, new, _sure in pairs if new and not old and _unit_of(new)]
    units = [_unit_of(one) for one in (*gone, *come)]
    if len(gone) != 1 or len(come) != 1 or not same_dimension(*units):
        return pairs
    kept = [(old, new, sure) for old, new, sure in pairs if gone[0] is not old or new]
    kept = [(old, new, sure) for old, new, sure in kept if come[0] is not new or old]
    # Another measure in one of these units may be meant as well.
    is_sure = not any(one and _unit_of(one) in units for old, new, _ in kept for one in (old, new))
    return [*kept, (gone[0], come[0], is_sure)]


def _unit_of(place: _Place) -> str:
    said = place.said
    return said.unit if isinstance(said, Amount) and said.kind == "measure" else ""


def _tokens(text: str, places: list[_Place]) -> list[str | _Place]:
    """The words of a text in order, in small letters, and its places."""
    found: list[str | _Place] = []
    at = 0
    for place in places:
        found += [*words(text[at : place.span[0]].rstrip().lower()), place]
        at = place.span[1]
    return [*found, *words(text[at:].lower())]


def _beside(tokens: list[str | _Place], place: _Place) -> set[tuple[int, str]]:
    """The words right before and after a place, with on which side they are."""
    at = next(number for number, token in enumerate(tokens) if token is place)
    near = [(side, tokens[at + side]) for side in (-1, 1) if 0 <= at + side < len(tokens)]
    return {(side, word) for side, word in near if isinstance(word, str) and word.isalnum()}


def _fits(keys: list[list[str]], ours: int, theirs: int) -> bool:
    """Whether no other of the kind stands behind the word that the one or the other is behind."""
    behind = [[*zip(["", *side], side, strict=False)] for side in keys]
    one, other = behind[0][ours], behind[1][theirs]
    return one == other or not (one in behind[1] or other in behind[0])


def _is_sole(place: _Place, pairs: list[_Pair]) -> bool:
    """Whether all that it may say in the target becomes the same."""
    become = {new and new.key for old, new, _sure in pairs if old and _says_the_same(old, place)}
    return len(become) == 1


def _says_the_same(one: _Place, in_target: _Place) -> bool:
    if isinstance(one.said, Term) or isinstance(in_target.said, Term):
        return one.key == in_target.key
    same_kind = one.said.kind == in_target.said.kind or one.kind == in_target.kind == "ordinal"
    return same_kind and one.said.values[0] in in_target.said.values


def _written(
    one: _Place | None, following: _Place, found: list[_Place], target: str, language: str
) -> str:
    """What takes the place of the old one in the target; "" if that isn't certain."""
    if isinstance(following.said, Term):
        return following.said.canonical(language) if found else ""
    if one is None or isinstance(one.said, Term) or len(found) != 1:
        return ""
    words = _words(found[0], target)
    return rewritten(words, one.said, following.said, language)


@dataclass(frozen=True)
class _Compound:
    """A name that is a part of another, or of a word for what it names: the Port of Long Beach, a
    Long Beach harbor, 长滩港. What is said of one is said of the other, as far as both sources have
    the same word for it."""

    old: tuple[str, _Place]
    new: tuple[str, _Place]
    target: str
    language: str
    names: Glossary

    def holding(self, there: list[_Place], before: list[_Place]) -> list[_Place]:
        """The longer name in the target that has the old one in it, and is nothing else's; where
        the same word follows both names in the sources."""
        follows = [_NEXT.match(text, place.span[1]) for text, place in (self.old, self.new)]
        if not all(follows) or len({one[0].lower() for one in follows if one}) != 1:
            return []
        held = [
            place
            for place in there
            if isinstance(place.said, Term)
            and self._with_new(self.old[1].said, place)
            and not any(_says_the_same(one, place) for one in before)
        ]
        return held if len(held) == 1 else []

    def written(self, found: list[_Place], plain: str) -> str:
        """The target's words with the new name in them; "" where nobody knows how that is said, and
        `plain` where the name stands by itself."""
        if not found:
            return ""
        if not _says_the_same(self.old[1], found[0]):
            return self._with_new(self.old[1].said, found[0])
        base = self._base()
        if base is None:
            return plain
        hits = self.names.find(base, self.language)
        is_name = (
            len(hits) == 1 and len(hits[0].terms) == 1 and hits[0].end - hits[0].start == len(base)
        )
        return self._with_new(hits[0].terms[0], found[0]) if is_name and len(found) == 1 else ""

    def _base(self) -> str | None:
        """The old name without the words that stand beside the new one as well: "Long Beach" of
        "Port of Long Beach" before "the Port of Seattle"; None where there are none."""
        (old, one), (new, following) = self.old, self.new
        words = _words(one, old)
        before, after = new[: following.span[0]].lower(), new[following.span[1] :].lower()
        for at in _CUTS.finditer(words):
            head, tail = words[: at.start()], words[at.start() :]
            if head and tail and before.endswith(head.lower()):
                return tail
            if head and tail and after.startswith(tail.lower()):
                return head
        return None

    def _with_new(self, base: Amount | Term, place: _Place) -> str:
        """A place's words with the new name for the base's; "" where they don't have it once."""
        words, new = _words(place, self.target), self.new[1].said
        if not isinstance(base, Term) or not isinstance(new, Term):
            return ""
        to = other(self.language)
        forms = [form for form in base.allowed(to) if words.count(form) == 1 and form != words]
        name = new.canonical(to)
        return words.replace(max(forms, key=len), name) if forms and name else ""


def _words(place: _Place, text: str) -> str:
    return text[slice(*place.span)].strip()


def _replaced(target: str, written: dict[Span, str], doubts: list[Doubt]) -> Adapted:
    parts: list[str] = []
    spans: list[Span] = []
    changes: list[str] = []
    at = length = 0
    for (start, end), text in sorted(written.items()):
        parts += [target[at:start], text]
        length += start - at
        spans.append((length, length + len(text)))
        changes.append(f"{target[start:end].strip()} → {text}")
        length, at = length + len(text), end
    return Adapted(
        "".join([*parts, target[at:]]),
        tuple(dict.fromkeys(changes)),
        tuple(spans),
        tuple(dict.fromkeys(doubts)),
    )


def _with_conflicts(
    adapted: Adapted, remembered: tuple[str, str], new: str, language: str, names: Glossary
) -> Adapted:
    """With what the checks see in the result: figures, whoever is to blame, and all else that
    they don't see in what is remembered."""
    found = compare(new, language, adapted.target, other(language))
    differing = (*found.conflicts, *found.likely)
    amounts = [theirs for _ours, theirs in differing] + list(found.added)
    said = [one.words_in(adapted.target) for one in amounts]
    before, after = (
        check_pair(pair, Story((pair,), language, other(language), names))
        for pair in (Pair("", "", *remembered), Pair("", "", new, adapted.target))
    )
    old = {one.check_id for one in before}
    more = [one for one in after if one.check_id not in old]
    said += [adapted.target[slice(*span)].strip() for one in more for span in one.target_spans]
    known = {doubt.in_target for doubt in adapted.doubts}
    told = tuple(Doubt(one, one) for one in dict.fromkeys(said) if one and one not in known)
    return Adapted(adapted.target, adapted.changes, adapted.spans, (*adapted.doubts, *told))
