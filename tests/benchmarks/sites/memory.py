"""A translation memory of many units: this archive's, wagtail-localize's, and a plain scan."""

import random
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from archive.text.language import CHINESE, ENGLISH, column, other
from tests.benchmarks.sentences import Sentences, edited

SEED = 2015
_ROWS = 1000
# What is asked for: a text that is there, one that is much like it, one that is like none.
SAME, LIKE, NONE = "the same text", "a text like it", "a text like none"


@dataclass
class MemorySearch:
    """Answers to a number of questions: seconds, and the best score of each, 0 for none."""

    seconds: list[float] = field(default_factory=list)
    scores: list[int] = field(default_factory=list)


def questions(kind: str, language: str, count: int, units: int) -> list[str]:
    """The same for every contestant."""
    chance, sentences = random.Random(f"{kind} {language}"), Sentences(SEED)
    numbers = chance.sample(range(units), count)
    texts = [sentences.paragraph(number)[language == CHINESE] for number in numbers]
    if kind == LIKE:
        return [edited(text, chance, chance.choice((0.1, 0.2, 0.3))) for text in texts]
    return [_shuffled(text, chance) for text in texts] if kind == NONE else texts


def _shuffled(text: str, chance: random.Random) -> str:
    pieces = text.split(" ") if " " in text else list(text)
    return (" " if " " in text else "").join(chance.sample(pieces, len(pieces)))


def ask(
    find: Callable[[str], list[int]], texts: list[str], clock: Callable[[], float]
) -> dict[str, list[float]]:
    """`find` gives the scores of what it finds for a text."""
    asked = MemorySearch()
    for text in texts:
        start = clock()
        scores = find(text)
        asked.seconds.append(clock() - start)
        asked.scores.append(max(scores, default=0))
    return vars(asked)


def memory_in_use() -> float:
    """The most that this process ever held, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


class OurMemory:
    def fill(self, units: int) -> None:
        from archive.desk.memory.units import add_units, make_unit

        pairs = Sentences(SEED).paragraphs(units)
        while some := list(islice(pairs, _ROWS)):
            add_units([make_unit(ENGLISH, *pair, provenance="tmx") for pair in some])

    def write(self, units: int, seed: int) -> None:
        """As many as a story has, as publishing it does."""
        from archive.desk.memory.units import add_units, make_unit

        pairs = Sentences(seed).paragraphs(units)
        add_units([make_unit(ENGLISH, *pair, provenance="tmx") for pair in pairs])

    def find(self, language: str, threshold: int = 0) -> Callable[[str], list[int]]:
        from archive.desk.memory.suggestions import suggest

        def run(text: str) -> list[int]:
            found = suggest(text, language, threshold=threshold)
            for one in found:
                one.differences_from(text)
            return [one.score for one in found]

        return run

    def scan(self, language: str) -> Callable[[str], list[int]]:
        """All texts in memory, each compared: what one writes first."""
        from archive.desk.memory.suggestions import ranked
        from archive.desk.models import MemoryUnit

        texts = dict(MemoryUnit.objects.values_list("pk", column("text", language)).iterator())
        return lambda text: [score for _pk, score in ranked(text, texts, 70)[:5]]

    def look_up_words(self, words: str) -> int:
        from archive.desk.memory.views import MemorySearch

        return len(MemorySearch(words).units)


class LocalizeMemory:
    """Strings and their translations; it knows the same text only."""

    def fill(self, units: int) -> None:
        from wagtail.models import Locale
        from wagtail_localize.models import (
            String,
            StringTranslation,
            TranslatableObject,
            TranslationContext,
        )

        english = Locale.objects.get(language_code=ENGLISH)
        chinese = Locale.objects.get_or_create(language_code=CHINESE)[0]
        context = self._context(TranslatableObject, TranslationContext)
        pairs = Sentences(SEED).paragraphs(units)
        while some := list(islice(pairs, _ROWS)):
            strings = String.objects.bulk_create(
                [
                    String(locale=english, data=text, data_hash=String._get_data_hash(text))
                    for text in dict(some)
                ],
                ignore_conflicts=True,
            )
            hashes = [one.data_hash for one in strings]
            saved = String.objects.filter(locale=english, data_hash__in=hashes)
            translations = dict(some)
            StringTranslation.objects.bulk_create(
                [
                    StringTranslation(
                        translation_of=one,
                        locale=chinese,
                        context=context,
                        data=translations[one.data],
                    )
                    for one in saved
                ],
                ignore_conflicts=True,
            )

    def _context(self, objects: type, contexts: type) -> object:
        import uuid

        from django.contrib.contenttypes.models import ContentType
        from wagtail.models import Page

        page_type = ContentType.objects.get_for_model(Page)
        key = uuid.uuid4()
        owner = objects.objects.create(content_type=page_type, translation_key=key)
        return contexts.objects.create(object=owner, path="body")

    def find(self, language: str, threshold: int = 0) -> Callable[[str], list[int]]:
        """As its editor fills in strings that were translated before."""
        from wagtail_localize.models import String, StringTranslation

        def run(text: str) -> list[int]:
            found = StringTranslation.objects.filter(
                translation_of__data_hash=String._get_data_hash(text),
                translation_of__locale__language_code=language,
                locale__language_code=other(language),
            )
            return [100 for one in found[:5] if one.data]

        return run
