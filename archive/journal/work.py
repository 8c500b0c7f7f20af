"""What people have done, as an undo names it: it must not take their work away unasked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

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
