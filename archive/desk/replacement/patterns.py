"""What is looked for and what takes its place: words, or a regular expression with a time limit.

The `regex` package stops a search that takes too long; Python's own module can't.
"""

import html
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import regex
from django.utils.translation import gettext as _

from archive.desk.errors import DeskError
from archive.text.richtext import with_words
from archive.text.segmentation import RICH

# For all texts together, in seconds.
MOST_SECONDS = 3.0
# A replacement that repeats what it found may grow without end.
_MOST_GROWTH = 20_000
_INVALID = (regex.error, IndexError, RecursionError, OverflowError)


class PatternError(DeskError):
    """What was typed is no pattern, or one that takes too long; the message says why."""


@dataclass
class Replacement:
    """One search through many texts; its time limit is for all of them."""

    find: str
    replace: str = ""
    is_pattern: bool = False
    match_case: bool = False
    seconds: float = MOST_SECONDS

    @cached_property
    def _pattern(self) -> Any:
        flags = 0 if self.match_case else regex.IGNORECASE
        try:
            pattern = regex.compile(
                self.find if self.is_pattern else regex.escape(self.find), flags
            )
            if pattern.fullmatch("", timeout=self.seconds):
                raise PatternError(_("This pattern finds places without a character."))
        except _INVALID as error:
            raise _invalid(error) from error
        except TimeoutError as error:
            raise _too_slow() from error
        return pattern

    def check(self) -> None:
        """Raises PatternError for what is no pattern, before anything is looked for."""
        self._pattern  # noqa: B018 -- made once, and kept

    @cached_property
    def _deadline(self) -> float:
        return time.monotonic() + self.seconds

    def changed(self, target: str, markup: str) -> tuple[str, int]:
        """The target with all places replaced, and how many; tags and links stay as they are.

        What is found lies between two tags. Raises PatternError.
        """
        count = 0

        def replaced(text: str) -> str:
            nonlocal count
            found, times = self._in_text(html.unescape(text) if markup == RICH else text)
            count += times
            if not times:
                return text
            return html.escape(found, quote=False) if markup == RICH else found

        change: Callable[[str], str] = replaced
        result = with_words(target, change) if markup == RICH else change(target)
        return result, count

    def _in_text(self, text: str) -> tuple[str, int]:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise _too_slow()
        put = self.replace if self.is_pattern else (lambda _match: self.replace)
        try:
            found, times = self._pattern.subn(put, text, timeout=left)
        except TimeoutError as error:
            raise _too_slow() from error
        except _INVALID as error:
            # The replacement refers to brackets that the pattern hasn't.
            raise _invalid(error) from error
        if len(found) > len(text) + _MOST_GROWTH:
            raise PatternError(_("The replacement makes a text too long."))
        return found, times


def _invalid(error: Exception) -> PatternError:
    message = _("This is no valid pattern or replacement: %(reason)s")
    return PatternError(message % {"reason": error})


def _too_slow() -> PatternError:
    return PatternError(
        _("This pattern takes too long. Make it simpler: without a repetition inside a repetition.")
    )
