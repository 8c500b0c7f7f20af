"""Punctuation and spacing: full width in Chinese, half width in English; doubled words."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.contrib.checks.quotes import unpaired
from archive.qa.base import (
    ENGLISH_AND_CHINESE,
    HEADING_KINDS,
    Check,
    Finding,
    Pair,
    Story,
    remembered,
)
from archive.text.language import CHINESE, ENGLISH, LANGUAGES
from archive.text.scripts import HAN


class PatternCheck(Check):
    """Finds places in the target by a pattern for its language."""

    patterns: dict[str, re.Pattern[str]]
    messages: dict[str, str | Promise]

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        pattern = self.patterns.get(story.target_language)
        places = list(pattern.finditer(pair.target)) if pattern else []
        if places:
            spans = tuple(match.span() for match in places)
            fixed = [self.fixed(match[0], story.target_language) for match in places]
            known = tuple(one for one in fixed if one is not None)
            fixes = known if len(known) == len(spans) else ()
            message = str(self.messages[story.target_language])
            yield self.finding(pair, message, target=spans, fixes=fixes)

    def fixed(self, words: str, language: str) -> str | None:
        """What to write for what the pattern finds; None where a person has to say."""
        return None


class HalfWidth(PatternCheck):
    check_id = "half-width"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Half-width punctuation")
    description = gettext_lazy("English punctuation in Chinese text.")
    patterns = {
        CHINESE: re.compile(
            rf"(?<=[{HAN}”》）])[,;:?!](?![/\d])|[,;?!](?=[{HAN}“《（])|(?<=[{HAN}”）])\.(?=\s|$|[{HAN}“])"
            rf"|(?<=[{HAN}])\((?=[^()]*[{HAN}][^()]*\))|(?<=[{HAN}])\)(?=[{HAN}，。；：？！])"
        )
    }
    messages = {CHINESE: gettext_lazy("Chinese punctuation is full width: ，。；：？！（）")}
    _wide = str.maketrans(",.;:?!()", "，。；：？！（）")

    def fixed(self, words: str, language: str) -> str:
        return words.translate(self._wide)


class FullWidth(PatternCheck):
    check_id = "full-width"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Chinese punctuation")
    description = gettext_lazy("Chinese punctuation in English text.")
    patterns = {ENGLISH: re.compile(r"[，。；：？！（）、《》〈〉【】．～｡､　]")}
    messages = {ENGLISH: gettext_lazy("English does not use this punctuation.")}


class FullWidthLetters(PatternCheck):
    check_id = "full-width-letters"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Full-width letters or digits")
    description = gettext_lazy("Letters or digits are full width.")
    _wide = re.compile(r"[Ａ-Ｚａ-ｚ０-９％＆＋＠]+")
    _message = gettext_lazy("Letters and digits are half width in both languages.")
    patterns = {CHINESE: _wide, ENGLISH: _wide}
    messages = {CHINESE: _message, ENGLISH: _message}

    def fixed(self, words: str, language: str) -> str:
        return unicodedata.normalize("NFKC", words)


class Dash(PatternCheck):
    check_id = "dash"
    name = gettext_lazy("Dash")
    description = gettext_lazy("The dash is not the one of the language.")
    patterns = {
        CHINESE: re.compile(
            rf"(?<=[{HAN}，。”])\s*(?:--+|—-+|-+—)\s*(?=[{HAN}“])|(?<=[{HAN}，。”])\s+[-–—]+\s+(?=[{HAN}“])"
            r"|(?<!—)—{3,}|——\s+|\s+——"
        ),
        ENGLISH: re.compile(r"——+|[－─―]{2,}"),
    }
    messages = {
        CHINESE: gettext_lazy("A Chinese dash is —— (two in a row), without spaces."),
        ENGLISH: gettext_lazy("An English dash is a single – or —."),
    }

    def fixed(self, words: str, language: str) -> str:
        return "——" if language == CHINESE else "—"


class Ellipsis(PatternCheck):
    check_id = "ellipsis"
    name = gettext_lazy("Ellipsis")
    description = gettext_lazy("The ellipsis is not the one of the language.")
    patterns = {
        CHINESE: re.compile(
            rf"(?<=[{HAN}，。“”])\.{{2,}}|\.{{2,}}(?=[{HAN}“”])|。{{3,}}|(?<!…)…(?!…)|…{{3,}}|·{{3,}}"
        ),
        ENGLISH: re.compile(r"…{2,}|。{2,}"),
    }
    messages = {
        CHINESE: gettext_lazy("A Chinese ellipsis is …… (six dots)."),
        ENGLISH: gettext_lazy("An English ellipsis is … or three dots."),
    }

    def fixed(self, words: str, language: str) -> str:
        return "……" if language == CHINESE else "…"


class RepeatedMark(PatternCheck):
    check_id = "repeated-mark"
    name = gettext_lazy("Repeated punctuation")
    description = gettext_lazy("Two punctuation marks where one is expected.")
    patterns = {
        **dict.fromkeys(
            LANGUAGES,
            re.compile(r",,+|;;+|(?<![.\d])\.\.(?!\.)|,\.(?!\w)|\.,(?<![A-Za-z]\.,)|,;|;,"),
        ),
        CHINESE: re.compile(
            r"，，+|。。(?!。)|、、+|；；+|：：+|[，、；：]+[。？！；，](?<!：，)|[。！？][，、；]|,,+"
            r"|。[！？.]|[！？][。.]|[。！？][”』」]。"
        ),
    }
    messages = dict.fromkeys(LANGUAGES, gettext_lazy("One of these marks is redundant."))
    _emphatic = re.compile(r"([!?！？])\1+")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        yield from super().check(pair, story)
        # What shouts in the source may shout in the translation.
        spans = tuple(match.span() for match in self._emphatic.finditer(pair.target))
        if spans and not self._emphatic.search(pair.source):
            yield self.finding(pair, str(self.messages[story.target_language]), target=spans)


_WORKS = (
    r"novels?|films?|movies?|books?|plays?|operas?|albums?|songs?|magazines?|newspapers?|journals?"
    r"|poems?|series|paintings?|memoirs?|ballets?|documentar(?:y|ies)|musicals?|stor(?:y|ies)"
)
# A capitalised word that doesn't stand there because a sentence begins with it.
_COMMON = (
    "The|A|An|His|Her|He|She|It|They|We|I|In|On|At|For|From|With|And|But|This|That|These|Those|Its"
    "|Their|My|Our|As|After|Before|When|While|Since|One|Two"
)
_TITLE_CASE = re.compile(
    rf"(?<![.!?:\"“] )(?<!^)\b[A-Z][\w’']|(?:^|(?<=[.!?:\"“] ))(?!(?:{_COMMON})\b)[A-Z][\w’']"
)


class TitleMarks(Check):
    check_id = "title-marks"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Title marks")
    description = gettext_lazy("Title marks are missing or not paired.")
    _marks = re.compile("[《》]")
    _italic = re.compile(r"<(?:i|em)\b[^>]*>([^<]*[A-Z][^<]* [^<]*[A-Z][^<]*)</(?:i|em)>")
    _quoted = re.compile(
        rf"\b(?:{_WORKS}),? (?:called |titled |named )?[\"“‘]([A-Z][^\"“”]{{1,80}}?)[\"”’,]"
        rf"|[\"“]([A-Z][^\"“”]{{1,80}}?)[,\"”]{{1,2}},? (?:a|an|the|his|her|their|its) "
        rf"(?:[\w-]+ ){{0,2}}(?:{_WORKS})\b"
    )
    _chinese = re.compile(r"《[^《》]{1,80}》")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if story.target_language != CHINESE:
            yield from self._into_english(pair)
        elif spans := unpaired(pair.target, self._marks):
            yield self.finding(pair, _("《 and 》 are not paired."), target=spans)
        elif "《" not in pair.target:
            title = self._italic.search(pair.source_markup) or self._quoted.search(pair.source)
            if title:
                words = title[1] or title[2]
                start = pair.source.find(words)
                spans = ((start, start + len(words)),) if start >= 0 else ()
                message = _("Is “%(title)s” a title? Chinese titles are written in 《》.")
                yield self.finding(pair, message % {"title": words}, source=spans)

    def _into_english(self, pair: Pair) -> Iterator[Finding]:
        title = self._chinese.search(pair.source)
        has_one = re.search(r"[\"“‘]|(?<!\w)'", pair.target) or "<i" in pair.target_markup
        if title and not has_one and not _TITLE_CASE.search(pair.target):
            message = _("The title %(title)s is missing from the translation.")
            yield self.finding(pair, message % {"title": title[0]}, source=(title.span(),))


class EndMark(Check):
    check_id = "end-mark"
    name = gettext_lazy("Final punctuation")
    description = gettext_lazy("The last sentence does not end as in the source.")
    _tail = re.compile(r"[”’\"'」』）)\]》\s]+$")
    # Its last bracket follows a sentence that has its stop: a note, or a sentence of its own.
    _note = re.compile(r"[.。!！?？…][”’\"'」』]*\s*(?:（[^（）]*）|\([^()]*\))\s*$")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        source, target = (self._tail.sub("", text) for text in (pair.source, pair.target))
        ours, end = source[-1:], len(target)
        place = ((max(end - 1, 0), end),)
        if self._note.search(pair.target) and not pair.source.rstrip().endswith((")", "）")):
            return
        asks = ours in tuple("?？") and pair.kind not in HEADING_KINDS
        if asks and not re.search("[?？؟吗呢か]", pair.target):
            yield self.finding(pair, _("The source ends with a question mark."), target=place)
        elif ours in tuple(".。") and pair.kind in ("paragraph", "text") and target[-1:].isalnum():
            stop = "。" if story.target_language == CHINESE else "."
            end = _stop_at(pair.target, end, is_chinese=story.target_language == CHINESE)
            place = ((end - 1, end),)
            fixes = (f"{pair.target[end - 1]}{stop}",)
            yield self.finding(pair, _("The full stop is missing."), target=place, fixes=fixes)


_PAIRED = dict(zip("”’」』）)]》", "“‘「『（([《", strict=True)) | {mark: mark for mark in "\"'"}
_BRACKETS, _TITLES = "）)]", "》"


def _stop_at(text: str, end: int, *, is_chinese: bool) -> int:
    """Where the full stop goes that the text lacks; its last closing marks begin at `end`.

    Inside a bracket or, in Chinese, a quotation that is a sentence of its own; in English inside
    every quotation.
    """
    closing = [(at, mark) for at, mark in enumerate(text[end:], end) if not mark.isspace()]
    for at, mark in closing:
        before = text[: max(text.rfind(_PAIRED[mark], 0, at), 0)].rstrip()
        is_quoted = mark not in _BRACKETS + _TITLES
        is_sentence = (
            not before or before[-1] in ".。!！?？…" or (is_quoted and before[-1] in "：:，,")
        )
        if mark not in _TITLES and (is_sentence or (is_quoted and not is_chinese)):
            return end
        end = at + 1
    return end


_BLANK = r"[ \u00a0\u2009\u3000]"
_FULL = "，。；：？！、"
_ODD_BLANK = re.compile(_BLANK)
_SENTENCE_END = re.compile("[。！？；…][”’」』）]*$")
# What is part of a headline, and how many of them it has at most.
_CLAUSE, _CLAUSES = re.compile(f"[{HAN}][^{HAN}]*[{HAN}][^{HAN}]*[{HAN}]"), 3
# From so many segments on, spaces around Latin letters are the translator's manner.
_STYLE = 3
_BESIDE_LATIN = re.compile(
    rf"(?<=[{HAN}]){_BLANK}+(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%]){_BLANK}+(?=[{HAN}])"
)


class Spacing(PatternCheck):
    check_id = "spacing"
    name = gettext_lazy("Spacing")
    description = gettext_lazy("A space where the language has none, or a missing space.")
    patterns = {
        CHINESE: re.compile(
            rf"(?<=[{HAN}]){_BLANK}+(?=[{HAN}A-Za-z0-9])|(?<=[A-Za-z0-9%]){_BLANK}+(?=[{HAN}])"
            rf"|{_BLANK}+(?=[{_FULL}）》”])|(?<=[{_FULL}（《“]){_BLANK}+"
        ),
        ENGLISH: re.compile(
            r"(?<=\w) +(?=[,;:?!](?:\s|$))|(?<=\w) +(?=\.(?:\s|$))|(?<=[a-z]{2}[,;])(?=[A-Za-z])"
            r"|(?<=[a-z]{2}[.?!])(?=[A-Z][a-z])"
        ),
    }
    messages = {
        CHINESE: gettext_lazy("Chinese has no spaces, not even next to Latin letters and digits."),
        ENGLISH: gettext_lazy("A space follows punctuation, and none precedes it."),
    }

    def fixed(self, words: str, language: str) -> str | None:
        # Where a space is missing, the pattern finds a place and no words.
        return "" if words else None

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if story.target_language != CHINESE:
            yield from super().check(pair, story)
            return
        if " " not in pair.target and not _ODD_BLANK.search(pair.target):
            return
        if pair.kind in HEADING_KINDS or not _SENTENCE_END.search(pair.target):
            # Two clauses of a headline are parted by a blank.
            parts = pair.target.split(" ")
            if 1 < len(parts) <= _CLAUSES and all(_CLAUSE.search(part) for part in parts):
                return
        everywhere = _blanks_beside_latin(story)
        if len(everywhere) < _STYLE or pair.key not in everywhere:
            yield from super().check(pair, story)
        elif pair.key == everywhere[0]:
            # A manner of writing is told once, not at each segment.
            message = _(
                "Chinese has no spaces next to Latin letters and digits; %(count)d segments."
            )
            spans = tuple(match.span() for match in _BESIDE_LATIN.finditer(pair.target))
            yield self.finding(pair, message % {"count": len(everywhere)}, target=spans)


@remembered
def _blanks_beside_latin(story: Story) -> tuple[str, ...]:
    """The segments with blanks between Chinese and Latin letters or digits, and no others."""
    pattern = Spacing.patterns[CHINESE]
    return tuple(
        pair.key
        for pair in story.pairs
        if _BESIDE_LATIN.search(pair.target)
        and not pattern.search(_BESIDE_LATIN.sub("", pair.target))
    )


class DoubledSpace(PatternCheck):
    check_id = "doubled-space"
    name = gettext_lazy("Double space")
    description = gettext_lazy("Two or more spaces in a row.")
    _doubled = re.compile(rf"(?<=\S){_BLANK}{{2,}}(?=\S)")
    patterns = dict.fromkeys(LANGUAGES, _doubled)
    messages = dict.fromkeys(LANGUAGES, gettext_lazy("Use one space."))

    def fixed(self, words: str, language: str) -> str:
        return " "


class DoubledWord(PatternCheck):
    check_id = "doubled-word"
    name = gettext_lazy("Repeated word")
    description = gettext_lazy("The same word twice in a row.")
    patterns = {
        # Chinese doubles many words on purpose; these never, but for 的的确确 and the like.
        CHINESE: re.compile(
            rf"的的(?!确)|是是(?!非)|和和(?![美睦气])|在在(?!都|皆)|与与|及及|为为|于于|被被|把把|而而"
            rf"|但但|并并|(?<!不甚)了了(?![之可])|([{HAN}]{{3,}})\1|\b([A-Za-z]{{2,}}) +\2\b"
        ),
        ENGLISH: re.compile(
            r"\b(?!(?:[Hh]ad|[Tt]hat)\b)([A-Za-z])([a-z]*)[ \n]+(?=[a-z])(?i:\1)\2\b(?!-)"
        ),
    }
    _message = gettext_lazy("This word is repeated.")
    messages = {CHINESE: _message, ENGLISH: _message}
