"""What the search box offers: for what was typed so far names, then stories by their headlines.

Each step reads a bounded number of rows from an index, whatever the archive's size.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q

from archive.entities.fields import Text, text_in
from archive.entities.models import Entity
from archive.search import headlines
from archive.search.analysis import name_key
from archive.search.engines import fetch
from archive.search.headlines import headline_text
from archive.search.models import LONGEST_KEY, NameHint, SearchDocument
from archive.search.names import is_unspaced, whole_keys
from archive.stories.models import ArticleEntity, ArticlePage
from archive.stories.querysets import UNLISTED
from archive.text.language import other
from archive.visibility import RestrictedPlaces

MOST_NAMES = 6
MOST_STORIES = 4
LONGEST_TYPED = 80
# More stories than these aren't counted while a reader types.
MOST_COUNTED = 999
_MOST_ROWS = 1000
_CANDIDATES = 12
# Names to try are those of so many of the newest stories.
_LATEST, _MOST_EXAMPLES = 40, 10
# From so much on, by whether it is Chinese, headlines are looked through.
_ENOUGH = {False: 3, True: 2}


@dataclass(frozen=True)
class NameOffer:
    """A name for this reader, its other form, and its stories' count up to MOST_COUNTED + 1."""

    entity: Entity
    name: Text
    other_name: str
    other_language: str
    count: int


@dataclass(frozen=True)
class StoryOffer:
    article: Any
    headline: Text


@dataclass(frozen=True)
class Offers:
    names: list[NameOffer]
    stories: list[StoryOffer]


def offers(typed: str, language: str) -> Offers:
    """What begins with the typed text, for a reader of the language; seven queries at most."""
    typed = typed.replace("\0", " ")[:LONGEST_TYPED]
    restricted = RestrictedPlaces.load() if typed.strip() else RestrictedPlaces()
    return Offers(_names(typed, language, restricted), _stories(typed, language, restricted))


def _names(typed: str, language: str, restricted: RestrictedPlaces) -> list[NameOffer]:
    key = name_key(typed)[:LONGEST_KEY]
    ids = _entities_beginning(key) if key else []
    if not ids:
        return []
    shown = Entity.objects.shown_to_public(restricted)
    entities = shown.filter(pk__in=ids).prefetch_related("names")
    counts = _counts(ids, restricted)
    made = [_offer(entity, key, counts[entity.pk], language) for entity in entities]
    made.sort(key=lambda one: (key not in whole_keys(one.entity), -one.count, one.name.text))
    return made[:MOST_NAMES]


def _entities_beginning(key: str) -> list[int]:
    """Keys of entities, those of most stories first as far as was counted."""
    if len(key) <= 2:
        # These have rows of their own, in the index's order.
        rows = NameHint.objects.filter(key=key).order_by("-weight")[:_MOST_ROWS]
    else:
        rows = NameHint.objects.filter(begins_with("key", key))[:_MOST_ROWS]
    found = sorted(rows.values_list("weight", "key", "entity"), key=lambda r: (r[1] != key, -r[0]))
    return list(dict.fromkeys(entity for _weight, _key, entity in found))[:_CANDIDATES]


def begins_with(name: str, start: str) -> Q:
    """A condition that an index on the column serves: SQLite's LIKE would ask for none."""
    if connection.vendor == "postgresql":
        return Q(**{f"{name}__startswith": start})
    return Q(**{f"{name}__gte": start, f"{name}__lt": f"{start}\U0010ffff"})


def _offer(entity: Entity, key: str, count: int, language: str) -> NameOffer:
    name = text_in(entity, "name", language)
    other_language = other(name.language)
    other_name = entity.name_in(other_language)
    # An old or other form that was typed is said, or nobody would know why this is offered.
    aliases = [one for one in entity.written_names() if not one.forbidden]
    typed = next((one for one in aliases if name_key(one.text).startswith(key)), None)
    names = (entity.name_in(code) for code in (language, other_language))
    if typed and not any(name_key(one).startswith(key) for one in names):
        other_name, other_language = typed.text, typed.language
    return NameOffer(entity, name, other_name, other_language, count)


def _counts(ids: Sequence[int], restricted: RestrictedPlaces) -> dict[int, int]:
    """How many stories that readers can see are tagged with each, up to MOST_COUNTED + 1."""
    tags = ArticleEntity.objects.filter(page__live=True).order_by()
    if restricted:
        tags = tags.exclude(restricted.of_stories("page__"))
    statements, params = [], []
    for pk in ids:
        of_name = tags.filter(entity__in=Entity.with_merged.same_as([pk]).values("pk"))
        pages = of_name.values("page").distinct()[: MOST_COUNTED + 1]
        sql, own = pages.query.sql_with_params()
        statements.append(f"SELECT %s AS entity, (SELECT COUNT(*) FROM ({sql}) x) AS number")
        params += [pk, *own]
    # The ORM has no word for a count that stops, of several names in one statement.
    return dict(fetch(" UNION ALL ".join(statements), params))  # type: ignore[arg-type]


def _stories(typed: str, language: str, restricted: RestrictedPlaces) -> list[StoryOffer]:
    text = headline_text(typed)
    if len(text) < _ENOUGH[is_unspaced(text)]:
        return []
    latest = SearchDocument.objects.filter(pk__in=headlines.containing(typed, _CANDIDATES * 2))
    articles = ArticlePage.objects.filter(pk__in=latest.values("article")).defer(*UNLISTED)
    seen = articles.shown_to_public(restricted).newest_first()
    texts = [one.in_language(language) for one in seen[:MOST_STORIES]]
    return [StoryOffer(one.article, Text(one.headline, one.language)) for one in texts]


def examples(language: str) -> list[Text]:
    """Names to try, for a page that has found nothing: what the latest stories are about."""
    shown = ArticlePage.objects.shown_to_public().newest_first()
    latest = shown.values_list("pk", flat=True)
    tags = ArticleEntity.objects.filter(
        page__in=list(latest[:_LATEST]), role=ArticleEntity.Role.ABOUT
    ).select_related("entity__merged_into")
    ranked = Counter(tag.entity.canonical for tag in tags.order_by("pk"))
    return [text_in(one, "name", language) for one, _number in ranked.most_common(_MOST_EXAMPLES)]
