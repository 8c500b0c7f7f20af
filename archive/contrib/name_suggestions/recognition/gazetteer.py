"""Reads the gazetteer from the database, and caches it in the process.

It is built on the glossary that `termbase` caches, and is thrown away with it. Offices have no
log of their own: they are changed in the form of the person, whose change is logged. Ties and
the numbers of tagged stories are as they were when the names were read: they only weigh.
"""

from collections import defaultdict

from django.db.models import Count
from django.db.models.functions import Coalesce

from archive.contrib.name_suggestions.recognition.facts import Facts, Gazetteer, OfficeFact
from archive.entities.glossary.termbase import load_glossary
from archive.entities.glossary.terms import Glossary
from archive.entities.models import Entity, Office
from archive.entities.querysets import canonical_id
from archive.text.language import LANGUAGES, column

_cached: tuple[Glossary, Gazetteer] | None = None


def load_gazetteer() -> Gazetteer:
    """All names with what is known of them: one query if nothing changed, else seven."""
    global _cached
    glossary = load_glossary()
    cached = _cached
    if cached and cached[0] is glossary:
        return cached[1]
    gazetteer = Gazetteer(glossary.terms, _facts(), glossary, redirects=glossary.redirects)
    _cached = (glossary, gazetteer)
    return gazetteer


def _facts() -> dict[int, Facts]:
    offices, partners = _offices(), _partners()
    tagged = Entity.with_merged.filter(article_tags__isnull=False).order_by()
    named = tagged.values_list(Coalesce("merged_into", "pk"))
    uses = dict(named.annotate(uses=Count("article_tags__page", distinct=True)))
    regions = [column("region", language) for language in LANGUAGES]
    rows = Entity.objects.values_list("pk", "place_type", *regions)
    return {
        pk: Facts(
            place_type,
            _known(names),
            tuple(offices.get(pk, ())),
            frozenset(partners.get(pk, ())),
            uses.get(pk, 0),
        )
        for pk, place_type, *names in rows.iterator(2000)
        if place_type or any(names) or pk in offices or pk in uses
    }


def _partners() -> dict[int, set[int]]:
    """The ties' two ends, by way of the entities: this room knows no ties."""
    partners: defaultdict[int, set[int]] = defaultdict(set)
    tied = Entity.with_merged.filter(ties_as_a__isnull=False).order_by()
    for one, other in tied.values_list(
        Coalesce("merged_into", "pk"), canonical_id("ties_as_a__place_b")
    ):
        partners[one].add(other)
        partners[other].add(one)
    return partners


def _offices() -> dict[int, list[OfficeFact]]:
    offices: defaultdict[int, list[OfficeFact]] = defaultdict(list)
    titles = [column("title", language) for language in LANGUAGES]
    dates = ("since", "until", "as_of")
    rows = Office.objects.order_by("person_id", "sort_order")
    for person, place, *rest in rows.values_list(
        "person_id", canonical_id("place"), *titles, *dates
    ):
        names = _known(rest[: len(titles)])
        offices[person].append(OfficeFact(names, place, *rest[len(titles) :]))
    return offices


def _known(names: list[str | None]) -> dict[str, str]:
    pairs = zip(LANGUAGES, names, strict=True)
    return {language: name for language, name in pairs if name}
