"""Stories and their translations: each has its own, readers have its words, rows count them."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from archive.desk.actions import (
    expected_facts,
    follow_source,
    open_translation,
    write_print,
)
from archive.desk.freshness.corrections import missing_corrections
from archive.desk.models import Translation
from archive.desk.pairs.actions import own_prints, public_pairs
from archive.desk.segments import (
    Alignment,
    Row,
    align_segments,
    blank_values,
    target_values,
)
from archive.integrity.base import ArchiveArea, Disagreement, Progress
from archive.publishing.translations import publish_translation
from archive.stories.body import TRANSLATABLE, raw
from archive.stories.models import ArticlePage
from archive.text.language import column, other
from archive.text.punctuation import joined
from archive.text.segmentation import extract

_BATCH = 100


class TranslationsArea(ArchiveArea):
    """Each story has one translation, into the other language; an alias has its original's.

    A story that was joined with another one has none.
    """

    name = "translations"

    def find(self) -> Iterator[Disagreement]:
        opened: dict[int, list[tuple[int, str]]] = {}
        for pk, article, language in Translation.objects.values_list("pk", "article", "language"):
            opened.setdefault(article, []).append((pk, language))
        joined = set(ArticlePage.objects.joined().values_list("pk", flat=True))
        # A draft may have none yet: see `offer_story`.
        stories = ArticlePage.objects.order_by("pk")
        facts = stories.values_list("pk", "source_language", "alias_of", "live")
        for pk, source, original, live in facts:
            wanted = None if original or pk in joined else other(source)
            found = opened.get(pk, [])
            if wanted and (live or found) and wanted not in (language for _pk, language in found):
                # To open one deletes another: that may hold somebody's words.
                text = _("the story has no translation to work on")
                yield Disagreement(text, pk, is_derived=not found)
            for translation, language in found:
                if language != wanted:
                    text = _("translation %(pk)s is in a language that the story doesn't need")
                    yield Disagreement(text % {"pk": translation}, pk, is_derived=False)

    def repair(self, progress: Progress) -> None:
        lacking = [one.page for one in self.find() if one.is_derived and one.page]
        for article in ArticlePage.objects.filter(pk__in=lacking):
            open_translation(article)


class TextsArea(ArchiveArea):
    """What readers have in the target language is what the published segments say."""

    name = "texts"

    def find(self) -> Iterator[Disagreement]:
        for translation, (laid_out, _set_aside) in aligned():
            article = translation.article
            if not translation.live:
                if _names_of_difference(article, blank_values(translation)):
                    text = _("readers have a text that no published translation holds")
                    yield Disagreement(text, article.pk, is_derived=False)
            elif names := _differences(translation, laid_out):
                # Where the source has changed since, to publish it anew is the translator's.
                text = _("the text isn't what its translation says: %(columns)s")
                is_derived = not translation.stale_count
                yield Disagreement(text % {"columns": joined(names)}, article.pk, is_derived)

    def repair(self, progress: Progress) -> None:
        wrong = {problem.page for problem in self.find() if problem.is_derived}
        for translation in Translation.objects.filter(article__in=wrong, live=True):
            with transaction.atomic():
                publish_translation(translation)


class CountsArea(ArchiveArea):
    """What the rows of translations and stories say of segments: counts, states, marks."""

    name = "counts"

    def find(self) -> Iterator[Disagreement]:
        for translation, alignment, printed in _with_prints():
            if not translation.article.live:
                continue  # Its words are counted when it is published.
            lacks = translation.live and bool(missing_corrections(translation, alignment.rows))
            row, story = expected_facts(translation, alignment, lacks_correction=lacks)
            names = [
                name
                for thing, values in ((translation, row), (translation.article, story))
                for name, value in values.items()
                if getattr(thing, name) != value
            ]
            if (printed if translation.live else {}) != translation.article.translation_print:
                names.append("translation_marks")
            if lacks != (translation.correction_since is not None):
                names.append("correction_since")
            if names:
                text = _("wrong for translation %(pk)s: %(columns)s")
                columns = {"pk": translation.pk, "columns": joined(names)}
                yield Disagreement(text % columns, translation.article_id)

    def repair(self, progress: Progress) -> None:
        wrong = {problem.page for problem in self.find()}
        for translation, alignment, printed in _with_prints(wrong):
            with transaction.atomic():
                follow_source(translation, alignment)
                if translation.live:
                    write_print(translation.article, printed)


def _with_prints(
    articles: set[int | None] | None = None,
) -> Iterator[tuple[Any, Alignment, dict[str, Any]]]:
    """As `aligned`, with where each was printed: as a text of its own that was joined with its
    story, or else as its file says. Three queries for a batch."""
    joined = {kept.pk: printed for kept, printed in public_pairs()}
    found = aligned(articles)
    while some := list(islice(found, _BATCH)):
        own = own_prints([translation for translation, _alignment in some])
        for (translation, alignment), printed in zip(some, own, strict=True):
            yield translation, alignment, joined.get(translation.article_id) or printed


def aligned(articles: set[int | None] | None = None) -> Iterator[tuple[Any, Alignment]]:
    """Translations, aligned, of these stories or of all; in the stories' target language."""
    found = Translation.objects.select_related("article", "latest_revision").order_by("pk")
    if articles is not None:
        found = found.filter(article__in=articles)
    for translation in found.prefetch_related("segments").iterator(chunk_size=_BATCH):
        if translation.language == translation.article.target_language:
            yield translation, align_segments(translation)


def _differences(translation: Any, laid_out: list[Row]) -> list[str]:
    article = translation.article
    values = target_values(translation, laid_out)
    if not translation.stale_count:
        return _names_of_difference(article, values)
    # Blocks have come and gone since; what is there in both must say the same.
    name = column("body", translation.language)
    ours, theirs = (
        {one.key: one.text for one in extract(raw(body), TRANSLATABLE)}
        for body in (values[name], getattr(article, name))
    )
    differs = any(ours[key] != theirs[key] for key in ours.keys() & theirs.keys())
    heads = {column(field, translation.language): None for field in ArticlePage.text_fields}
    heads = {name: values[name] for name in heads}
    return [*_names_of_difference(article, heads), *([name] if differs else [])]


def _names_of_difference(article: Any, values: dict[str, Any]) -> list[str]:
    return [
        name for name, value in values.items() if _plain(getattr(article, name)) != _plain(value)
    ]


def _plain(value: Any) -> Any:
    return raw(value) if hasattr(value, "stream_block") else value or ""
