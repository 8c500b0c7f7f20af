"""The names in a segment, beside it: what to write for each, and what not to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.urls import reverse

from archive.conf import settings
from archive.desk.names.advice import forms_for, out_of_use
from archive.desk.names.story import Named, StoryRows
from archive.desk.segments import rows
from archive.entities.glossary import Term
from archive.entities.models import Office
from archive.entities.rich_text import EDIT_URL_NAME
from archive.entities.termbase import load_glossary, office_title, offices_on

# One key each.
_KEYS = 9


@dataclass(frozen=True)
class Insert:
    """A button that puts a text at the cursor; `number` is its key, 0 for none."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class Meaning:
    """What a name may mean, and what is to be written if it does."""

    term: Term
    inserts: list[Insert]
    office: str = ""
    edit_url: str = ""
    forbidden: tuple[str, ...] = ()
    out_of_use: list[str] = field(default_factory=list)
    # The entity's id where the source has a link to it, for the link in the target.
    mention: int | None = None


@dataclass(frozen=True)
class Shown:
    named: Named
    meanings: list[Meaning]


def aid(translation: Any, row: Any, user: Any) -> dict[str, Any]:
    """The names in the row's source; three queries at most, five when the names have changed."""
    story = StoryRows(rows(translation), load_glossary(), translation.language)
    place = next((n for n, one in enumerate(story.rows) if one.source.key == row.source.key), None)
    found = story.names_at(place) if place is not None else []
    if not found:
        return {}
    day = translation.article.print_date
    people = [term.entity_id for named in found for term in named.terms if term.kind == "person"]
    adviser = _Adviser(translation.language, day, row.source.kind, user)
    adviser.offices = offices_on(people, day) if people else {}
    return {
        "names": [Shown(one, [adviser.meaning(one, term) for term in one.terms]) for one in found],
        "target_language": translation.language,
        "day": day,
    }


class _Adviser:
    """Numbers the buttons through, the first one of each meaning before all others."""

    def __init__(self, language: str, day: date, kind: str, user: Any) -> None:
        self.language = language
        self.day = day
        self.kind = kind
        self.may_edit = user.has_perm("archive.change_entity")
        self.offices: dict[int, Office] = {}
        self.numbers = count(1)

    def meaning(self, named: Named, term: Term) -> Meaning:
        patterns = settings.NAMES_FIRST_MENTION
        forms = forms_for(named, term, self.kind, self.language, self.day, patterns)
        office = self.offices.get(term.entity_id)
        return Meaning(
            term,
            [Insert(text, self._number() if text == forms[0] else 0) for text in forms],
            office=office_title(office, self.language) if office else "",
            edit_url=reverse(EDIT_URL_NAME, args=[term.entity_id]) if self.may_edit else "",
            forbidden=term.forbidden(self.language),
            out_of_use=[form.text for form in out_of_use(term, self.language, self.day)],
            mention=term.entity_id if named.is_linked else None,
        )

    def _number(self) -> int:
        number = next(self.numbers)
        return number if number <= _KEYS else 0
