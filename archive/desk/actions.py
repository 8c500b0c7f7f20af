"""What is stored of a translation on its own row and its story's: opened, written, copied."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.base_page import Page
from archive.desk.errors import DeskError
from archive.desk.freshness.corrections import follow_corrections
from archive.desk.models import Segment, Translation
from archive.desk.queue.rank_updates import factors_of
from archive.desk.queue.ranking import rank
from archive.desk.segments import (
    Alignment,
    Row,
    align_segments,
    blank_values,
    is_abridged,
    is_out_of_step,
    marks_of,
    progress_of,
    source_segments,
    target_values,
)
from archive.stories.body import TRANSLATABLE, raw
from archive.stories.marks import TranslationState
from archive.stories.models import ArticlePage
from archive.stories.signals import pages_changed
from archive.text.language import column
from archive.text.segmentation import extract


@transaction.atomic(savepoint=False)
def open_translation(article: ArticlePage, *, is_new: bool = False) -> Translation | None:
    """The story's translation into its target language, made if it isn't there; None for an alias.

    A text that readers see already, as with an alias that has become a story of its own, is taken
    into the new translation. `is_new`: the story was just made, and has none.
    """
    if article.alias_of_id:
        return None
    language = article.target_language
    if is_new:
        translation = Translation.objects.create(article=article, language=language, live=False)
    else:
        translation, made = Translation.objects.get_or_create(
            article=article, language=language, defaults={"live": False}
        )
        if not made:
            return translation
        # While nobody has begun to translate, an editor may still say that the story was
        # written in the other language.
        Translation.objects.filter(article=article).exclude(pk=translation.pk).delete()
    _write_story(article, {"translation_state": translation.state})
    texts = {name: getattr(article, column(name, language)) for name in article.text_fields}
    if texts["headline"]:
        body = raw(getattr(article, column("body", language)))
        fill_translation(translation, fields={k: v for k, v in texts.items() if v}, body=body)
        translation.save_revision().publish()
        translation.refresh_from_db()
    return translation


def write_target(translation: Translation, alignment: Alignment) -> list[int]:
    """Write the translation's text on the story's row and its aliases'; gives their keys.

    Raises DeskError where the story was written in the translation's language.
    """
    article = translation.article
    if translation.language != article.target_language:
        raise DeskError(_("The story is written in the language of this translation."))
    rows = alignment.rows
    facts = {"translation_is_abridged": is_abridged(rows), "translated_at": timezone.now()}
    return follow_source(translation, alignment, target_values(translation, rows) | facts)


def blank_target(translation: Translation) -> list[int]:
    """Take the translation's text off those rows; gives their keys too."""
    columns = {
        **blank_values(translation),
        "translation_is_abridged": False,
        "translation_marks": {},
        "translated_at": None,
        "translation_lacks_correction": follow_corrections(translation, []),
        "translation_state": state_of(translation),
    }
    _write_row(translation, {"state": columns["translation_state"]})
    return _write_story(translation.article, {}, columns)


def follow_source(
    translation: Translation, alignment: Alignment, columns: dict[str, Any] | None = None
) -> list[int]:
    """Say on both rows how the published version stands to the source, to which it is aligned.

    One statement for each row, none where it says so already. `columns` are written with the
    story's. Gives the keys of the story and its aliases if theirs was written.
    """
    lacks = follow_corrections(translation, alignment.rows)
    row, facts = expected_facts(translation, alignment, columns, lacks_correction=lacks)
    _write_row(translation, row)
    return _write_story(translation.article, facts, columns)


def expected_facts(
    translation: Translation,
    alignment: Alignment,
    columns: dict[str, Any] | None = None,
    *,
    lacks_correction: bool,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the translation's row and the story's should say of the published version, by column.

    Arguments as of `follow_source`; nothing is written.
    """
    article, body = translation.article, column("body", translation.language)
    rows = alignment.rows
    behind = sum(row.is_stale or not row.is_decided for row in rows)
    if translation.live and not behind and not columns:
        # Nothing to translate, and yet something to publish.
        behind = int(is_out_of_step(translation, rows))
    drafted = rows
    if translation.has_unpublished_changes:
        draft = translation.get_latest_revision_as_object()
        # The story at hand, which may have words that the row hasn't yet.
        draft.article = translation.article
        drafted = align_segments(draft).rows
    facts: dict[str, Any] = {
        "translation_lacks_correction": lacks_correction,
        "translation_state": state_of(translation, behind),
    }
    if translation.live and translation.language == article.target_language:
        published = (columns or {}).get(body) or getattr(article, body)
        marks = marks_of(alignment, published)
        printed = article.translation_print or translation.printed
        facts["translation_marks"] = replace(marks, printed=printed).as_json()
    row = {"stale_count": behind if translation.live else 0, "state": facts["translation_state"]}
    return row | progress_of(drafted, article.source_language), facts


def write_print(article: ArticlePage, printed: dict[str, Any]) -> list[int]:
    """Say on the story's row where the text of its translation was printed by itself; gives the
    rows that said something else, the story's and its aliases'."""
    marks = {name: one for name, one in article.translation_marks.items() if name != "printed"}
    marks |= {"printed": printed} if printed else {}
    return _write_story(article, {"translation_marks": marks})


def _write_row(translation: Translation, values: dict[str, Any]) -> None:
    changed = {name: one for name, one in values.items() if getattr(translation, name) != one}
    if changed:
        Translation.objects.filter(pk=translation.pk).update(**changed)
    for name, value in changed.items():
        setattr(translation, name, value)


def _write_story(
    article: ArticlePage, facts: dict[str, Any], columns: dict[str, Any] | None = None
) -> list[int]:
    """Write what of the facts is news, and all columns; on the rows of aliases too."""
    changed = {name: one for name, one in facts.items() if getattr(article, name) != one}
    changed.update(columns or {})
    if not changed:
        return []
    for name, value in changed.items():
        setattr(article, name, value)
    # Two look-ups by key: one that asks for either would read the whole table.
    # In no order: SQLite would read all pages in the order of the tree to find the few.
    aliases = Page.objects.filter(alias_of=article.pk).order_by()
    pks = [article.pk, *aliases.values_list("pk", flat=True)]
    ArticlePage.objects.filter(pk__in=pks).update(**changed)
    return pks


def refresh_state(translation: Translation) -> None:
    """Keep the language state, which lists and readers see, in step; after a draft, a review…"""
    write_state(translation, state_of(translation))


def write_state(translation: Translation, state: str) -> None:
    """Write the state on both rows, the story's aliases too, and the rank that follows from it."""
    if state == translation.state:
        return
    translation.state = state
    translation.rank = rank(factors_of(translation), timezone.localdate())
    Translation.objects.filter(pk=translation.pk).update(state=state, rank=translation.rank)
    _write_story(translation.article, {}, {"translation_state": state})
    pages_changed.send(ArticlePage, pks=[translation.article_id])


def state_of(translation: Translation, behind: int | None = None) -> str:
    """How far the translation is; `behind` is its `stale_count` where the row doesn't say yet."""
    if translation.live:
        outdated = translation.stale_count if behind is None else behind
        return TranslationState.SOURCE_CHANGED if outdated else TranslationState.PUBLISHED
    if translation.latest_revision_id is None:
        return TranslationState.NOT_STARTED
    if translation.approved_schedule:
        return TranslationState.SCHEDULED
    if translation.workflow_in_progress:
        return TranslationState.IN_REVIEW
    return TranslationState.IN_PROGRESS


@transaction.atomic
def mark_reviewed(translation: Translation, user: Any) -> None:
    """Whoever approves the newest version stands by it: what others wrote is reviewed, the own
    confirmed. What nobody may see yet, or whose source has changed, stays as it is.

    Written into that version: it has no other words.
    """
    revision = translation.latest_revision
    if revision is None:
        return
    version = translation.with_content_json(revision.content)
    version.article = translation.article
    laid_out = align_segments(version).rows
    lifted = _lifted(laid_out, user)
    if not lifted:
        return
    now = timezone.now()
    written: dict[str, dict[str, Any]] = {
        Segment.State.CONFIRMED: {"state": Segment.State.CONFIRMED},
        Segment.State.REVIEWED: {
            "state": Segment.State.REVIEWED,
            "reviewed_by": user.pk,
            "reviewed_at": now.isoformat(),
        },
    }
    state_of_key = {key: state for state, keys in lifted.items() for key in keys}
    for stored in revision.content["segments"]:
        stored.update(written.get(state_of_key.get(stored["key"], ""), {}))
    revision.save(update_fields=["content"])
    if translation.live_revision_id == revision.pk:
        for state, keys in lifted.items():
            found = Segment.objects.filter(translation=translation.pk, key__in=keys)
            found.update(**written[state])
    translation.count_progress(laid_out)


def _lifted(laid_out: Iterable[Row], user: Any) -> dict[str, list[str]]:
    """Give segments the state that an approval gives them; their keys by state."""
    lifted: dict[str, list[str]] = defaultdict(list)
    for row in laid_out:
        segment = row.segment
        if segment is None or not row.is_decided or row.is_stale or row.is_reviewed:
            continue
        is_own = segment.translated_by_id == user.pk
        state: str = Segment.State.CONFIRMED if is_own else Segment.State.REVIEWED
        if state != segment.state:
            segment.state = state
            lifted[state].append(segment.key)
    return lifted


@transaction.atomic
def copy_translations(original: ArticlePage, copy: ArticlePage) -> None:
    """Give a copied story its original's translation, words and state alike."""
    if copy.live:
        open_translation(copy)
    # An alias has none of its own.
    for source in Translation.objects.filter(article=original.alias_of_id or original.pk):
        if not (copy.live or source.latest_revision_id):
            # A draft is offered to translators by itself.
            continue
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
            state=Segment.State.CONFIRMED if targets.get(source.key) else Segment.State.EMPTY,
            sort_order=order,
        )
        for order, source in enumerate(source_segments(translation.article))
    ]
    translation.segments.set(filled)


def _take_words(target: Translation, source: Translation) -> None:
    names = {field.attname for field in Segment._meta.fields} - {"id", "translation_id"}
    own = source.segments.all()
    target.segments.set([Segment(**{name: getattr(one, name) for name in names}) for one in own])
    target.printed = source.printed
