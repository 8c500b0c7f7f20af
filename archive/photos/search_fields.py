"""Chinese that Wagtail's search completes from any of its characters."""

import re
from typing import Any

from wagtail.search import index

from archive.text.scripts import HAN

# So much of a longer query is compared; more would swell the index.
LONGEST = 8
_RUN = re.compile(f"[{HAN}]{{2,}}")


class HanAutocompleteField(index.AutocompleteField):
    """Indexes Chinese text from each of its characters on: search engines take a run for a word,
    and complete a word only from its beginning."""

    def get_value(self, obj: Any) -> Any:
        value = super().get_value(obj)
        return " ".join([value, *beginnings(value)]) if value else value


def beginnings(text: str) -> list[str]:
    """Each run of Chinese from each of its characters on.

    >>> beginnings("湛江港 opens")
    ['湛江港', '江港']
    """
    found = [
        run[at : at + LONGEST] for run in _RUN.findall(text) for at in range(max(1, len(run) - 1))
    ]
    return list(dict.fromkeys(found))


def as_compared(query: str) -> str:
    """The query with each run of Chinese cut to what the index has of it."""
    return _RUN.sub(lambda run: run.group()[:LONGEST], query)
