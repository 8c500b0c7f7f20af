"""The right script: nothing traditional in simplified text, nothing left in the other language."""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.contrib.checks.organisations import bodies_in
from archive.contrib.checks.places import places_in
from archive.qa.base import (
    ENGLISH_AND_CHINESE,
    LATIN,
    Check,
    Finding,
    Pair,
    Span,
    Story,
    folded,
    remembered,
)
from archive.text.language import CHINESE, ENGLISH, LANGUAGES, UNSPACED
from archive.text.normalisation import to_simplified
from archive.text.punctuation import joined
from archive.text.scripts import HAN

# Traditional forms that simplified text has as well: 乾隆, 著名, 瞭望, 狼藉, 角徵羽, 於 as a name.
_ALSO_SIMPLIFIED = set("乾著瞭藉徵於夥昇堃喆祎甯濬鍾馀髙镕暸麽剋覆穀陞乹")


class Traditional(Check):
    check_id = "traditional"
    languages = frozenset({CHINESE})
    name = gettext_lazy("Traditional characters")
    description = gettext_lazy("Traditional characters in simplified text.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if story.target_language != CHINESE:
            return
        simplified = to_simplified(pair.target)
        if simplified == pair.target or len(simplified) != len(pair.target):
            return
        spans = tuple(
            (at, at + 1)
            for at, (one, other) in enumerate(zip(pair.target, simplified, strict=True))
            if one != other and one not in _ALSO_SIMPLIFIED
        )
        if spans:
            wrong = "".join(pair.target[start:end] for start, end in spans)
            right = "".join(simplified[start:end] for start, end in spans)
            message = _("In simplified Chinese: %(right)s, not %(wrong)s.")
            yield self.finding(pair, message % {"right": right, "wrong": wrong}, target=spans)


_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")
_BRACKETED = re.compile(r"[（(\[【<][^（()）\]】>]*[)）\]】>]|《[^》]*》|`[^`]*`|[“\"][\w-]+[”\"]")
_LETTERS = rf"[{LATIN}][{LATIN}'’-]*"
_RUN = re.compile(rf"(?<![A-Za-z0-9./@:_\\-]){_LETTERS}(?:,? {_LETTERS})*(?![A-Za-z0-9./@:_\\])")
_LOWER = re.compile(r"[a-z][a-z'’-]+\Z")
_NAME_PARTICLES = {"de", "la", "le", "les", "du", "des", "da", "di", "do", "dos", "van", "von"}
_NAME_PARTICLES |= {"der", "den", "al", "el", "bin", "ibn", "of", "the", "and", "for", "in", "on"}
_PLAIN_WORD = re.compile(
    r"(?:the|and|of|to|in|for|with|from|that|this|which|was|were|is|are|has|have|had|not|but|its|their"
    r"|city|cities|port|ports|trade|year|years|people|sister|visit|said|new|friendly|green|ocean"
    r"|[a-z]{2,}(?:tion|tions|ment|ments|ness|ity|ities|ing|ance|ence|ship|ical|ally|ous|ful|able|ible|ated|ism|ists?))\Z"
)


_WORD = re.compile(rf"[{LATIN}][{LATIN}'’-]*")
# Short forms that Chinese texts have as well.
_MAY_STAY = {"app", "apps", "mph", "rpm", "ppm", "bps", "vs", "wifi", "etc"}
# Brands that Chinese papers write so.
_MAY_STAY |= {"Twitter", "Facebook", "Instagram", "Google", "Windows", "Android", "Linux"}
_MAY_STAY |= {"Wikipedia", "Netflix", "Uber", "Zoom", "Skype", "Telegram", "Spotify", "Reddit"}
# Of a technical text's segments, so many keep words of its source.
_TECHNICAL = 0.05
_FEWEST = 4


class LatinLeft(Check):
    check_id = "latin-left"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Untranslated English")
    description = gettext_lazy("Untranslated English words in Chinese text.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if story.target_language != CHINESE or not re.search(r"[a-z]{2}", pair.target):
            return
        text = _unbracketed(pair.target)
        kept = _kept_words(pair)
        kept -= _terms_of(story) if kept else set()
        spans = tuple(
            match.span()
            for match in _RUN.finditer(text)
            if _is_prose(match[0]) or kept & set(_WORD.findall(match[0]))
        )
        if spans:
            words = joined(text[start:end] for start, end in spans)
            message = _("Still in English: %(words)s") % {"words": words}
            yield self.finding(pair, message, target=spans)


def _unbracketed(text: str) -> str:
    """After a Chinese term, the original in brackets is no oversight."""
    return _blanked(_BRACKETED, _blanked(_ADDRESS, text))


def _kept_of(words: list[str], ours: set[str]) -> set[str]:
    """Those that the source has too, perhaps in the plural."""
    return {word for word in words if word in ours or f"{word}s" in ours}


def _kept_words(pair: Pair) -> set[str]:
    """Words in small letters, and single capitalised ones, that stand in the source as well."""
    ours = set(_WORD.findall(pair.source))
    text = _unbracketed(pair.target)
    found = set()
    for match in _RUN.finditer(text):
        words = _WORD.findall(match[0])
        is_product = text[match.end() : match.end() + 2].strip()[:1].isdigit()
        for word in _kept_of(words, ours) - _MAY_STAY - _NAME_PARTICLES:
            is_small = _LOWER.match(word) and len(word) > 2
            is_single = len(words) == 1 and len(word) > 3 and word[1:].islower()
            if is_small or (is_single and not is_product and _has_chinese_name(word, pair.source)):
                found.add(word)
    return found


def _has_chinese_name(word: str, source: str) -> bool:
    """Whether papers write it in characters: what is listed, and people; not each new brand."""
    is_listed = bodies_in(word, ENGLISH) or places_in(word, ENGLISH)
    return bool(is_listed or re.search(rf"[a-z,] [A-Z][a-z]+ {re.escape(word)}\b", source))


@remembered
def _terms_of(story: Story) -> set[str]:
    """What a story keeps in several segments, it keeps on purpose; a technical text all of it."""
    kept = [_kept_words(pair) for pair in story.pairs if re.search("[a-z]{2}", pair.target)]
    counts = Counter(word for words in kept for word in words)
    many = sum(any(word.islower() for word in words) for words in kept)
    is_technical = many >= max(_FEWEST, _TECHNICAL * len(story.pairs))
    return {word for word, count in counts.items() if count > 1 or is_technical}


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with all matches blanked out, offsets unchanged."""
    return pattern.sub(lambda match: "\ue000" * len(match[0]), text)


def _is_prose(run: str) -> bool:
    """Names, abbreviations and units may stay; words of running text may not."""
    words = [word.rstrip(",") for word in run.split()]
    lower = [word for word in words if _LOWER.match(word)]
    plain = [word for word in lower if _PLAIN_WORD.match(word) and word not in _NAME_PARTICLES]
    rest = [word for word in lower if word not in _NAME_PARTICLES]
    is_pair = len(rest) == len(words) == 2 and min(map(len, rest)) > 3
    return bool(plain) or len(rest) >= 3 or is_pair


class HanLeft(Check):
    check_id = "han-left"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Untranslated Chinese")
    description = gettext_lazy("Untranslated Chinese characters in English text.")
    _han = re.compile(rf"[{HAN}]+")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if story.target_language != ENGLISH:
            return
        text = _blanked(_BRACKETED, pair.target)
        if spans := tuple(match.span() for match in self._han.finditer(text)):
            words = joined(text[start:end] for start, end in spans)
            yield self.finding(
                pair, _("Still in Chinese: %(words)s") % {"words": words}, target=spans
            )


class Untranslated(Check):
    check_id = "untranslated"
    severity = "error"
    name = gettext_lazy("Not translated")
    description = gettext_lazy("The translation is the source text itself.")
    _words = {
        **dict.fromkeys(LANGUAGES, re.compile(r"(?:[^\W\d_]['’-]?)+(?:[\W\d_]+[^\W\d_]+){3}")),
        **dict.fromkeys(UNSPACED, re.compile(r"(?:[^\W\d_][\W\d_]*){4}")),
        ENGLISH: re.compile(rf"(?:[{LATIN}'’-]+[^{LATIN}]+){{3}}[{LATIN}]"),
        CHINESE: re.compile(rf"(?:[{HAN}][^{HAN}]*){{4}}"),
    }
    # Whom to credit and whom a saying is by are names, and names may stay.
    _names = ("credit", "attribution", "cell")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if pair.kind in self._names or folded(pair.source) != folded(pair.target):
            return
        has_words = self._words[story.source_language].search(pair.source)
        is_name = pair.source.istitle() and not pair.source.rstrip().endswith((".", "?", "!"))
        if has_words and not is_name:
            whole: tuple[Span, ...] = ((0, len(pair.target)),)
            yield self.finding(pair, _("This is the source text, untranslated."), target=whole)
