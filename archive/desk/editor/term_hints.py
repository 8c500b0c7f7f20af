"""The terms in a segment that are no names, for the sidebar: what to write, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from archive.desk.segments import Row
from archive.entities.glossary.terms import Glossary, Hit, Term, find_terms, without_forbidden
from archive.entities.terms.models import GlossaryTerm
from archive.qa.checks.terms import is_written
from archive.text.language import other
from archive.text.normalisation import fold
from archive.text.segmentation import plain_text

EDIT_URL_NAME = "wagtailsnippets_archive_glossaryterm:edit"


@dataclass(frozen=True)
class ShownTerm:
    """A term as it stands in the source, what to write for it, and what is known of it."""

    found: str
    # The one to be preferred first.
    forms: list[str]
    row: GlossaryTerm
    # In the target's language, else in the other.
    definition: str
    definition_language: str
    forbidden: tuple[str, ...]
    in_target: bool
    edit_url: str


def shown_terms(
    row: Row, names: Sequence[Hit], terms: Glossary, language: str, user: Any
) -> list[ShownTerm]:
    """The terms in the row's source, in its order, each once; `names` are the names in it.

    One query where there are any.
    """
    source, origin = row.source.plain_text, other(language)
    found: dict[Term, str] = {}
    for hit in find_terms(terms, source, origin, names):
        for term in () if hit.form.forbidden else hit.terms:
            found.setdefault(term, source[hit.start : hit.end])
    rows = GlossaryTerm.objects.in_bulk([term.entity_id for term in found]) if found else {}
    target = plain_text(row.target, row.source.markup)
    hits = terms.find(target, language)
    may_edit = user.has_perm("archive.change_glossaryterm") if found else False
    return [
        _shown(
            words, term, stored, language, without_forbidden(target, hits, term, language), may_edit
        )
        for term, words in found.items()
        if (stored := rows.get(term.entity_id))
    ]


def _shown(
    words: str, term: Term, row: GlossaryTerm, language: str, target: str, may_edit: bool
) -> ShownTerm:
    """`target` is the translation without what the term forbids."""
    definition, said_in = row.definition_in(language), language
    if not definition:
        definition, said_in = row.definition_in(other(language)), other(language)
    return ShownTerm(
        words,
        [row.term_in(language), *row.variants_in(language)],
        row,
        definition,
        said_in,
        tuple(row.forbidden_in(language)),
        in_target=is_written(term, fold(target).text, language),
        edit_url=reverse(EDIT_URL_NAME, args=[row.pk]) if may_edit else "",
    )
