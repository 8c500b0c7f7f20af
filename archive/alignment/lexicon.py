"""Which words of two texts may translate each other, and how probably."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from archive.alignment.pieces import BagOfWords
from archive.text.dictionary import Glosses, installed_glosses
from archive.text.english import stem

Row = dict[str, float]
# A bead of a path: the first piece and how many, of either text, and its probability.
Weighted = tuple[int, int, int, int, float]
# How probably a figure or a name of one text is said in its translation.
_SURE = 0.9
# What a gloss is worth: _GLOSS x share ** _FLAT; a gloss of a word's characters by themselves:
# _CHARACTER x share.
_GLOSS, _FLAT, _CHARACTER = 0.9, 0.4, 0.4
# Words that keep standing in the same links are learnt, if so alike (0 to 1).
_ALIKE, _LEARNT = 0.3, 0.7
# Syllables of the longest name that is looked for.
_SYLLABLES = 4


class Lexicon:
    """The words of two texts, piece by piece, and what may translate what, once it is weighed.

    `theirs` may be in Chinese characters, `ours` in letters. `ahead[their word][our word]` is how
    many times likelier our word is in a translation of theirs than anywhere; `back` the same in
    the other direction. Words in neither have nothing to compare them with.
    """

    def __init__(self, ours: Sequence[BagOfWords], theirs: Sequence[BagOfWords]) -> None:
        self.ours = [piece.words for piece in ours]
        self.theirs = [piece.words for piece in theirs]
        self._totals = _total(self.ours), _total(self.theirs)
        self._pairs: dict[str, Row] = defaultdict(dict)
        self._add_shared()
        if glosses := installed_glosses():
            self._add_glosses(glosses)
        self._add_readings(ours, theirs)

    def _add_shared(self) -> None:
        """Figures, and Latin words that a Chinese text keeps."""
        ours, theirs = self._totals
        for word in theirs:
            plain = stem(word[1:]) if word[0] == "~" else word
            if plain in ours:
                self._pairs[word][plain] = _SURE

    def _add_glosses(self, glosses: Glosses) -> None:
        ours, theirs = self._totals
        known = ours.keys()
        for word in theirs:
            worth = _worth(word, glosses)
            if shared := worth.keys() & known:
                self._pairs[word].update({one: worth[one] for one in shared})

    def _add_readings(self, ours: Sequence[BagOfWords], theirs: Sequence[BagOfWords]) -> None:
        """Capitalised words that are Pinyin: each place with that reading becomes a word."""
        known = self._totals[0]
        wanted = {
            name: plain for piece in ours for name in piece.names if (plain := stem(name)) in known
        }
        starts = {name[:size] for name in wanted for size in range(1, 7)}
        found: Counter[str] = Counter()
        for number, piece in enumerate(theirs):
            said = [
                name
                for run in piece.readings
                for at, syllable in enumerate(run)
                if syllable in starts
                for name in _readings_at(run, at)
                if name in wanted
            ]
            if said:
                found.update(said)
                self.theirs[number] = self.theirs[number] + Counter("^" + name for name in said)
        for name, count in found.items():
            # Of a common syllable's many places only some are the name.
            self._totals[1]["^" + name] = count
            self._pairs["^" + name][wanted[name]] = _SURE * min(1, known[wanted[name]] / count)

    def add_names(
        self, names: Sequence[tuple[str, str]], texts: tuple[Sequence[str], Sequence[str]]
    ) -> None:
        """Names in the two texts' languages, in this order; each pair is one name."""
        sides = self.ours, self.theirs
        for number, forms in enumerate(names):
            for bags, total, pieces, form in zip(sides, self._totals, texts, forms, strict=True):
                for at, text in enumerate(pieces):
                    if form in text:
                        bags[at] = bags[at] + Counter([f"@{number}"])
                        total[f"@{number}"] += 1
            self._pairs[f"@{number}"][f"@{number}"] = _SURE

    def learn(self, beads: Iterable[Weighted]) -> None:
        """Take in which repeated words stand in the same links."""
        ours, theirs = self._totals
        seen: tuple[Row, Row] = defaultdict(float), defaultdict(float)
        together: dict[tuple[str, str], float] = defaultdict(float)
        for first, count, other_first, other_count, share in beads:
            here = {w for bag in self.ours[first : first + count] for w in bag if ours[w] > 1}
            there = {
                w
                for bag in self.theirs[other_first : other_first + other_count]
                for w in bag
                if theirs[w] > 1
            }
            for total, words in zip(seen, (here, there), strict=True):
                for word in words:
                    total[word] += share
            for word in there:
                for other in here:
                    together[word, other] += share
        for (word, other), times in together.items():
            if times >= 1.5 and 2 * times / (seen[0][other] + seen[1][word]) >= _ALIKE:
                row = self._pairs[word]
                row[other] = max(row.get(other, 0), _LEARNT * times / (seen[1][word] + 1.5))
        self.weigh()

    def weigh(self) -> None:
        """Work out `ahead` and `back` by all that is known."""
        ours, theirs = self._totals
        sizes = [sum(total.values()) + 20 for total in self._totals]
        mass: dict[str, float] = defaultdict(float)
        for word, row in self._pairs.items():
            for other, share in row.items():
                mass[other] += share * theirs[word]
        self.ahead: dict[str, Row] = {}
        self.back: dict[str, Row] = defaultdict(dict)
        for word, row in self._pairs.items():
            if row:
                count = theirs[word]
                rate = sizes[1] / (count + 0.5)
                ahead: Row = {}
                self.ahead[word] = ahead
                for other, share in row.items():
                    ahead[other] = share * sizes[0] / (ours[other] + 0.5)
                    # A word of ours that many of theirs may have become is shared among them.
                    part = count / mass[other]
                    self.back[other][word] = rate * share * (part if part < 1 else 1)


@lru_cache(maxsize=4096)
def _worth(word: str, glosses: Glosses) -> Row:
    """By each stem that may stand for the word, or for one of its characters."""
    row = {one: _GLOSS * n**_FLAT for one, n in glosses.of(word).items()}
    for character in word if len(word) > 1 else "":
        for gloss, share in glosses.of(character).items():
            row.setdefault(gloss, _CHARACTER * share / len(word))
    return row


def _total(bags: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for bag in bags:
        for word, count in bag.items():
            total[word] = total.get(word, 0) + count
    return total


def _readings_at(run: tuple[str, ...], at: int) -> list[str]:
    """The readings of the one to four characters from `at` on."""
    return ["".join(run[at : at + size]) for size in range(1, min(_SYLLABLES, len(run) - at) + 1)]
