"""Items of a batch: made of a record, judged, and compared with what the archive has."""

from typing import Any

from archive.contrib.intake.batches.duplicates import LikeText, find_like, note_item, text_of
from archive.contrib.intake.groups import group_of
from archive.contrib.intake.models import LONGEST_NAME, ImportBatch, ImportItem
from archive.contrib.intake.plan import ImportPlan, ImportVerdict, make_plan
from archive.contrib.intake.record_json import Record, clean_text, restored, stored, waiting
from archive.contrib.intake.records import ParsedArticle
from archive.contrib.intake.translations.plan import TranslationPlan, plan_translation
from archive.likeness.fingerprints import sample_of
from archive.stories.models import ArticlePage
from archive.stories.stale_save import version_token
from archive.text.stored_messages import in_each_language
from archive.text.stored_messages import message as _

# From this confidence on, a story needn't be looked at.
SURE = 0.9
# Of a field that is there and of which the format says nothing.
UNKNOWN = 0.5
# What a publication needs.
NEEDED = ("headline", "publication", "published", "blocks")


def confidence_of(record: Record) -> float:
    """The lowest of the fields that a publication needs; 0 where one is empty.

    A list or a table without any paragraph of text may be all that was found of a story.
    """
    fields = record.get("fields") or {}
    found = [
        float((fields.get(name) or {}).get("confidence", UNKNOWN)) if record.get(name) else 0.0
        for name in NEEDED
    ]
    is_told = any(block.get("type") == "paragraph" for block in record.get("blocks") or ())
    return min(found) if is_told else min(UNKNOWN, *found)


def source_name(name: str) -> str:
    """A file's name as its items have it."""
    return clean_text(name)[-LONGEST_NAME:]


def new_item(
    batch: ImportBatch,
    article: ParsedArticle,
    *,
    source: str,
    is_half: bool = False,
) -> ImportItem:
    """An item of the record, not yet saved, judged by the record alone."""
    record = stored(article)
    record["read_digest"] = restored(record).digest
    item = ImportItem(
        batch=batch,
        source=source_name(source),
        number=article.item,
        format=article.format,
        group=clean_text(group_of(article, source, is_half=is_half)),
        record=record,
        text=clean_text(article.text),
    )
    judge(item)
    return item


def article_of(item: ImportItem, images: tuple[Any, ...] = ()) -> ParsedArticle:
    """The item's story; raises IntakeError."""
    return restored(item.record, text=item.text, images=images)


def judge(item: ImportItem) -> None:
    """Confidence and state by the record alone."""
    item.confidence = confidence_of(item.record)
    is_sure = item.confidence >= SURE and not waiting(item.record)
    item.state = ImportItem.State.READY if is_sure else ImportItem.State.CHECK
    item.error = ""


def compare(item: ImportItem) -> None:
    """What the archive, or the batch, has of the story already. Saves the item.

    Of the archive, what the batch's owner may see. The numbers of its text are written, so that
    items after it find it.
    """
    judge(item)
    told = told_story(item)
    item.before = {}
    item.page = item.duplicate_of = item.twin = item.likeness = None
    article = article_of(item)
    user = item.batch.created_by
    plan = make_plan(article, user=user)
    # A story that this very import has made is beside the text: not what it is to change.
    beside = plan.page if _is_made_here(item, plan) else None
    changed = None if beside else plan.page
    item.page = changed
    if changed:
        item.before = {"version": version_of_story(changed)}
    if plan.verdict is ImportVerdict.UNCHANGED:
        _is_here(item, plan.page)
    elif plan.verdict is ImportVerdict.KEEP and not beside:
        item.state = ImportItem.State.CHECK
        item.before["is_edited"] = True
        item.error = in_each_language(
            lambda: _(
                "An editor's version of this story is in the archive. Accepting this text makes a "
                "draft in which its words take the place of the editor's, as the comparison shows; "
                "readers keep what they have."
            )
        )
    elif plan.page is None and not item.is_parted:
        _compare_translation(item, article, told)
    _check_day(item, plan)
    numbers = sample_of(text_of(item.record), article.language)
    found = find_like(numbers, batch=item.batch_id, before=item.pk, user=user)
    # A new version is compared with the story that it changes, and with no other.
    like = _closest(found, beside) if item.page is None else None
    if like:
        item.state = ImportItem.State.DUPLICATE
        item.duplicate_of_id, item.twin_id = like.article, like.item
        item.likeness = like.share
    item.save()
    note_item(item, numbers)


def _is_made_here(item: ImportItem, plan: ImportPlan) -> bool:
    if plan.page is None or plan.verdict is ImportVerdict.UNCHANGED:
        return False
    accepted = item.batch.items.filter(page=plan.page, state=ImportItem.State.ACCEPTED)
    # It had no row before.
    return accepted.filter(before__row={}).exclude(pk=item.pk).exists()


def _closest(found: list[LikeText], beside: ArticlePage | None) -> LikeText | None:
    """That story, or the most alike; of an item that has a story of the archive beside it, that
    story."""
    if beside:
        share = next((one.share for one in found if one.article == beside.pk), 0)
        return LikeText(share, article=beside.pk)
    if not found:
        return None
    first = found[0]
    twin = ImportItem.objects.filter(pk=first.item).first() if first.item else None
    story = twin and (twin.duplicate_of_id or twin.page_id)
    return next((one for one in found if story and one.article == story), first)


def _check_day(item: ImportItem, plan: ImportPlan) -> None:
    """What publication would ask of the story's print date, a person is asked now."""
    is_decided = item.state == ImportItem.State.DUPLICATE or item.error
    # A translation has the date of its story.
    if not is_decided and told_story(item) is None and plan.day_doubt:
        item.state = ImportItem.State.CHECK
        item.error = in_each_language(lambda: plan.day_doubt)


def version_of_story(page: ArticlePage) -> str:
    """Names the story's newest version; "" for one that has none."""
    return version_token(page.latest_revision) if page.latest_revision else ""


def _is_here(item: ImportItem, page: ArticlePage | None) -> None:
    """The very same text is in the archive, as the story's own or as its translation."""
    item.state, item.likeness = ImportItem.State.DUPLICATE, 1
    item.page = item.duplicate_of = page


def _compare_translation(item: ImportItem, article: ParsedArticle, told: int | None) -> None:
    """Whether it is, or becomes, the translation of a story that is in the archive."""
    user = item.batch.created_by
    plan = plan_translation(article, group=item.group, told=told, user=user)
    if plan is None:
        return
    if plan.verdict is ImportVerdict.UNCHANGED:
        _is_here(item, plan.page)
        return
    newest = plan.translation.latest_revision_id if plan.translation else None
    item.before = {"becomes": {**becoming(plan), "newest": newest}}
    if plan.verdict is ImportVerdict.UPDATE:
        item.page = plan.page
    if plan.verdict is ImportVerdict.KEEP:
        item.state = ImportItem.State.CHECK
        item.error = in_each_language(lambda: kept_beside(plan.page.title))


def becoming(plan: TranslationPlan) -> dict[str, Any]:
    """What a person is told of an item that isn't a story of its own."""
    return {"story": plan.page.pk, "verdict": plan.verdict.value}


def told_story(item: ImportItem) -> int | None:
    """The key of the story whose translation the item was said to become."""
    told = item.before.get("becomes")
    return told["story"] if told else None


def kept_beside(title: str) -> str:
    """What becomes of a text whose story somebody else has translated, in part or in whole."""
    return _(
        "“%(title)s” has a translation already, which stays as it is. If you accept this text, it "
        "is kept below that translation’s segments, under “Unused translations”."
    ) % {"title": title}
