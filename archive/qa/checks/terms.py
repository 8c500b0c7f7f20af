"""Terms that are no names against the termbase: missing, or in a form that it forbids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.entities.glossary.terms import Hit, Term, find_terms
from archive.qa.base import HEADING_KINDS, Check, Finding, Pair, Story, remembered
from archive.qa.checks.names import forbidden_hits, names_of
from archive.text.normalisation import fold


@dataclass(frozen=True)
class PairTerms:
    """The terms in one pair. A word that the source's language forbids is no term there."""

    source: list[Hit]
    target: list[Hit]

    @property
    def said(self) -> set[Term]:
        return {term for hit in self.source for term in hit.terms}


class StoryTerms:
    """By key, the terms of each pair; what is a name, or part of one, is none."""

    def __init__(self, story: Story) -> None:
        names = names_of(story)
        self.pairs: dict[str, PairTerms] = {}
        for pair in story.pairs:
            here = names.pairs[pair.key]
            source = find_terms(story.terms, pair.source, story.source_language, here.source)
            target = find_terms(story.terms, pair.target, story.target_language, here.target)
            meant = [hit for hit in source if not hit.form.forbidden]
            self.pairs[pair.key] = PairTerms(meant, target)


terms_of = remembered(StoryTerms)


def is_written(term: Term, text: str, language: str) -> bool:
    """Whether a text has any form of the term, also one that is forbidden; the text is folded."""
    forms = (form for form in term.forms if form.language == language)
    return any(fold(form.text).text in text for form in forms)


class TermMissing(Check):
    check_id = "term-missing"
    name = gettext_lazy("Missing term")
    description = gettext_lazy("The translation calls a term of the source something else.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        """Headings are rewritten rather than translated."""
        if not story.terms.terms or pair.kind in HEADING_KINDS:
            return
        language = story.target_language
        met: set[Term] = set()
        for hit in terms_of(story).pairs[pair.key].source:
            # A word may have several meanings, each with a term of its own.
            if met.intersection(hit.terms):
                continue
            met.update(hit.terms)
            target = fold(pair.target).text
            if not any(is_written(term, target, language) for term in hit.terms):
                wanted = " / ".join(dict.fromkeys(term.canonical(language) for term in hit.terms))
                message = _("“%(term)s” is %(wanted)s in the glossary.")
                message %= {"term": pair.source[hit.start : hit.end], "wanted": wanted}
                yield self.finding(pair, message, source=((hit.start, hit.end),))


class TermForbidden(Check):
    check_id = "term-forbidden"
    severity = "error"
    name = gettext_lazy("Forbidden term")
    description = gettext_lazy("The translation has a form of a term that the glossary forbids.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if not story.terms.terms:
            return
        here = terms_of(story).pairs[pair.key]
        if not here.target:
            return
        meant = ((hit, hit.terms) for hit in here.target)
        hits = forbidden_hits(pair, meant, here.said, story.target_language)
        for span, message, fixes in hits:
            yield self.finding(pair, message, target=(span,), fixes=fixes)
