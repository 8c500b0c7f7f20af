"""Names and terms of the archive as an exchange file has them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from archive.contrib.exchange.tbx import Concept
from archive.entities.glossary.termbase import as_term, load_glossary
from archive.entities.models import Entity
from archive.entities.terms.models import GlossaryTerm
from archive.text.language import LANGUAGES, column

# What an exported file says of its origin.
NAMES_TITLE, TERMS_TITLE = "Names of the archive", "Terms of the archive"


def concepts(kinds: Iterable[str] = ()) -> Iterator[Concept]:
    """All names, or those of some kinds, three queries."""
    rows = Entity.objects.order_by("key").in_bulk()
    for term in load_glossary().terms:
        entity = rows.get(term.entity_id)
        if entity and (not kinds or entity.kind in kinds):
            texts = {lang: getattr(entity, column("description", lang)) for lang in LANGUAGES}
            ids = {"Wikidata": entity.wikidata_id, "GeoNames": entity.geonames_id}
            yield Concept(
                term,
                entity.place_type or entity.kind,
                {language: text for language, text in texts.items() if text},
                entity.source_url,
                {database: str(number) for database, number in ids.items() if number},
            )


def term_concepts() -> Iterator[Concept]:
    """All terms that are no names, one query."""
    for row in GlossaryTerm.objects.order_by("pk"):
        term = as_term(row)
        written = tuple(form for form in term.forms if form.kind != "inflected")
        texts = {language: row.definition_in(language) for language in LANGUAGES}
        yield Concept(
            replace(term, forms=written),
            definitions={language: text for language, text in texts.items() if text},
            part_of_speech=row.part_of_speech,
            note=row.note,
        )
