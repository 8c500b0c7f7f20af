"""What is looked for and what takes its place: words, or a regular expression of RE2.

RE2 takes time in proportion to a text, and little memory, whatever was typed. So what needs a limit
is how often it is asked, and what grows from its answers: both are counted as they come. It is in
the extra "replacement"; words are found without it.
"""

import html
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.desk.errors import DeskError
from archive.text.richtext import with_words
from archive.text.segmentation import RICH

# For all texts together, in seconds.
MOST_SECONDS = 3.0
# In one text: places, and characters that it gains.
MOST_PLACES, MOST_GROWTH = 10_000, 20_000
# What looks around in a pattern, as an error of RE2 ends.
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
# What RE2 calls that which is wrong with a pattern.
_REASONS = {
    "missing )": gettext_lazy("“)” is missing"),
    "unexpected )": gettext_lazy("“)” without “(”"),
    "missing ]": gettext_lazy("“]” is missing"),
    "trailing \\": gettext_lazy("nothing follows the last “\\”"),
    "invalid escape sequence": gettext_lazy("“\\” before a character that has no such meaning"),
    "invalid character class": gettext_lazy("no such set of characters"),
    "invalid character class range": gettext_lazy("no such range of characters"),
    "invalid perl operator": gettext_lazy("not possible here"),
    "invalid named capture group": gettext_lazy("no such name of a group"),
    "invalid repetition size": gettext_lazy("too many repetitions"),
    "no argument for repetition operator": gettext_lazy("nothing to repeat"),
    "bad repetition operator": gettext_lazy("repeated twice"),
}
# In a pattern's replacement: a group by its number or name, or a character.
_REFERENCE = re.compile(r"\\(?:([1-9][0-9]?)|g<(\w+)>|(.?))", re.S)
_CHARACTERS = {"\\": "\\", "n": "\n", "t": "\t"}


class PatternError(DeskError):
    """What was typed is no pattern, or one that asks too much; the message says why."""


@dataclass
class Replacement:
    """One search through many texts; its time limit is for all of them."""

    find: str
    replace: str = ""
    is_pattern: bool = False
    match_case: bool = False
    seconds: float = MOST_SECONDS
    _spent: float = 0.0

    def check(self) -> None:
        """Raises PatternError for what is no pattern, before anything is looked for."""
        self._parts  # noqa: B018 -- made once, and kept

    @cached_property
    def _pattern(self) -> Any:
        if not self.is_pattern:
            return re.compile(re.escape(self.find), 0 if self.match_case else re.IGNORECASE)
        try:
            # Only here: a site may lack the extra.
            import re2
        except ImportError as error:
            extra = "wagtail-bilingual-archive[replacement]"
            reason = _("Regular expressions need %(package)s on the server.")
            raise PatternError(reason % {"package": extra}) from error
        options = re2.Options()
        options.log_errors = False
        options.case_sensitive = self.match_case
        try:
            pattern = re2.compile(self.find, options)
        except re2.error as error:
            raise _refused(error.args[0].decode()) from error
        if pattern.fullmatch(""):
            raise _without_character()
        return pattern

    @cached_property
    def _parts(self) -> list[str | int]:
        """The replacement as words and numbers of groups."""
        pattern = self._pattern
        if not self.is_pattern:
            return [self.replace]
        parts: list[str | int] = []
        end = 0
        for found in _REFERENCE.finditer(self.replace):
            parts.append(self.replace[end : found.start()])
            end = found.end()
            number, name, character = found.groups()
            group = pattern.groupindex.get(name, name) if name else number
            if character in _CHARACTERS:
                parts.append(_CHARACTERS[character])
            elif group and str(group).isdecimal() and int(group) <= pattern.groups:
                parts.append(int(group))
            else:
                raise _invalid(found[0])
        return [*parts, self.replace[end:]]

    def changed(self, target: str, markup: str) -> tuple[str, int]:
        """The target with all places replaced, and how many; tags and links stay as they are.

        What is found lies between two tags. Raises PatternError.
        """
        count = grown = 0

        def replaced(text: str) -> str:
            nonlocal count, grown
            words = html.unescape(text) if markup == RICH else text
            pieces: list[str] = []
            end = 0
            for match in self._matches(words):
                count += 1
                grown += self._length(match) - len(match[0])
                if count > MOST_PLACES:
                    message = _("More than %(most)d places in one text: make the pattern longer.")
                    raise PatternError(message % {"most": MOST_PLACES})
                if grown > MOST_GROWTH:
                    message = _(
                        "The replacement makes a text more than %(most)d characters longer."
                    )
                    raise PatternError(message % {"most": MOST_GROWTH})
                pieces.append(words[end : match.start()])
                pieces += [one if isinstance(one, str) else match[one] or "" for one in self._parts]
                end = match.end()
            if not pieces:
                return text
            found = "".join([*pieces, words[end:]])
            return html.escape(found, quote=False) if markup == RICH else found

        result = with_words(target, replaced) if markup == RICH else replaced(target)
        return result, count

    def _matches(self, text: str) -> Iterator[Any]:
        found = self._pattern.finditer(text)
        while True:
            start = time.monotonic()
            match = next(found, None)
            self._spent += time.monotonic() - start
            if self._spent > self.seconds:
                raise PatternError(_("This pattern takes too long. Make it simpler."))
            if match is None:
                return
            if not match[0]:
                raise _without_character()
            yield match

    def _length(self, match: Any) -> int:
        """Of what takes the place of the match, told before any of it is made."""
        return sum(
            len(one) if isinstance(one, str) else match.end(one) - match.start(one)
            for one in self._parts
        )


def _invalid(reason: object) -> PatternError:
    message = _("This is no valid pattern or replacement: %(reason)s")
    return PatternError(message % {"reason": reason})


def _refused(reason: str) -> PatternError:
    """RE2 says "invalid perl operator: (?=", which tells nobody what to do instead."""
    if not reason.endswith(_LOOKS):
        kind, _colon, words = reason.partition(": ")
        told = str(_REASONS.get(kind, kind))
        return _invalid(f"{told}: {words}" if words else told)
    return PatternError(
        _(
            "This pattern looks ahead or behind, which isn't possible here. Find the neighbouring "
            r"words too, in brackets, and write \1 for them in the replacement."
        )
    )


def _without_character() -> PatternError:
    return PatternError(_("This pattern finds places without a character."))
