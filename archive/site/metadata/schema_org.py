"""Stories, people, organisations, places and events as schema.org.

A story is a NewsArticle in its language, tied to its other language's. What says where and when it
was printed belongs to the one that was printed; its translation is the archive's, with a day of its
own. Sample text was never printed, so it is a CreativeWork without date, page or newspaper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.utils import translation
from django.utils.translation import gettext

from archive.addresses import pattern
from archive.entities.models import Entity, Office
from archive.photos.vocabularies import DigitalSource, schema_org_source
from archive.site.citations.records import CitationRecord
from archive.site.metadata.facts import PictureFacts, StoryFacts
from archive.site.metadata.tags import Json, filled, node
from archive.site.permalinks import permanent_path
from archive.stories.marks import blocks_of
from archive.stories.rights import licence_url, rights_url
from archive.text.language import HTML_CODES, LANGUAGES, column, length, other
from archive.text.richtext import plain_text

TYPES = {
    "person": "Person",
    "organisation": "Organization",
    "place": "Place",
    "event": "Event",
    "topic": "DefinedTerm",
}
PLACE_TYPES = {"city": "City", "state": "State", "province": "AdministrativeArea"}


def entity_json(entity: Entity, url: str) -> Json:
    """The entity as schema.org; `url` is the canonical address of its page in one language.

    The names, and a person's offices, should be prefetched. Identifiers are the ones the entry has.
    """
    data: Json = {
        "@context": "https://schema.org",
        "@type": schema_type(entity),
        "@id": f"{url}#it",
        "url": url,
        "identifier": entity.key,
        "name": _in_both(entity, "name"),
        "alternateName": [
            _worded(name.text, name.language)
            for name in entity.written_names()
            if not name.forbidden
        ],
        "description": _in_both(entity, "description"),
        "sameAs": same_as(entity),
    }
    if entity.is_place:
        data |= _place(entity)
    if entity.kind == Entity.Kind.PERSON:
        data["hasOccupation"] = [_role(office) for office in entity.offices.all()]
    return filled(data)


def _worded(text: str, language: str) -> Json:
    return {"@value": text, "@language": HTML_CODES[language]}


def _in_both(instance: Any, field: str) -> list[Json]:
    texts = ((getattr(instance, column(field, lang)), lang) for lang in LANGUAGES)
    return [_worded(text, language) for text, language in texts if text]


def schema_type(entity: Entity) -> str:
    """schema.org's class of the entity: "City", "Person"."""
    return PLACE_TYPES.get(entity.place_type or "", TYPES.get(entity.kind, "Thing"))


def same_as(entity: Entity) -> list[str]:
    """The entity's addresses at Wikidata and GeoNames, as far as the entry has their ids."""
    found = []
    if entity.wikidata_id:
        found.append(f"http://www.wikidata.org/entity/{entity.wikidata_id}")
    if entity.geonames_id:
        found.append(f"https://sws.geonames.org/{entity.geonames_id}/")
    return found


def _place(entity: Entity) -> Json:
    data: Json = {}
    if entity.country:
        region = _in_both(entity, "region")
        data["address"] = node("PostalAddress", addressCountry=entity.country, addressRegion=region)
    if entity.latitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": entity.latitude,
            "longitude": entity.longitude,
        }
    return data


def _role(office: Office) -> Json:
    """A role in time: that it was held on one day (`as_of`) says nothing of when it ended."""
    title = _in_both(office, "title")
    role = node("Role", roleName=title, startDate=office.since, endDate=office.until)
    if office.as_of and not office.until:
        role["description"] = [{"@value": f"As of {office.as_of}", "@language": "en"}]
    if office.place:
        place = {"@type": "Place", "name": _in_both(office.place, "name")}
        role["hasOccupation"] = {"@type": "Occupation", "name": title, "occupationLocation": place}
    return role


_CONTRIBUTES = {
    "reporter": "author",
    "contributor": "author",
    "agency": "author",
    "editor": "editor",
    "photographer": "contributor",
    "additional": "contributor",
    "translator": "translator",
}


def story_json(facts: StoryFacts) -> Json:
    article, text = facts.article, facts.text
    is_source = not text.is_translation
    printed = {} if is_source else article.translation_print
    changed = article.last_published_at if is_source else article.translated_at
    data: Json = {
        "@type": "CreativeWork" if article.is_sample else "NewsArticle",
        "@id": f"{facts.url}#story",
        "url": facts.url,
        "mainEntityOfPage": facts.url,
        "identifier": f"{facts.root}{permanent_path(article)}",
        "headline": text.headline,
        "description": facts.description,
        "inLanguage": facts.html_language,
        # The date on which an original was written is unknown; that of a translation is stored.
        "dateCreated": _moment(article.translated_at) if facts.is_translation else "",
        "dateModified": _moment(changed),
        "isAccessibleForFree": True,
        "copyrightNotice": facts.record.rights,
        "license": rights_url(article),
        **(_people_of(printed) if printed else _people(facts)),
        "about": _entities(facts, facts.about),
        "mentions": _entities(facts, facts.mentioned),
        "image": [_image(picture) for picture in facts.pictures],
        "correction": [
            node(
                "CorrectionComment",
                url=f"{facts.url}#{block.id}",
                datePublished=block.value["date"].isoformat() if block.value["date"] else "",
                text=plain_text(block.value["text"].source),
            )
            for block in text.blocks
            if block.block_type == "correction"
        ],
        "sameAs": article.source_url if is_source else printed.get("source_url", ""),
        **_other_works(facts),
    }
    if article.is_sample:
        return filled({**data, "genre": "Sample text"})
    if printed:
        published = _print_facts(facts.record) | _issue(facts.record)
        published["articleSection"] = facts.record.section
    else:
        published = _published_here(facts) if facts.is_translation else _published(facts)
    return filled({**data, **_form(facts), **published, **_machine_drafts(facts)})


def _machine_drafts(facts: StoryFacts) -> Json:
    """Which parts of a translation a machine has drafted, where the site tells of them."""
    keys = facts.text.machine_drafted
    if not keys:
        return {}
    drafted = blocks_of(keys)
    blocks = [f"{facts.url}#{one.id}" for one in facts.text.blocks if one.id in drafted]
    # A headline has no address of its own.
    is_above = not drafted.isdisjoint(facts.article.text_fields)
    with translation.override(facts.language):
        words = gettext("Drafted by machine translation, confirmed by a translator")
    part = node(
        "WebPageElement",
        description=words,
        url=[*([facts.url] if is_above else []), *blocks],
        digitalSourceType=schema_org_source(DigitalSource.GENERATED),
    )
    return {
        "digitalSourceType": schema_org_source(DigitalSource.GENERATED_IN_PART),
        "hasPart": part,
    }


def _form(facts: StoryFacts) -> Json:
    """What may be said of the text in either language."""
    article, text = facts.article, facts.text
    return {
        "wordCount": sum(
            length(plain_text(block.value.source), facts.language)
            for block in text.blocks
            if block.block_type == "paragraph"
        ),
        "dateline": text.dateline,
        "articleSection": facts.named(article.section) if article.section else "",
        "genre": _kind(facts),
    }


def _published(facts: StoryFacts) -> Json:
    """Where an original was printed."""
    return _print_facts(facts.record) | _issue(facts.record, facts.publication_url, facts.issue_url)


def _published_here(facts: StoryFacts) -> Json:
    """When and by whom a translation was given to readers."""
    day = facts.record.day
    publisher = node("Organization", name=facts.site_name) if facts.site_name else None
    return {"datePublished": day.isoformat() if day else "", "publisher": publisher}


def _print_facts(record: CitationRecord) -> Json:
    return {
        "datePublished": record.day.isoformat() if record.day else "",
        "printSection": record.section,
        "printPage": record.page,
        "printEdition": record.edition,
    }


def _issue(record: CitationRecord, paper_url: str = "", url: str = "") -> Json:
    """Publisher and issue of what was printed; {} for what is in no newspaper."""
    if not record.is_printed:
        return {}
    newspaper = node("Newspaper", name=record.container)
    if paper_url:
        newspaper["@id"] = f"{paper_url}#it"
    day = record.day.isoformat() if record.day else ""
    return {
        "publisher": {"@type": "NewsMediaOrganization", "name": record.container},
        "isPartOf": node("PublicationIssue", datePublished=day, url=url, isPartOf=newspaper),
    }


def _kind(facts: StoryFacts) -> str:
    if not facts.article.kind:
        return ""
    with translation.override(facts.language):
        return str(facts.article.get_kind_display())


def _people(facts: StoryFacts) -> dict[str, list[Json]]:
    people: dict[str, list[Json]] = {}
    for line in facts.bylines:
        role = _CONTRIBUTES[line.role]
        if role == "translator" and not facts.is_translation:
            continue
        kind = "Organization" if line.role == "agency" else "Person"
        _add_once(people, role, {"@type": kind, "name": facts.named(line.author)})
    if facts.is_translation:
        people.setdefault("translator", _translators(facts))
    return people


def _people_of(printed: Mapping[str, Any]) -> dict[str, list[Json]]:
    """Of a text that was printed by itself."""
    people: dict[str, list[Json]] = {}
    for one in printed["authors"]:
        kind = "Organization" if one["role"] == "agency" else "Person"
        _add_once(people, _CONTRIBUTES[one["role"]], {"@type": kind, "name": one["name"]})
    return people


def _add_once(people: dict[str, list[Json]], role: str, person: Json) -> None:
    """Who signs as a reporter and as a contributor is one author."""
    if person not in people.setdefault(role, []):
        people[role].append(person)


def _translators(facts: StoryFacts) -> list[Json]:
    """Those who sign the translation, or else the archive."""
    signed = [
        {"@type": "Person", "name": facts.named(line.author)}
        for line in facts.bylines
        if line.role == "translator"
    ]
    unsigned = [node("Organization", name=facts.site_name)] if facts.site_name else []
    return signed or unsigned


def _other_works(facts: StoryFacts) -> Json:
    """The story's other language here, and stories beside it that machines are told of."""
    works: dict[str, list[Json]] = {name: [work] for name, work in _other_language(facts).items()}
    for one in facts.beside if not facts.text.is_translation else ():
        if not one.relation:
            continue
        url = urljoin(facts.root, one.url)
        work = node(
            "NewsArticle",
            url=url,
            headline=one.article.source("headline"),
            inLanguage=one.article.source_html_language,
            datePublished=one.article.print_date.isoformat() if one.article.print_date else "",
        )
        works.setdefault(one.relation, []).append({"@id": f"{url}#story", **work})
    return {name: found[0] if len(found) == 1 else found for name, found in works.items()}


def _other_language(facts: StoryFacts) -> dict[str, Json]:
    """The translation of the original, or the original of the translation, if both are public;
    neither of two texts that were printed apart."""
    if not facts.other_url or facts.article.translation_print:
        return {}
    language, article = other(facts.language), facts.article
    version: Json = {
        "@type": "CreativeWork" if article.is_sample else "NewsArticle",
        "@id": f"{facts.other_url}#story",
        "url": facts.other_url,
        "headline": article.in_language(language).headline,
        "inLanguage": HTML_CODES[language],
    }
    if original := facts.record.original:
        version |= {"inLanguage": original.html_language, "headline": original.title}
        version |= {"sameAs": article.source_url, **_print_facts(original), **_issue(original)}
        return {"translationOfWork": filled(version)}
    day = None if article.is_sample else article.translated_on
    version["datePublished"] = day.isoformat() if day else ""
    version["translator"] = _translators(facts)
    return {"workTranslation": filled(version)}


def _entities(facts: StoryFacts, entities: Sequence[Any]) -> list[Json]:
    address = pattern("archive:entity") if entities else ""
    return [
        {
            "@id": f"{facts.root}{address % entity.key}#it",
            **node(schema_type(entity), name=facts.named(entity), sameAs=same_as(entity)),
        }
        for entity in entities
    ]


def _image(picture: PictureFacts) -> Json:
    return node(
        "ImageObject",
        contentUrl=picture.url,
        width=picture.width,
        height=picture.height,
        caption=picture.caption,
        creditText=picture.credit,
        copyrightNotice=picture.rights,
        creator=node("Person", name=picture.creator) if picture.creator else None,
        license=licence_url(picture.rights),
        digitalSourceType=picture.source_type,
    )


def _moment(when: datetime | None) -> str:
    return when.isoformat(timespec="seconds") if when else ""
