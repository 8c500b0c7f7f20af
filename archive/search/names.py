"""Which entities a reader's words name: in either language, as alias, old form or pinyin."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.entities.models import Entity
from archive.search.analysis import name_key, phrase
from archive.search.hints.storing import keep_name_hints
from archive.search.models import SearchName
from archive.search.name_keys import LONGEST_KEY, keys_of

LONGEST_NAME = 6
MOST_FORMS = 40


@dataclass(frozen=True)
class Named:
    """An entity that was named, and the forms of its name that texts may use."""

    entity_id: int
    kind: str
    forms: tuple[str, ...]


def keep_names(entities: Iterable[Entity]) -> None:
    """Bring the stored keys of these entities in step with their names."""
    by_id = {entity.pk: entity for entity in entities}
    stored: dict[int, dict[str, SearchName]] = defaultdict(dict)
    for row in SearchName.objects.filter(entity__in=by_id):
        stored[row.entity_id][row.key] = row
    gone, new = [], []
    for pk, entity in by_id.items():
        # What was merged has given its names to the entry that is kept.
        wanted = {} if entity.merged_into_id else keys_of(entity)
        gone += [r.pk for r in stored[pk].values() if wanted.get(r.key) != r.text]
        known = {key for key, row in stored[pk].items() if wanted.get(key) == row.text}
        new += [
            SearchName(entity_id=pk, key=key, text=text)
            for key, text in wanted.items()
            if key not in known
        ]
    SearchName.objects.filter(pk__in=gone).delete()
    SearchName.objects.bulk_create(new)
    keep_name_hints(list(by_id.values()))


def look_up(runs: Sequence[Sequence[str]]) -> dict[str, list[Named]]:
    """For each key that one or more neighbouring words of a run make, the entities of that name.

    Two queries; none without words.
    """
    keys = {
        key
        for words in runs
        for start in range(len(words))
        for end in range(start + 1, min(start + LONGEST_NAME, len(words)) + 1)
        if (key := name_key(" ".join(words[start:end]))) and len(key) <= LONGEST_KEY
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
    named: dict[str, list[Named]] = defaultdict(list)
    for key, entity_id, kind in sorted(found):
        named[key].append(Named(entity_id, kind, tuple(forms[entity_id])))
    return named
