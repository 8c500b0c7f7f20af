"""A story as schema.org: a NewsArticle in its language, tied to its other language's.

Sample text was never printed, so it is a CreativeWork without date, page or newspaper.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from archive.feeds.metadata.facts import StoryFacts
from archive.feeds.metadata.pictures import PictureFacts, licence_url
from archive.feeds.metadata.writing import Json, filled
from archive.text.language import HTML_CODES, column, length, other
from archive.text.reversing import pattern
from archive.text.richtext import plain_text
from archive.ties.linked_data import same_as, schema_type

_CONTRIBUTES = {
    "reporter": "author",
    "contributor": "author",
    "agency": "author",
    "editor": "editor",
    "photographer": "contributor",
    "translator": "translator",
}


def story_json(facts: StoryFacts) -> Json:
    article, text = facts.article, facts.text
    is_source = not text.is_translation
    changed = article.last_published_at if is_source else article.translated_at
    data: Json = {
        "@type": "CreativeWork" if article.is_sample else "NewsArticle",
        "@id": f"{facts.url}#story",
        "url": facts.url,
        "mainEntityOfPage": facts.url,
        "identifier": facts.permanent_url,
        "headline": text.headline,
        "description": facts.description,
        "inLanguage": facts.html_language,
        # When the original was written, nobody has noted; when it was translated, the desk has.
        "dateCreated": "" if is_source else _moment(article.translated_at),
        "dateModified": _moment(changed),
        "isAccessibleForFree": True,
        "copyrightNotice": article.rights,
        "license": licence_url(article.rights),
        **_people(facts),
        "about": _entities(facts, facts.about),
        "mentions": _entities(facts, facts.mentioned),
        "image": [_image(picture) for picture in facts.pictures],
        "correction": list(_corrections(facts)),
        "sameAs": article.source_url if is_source else "",
        **_other_language(facts),
    }
    data |= {"genre": "Sample text"} if article.is_sample else _printed(facts)
    return filled(data)


def _printed(facts: StoryFacts) -> Json:
    article, text = facts.article, facts.text
    day = article.print_date.isoformat() if article.print_date else ""
    section = facts.named(article.section) if article.section else ""
    printed: Json = {
        "datePublished": day,
        "wordCount": sum(_lengths(facts)),
        "dateline": text.dateline,
        "articleSection": section,
        "printSection": section,
        "printPage": article.print_page,
        "printEdition": article.print_edition,
    }
    if article.publication:
        name, paper = facts.named(article.publication), f"{facts.publication_url}#it"
        printed["publisher"] = {"@type": "NewsMediaOrganization", "name": name}
        printed["isPartOf"] = filled(
            {
                "@type": "PublicationIssue",
                "datePublished": day,
                "url": facts.issue_url,
                "isPartOf": {"@type": "Newspaper", "@id": paper, "name": name},
            }
        )
    return printed


def _lengths(facts: StoryFacts) -> Iterator[int]:
    for block in facts.text.blocks:
        if block.block_type == "paragraph":
            yield length(plain_text(block.value.source), facts.language)


def _people(facts: StoryFacts) -> dict[str, list[Json]]:
    people: dict[str, list[Json]] = {}
    for line in facts.bylines:
        role = _CONTRIBUTES[line.role]
        if role == "translator" and not facts.text.is_translation:
            continue
        kind = "Organization" if line.role == "agency" else "Person"
        people.setdefault(role, []).append({"@type": kind, "name": facts.named(line.author)})
    return people


def _other_language(facts: StoryFacts) -> dict[str, Json]:
    """The translation of the original, or the original of the translation, if both are public."""
    if not facts.other_url:
        return {}
    language = other(facts.language)
    is_source = not facts.text.is_translation
    version = {
        "@type": "CreativeWork" if facts.article.is_sample else "NewsArticle",
        "@id": f"{facts.other_url}#story",
        "url": facts.other_url,
        "headline": getattr(facts.article, column("headline", language)),
        "inLanguage": HTML_CODES[language],
        "sameAs": "" if is_source else facts.article.source_url,
        "translator": _translators(facts.bylines, facts) if is_source else [],
    }
    return {"workTranslation" if is_source else "translationOfWork": filled(version)}


def _translators(bylines: Iterable[Any], facts: StoryFacts) -> list[Json]:
    return [
        {"@type": "Person", "name": facts.named(line.author)}
        for line in bylines
        if line.role == "translator"
    ]


def _entities(facts: StoryFacts, entities: Sequence[Any]) -> list[Json]:
    address = pattern("archive:entity") if entities else ""
    return [_entity(facts, one, f"{facts.root}{address % one.key}") for one in entities]


def _entity(facts: StoryFacts, entity: Any, url: str) -> Json:
    return filled(
        {
            "@type": schema_type(entity),
            "@id": f"{url}#it",
            "name": facts.named(entity),
            "sameAs": same_as(entity),
        }
    )


def _image(picture: PictureFacts) -> Json:
    return filled(
        {
            "@type": "ImageObject",
            "contentUrl": picture.url,
            "width": picture.width,
            "height": picture.height,
            "caption": picture.caption,
            "creditText": picture.credit,
            "copyrightNotice": picture.rights,
            "creator": {"@type": "Person", "name": picture.creator} if picture.creator else None,
            "license": licence_url(picture.rights),
        }
    )


def _corrections(facts: StoryFacts) -> Iterator[Json]:
    for block in facts.text.blocks:
        if block.block_type == "correction":
            day = block.value["date"]
            yield filled(
                {
                    "@type": "CorrectionComment",
                    "url": f"{facts.url}#{block.id}",
                    "datePublished": day.isoformat() if day else "",
                    "text": plain_text(block.value["text"].source),
                }
            )


def _moment(when: datetime | None) -> str:
    return when.isoformat(timespec="seconds") if when else ""
