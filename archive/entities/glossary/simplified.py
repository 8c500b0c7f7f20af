"""Traditional characters in simplified ones: as OpenCC has them, but names as the archive has them.

Values only. OpenCC makes 干县 of 乾县, and knows no name that is another in the mainland.
"""

from collections.abc import Iterator
from dataclasses import replace

from archive.entities.glossary.terms import Form, Glossary, Term
from archive.text.language import CHINESE
from archive.text.normalisation import fold, to_simplified
from archive.text.richtext import with_words


class Simplifier:
    """Converts texts; made once for a glossary."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._names = Glossary(tuple(_exceptions(glossary)))

    def plain(self, text: str) -> str:
        """A text without markup. What several names may mean is left to OpenCC."""
        pieces, done = [], 0
        for hit in self._names.find(text, CHINESE):
            # Of the names with all their forms.
            terms = self._glossary.of([term.entity_id for term in hit.terms])
            own = {own_form(term, hit.form) for term in terms}
            if len(own) == 1:
                pieces += [to_simplified(text[done : hit.start]), own.pop()]
                done = hit.end
        return "".join([*pieces, to_simplified(text[done:])])

    def rich(self, markup: str) -> str:
        """Rich text as the database holds it; its tags stay as they are."""
        return with_words(markup, self.plain)


def own_form(term: Term, form: Form) -> str:
    """How the archive writes this form: the same characters simplified, else the Chinese name.

    A form of certain years is another name: it stays one, and OpenCC converts it.
    """
    others = [one for one in _chinese(term) if one.kind != "traditional"]
    wanted = fold(form.text).text
    same = (one.text for one in others if fold(one.text).text == wanted)
    is_former = bool(form.valid_from or form.valid_until)
    plain = to_simplified(form.text)
    return next(same, "") or (plain if is_former else term.canonical(CHINESE) or plain)


def _chinese(term: Term) -> list[Form]:
    return [one for one in term.forms if one.language == CHINESE and not one.forbidden]


def _exceptions(glossary: Glossary) -> Iterator[Term]:
    """The names with those of their forms that OpenCC would convert otherwise, and no others."""
    for term in glossary.terms:
        special = tuple(
            form
            for form in _chinese(term)
            if to_simplified(form.text)
            != (own_form(term, form) if form.kind == "traditional" else form.text)
        )
        if special:
            yield replace(term, forms=special)
