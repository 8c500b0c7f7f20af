"""Blanks and words that stand once too often, or where none should."""

import re

from django.utils.translation import gettext_lazy

from archive.desk.qa.characters import HAN
from archive.desk.qa.checks.punctuation import PatternCheck
from archive.text.language import CHINESE, ENGLISH

_BLANK = r"[ \u00a0\u2009\u3000]"
_FULL = "，。；：？！、"


class Spacing(PatternCheck):
    check_id = "spacing"
    name = gettext_lazy("Blanks")
    description = gettext_lazy("A blank stands where the language has none, or is missing.")
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
        CHINESE: gettext_lazy("Chinese has no blanks, not even beside Latin letters and digits."),
        ENGLISH: gettext_lazy("A blank stands after punctuation, and none before it."),
    }


class DoubledSpace(PatternCheck):
    check_id = "doubled-space"
    name = gettext_lazy("Doubled blank")
    description = gettext_lazy("Two or more blanks stand in a row.")
    _doubled = re.compile(rf"(?<=\S){_BLANK}{{2,}}(?=\S)")
    _message = gettext_lazy("One blank is enough.")
    patterns = {CHINESE: _doubled, ENGLISH: _doubled}
    messages = {CHINESE: _message, ENGLISH: _message}


class DoubledWord(PatternCheck):
    check_id = "doubled-word"
    name = gettext_lazy("Doubled word")
    description = gettext_lazy("The same word stands twice in a row.")
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
    _message = gettext_lazy("This word is doubled.")
    messages = {CHINESE: _message, ENGLISH: _message}
