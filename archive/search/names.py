"""Which entities a reader's words name: in either language, as alias, old form or pinyin."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from archive.entities.models import Entity
from archive.entities.querysets import canonical_id
from archive.search.analysis import name_key, phrase
from archive.search.keys import LONGEST_NAME_KEY, hint_keys, keys_of, slips
from archive.search.models import NameHint, NameSlip, SearchName
from archive.stories.models import ArticleEntity

LONGEST_NAME = 6
MOST_FORMS = 40


@dataclass(frozen=True)
class NamedEntity:
    """An entity that was named, and the forms of its name that texts may use."""

    entity_id: int
    kind: str
    forms: tuple[str, ...]


def keep_names(entities: Iterable[Entity]) -> None:
    """Bring the stored keys of these entities in step with their names, and count their stories."""
    every = list(entities)
    ids = [entity.pk for entity in every]
    # What was merged has given its names to the entry that is kept.
    keys = {entity.pk: {} if entity.merged_into_id else keys_of(entity) for entity in every}
    same = Entity.with_merged.same_as(ids).values("pk")
    tags = ArticleEntity.objects.filter(entity__in=same, page__live=True).order_by()
    named = tags.values_list(canonical_id("entity"))
    weights = dict(named.annotate(Count("page", distinct=True)))
    names = [(pk, key, text) for pk, of_one in keys.items() for key, text in of_one.items()]
    SearchName.objects.keep("entity", ids, ["key", "text"], names)
    hints = [
        (entity.pk, key, weights.get(entity.pk, 0))
        for entity in every
        if not entity.merged_into_id
        for key in sorted(hint_keys(entity))
    ]
    NameHint.objects.keep("entity", ids, ["key", "weight"], hints)
    found = {(pk, slip) for pk, of_one in keys.items() for key in of_one for slip in slips(key)}
    NameSlip.objects.keep("entity", ids, ["slip"], sorted(found))


def look_up(runs: Sequence[Sequence[str]]) -> dict[str, list[NamedEntity]]:
    """For each key that one or more neighbouring words of a run make, the entities of that name.

    Two queries; none without words.
    """
    keys = {
        key
        for words in runs
        for start in range(len(words))
        for end in range(start + 1, min(start + LONGEST_NAME, len(words)) + 1)
        if (key := name_key(" ".join(words[start:end]))) and len(key) <= LONGEST_NAME_KEY
    }
    if not keys:
        return {}
    found = list(
        SearchName.objects.filter(key__in=keys).values_list("key", "entity_id", "entity__kind")
    )
    if not found:
        return {}
    forms: dict[int, list[str]] = defaultdict(list)
    rows = SearchName.objects.filter(entity__in={row[1] for row in found}, text__gt="")
    for entity_id, text in rows.order_by("pk").values_list("entity_id", "text"):
        wanted = phrase(text)
        # One character stands in too many other words: 京 in 南京.
        if wanted and not wanted.is_open and len(forms[entity_id]) < MOST_FORMS:
            forms[entity_id].append(text)
    named: dict[str, list[NamedEntity]] = defaultdict(list)
    for key, entity_id, kind in sorted(found):
        named[key].append(NamedEntity(entity_id, kind, tuple(forms[entity_id])))
    return named
