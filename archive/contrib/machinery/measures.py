"""How much of machine drafts translators had to change, by engine."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein
from wagtail.log_actions import registry

from archive.contrib.machinery.drafts import DRAFTED, FILLED
from archive.desk.models import Segment, Translation
from archive.text.segmentation import plain_text

# Of whose words a person says that they are right.
_SURE = (Segment.State.CONFIRMED, Segment.State.REVIEWED)

# A translation's id, a segment's key, and the digest of its source.
Place = tuple[int, str, str]


@dataclass(frozen=True)
class EngineMeasure:
    """Drafts of segments that readers have; `distance` is the share of characters that changed,
    from 0 to 1 (Levenshtein, of the longer text), on average."""

    engine: str
    drafts: int
    unchanged: int
    distance: float


def measure_engines() -> list[EngineMeasure]:
    """A measure for each engine, the best first; two queries."""
    drafts = {(engine, place): text for engine, place, text in _drafts()}
    published = _published({place for _engine, place in drafts})
    distances: dict[str, list[float]] = defaultdict(list)
    for (engine, place), text in drafts.items():
        if place in published:
            target, markup = published[place]
            words = (plain_text(one, markup) for one in (text, target))
            distances[engine].append(Levenshtein.normalized_distance(*words))
    measures = [
        EngineMeasure(engine, len(found), found.count(0), sum(found) / len(found))
        for engine, found in distances.items()
    ]
    return sorted(measures, key=lambda one: (one.distance, one.engine))


def _drafts() -> Iterator[tuple[str, Place, str]]:
    """Every draft that was asked for, oldest first, with its engine."""
    entries = registry.get_log_model_for_model(Translation).objects.get_for_model(Translation)
    entries = entries.filter(action__in=(DRAFTED, FILLED)).order_by("timestamp", "pk")
    for object_id, data in entries.values_list("object_id", "data").iterator():
        engine, pk = data["engine"], int(object_id)
        if "draft" in data:
            yield engine, (pk, data["key"], data["digest"]), data["draft"]
        for key, (digest, text) in data.get("drafts", {}).items():
            yield engine, (pk, key, digest), text


def _published(places: Iterable[Place]) -> dict[Place, tuple[str, str]]:
    """What stands in the published translations at these places: the text and its markup."""
    wanted = set(places)
    rows = Segment.objects.filter(
        translation__in={pk for pk, _key, _digest in wanted}, state__in=_SURE
    ).exclude(target="")
    names = ("translation_id", "key", "source_digest", "target", "markup")
    found = {row[:3]: row[3:] for row in rows.values_list(*names).iterator()}
    return {place: found[place] for place in wanted if place in found}
