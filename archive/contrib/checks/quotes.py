"""Quotation marks: as many as it takes, of the language's own kind, and somebody who speaks."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.contrib.checks.speakers import misattributed
from archive.contrib.checks.titles import another_work, is_proper_name
from archive.qa.base import (
    ENGLISH_AND_CHINESE,
    HEADING_KINDS,
    Check,
    Finding,
    Pair,
    Span,
    Story,
    remembered,
)
from archive.text.language import CHINESE, ENGLISH, UNSPACED
from archive.text.scripts import HAN

_MARKS = re.compile(r"[“”「」『』«»„\"＂]")
_CLOSERS = {"“": "”", "「": "」", "『": "』", "《": "》", "«": "»", "„": "“”"}
_STRAIGHT = '"＂'
_QUOTED = re.compile(r"“[^“”]*”|「[^「」]*」|«[^«»]*»|„[^“”]*[“”]|\"[^\"]*\"|＂[^＂]*＂")
_LONG = {
    True: re.compile(rf"[{HAN}].*[，。！？,.!?].*[{HAN}]|[{HAN}]{{15,}}", re.S),
    False: re.compile(r"(?:\S+\s+){5}\S", re.S),
}
# What surely says that somebody speaks.
_SAYS = {
    True: re.compile(r"说|表示|指出|告诉|强调|坦言|透露|补充道|称"),
    False: re.compile(
        r"\b(?:sa(?:id|ys)|told|tells|added|asked|wrote|explained|replied|stressed|recalled|insisted)\b"
    ),
}
# What may do so, in the hands of a good translator.
_MAY_SAY = {
    True: re.compile(
        r"说|表示|称|道|指出|认为|介绍|告诉|回忆|问|答|强调|坦言|写|谈|透露|补充|解释|呼吁|提[到出醒]"
        r"|讲|笑|叹|感慨|承认|宣布|话|言|评|赞|喊|援引|据|描述|形容|建议|希望|相信|想|：|:"
    ),
    False: re.compile(
        r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?)|add(?:ed|s)|ask(?:ed|s)|wr(?:ote|ites?|itten)"
        r"|not(?:ed|es)|explain|stress|insist|recall|claim|argu|admit|declar|announc|quot|repl"
        r"|remark|according|call|describ|word|believ|think|thought|point|comment|suggest|warn|urg"
        r"|put it|speak|spoke|laugh|jok|quip|shout|cr(?:y|ied)|sigh|recount|muse|vow|boast|smil)",
        re.I,
    ),
}


def unpaired(text: str, marks: re.Pattern[str] = _MARKS) -> tuple[Span, ...]:
    """The marks that have no partner."""
    opened: list[int] = []
    stray: list[int] = []
    for match in marks.finditer(text):
        mark, at = match[0], match.start()
        last = text[opened[-1]] if opened else ""
        if mark in _CLOSERS.get(last, last if last in _STRAIGHT else ""):
            opened.pop()
        elif mark in _CLOSERS or mark in _STRAIGHT:
            opened.append(at)
        else:
            stray.append(at)
    return tuple((at, at + 1) for at in [*stray, *opened])


@remembered
def _halves(story: Story) -> frozenset[str]:
    """The segments that begin a quotation which a later one ends, and those that end it.

    A translation may make one quotation of two: its marks pair over the paragraphs between.
    """
    found: set[str] = set()
    begun: list[str] = []
    for pair in story.pairs:
        if pair.kind in HEADING_KINDS:
            begun = []
            continue
        strays = sorted(unpaired(pair.target))
        marks = [pair.target[start:end] for start, end in strays]
        if begun and marks and all(mark == _CLOSERS.get(begun[1]) for mark in marks[:1]):
            found |= {begun[0], pair.key}
            marks, begun = marks[1:], []
        if marks:
            begun = [pair.key, marks[0]] if len(marks) == 1 and marks[0] in _CLOSERS else []
    return frozenset(found)


class QuoteUnpaired(Check):
    check_id = "quote-unpaired"
    name = gettext_lazy("Unpaired quotation mark")
    description = gettext_lazy("A quotation is opened and not closed, or closed and not opened.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        spans = unpaired(pair.target)
        # A quotation of several paragraphs is closed at its very end, in both languages.
        if spans and not unpaired(pair.source) and pair.key not in _halves(story):
            yield self.finding(pair, _("A quotation mark has no partner."), target=spans)


def _long_quotes(text: str, language: str) -> tuple[Span, ...]:
    spans = (match.span() for match in _QUOTED.finditer(text))
    return tuple(span for span in spans if _LONG[language in UNSPACED].search(text, *span))


# Chinese sets off many words that English doesn't: those that something is called count.
_CALLED = re.compile(
    r"(?:(?<![自声])称|叫|[誉名视谓]为|所谓|叫[做作]|称[为作]|称之为|喊|写着|命名为)的?[^，。“”]{0,4}(“[^“”]*”)"
)
_ANY_MARKS = re.compile(r"[“”‘「」『』«»„\"＂《》〈〉]|(?<!\w)'\w")


class QuoteLost(Check):
    check_id = "quote-lost"
    name = gettext_lazy("Missing quotation")
    description = gettext_lazy("The source has a quotation, the translation has none.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if _MARKS.search(pair.target):
            return
        spans = _long_quotes(pair.source, story.source_language)
        if not spans and not _ANY_MARKS.search(pair.target) and "<i" not in pair.target_markup:
            spans = _short_quotes(pair.source, story.source_language)
        if spans:
            message = _("The quotation marks of the source are missing: %(words)s")
            message %= {"words": pair.source[slice(*spans[0])]}
            yield self.finding(pair, message, source=spans)


# A work's title in English that nothing but capitals marks: "in the journal Nature Astronomy".
_WORK = (
    r"journal|magazine|newspaper|novel|film|movie|documentary|album|song|opera|musical|memoir|play"
    r"|drama|sitcom|poem|titled|entitled|published in|published by the journal|paper in|study in"
    r"|article in|writing in|report in|in (?:its|his|her|their)(?: (?:latest|annual|new))?"
)
_TITLED = re.compile(
    rf"\b(?:{_WORK}),? (?:the )?(?P<title>[A-Z][\w’'-]+(?: (?:(?:of|the|and|in|on|for|to) ){{0,2}}"
    r"[A-Z][\w’'-]+)+)|\b(?:journal|magazine|novel|film|album) (?P<one>[A-Z][\w’'-]+)"
)
# Where a sentence begins with one, more words tell of it.
_CAPITALS = re.compile(
    r"(?<![.!?:“\"‘] )(?<=[a-z,\d] )(?:[A-Z][\w’'-]*)(?: [A-Z][\w’'-]*)*"
    r"|^[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*(?=, (?:by|a|an|the|his|her|directed|written) )"
)
# Of newspapers, laws and official papers capitals suffice, or "the law".
_TITLE_MARKS = re.compile(
    "《[^《》]+(?<![报刊志法案例约定录忘议书明告划见要程章则知言律令策单规])》"
)
_ITALIC = re.compile(r"<(?:i|em)\b[^>]*>([^<]+)</")
_IN_QUOTES = re.compile(r"“[^“”]*”|\"[^\"]*\"|(?<!\w)[‘'][^’']+[’'](?!\w)")


class TitleLost(Check):
    check_id = "title-lost"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Unmarked title")
    description = gettext_lazy("A title of the source isn't set off as one in the translation.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        find = _titles_in_chinese if story.source_language == CHINESE else _titles_in_english
        if "<i" in pair.target_markup or not (spans := find(pair)):
            return
        message = _("“%(title)s” isn't marked as a title.")
        words = pair.source[slice(*spans[0])]
        yield self.finding(pair, message % {"title": words.strip("《》")}, source=spans)


class TitleChanged(Check):
    check_id = "title-changed"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Another title")
    description = gettext_lazy("The title of a work has nothing in common with that of the source.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        into_chinese = story.target_language == CHINESE
        texts = (pair.source, pair.target)
        chinese, english = reversed(texts) if into_chinese else texts
        markup = _ITALIC.search(pair.source_markup if into_chinese else pair.target_markup)
        italic = markup[1] if markup else ""
        found = another_work(chinese, english, is_into_chinese=into_chinese, italic=italic)
        if found:
            here, there = reversed(found) if into_chinese else found
            message = _("Is “%(target)s” the title “%(source)s”?") % {
                "source": pair.source[slice(*here)],
                "target": pair.target[slice(*there)],
            }
            yield self.finding(pair, message, source=(here,), target=(there,))


def _titles_in_english(pair: Pair) -> tuple[Span, ...]:
    """Chinese has title marks, or at least quotation marks, where English has capitals."""
    if _ANY_MARKS.search(pair.target):
        return ()
    return tuple(
        match.span(match.lastgroup or 0)
        for match in _TITLED.finditer(pair.source)
        if not is_proper_name(pair.source, match.span(match.lastgroup or 0))
        and match[match.lastgroup or 0] not in pair.target
    )


def _titles_in_chinese(pair: Pair) -> tuple[Span, ...]:
    """English has quotation marks, italics or capitals; of these one may be for each title."""
    titles = tuple(match.span() for match in _TITLE_MARKS.finditer(pair.source))
    if not titles:
        return ()
    quoted = len(_IN_QUOTES.findall(pair.target)) - len(_QUOTED.findall(pair.source))
    capitals = (match.span() for match in _CAPITALS.finditer(pair.target))
    if quoted > 0 or any(not is_proper_name(pair.target, span) for span in capitals):
        return ()
    return titles


def _short_quotes(text: str, language: str) -> tuple[Span, ...]:
    if language == CHINESE:
        return tuple(match.span(1) for match in _CALLED.finditer(text))
    return tuple(match.span() for match in _QUOTED.finditer(text)) if language == ENGLISH else ()


class QuoteAdded(Check):
    check_id = "quote-added"
    name = gettext_lazy("Added quotation")
    description = gettext_lazy("The translation has a quotation, the source has none.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if _ANY_MARKS.search(pair.source):
            return
        if spans := _long_quotes(pair.target, story.target_language):
            yield self.finding(pair, _("The source has no quotation marks here."), target=spans)


class SpeakerLost(Check):
    check_id = "speaker-lost"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Missing speaker")
    description = gettext_lazy("The source names the speaker, the translation does not.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        spans = _long_quotes(pair.source, story.source_language)
        if not spans or not _MARKS.search(pair.target):
            return
        outside = _QUOTED.sub(" ", pair.source), _QUOTED.sub(" ", pair.target)
        says = _SAYS[story.source_language == CHINESE].search(outside[0])
        if says and not _MAY_SAY[story.target_language == CHINESE].search(outside[1]):
            yield self.finding(pair, _("No speaker is named."), source=spans)


class SpeakerChanged(Check):
    check_id = "speaker-changed"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Another speaker")
    description = gettext_lazy("The translation has somebody else say what the source says.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        found = misattributed(
            pair.source, story.source_language, pair.target, story.target_language
        )
        if found and pair.kind not in HEADING_KINDS:
            ours, theirs = found
            message = _("In the source “%(source)s” speaks, in the translation “%(target)s”.")
            message %= {"source": ours.words.strip(" ,"), "target": theirs.words.strip(" ,")}
            yield self.finding(pair, message, source=(ours.span,), target=(theirs.span,))


_FOREIGN = {
    True: re.compile(
        rf"[「」『』＂]|\"(?=[^\"]*[{HAN}])|(?<=[{HAN}，。！？])\"|(?<=[{HAN}])'(?=[{HAN}])|^[^“]*?‘(?=[{HAN}])"
    ),
    False: re.compile(r"[「」『』＂]"),
}


class QuoteStyle(Check):
    check_id = "quote-style"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Quotation mark style")
    description = gettext_lazy("The quotation marks are not the ones of the language.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        is_chinese = story.target_language == CHINESE
        ends = [match.end() for match in _FOREIGN[is_chinese].finditer(pair.target)]
        if ends:
            chinese = _("Chinese quotations are written in “ ”, and within them in ‘ ’.")
            english = _('English quotations are written in “ ” or " ".')
            message = chinese if is_chinese else english
            yield self.finding(pair, message, target=tuple((end - 1, end) for end in ends))
