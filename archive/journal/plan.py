"""What undoing something does, what stands against it, and the errors that say so."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from archive.text.punctuation import aside, in_sentences

# So many are named.
_MOST_NAMED = 5


@dataclass(frozen=True)
class OthersWork:
    """What somebody did; `owner` is the object that holds it, as its model's label and key; `by` is
    the person's key.

    It is told in the language that is active then.
    """

    what: str | Promise
    who: str = ""
    owner: tuple[str, str] = ("", "")
    # When; None where no column says so.
    at: datetime | None = None
    by: int | None = None

    def __str__(self) -> str:
        return f"{self.what}{aside(self.who)}" if self.who else str(self.what)


def told(works: Iterable[OthersWork]) -> str:
    """What it is and whose, in one line."""
    texts = list(dict.fromkeys(map(str, works)))
    return in_sentences([*texts[:_MOST_NAMED], *(["…"] if len(texts) > _MOST_NAMED else [])])


class JournalError(Exception):
    """Why it can't be undone, in a sentence for the person."""


class OthersWorkError(JournalError):
    """Others have worked at it since."""


class OwnWorkError(JournalError):
    """The undo would take away what its own user has done since, and nobody else."""


@dataclass
class UndoPlan:
    """What stands against an undo: `others` and the user's `own` work. How many changes are taken
    back; `stay` counts by kind of row those that can't be."""

    others: list[OthersWork] = field(default_factory=list)
    own: list[OthersWork] = field(default_factory=list)
    restored: int = 0
    stay: Counter[str] = field(default_factory=Counter)
    # For whose work they can't, as far as the kind knows.
    stay_for: list[OthersWork] = field(default_factory=list)

    @property
    def stays(self) -> list[tuple[str, int]]:
        """For a template, which would count the Counter's own `items`."""
        return list(self.stay.items())

    def check(self, *, gives_up_own: bool) -> None:
        """Raises OthersWorkError, and OwnWorkError."""
        if self.others:
            text = _("Nothing was undone: others have worked there since: %(work)s.")
            raise OthersWorkError(text % {"work": told(self.others)})
        if self.own and not gives_up_own:
            text = _("Nothing was undone: you have worked there since yourself: %(work)s.")
            raise OwnWorkError(text % {"work": told(self.own)})
