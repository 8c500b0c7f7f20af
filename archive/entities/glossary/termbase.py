"""Reads the names from the database as a glossary, the plain terms, and the offices people held.

Both glossaries are cached in the process. Whether it is still true is asked with one query of one
row: the newest entries of Wagtail's audit log for a name and for a term (every change in the
admin and every load is logged) and the highest ids of names, other names and terms. A save or a
deletion in this process also throws it away. Only an unlogged change by another process isn't
noticed, such as `QuerySet.update()` in a shell: restart, or save any name.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.signals import request_started
from django.db import transaction
from django.db.models import BigAutoField, Model, QuerySet, Subquery
from django.db.models.signals import post_delete, post_save
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from archive.entities.glossary.simplified import Simplifier
from archive.entities.glossary.terms import PLAIN, Form, Glossary, Term, Termbase, inflected
from archive.entities.models import Entity, EntityName, Office
from archive.entities.romanisation import parted_by_script
from archive.entities.terms.models import GlossaryTerm
from archive.prepared import Given, PreparedQuery
from archive.text.language import ENGLISH, LANGUAGES, column

# By kind of glossary: the rows that it is read from.
_ROWS: dict[str, tuple[type[Model], ...]] = {
    "names": (Entity, EntityName),
    "terms": (GlossaryTerm,),
}
_cached: dict[str, tuple[tuple[Any, ...], Glossary]] = {}
_simplifier: tuple[Glossary, Simplifier] | None = None
# What this request was told, with the `_changes` of then.
_asked: ContextVar[tuple[int, Glossary] | None] = ContextVar("glossary_of_request", default=None)
# By kind of glossary, how often a row of it was saved or deleted in this process.
_changes: Counter[str] = Counter()


def load_glossary() -> Glossary:
    """All names: one query if nothing changed, three if they have to be read."""
    return _names(_version())


def load_termbase() -> Termbase:
    """All names and all terms: one query if nothing changed, one more if terms did."""
    version = _version()
    return Termbase(_names(version), _terms(version))


Version = dict[str, tuple[Any, ...]]


def _names(version: Version) -> Glossary:
    def read() -> Glossary:
        redirects: dict[int, int] = {}
        return Glossary(tuple(_entities(redirects)), redirects=redirects)

    return _kept("names", version, read)


def _terms(version: Version) -> Glossary:
    def read() -> Glossary:
        return Glossary(tuple(map(as_term, GlossaryTerm.objects.order_by("pk"))))

    return _kept("terms", version, read)


def _kept(what: str, version: Version, read: Callable[[], Glossary]) -> Glossary:
    known_by = (_changes[what], *version[what])
    cached = _cached.get(what)
    if cached and cached[0] == known_by:
        return cached[1]
    glossary = read()
    _cached[what] = (known_by, glossary)
    return glossary


def as_term(row: GlossaryTerm) -> Term:
    """A term with all its forms: those that its row lists, and those that follow from them."""
    forms: dict[tuple[str, str], Form] = {}
    for language in LANGUAGES:
        term = row.term_in(language)
        # The first of two alike counts.
        listed = [
            Form(term, language),
            *(Form(text, language, "alias") for text in row.variants_in(language)),
            *(Form(text, language, "alias", True) for text in row.forbidden_in(language)),
        ]
        of_english = (
            Form(text, language, "inflected", form.forbidden)
            for form in listed
            if language == ENGLISH
            for text in inflected(form.text, row.part_of_speech)
        )
        for form in (*listed, *of_english):
            forms.setdefault((language, form.text), form)
    return Term(row.pk, f"term-{row.pk}", PLAIN, tuple(forms.values()))


def load_simplifier() -> Simplifier:
    """Converts traditional characters by the names of now.

    Asks the database once a request, so that a list of stories doesn't ask for each.
    """
    global _simplifier
    asked = _asked.get()
    if asked is None or asked[0] != _changes["names"]:
        asked = (_changes["names"], load_glossary())
        _asked.set(asked)
    made = _simplifier
    if made is None or made[0] is not asked[1]:
        _simplifier = made = (asked[1], Simplifier(asked[1]))
    return made[1]


def _begin_request(**_kwargs: Any) -> None:
    _asked.set(None)


def forget_terms(**_kwargs: Any) -> None:
    """Read the terms anew when they are next asked for, and once more after a commit."""
    _forget("terms")


def forget_glossary(**_kwargs: Any) -> None:
    """Read the names anew when they are next asked for, and once more after a commit."""
    _forget("names")


def _forget(what: str) -> None:
    _changes[what] += 1
    transaction.on_commit(lambda: _changes.update([what]))


def connect() -> None:
    forget = {"names": forget_glossary, "terms": forget_terms}
    for what, models in _ROWS.items():
        for model in models:
            for signal in (post_save, post_delete):
                uid = f"glossary-{model.__name__}"
                signal.connect(forget[what], sender=model, dispatch_uid=uid)
    request_started.connect(_begin_request, dispatch_uid="glossary-of-request")


def _version() -> Version:
    types = ContentType.objects.get_for_models(Entity, GlossaryTerm)
    (found,) = _NEWEST.rows(names=types[Entity].pk, terms=types[GlossaryTerm].pk)
    return {
        what: tuple(pk for name, pk in found.items() if name.startswith(what)) for what in _ROWS
    }


def _newest() -> QuerySet:
    newest: dict[str, Subquery] = {}
    kinds = {what: Given(what, BigAutoField()) for what in _ROWS}
    for what, models in _ROWS.items():
        logged = ModelLogEntry.objects.filter(content_type=kinds[what])
        # With the merged ones, too.
        rows = [logged, *(model._base_manager.all() for model in models)]
        for number, one in enumerate(rows):
            newest[f"{what}_{number}"] = Subquery(one.order_by("-pk").values("pk")[:1])
    return ContentType.objects.filter(pk=kinds["names"]).values(**newest)


_NEWEST = PreparedQuery(_newest)


def _entities(redirects: dict[int, int]) -> Iterator[Term]:
    """All but the merged names, which go into `redirects`."""
    others: defaultdict[int, list[Form]] = defaultdict(list)
    fields = ("text", "language", "kind", "forbidden", "valid_from", "valid_until")
    names = EntityName.objects.order_by("entity_id", "sort_order", "pk")
    for entity_id, *values in names.values_list("entity_id", *fields):
        form = Form(*values)
        parts = parted_by_script(form.text).items()
        made = [replace(form, text=text, language=language) for language, text in parts]
        others[entity_id] += made or [form]
    columns = [column("name", language) for language in LANGUAGES]
    columns = ["merged_into", "pk", "key", "kind", "country", *columns]
    rows = Entity.with_merged.order_by("key").values_list(*columns)
    for merged_into, pk, key, kind, country, *names_in in rows:
        if merged_into:
            redirects[pk] = merged_into
            continue
        canonical = [
            Form(name, language) for name, language in zip(names_in, LANGUAGES, strict=True) if name
        ]
        yield Term(pk, key, kind, (*canonical, *others[pk]), country)


def offices_on(entity_ids: Iterable[int], day: date) -> dict[int, Office]:
    """By person, the office held on that day, the latest begun first; one query. `office_title`
    says it in a language: “Party chief of Zhanjiang”, 湛江市委书记."""
    held: dict[int, Office] = {}
    offices = Office.objects.filter(person__in=set(entity_ids)).select_related("place")
    for office in offices.order_by("person_id", "sort_order"):
        current = held.get(office.person_id)
        if day in office.period and (current is None or current.period.start < office.period.start):
            held[office.person_id] = office
    return held


def office_title(office: Office, language: str) -> str:
    """The dated role in one language, or "" where the office has no title in it."""
    if not getattr(office, column("title", language)):
        return ""
    if office.place and not office.place.name_in(language):
        return ""
    with override(language):
        return str(office)
