"""Finds texts that are much the same: a wire story in two papers, a text with another headline.

Each text has a sample of the hashes of its word groups, traditional characters and simplified
ones alike. The database finds the texts that share some; the samples say how much is shared.
A story's figures and its translation have numbers as well, for reprints.
"""

import json
from collections.abc import Collection, Iterable, Iterator

from django.db.models import Exists, OuterRef

from archive.alignment.marks import figures, is_telling
from archive.inserts import insert_rows
from archive.likeness.models import TextFingerprint
from archive.stories.body import READABLE, raw
from archive.stories.models import ArticlePage
from archive.text.fingerprints import fingerprints, number_of
from archive.text.language import column
from archive.text.normalisation import fold
from archive.text.segmentation import Raw, extract

# So many numbers stand for a text.
SAMPLE = 48
# Fewer shared numbers than this are chance.
FEWEST = 4
# Texts with this share in common are shown as versions of one story.
LIKE = 0.3
# A text without words has this number alone; nothing is looked up by it.
NO_WORDS = 0
# A caption isn't the story's text.
_PICTURES = ("image", "gallery", "embed")
# So many of a text's figures have numbers.
_FIGURES = 40


def sample_of(text: str, language: str) -> list[int]:
    """The text's numbers, at most SAMPLE; [] for one without words."""
    return [one for one in fingerprints(fold(text).text, language, SAMPLE) if one != NO_WORDS]


def likeness(one: Collection[int], two: Collection[int]) -> float:
    """About what share of both texts' word groups is in both, by their samples: 0–1."""
    if not one or not two:
        return 0.0
    # The smallest of both together are a sample of both texts' groups.
    smallest = sorted({*one, *two}, key=lambda number: number % 2**32)[: max(len(one), len(two))]
    both = set(one) & set(two)
    return sum(number in both for number in smallest) / len(smallest)


def follow_stories(limit: int) -> int:
    """Bring up to date the numbers of so many stories, those changed since; gives how many."""
    same = TextFingerprint.objects.filter(article=OuterRef("pk")).filter(
        revision=OuterRef("latest_revision")
    )
    stories = ArticlePage.objects.filter(~Exists(same), alias_of=None)
    stories = stories.exclude(latest_revision=None).select_related("latest_revision")
    changed = list(stories.order_by("pk")[:limit])
    note_stories(changed)
    return len(changed)


def note_stories(stories: Collection[ArticlePage]) -> None:
    """Write the numbers of these stories' newest versions; two queries."""
    TextFingerprint.objects.filter(article__in=[story.pk for story in stories]).delete()
    rows = [row for story in stories for row in _rows(story)]
    insert_rows(TextFingerprint, ["number", "kind", "article", "revision"], rows)


def body_paragraphs(blocks: Iterable[Raw]) -> list[str]:
    """A body's text as plain paragraphs, without what stands at its pictures."""
    found = extract([one for one in blocks if one["type"] not in _PICTURES], READABLE)
    return [one.plain_text for one in found]


def most_telling(found: Iterable[str]) -> list[str]:
    """Of the marks of a text's figures those that have numbers, which say most."""
    return sorted(found, key=lambda mark: (not is_telling(mark), mark))[:_FIGURES]


def newest_text(story: ArticlePage) -> str:
    """The body of the story's newest version as plain text."""
    language = story.source_language
    if version := story.latest_revision:
        content = version.content.get(column("body", language)) or []
        blocks = json.loads(content) if isinstance(content, str) else content
    else:
        blocks = raw(story.source("body"))
    return "\n".join(body_paragraphs(blocks))


def _rows(story: ArticlePage) -> Iterator[tuple[int, int, int, int | None]]:
    kinds, language, text = TextFingerprint.Kind, story.source_language, newest_text(story)
    numbers = [(number, kinds.WORDS) for number in sample_of(text, language) or [NO_WORDS]]
    said = most_telling(figures(fold(text).text))
    numbers += [(number_of(mark, language), kinds.FIGURE) for mark in said]
    for other in story.languages()[1:]:
        translated = "\n".join(body_paragraphs(raw(getattr(story, column("body", other)))))
        numbers += [(number, kinds.TRANSLATION) for number in sample_of(translated, other)]
    for number, kind in numbers:
        yield number, kind.value, story.pk, story.latest_revision_id
