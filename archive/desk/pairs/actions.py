"""Makes one story of two, and takes that back: a pair is confirmed, refused, undone.

Confirming takes the other story's text into the kept one's translation as a draft. The other page
is locked. Readers keep it until the translation is published; from then on its address leads to
the kept story.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex, Revision
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.desk.actions import open_translation, refresh_state
from archive.desk.audit import log_each
from archive.desk.errors import DeskError
from archive.desk.models import Segment, StoryPair, Translation
from archive.desk.others_work import (
    OthersWork,
    assigned_work,
    told,
    version_work,
    work_at_translations,
)
from archive.desk.pairs.given_text import GivenText, laid_out_text, lay_text_as_translation
from archive.desk.segments import source_segments
from archive.journal.rows import insert_row, read_values, stored_values, values_of, write_values
from archive.stories.models import ArticlePage

JOINED = "archive.join_stories"
PARTED = "archive.part_stories"
REFUSED = "archive.refuse_pair"
# What pairing and publishing change in the row of the story that becomes a translation.
_ROW = (
    *("live", "has_unpublished_changes", "expired", "locked", "locked_at", "locked_by_id"),
    *("first_published_at", "last_published_at", "latest_revision_id", "live_revision_id"),
    "latest_revision_created_at",
)


class PairError(DeskError):
    """Why two stories can't be joined or parted, in a sentence for the editor."""


class OwnWorkError(PairError):
    """The undo would take away what its own user has done since, and nobody else."""


def may_pair(user: Any) -> bool:
    """Whether the person may publish stories somewhere."""
    return bool(PagePermissionPolicy().user_has_any_permission(user, ["publish"]))


def pairs_for(user: Any) -> QuerySet[StoryPair]:
    """The pairs of which a person may publish both stories."""
    if not may_pair(user):
        return StoryPair.objects.none()
    if user.is_superuser:
        return StoryPair.objects.all()
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    own = pages.order_by().values("pk")
    return StoryPair.objects.filter(one__in=own, two__in=own)


def open_pairs(pairs: QuerySet[StoryPair]) -> QuerySet[StoryPair]:
    """Those to decide: none of their stories is in a confirmed pair."""
    joined = StoryPair.objects.filter(state=StoryPair.State.CONFIRMED)
    found = pairs.filter(state=StoryPair.State.OPEN)
    for end in ("one", "two"):
        for name in ("one", "two"):
            found = found.exclude(**{f"{end}__in": joined.values(name)})
    return found


def _locked(pair: StoryPair, user: Any, state: str) -> StoryPair:
    """The row as the database has it, for this transaction; raises PairError."""
    found = StoryPair.objects.select_for_update(of=("self",)).filter(pk=pair.pk).first()
    if user is not None and not pairs_for(user).filter(pk=pair.pk).exists():
        raise PermissionDenied
    if found is None or found.state != state:
        raise PairError(_("Somebody has decided this pair meanwhile. Load the list again."))
    return found


def probably_original(pair: StoryPair) -> ArticlePage:
    """The story that is kept unless a person says otherwise: the one printed first."""
    last = date.max
    ends = (pair.one, pair.two)
    return min(ends, key=lambda one: (one.print_date or last, not one.live, one.pk))


@transaction.atomic
def confirm_pair(pair: StoryPair, user: Any, keep: ArticlePage | None = None) -> Translation:
    """Make the two one story; gives its translation, a draft with the other story's text.

    Raises PairError, and PermissionDenied.
    """
    pair = _locked(pair, user, StoryPair.State.OPEN)
    kept = ArticlePage.objects.get(pk=(keep or probably_original(pair)).pk)
    if kept.pk not in (pair.one_id, pair.two_id):
        raise PairError(_("This story is in another pair."))
    lost = ArticlePage.objects.get(pk=pair.two_id if kept.pk == pair.one_id else pair.one_id)
    translation, other = _unbegun(kept), _unbegun(lost)
    if not open_pairs(StoryPair.objects.filter(pk=pair.pk)).exists():
        raise PairError(_("One of the two stories is in another pair already."))
    pair.before = {
        "row": stored_values(lost, _ROW),
        "digest": "",
        "translations": [values_of(translation), values_of(other)],
    }
    draft = kept.get_latest_revision_as_object()
    translation.article = draft
    text = GivenText(source_segments(lost.get_latest_revision_as_object()))
    revision = lay_text_as_translation(translation, text, laid_out_text(draft, text), user=user)
    pair.before["digest"] = _digest(revision)
    log_each([translation], JOINED, user=user, data={"story": lost.pk}, revision=revision)
    # Nobody is to translate what is a translation now.
    other.delete()
    lock = {"locked": True, "locked_at": timezone.now(), "locked_by": user}
    ArticlePage.objects.filter(pk=lost.pk).update(**lock)
    pair.state, pair.kept, pair.revision = StoryPair.State.CONFIRMED, kept, revision
    _decide(pair, user)
    for page, other_page in ((kept, lost), (lost, kept)):
        log(page, JOINED, user=user, data={"story": other_page.pk})
    return translation


def note_version(draft: Translation, before: int | None) -> None:
    """The draft was changed by linking alone: its pair, if it has one, can still be undone.

    `before` is the version that it had.
    """
    pair = StoryPair.objects.filter(kept=draft.article_id, revision=before).first()
    revision = Revision.objects.filter(pk=draft.latest_revision_id).first()
    if before and pair and revision:
        pair.revision, pair.before["digest"] = revision, _digest(revision)
        pair.save(update_fields=["revision", "before"])


def _digest(revision: Revision) -> str:
    """Of a version's segments: one person's changes may be written into the same version."""
    segments = json.dumps(revision.content["segments"], sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(segments.encode()).hexdigest()


def _unbegun(story: ArticlePage) -> Translation:
    """The story's translation; raises PairError where somebody is at work on it or on the story."""
    translation = None if story.alias_of_id else open_translation(story)
    is_begun = translation and (translation.live or translation.latest_revision_id)
    if translation is None or is_begun or translation.comments.exists():
        reason = _("“%(story)s” has a translation already; only a story without one can be joined.")
        raise PairError(reason % {"story": story})
    if story.locked:
        raise PairError(_("“%(story)s” is locked in the editor.") % {"story": story})
    if story.current_workflow_state:
        raise PairError(_("“%(story)s” is in review.") % {"story": story})
    return translation


def _decide(pair: StoryPair, user: Any) -> None:
    pair.decided_by, pair.decided_at = user, timezone.now()
    pair.save()


@transaction.atomic
def refuse_pair(pair: StoryPair, user: Any) -> None:
    """The two are different stories; they are never offered again. Raises as `confirm_pair`."""
    pair = _locked(pair, user, StoryPair.State.OPEN)
    pair.state = StoryPair.State.REFUSED
    _decide(pair, user)
    log(pair.one, REFUSED, user=user, data={"story": pair.two_id})


@transaction.atomic
def reopen_pair(pair: StoryPair, user: Any) -> None:
    """Ask about a refused pair again. Raises as `confirm_pair`."""
    pair = _locked(pair, user, StoryPair.State.REFUSED)
    pair.state, pair.decided_by, pair.decided_at = StoryPair.State.OPEN, None, None
    pair.save()


def retire_joined(article: ArticlePage) -> None:
    """The story's translation is with its readers: the page that had the text leaves them."""
    pair = StoryPair.objects.filter(kept=article.pk, state=StoryPair.State.CONFIRMED).first()
    if pair and pair.lost.live:
        pair.lost.unpublish(user=pair.decided_by)


def joined_stories() -> set[int]:
    """The keys of the stories whose text is another one's translation: they have none."""
    pairs = StoryPair.objects.filter(state=StoryPair.State.CONFIRMED)
    ends = pairs.values_list("one_id", "two_id", "kept_id")
    return {two if kept == one else one for one, two, kept in ends}


def joined_into(story: int) -> ArticlePage | None:
    """The story that this one's text is the translation of; None for a story of its own."""
    ends = Q(one=story) | Q(two=story)
    pairs = StoryPair.objects.filter(ends, state=StoryPair.State.CONFIRMED).exclude(kept=story)
    pair = pairs.select_related("kept").first()
    return pair.kept if pair else None


@dataclass(frozen=True)
class _Undone:
    """The rows that a confirmed pair has changed."""

    pair: StoryPair
    lost: ArticlePage
    translation: Translation


@transaction.atomic
def undo_pair(pair: StoryPair, user: Any, *, gives_up_own: bool = False) -> None:
    """Make two stories again, as they were, for readers too; the pair is one to decide.

    Raises PairError where somebody has worked at the translation since, and as `confirm_pair`;
    OwnWorkError where that was the user alone, who may give it up.
    """
    pair = _locked(pair, user, StoryPair.State.CONFIRMED)
    translation = Translation.objects.locked().get(
        article=pair.kept_id, language=pair.lost.source_language
    )
    works = list(_work_since(pair, translation))
    if others := [work for work in works if user is None or work.by != user.pk]:
        reason = _(
            "Nothing was undone: others have worked at the two stories since: %(work)s. Ask them "
            "first, or go on with the one story."
        )
        raise PairError(reason % {"work": told(others)})
    if works and not gives_up_own:
        reason = _(
            "Nothing was undone: you have worked at the two stories since yourself: %(work)s. If "
            "you don’t need that work, choose “Two stories again, without my work”."
        )
        raise OwnWorkError(reason % {"work": told(replace(one, who="") for one in works)})
    undone = _Undone(pair, ArticlePage.objects.get(pk=pair.lost.pk), translation)
    _empty(undone, user)
    _bring_back(undone, user)
    kept = translation.article
    pair.state, pair.kept, pair.before, pair.revision = StoryPair.State.OPEN, None, {}, None
    pair.decided_by, pair.decided_at = None, None
    pair.save()
    for page, other_page in ((kept, undone.lost), (undone.lost, kept)):
        log(page, PARTED, user=user, data={"story": other_page.pk})


def _work_since(pair: StoryPair, translation: Translation) -> Iterator[OthersWork]:
    """What an undo would take away; linking paragraphs doesn't count."""
    newest, before = translation.latest_revision, pair.before
    if not (newest and newest.pk == pair.revision_id and _digest(newest) == before["digest"]):
        yield version_work(translation, _("translated since"))
    kept = translation.article_id
    for work in work_at_translations([kept], [pair.revision_id or 0])[kept]:
        if work.at and pair.decided_at and work.at > pair.decided_at:
            yield work
    if translation.assignee_id != before["translations"][0]["assignee_id"]:
        yield assigned_work(translation)
    lost = ArticlePage.objects.select_related("latest_revision__user").get(pk=pair.lost.pk)
    if lost.latest_revision_id != before["row"]["latest_revision_id"]:
        yield version_work(lost, _("edited since"))
    yield from work_at_translations([lost.pk])[lost.pk]


def _empty(undone: _Undone, user: Any) -> None:
    """The kept story's translation, as nobody had begun it."""
    translation = undone.translation
    if translation.live:
        translation.unpublish(user=user)
    Segment.objects.filter(translation=translation.pk).delete()
    Translation.objects.filter(pk=translation.pk).update(latest_revision=None, live_revision=None)
    translation.revisions.all().delete()
    emptied = Translation.objects.select_related("article").get(pk=translation.pk)
    # The index of usages follows saves of the whole row only.
    ReferenceIndex.create_or_update_for_object(emptied)
    refresh_state(emptied)


def _bring_back(undone: _Undone, user: Any) -> None:
    """The other story, unlocked, and with its readers if it was."""
    lost, before = undone.lost, undone.pair.before
    row = before["row"]
    was_live = row["live"] and not lost.live
    if was_live:
        revision = Revision.objects.filter(pk=row["live_revision_id"]).first()
        if revision is None:
            raise PairError(_("The former version of “%(story)s” was deleted.") % {"story": lost})
        revision.publish(user=user, skip_permission_checks=True)
    write_values(lost, read_values(ArticlePage, row))
    # Publishing has opened another one.
    Translation.objects.filter(article=lost.pk).delete()
    own, other = before["translations"]
    insert_row(Translation, other)
    ReferenceIndex.create_or_update_for_object(Translation.objects.get(pk=other["id"]))
    write_values(undone.translation, read_values(Translation, own))
