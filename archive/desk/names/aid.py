"""The names in a segment, beside it: what to write for each, and what not to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from archive.conf import settings
from archive.desk.names.advice import forms_for, out_of_use
from archive.desk.names.story import Named, StoryRows
from archive.desk.segments import rows
from archive.entities.glossary.termbase import load_glossary, office_title, offices_on
from archive.entities.glossary.terms import Term
from archive.entities.models import Office
from archive.entities.rich_text import EDIT_URL_NAME


@dataclass(frozen=True)
class Meaning:
    """What a name may mean, and what is to be written if it does."""

    term: Term
    # The forms to offer, the one that fits here first.
    forms: list[str]
    office: str = ""
    # Where the translation calls it something else than its first name: all that it says.
    used: tuple[str, ...] = ()
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
    """The names in the row's source; two queries, four when the names have changed.

    The user's permissions are two more where nobody has asked for them yet.
    """
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
    """What holds for all names of the segment: the language, the day, and who asks."""

    def __init__(self, language: str, day: date, kind: str, user: Any) -> None:
        self.language = language
        self.day = day
        self.kind = kind
        self.may_edit = user.has_perm("archive.change_entity")
        self.offices: dict[int, Office] = {}

    def meaning(self, named: Named, term: Term) -> Meaning:
        patterns = settings.NAMES_FIRST_MENTION
        forms = forms_for(named, term, self.kind, self.language, self.day, patterns)
        # A common noun is said in many ways, and rightly.
        is_one = term.kind == "topic" or set(named.used) <= {term.canonical(self.language)}
        office = self.offices.get(term.entity_id)
        return Meaning(
            term,
            forms,
            office=office_title(office, self.language) if office else "",
            edit_url=reverse(EDIT_URL_NAME, args=[term.entity_id]) if self.may_edit else "",
            used=() if is_one else named.used,
            forbidden=term.forbidden(self.language),
            out_of_use=[form.text for form in out_of_use(term, self.language, self.day)],
            mention=term.entity_id if named.is_linked else None,
        )
