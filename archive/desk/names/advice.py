"""What to write for a name: the form that this place asks for first, then the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from archive.desk.names.story import RUNNING, Named
from archive.entities.glossary.story_names import TITLES, is_foreign, short_names
from archive.entities.glossary.terms import Form, Term
from archive.text.language import other

_MOST = 4
# Right in the language, and yet not what to write without a reason.
_NOT_OFFERED = ("former", "traditional", "romanisation")

Patterns = Mapping[str, Mapping[str, str]]


def forms_for(
    named: Named, term: Term, kind: str, language: str, day: date, patterns: Patterns
) -> list[str]:
    """The forms to offer in the target language, the best first; [] where there is none.

    At the first mention a name stands in full, a foreigner's with the original in brackets;
    later the surname alone will do, where the language allows it.
    """
    name = term.canonical(language)
    if not name:
        return []
    if kind in RUNNING and named.is_first:
        forms = [_in_full(name, named, term, language, patterns), name]
    elif kind in RUNNING or named.is_short:
        forms = [*_short(term, language), name]
    else:
        forms = [name]
    forms += [form.text for form in _others(term, language, day)]
    if term.kind == "topic":
        forms = [_within_a_sentence(form) for form in forms]
    return list(dict.fromkeys(forms))[:_MOST]


def _within_a_sentence(form: str) -> str:
    """A common noun has a small letter: "sister city"; Belt and Road Initiative is a name."""
    is_name = not form[1:].islower()
    return form if is_name else form[0].lower() + form[1:]


def _in_full(name: str, named: Named, term: Term, language: str, patterns: Patterns) -> str:
    original = term.canonical(other(language)) or named.found
    pattern = patterns.get(language, {}).get(term.kind, "{name}")
    if term.kind == "person" and not is_foreign(term):
        pattern = "{name}"
    return pattern.format(name=name, original=original)


def _short(term: Term, language: str) -> Iterator[str]:
    # A Chinese paper never calls anybody by the surname alone.
    for name in short_names(term, language):
        if not name.endswith(TITLES):
            yield name


def _others(term: Term, language: str, day: date) -> Iterator[Form]:
    for form in term.forms:
        is_offered = not form.forbidden and form.kind not in _NOT_OFFERED
        if form.language == language and is_offered and form.is_in_use(day):
            yield form


def out_of_use(term: Term, language: str, day: date) -> list[Form]:
    """Forms in the target language that weren't in use on that day."""
    return [
        form
        for form in term.forms
        if form.language == language and not form.forbidden and not form.is_in_use(day)
    ]
