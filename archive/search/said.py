"""What is said of names and of ties, by its terms: so that a question finds it without a scan."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import Case, Count, IntegerField, Value, When

from archive.entities.models import Entity
from archive.search.analysis import terms
from archive.search.models import DescriptionTerm, EvidenceTerm
from archive.text import english
from archive.text.language import LANGUAGES, column
from archive.ties.models import TieEvidence

_SPAN = re.compile(r"((?:1[5-9]|20)\d\d)年?\s*(?:[-–—―~～至到]+|to|until)\s*((?:1[5-9]|20)\d\d)")
# A longer one is a life, which says nothing of its years.
_LONGEST_SPAN = 30


@lru_cache(maxsize=512)
def terms_of(text: str) -> frozenset[str]:
    """The terms of a text, and the stems of its English words."""
    return frozenset((*terms(text), *english.stems(text)))


def fields_of(thing: Any, *names: str) -> list[str]:
    """What the fields hold in each language."""
    return [getattr(thing, column(name, code)) or "" for name in names for code in LANGUAGES]


def years_between(text: str) -> str:
    """The years of the spans that a text names: 1977–1981 says 1979."""
    spans = (sorted(map(int, found)) for found in _SPAN.findall(text))
    return " ".join(
        str(year)
        for first, last in spans
        if last - first < _LONGEST_SPAN
        for year in range(first + 1, last)
    )


def description_of(entity: Entity) -> str:
    """What is said of an entity, in every language, with the years of the spans in it."""
    said = "\n".join(fields_of(entity, "description", "region"))
    return f"{said}\n{years_between(said)}"


def names_of(entity: Entity) -> str:
    """The names, a line each."""
    names = [entity.name_in(code) for code in LANGUAGES]
    return "\n".join(filter(None, [*names, *(one.text for one in entity.names.all())]))


def store_descriptions(entities: Iterable[Entity]) -> None:
    """Bring these entities' terms in step with their names and what is said of them."""
    every = list(entities)
    # What was merged, and drafts, answer nothing.
    rows = [
        (one.pk, term)
        for one in every
        if one.is_published and not one.merged_into_id
        for term in _stored(f"{names_of(one)}\n{description_of(one)}")
    ]
    DescriptionTerm.objects.store("entity", [one.pk for one in every], ["term"], rows)


def store_evidence(pieces: Iterable[TieEvidence]) -> None:
    every = list(pieces)
    rows = [
        (one.pk, term) for one in every for term in _stored("\n".join(fields_of(one, "sentence")))
    ]
    EvidenceTerm.objects.store("evidence", [one.pk for one in every], ["term"], rows)


def said_by(
    model: type[DescriptionTerm] | type[EvidenceTerm],
    owner: str,
    parts: Sequence[Collection[str]],
    *,
    most: int,
) -> list[int]:
    """The owners of whom each part is said by one of its terms at least, `most` of them."""
    whens = [When(term__in=some, then=Value(at)) for at, some in enumerate(parts)]
    wanted = {term for some in parts for term in some}
    rows = model.objects.filter(term__in=wanted).values(owner).order_by()
    part = Case(*whens, output_field=IntegerField())
    found = rows.annotate(said=Count(part, distinct=True)).filter(said=len(parts))
    return list(found.order_by(owner).values_list(owner, flat=True)[:most])


def _stored(text: str) -> list[str]:
    return sorted(term for term in terms_of(text) if _says(term))


def _says(term: str) -> bool:
    """Whether it carries a meaning: not *the*."""
    return not term.isascii() or not term.isalpha() or bool(english.stem(term))
