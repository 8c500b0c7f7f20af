"""Makes two stories again of a confirmed pair: what stands against it, and what it takes."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex, Revision

from archive.desk.actions import refresh_state
from archive.desk.models import Segment, StoryPair, Translation
from archive.desk.others_work import assigned_work, version_work, work_at_translations
from archive.desk.pairs.policies import may_part, pairs_for
from archive.desk.policies import name_of
from archive.journal.kinds import JournalKind
from archive.journal.models import JournalEntry
from archive.journal.plan import JournalError, OthersWork
from archive.journal.recording import Recording
from archive.journal.rows import Values
from archive.journal.undo import give_readers_back
from archive.stories.models import ArticlePage

PARTED = "archive.part_stories"
# What pairing and publishing change in the row of the story that becomes a translation.
_ROW = (
    *("live", "has_unpublished_changes", "expired", "locked", "locked_at", "locked_by_id"),
    *("first_published_at", "last_published_at", "latest_revision_id", "live_revision_id"),
    "latest_revision_created_at",
)


def keep_pair(record: Recording, lost: ArticlePage, own: Translation, other: Translation) -> None:
    """As they are now: the page of the story that is lost, and both stories' translations; the
    other one goes."""
    record.keep(lost, _ROW)
    record.keep(own)
    # Nobody is to translate what is a translation now.
    record.delete(other)


def version_facts(revision: Revision) -> Values:
    """The newest version of the translation that came about by pairing and linking alone.

    One person's changes may be written into the same version: it is told by its segments, too.
    """
    segments = json.dumps(revision.content["segments"], sort_keys=True, cls=DjangoJSONEncoder)
    return {"revision": revision.pk, "digest": hashlib.sha256(segments.encode()).hexdigest()}


def note_version(draft: Translation, before: int | None) -> None:
    """The draft was changed by linking alone: its pair, if it has one, can still be undone.

    `before` is the version that it had.
    """
    pairs = StoryPair.objects.filter(kept=draft.article_id).select_related("entry")
    entry = next((one.entry for one in pairs if one.entry), None)
    revision = Revision.objects.filter(pk=draft.latest_revision_id).first()
    if before and entry and revision and entry.facts["revision"] == before:
        entry.facts = version_facts(revision)
        entry.save(update_fields=["facts"])


class PairKind(JournalKind):
    """Two stories that became one."""

    name, label = "join_stories", gettext_lazy("Join two stories")
    way_out = gettext_lazy(
        "If they agree that it goes: a version with the words of the join, from the translation’s "
        "history, takes their words out, and the translation can be returned to the queue. After "
        "that the two stories can be parted here."
    )

    def may_undo(self, user: Any, entry: JournalEntry) -> bool:
        pair = pairs_for(user).select_related("one", "two").filter(entry=entry).first()
        return pair is not None and may_part(user, pair)

    def works_since(self, entry: JournalEntry) -> Iterable[OthersWork]:
        pair = StoryPair.objects.select_for_update(of=("self",)).filter(entry=entry).first()
        if pair is None:
            raise JournalError(_("The two stories aren’t there any more."))
        return _work_since(pair, entry, _translation_of(pair))

    def before_undo(self, entry: JournalEntry, user: Any) -> None:
        pair = StoryPair.objects.get(entry=entry)
        empty_translation(_translation_of(pair), user)
        # The page is no longer kept from being published.
        ArticlePage.objects.filter(pk=pair.lost.pk).update(locked=False)
        # As a receiver of its publication has it.
        lost, row = ArticlePage.objects.get(pk=pair.lost.pk), _before(entry, ArticlePage)
        if (lost.live, lost.latest_revision_id) != (row["live"], row["latest_revision_id"]):
            give_readers_back(lost, row, user)
        # Publishing has opened another one.
        Translation.objects.filter(article=lost.pk).delete()

    def after_undo(self, entry: JournalEntry, user: Any) -> None:
        pair = StoryPair.objects.select_related("one", "two").get(entry=entry)
        for translation in Translation.objects.filter(article=pair.lost.pk):
            ReferenceIndex.create_or_update_for_object(translation)
        pair.state, pair.kept, pair.entry = StoryPair.State.OPEN, None, None
        pair.decided_by, pair.decided_at = None, None
        pair.save()
        for page, other in ((pair.one, pair.two), (pair.two, pair.one)):
            log(page, PARTED, user=user, data={"story": other.pk})

    def get_url(self, entry: JournalEntry) -> str:
        return reverse("archive_pairs:list")


def _translation_of(pair: StoryPair) -> Translation:
    return Translation.objects.locked().get(
        article=pair.kept_id, language=pair.lost.source_language
    )


def _before(entry: JournalEntry, model: Any) -> Values:
    label = model._meta.label_lower
    kept = (one for one in entry.changes if (one["op"], one["model"]) == ("keep", label))
    values: Values = next(kept)["before"]
    return values


def _work_since(
    pair: StoryPair, entry: JournalEntry, translation: Translation
) -> Iterator[OthersWork]:
    """What an undo would take away; linking paragraphs doesn't count."""
    newest, kept = translation.latest_revision, translation.article_id
    ours = [entry.facts["revision"]]
    if newest and _has_words_of(newest, entry):
        # Such as one that was published: its words are those of the join.
        ours.append(newest.pk)
        yield from _stood_by(newest, entry)
    elif newest is None or newest.pk in ours:
        yield version_work(translation, _("translated since"))
    for work in work_at_translations([kept], ours)[kept]:
        if work.at and work.at > entry.made_at:
            yield work
    if translation.assignee_id != _before(entry, Translation)["assignee_id"]:
        yield assigned_work(translation)
    lost = ArticlePage.objects.select_related("latest_revision__user").get(pk=pair.lost.pk)
    if lost.latest_revision_id != _before(entry, ArticlePage)["latest_revision_id"]:
        # A draft or a publication: the page gets its former version back.
        yield version_work(lost, _("“%(story)s” edited since") % {"story": lost})
    yield from work_at_translations([lost.pk])[lost.pk]


def _has_words_of(newest: Revision, entry: JournalEntry) -> bool:
    """Whether a version says what the one of the join does, confirmed or not."""
    if newest.pk == entry.facts["revision"]:
        return version_facts(newest) == entry.facts
    joined = Revision.objects.filter(pk=entry.facts["revision"]).first()
    return (
        joined is not None
        and version_facts(joined) == entry.facts
        and words_of(joined) == words_of(newest)
    )


def _stood_by(newest: Revision, entry: JournalEntry) -> Iterator[OthersWork]:
    """Whose segments are confirmed or reviewed in a version, and weren't when they were joined."""
    joined = Revision.objects.get(pk=entry.facts["revision"])
    names = ("key", "state", "translated_by", "reviewed_by")
    before = [[one[name] for name in names] for one in joined.content["segments"]]
    people = {
        one["reviewed_by"] or one["translated_by"]
        for one in newest.content["segments"]
        if one["state"] in (Segment.State.CONFIRMED, Segment.State.REVIEWED)
        and [one[name] for name in names] not in before
    }
    for person in get_user_model().objects.filter(pk__in=people):
        what = _("segments confirmed since")
        yield OthersWork(what, name_of(person), at=newest.created_at, by=person.pk)


def words_of(revision: Revision) -> list[tuple[Any, ...]]:
    """What a version of a translation says, whoever stands by it."""
    names = ("key", "target", "left_out", "joined", "note")
    return sorted(tuple(one[name] for name in names) for one in revision.content["segments"])


def empty_translation(translation: Translation, user: Any) -> None:
    """A story's translation, as nobody had begun it."""
    if translation.live:
        translation.unpublish(user=user)
    Segment.objects.filter(translation=translation.pk).delete()
    Translation.objects.filter(pk=translation.pk).update(latest_revision=None, live_revision=None)
    translation.revisions.all().delete()
    emptied = Translation.objects.select_related("article").get(pk=translation.pk)
    # The index of usages follows saves of the whole row only.
    ReferenceIndex.create_or_update_for_object(emptied)
    refresh_state(emptied)
