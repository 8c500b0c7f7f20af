"""The desk's verbs: open a translation, put it on the page, take it off, follow the source."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex
from wagtail.search import index

from archive.desk.composing import (
    blank_values,
    is_abridged,
    is_out_of_step,
    marks_of,
    target_values,
)
from archive.desk.errors import DeskError
from archive.desk.freshness.corrections import follow_corrections
from archive.desk.memory.storing import forget, remember
from archive.desk.models import Segment, Translation
from archive.desk.segments import FIELDS, Row, rows, source_segments
from archive.pages.body import TRANSLATABLE, raw
from archive.pages.caching.events import touch_pages
from archive.pages.marks import TranslationState
from archive.pages.models import ArticlePage
from archive.pages.signals import texts_changed
from archive.text.language import column
from archive.text.segmentation import extract


@transaction.atomic
def open_translation(article: ArticlePage) -> Translation | None:
    """The story's translation into its target language, made if it isn't there.

    None for an alias, which follows its original. A text that readers see already, as with an
    alias that has become a story of its own, is taken into the new translation.
    """
    if article.alias_of_id:
        return None
    language = article.target_language
    translation, made = Translation.objects.get_or_create(
        article=article, language=language, defaults={"live": False}
    )
    if made:
        # While nobody has begun to translate, an editor may still say that the story was
        # written in the other language.
        Translation.objects.filter(article=article).exclude(pk=translation.pk).delete()
        if getattr(article, column("headline", language)):
            _adopt(translation)
    return translation


def _adopt(translation: Translation) -> None:
    article, language = translation.article, translation.language
    fields = {name: getattr(article, column(name, language)) or "" for name in FIELDS}
    body = raw(getattr(article, column("body", language)))
    fill_translation(translation, fields={k: v for k, v in fields.items() if v}, body=body)
    translation.save_revision().publish()
    translation.refresh_from_db()


@transaction.atomic
def put_on_page(translation: Translation) -> None:
    """Write the published translation into the article's target columns, and nothing else."""
    article = ArticlePage.objects.get(pk=translation.article_id)
    if translation.language != article.target_language:
        raise DeskError(_("The story is written in the language of this translation."))
    translation.article = article
    values = target_values(translation)
    body = values[column("body", translation.language)]
    _write(
        article,
        {
            **values,
            "translation_is_abridged": is_abridged(translation),
            "translation_marks": marks_of(rows(translation), body).as_json(),
            "translated_at": timezone.now(),
        },
    )
    remember(translation)
    follow_source(translation)


@transaction.atomic
def take_off_page(translation: Translation) -> None:
    """Blank the target columns: readers get the source, marked as such."""
    forget(translation.article_id)
    article = ArticlePage.objects.get(pk=translation.article_id)
    if translation.language != article.target_language:
        return  # Those columns are the story's own text by now.
    _write(
        article,
        {
            **blank_values(translation),
            "translation_is_abridged": False,
            "translation_marks": {},
            "translated_at": None,
        },
    )
    translation.article = article
    _tell_of_corrections(translation, follow_corrections(translation, []))
    refresh_state(translation)


def _write(article: ArticlePage, values: dict[str, Any]) -> None:
    pks = _with_aliases(article.pk)
    ArticlePage.objects.filter(pk__in=pks).update(**values)
    for name, value in values.items():
        setattr(article, name, value)
    for changed in ArticlePage.objects.filter(pk__in=pks):
        index.insert_or_update_object(changed)
        ReferenceIndex.create_or_update_for_object(changed)
    texts_changed.send(ArticlePage, pks=pks)


def follow_source(translation: Translation) -> None:
    """Count the segments whose source text changed, and say so on the story's row."""
    laid_out = rows(translation)
    stale = sum(1 for row in laid_out if row.is_stale or not row.is_done)
    if translation.live and not stale and is_out_of_step(translation):
        stale = 1  # Nothing to translate, and yet something to publish.
    translation.stale_count = stale if translation.live else 0
    Translation.objects.filter(pk=translation.pk).update(stale_count=translation.stale_count)
    _draft_of(translation).count_progress()
    follow_marks(translation, laid_out)
    _tell_of_corrections(translation, follow_corrections(translation, laid_out))
    refresh_state(translation)
    touch_pages(_with_aliases(translation.article_id))


def follow_marks(translation: Translation, laid_out: list[Row]) -> None:
    """Keep what readers are told of each segment right after the source was changed."""
    article = translation.article
    if not translation.live or translation.language != article.target_language:
        return
    marks = marks_of(laid_out, getattr(article, column("body", translation.language))).as_json()
    if article.translation_marks != marks:
        article.translation_marks = marks
        aliases = ArticlePage.objects.filter(pk__in=_with_aliases(article.pk))
        aliases.update(translation_marks=marks)


def _tell_of_corrections(translation: Translation, are_missing: bool) -> None:
    article = translation.article
    if article.translation_lacks_correction != are_missing:
        article.translation_lacks_correction = are_missing
        aliases = ArticlePage.objects.filter(pk__in=_with_aliases(article.pk))
        aliases.update(translation_lacks_correction=are_missing)


def _draft_of(translation: Translation) -> Translation:
    if not translation.has_unpublished_changes:
        return translation
    draft: Translation = translation.get_latest_revision_as_object()
    draft.article = translation.article
    return draft


def refresh_state(translation: Translation) -> None:
    """Keep the story's language state, which lists and readers see, in step."""
    from archive.desk.queue.standing import rerank

    pks, state = _with_aliases(translation.article_id), state_of(translation)
    others = ArticlePage.objects.filter(pk__in=pks).exclude(translation_state=state)
    if others.update(translation_state=state):
        touch_pages(pks)
    row = Translation.objects.filter(pk=translation.pk)
    if row.exclude(state=state).update(state=state):
        rerank([translation.pk])
    translation.state = state


def _with_aliases(pk: int) -> list[int]:
    # Two look-ups by key: one that asks for either would read the whole table.
    # In no order: SQLite would read all pages in the order of the tree to find the few.
    aliases = Page.objects.filter(alias_of=pk).order_by()
    return [pk, *aliases.values_list("pk", flat=True)]


def state_of(translation: Translation) -> str:
    if translation.live:
        outdated = translation.stale_count > 0
        return TranslationState.SOURCE_CHANGED if outdated else TranslationState.PUBLISHED
    if translation.approved_schedule:
        return TranslationState.SCHEDULED
    if translation.workflow_in_progress:
        return TranslationState.IN_REVIEW
    started = translation.latest_revision_id is not None
    return TranslationState.IN_PROGRESS if started else TranslationState.NOT_STARTED


@transaction.atomic
def copy_translations(original: ArticlePage, copy: ArticlePage) -> None:
    """Give a copied story its original's translation, words and state alike."""
    if not original.alias_of_id:
        open_translation(original)
    # An alias has none of its own.
    for source in Translation.objects.filter(article=original.alias_of_id or original.pk):
        target = open_translation(copy)
        if target is None or target.language != source.language:
            continue
        if source.live and copy.live:
            _take_words(target, source)
            target.save_revision().publish()
            target.refresh_from_db()
        draft = source.get_latest_revision_as_object()
        if source.has_unpublished_changes or not target.live:
            _take_words(target, draft)
            if draft.segments.exists():
                target.save_revision()


@transaction.atomic
def fill_translation(
    translation: Translation, *, fields: dict[str, str], body: list[dict[str, Any]]
) -> None:
    """Take a parallel text: `body` is the target language's raw StreamField with the source's
    block ids. Segments that it doesn't hold stay empty; nothing is saved but the rows."""
    targets = {segment.key: segment.text for segment in extract(body, TRANSLATABLE)} | fields
    filled = [
        Segment(
            key=source.key,
            kind=source.kind,
            markup=source.markup,
            target=targets.get(source.key, ""),
            source_text=source.text,
            source_digest=source.digest,
            state=Segment.State.TRANSLATED if source.key in targets else Segment.State.INITIAL,
            sort_order=order,
        )
        for order, source in enumerate(source_segments(translation.article))
    ]
    translation.segments.set(filled)


def _take_words(target: Translation, source: Translation) -> None:
    copies = []
    for segment in source.segments.all():
        values = {f.name: getattr(segment, f.name) for f in Segment._meta.fields}
        del values["id"], values["translation"]
        copies.append(Segment(**values))
    target.segments.set(copies)
