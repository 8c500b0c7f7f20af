"""What colleagues say about a segment: comments, their replies, and resolving the threads."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from archive.desk.errors import DeskError
from archive.desk.models import SegmentComment, Translation
from archive.desk.notices.actions import notify_of_comment
from archive.desk.policies import name_of, refuse, refuse_work_on, translators_of
from archive.desk.segments import Row, source_segments

LONGEST = 5000


@transaction.atomic
def add_comment(translation: Translation, key: str, text: str, *, user: Any) -> SegmentComment:
    """DeskError where there is nothing to say, or too much, or no such segment to say it of."""
    text = _checked(text)
    # What the story has now, and what it had when it was last translated.
    draft = translation.get_latest_revision_as_object()
    pieces: list[Any] = [*source_segments(translation.article), *draft.segments.all()]
    if key not in {piece.key for piece in pieces}:
        raise DeskError(_("This segment was deleted from the story. Reload the page."))
    comment = SegmentComment.objects.create(
        translation=translation, key=key, text=text, author=user
    )
    notify_of_comment(comment)
    return comment


@transaction.atomic
def add_reply(comment: SegmentComment, text: str, *, user: Any) -> SegmentComment:
    """Below the comment, or below the one that it replies to. A resolved thread is open again."""
    text, thread = _checked(text), comment.thread
    if thread.resolved_at:
        thread.resolved_at = thread.resolved_by = None
        thread.save(update_fields=["resolved_at", "resolved_by"])
    reply = SegmentComment.objects.create(
        translation=thread.translation, parent=thread, key=thread.key, text=text, author=user
    )
    notify_of_comment(reply)
    return reply


def _checked(text: str) -> str:
    text = text.replace("\x00", "").strip()
    if not text:
        raise DeskError(_("Enter some text first."))
    if len(text) > LONGEST:
        raise DeskError(_("A comment can have at most %(most)d characters.") % {"most": LONGEST})
    return text


@transaction.atomic
def resolve_comment(comment: SegmentComment, *, user: Any, text: str = "") -> None:
    """Settle its thread, which stays to be read; `text` is a last reply.

    What is settled keeps the name of who did it.
    """
    thread = comment.thread
    if text.strip():
        add_reply(thread, text, user=user)
    if thread.resolved_at is None:
        thread.resolved_at, thread.resolved_by = timezone.now(), user
        thread.save(update_fields=["resolved_at", "resolved_by"])


@dataclass(frozen=True)
class Standing:
    """`open`: how many threads wait to be resolved, by the segment's key. `version` is another one
    whenever something is said, or settled."""

    open: dict[str, int]
    version: str


def standing_of_comments(translation: Translation) -> Standing:
    """What is said of a translation; one query."""
    said = SegmentComment.objects.filter(translation=translation.pk).order_by("pk")
    found = list(said.values_list("pk", "key", "parent_id", "resolved_at"))
    settled = sum(resolved is not None for *_thread, resolved in found)
    waiting = Counter(key for _pk, key, parent, resolved in found if not (parent or resolved))
    last = found[-1][0] if found else 0
    return Standing(dict(waiting), f"{len(found)}-{last}-{settled}")


def open_comments(translation: Translation) -> dict[str, int]:
    return standing_of_comments(translation).open


def keys_of(row: Row) -> set[str]:
    """Under which its threads are stored: a segment whose block was made anew has its old key until
    somebody saves it."""
    return {row.source.key, row.segment.key if row.segment else row.source.key}


@dataclass(frozen=True)
class Thread:
    """A comment and its replies, oldest first."""

    first: SegmentComment
    replies: list[SegmentComment]


def comments_section(translation: Any, row: Any, user: Any) -> dict[str, Any]:
    """All threads at this segment, those still open first, oldest first; one query."""
    threads = _threads_at(translation, keys_of(row))
    return {
        "open": [thread for thread in threads if thread.first.resolved_at is None],
        "resolved": [thread for thread in threads if thread.first.resolved_at],
    }


def open_threads_at(translation: Any, keys: Collection[str]) -> dict[str, list[Thread]]:
    """Those that wait to be resolved, by the segment's key; one query, none without keys."""
    found = defaultdict(list)
    for thread in _threads_at(translation, keys) if keys else ():
        if thread.first.resolved_at is None:
            found[thread.first.key].append(thread)
    return dict(found)


def _threads_at(translation: Any, keys: Collection[str]) -> list[Thread]:
    found = SegmentComment.objects.filter(translation=translation.pk, key__in=keys)
    comments = found.select_related("author", "resolved_by").order_by("created_at", "pk")
    replies = defaultdict(list)
    for comment in comments:
        replies[comment.parent_id].append(comment)
    return [Thread(first, replies[first.pk]) for first in replies[None]]


@require_GET
def people_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may be called in a comment there, by name: {"people": [{"name": …, "login": …}, …]}."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    others = (one for one in translators_of([translation]) if one != request.user)
    people = [{"name": name_of(one), "login": one.get_username()} for one in others]
    return JsonResponse({"people": people})


@require_POST
def add_comment_view(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `key` and `text`; also while the translation is locked: reviewers talk then."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    key, text = request.POST.get("key", ""), request.POST.get("text", "")
    try:
        add_comment(translation, key, text, user=request.user)
    except DeskError as error:
        return refuse(str(error), 400)
    return JsonResponse({"open": open_comments(translation)})


@require_POST
def reply_to_comment_view(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `text`; by whoever may comment."""
    comment = get_object_or_404(_with_thread(), pk=pk)
    if refused := refuse_work_on(request, comment.translation):
        return refused
    try:
        add_reply(comment, request.POST.get("text", ""), user=request.user)
    except DeskError as error:
        return refuse(str(error), 400)
    return JsonResponse({"open": open_comments(comment.translation)})


def _with_thread() -> Any:
    return SegmentComment.objects.select_related("translation__article", "parent__translation")


@require_POST
def resolve_comment_view(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `text` for a last reply, if there is one."""
    comment = get_object_or_404(_with_thread(), pk=pk)
    if refused := refuse_work_on(request, comment.translation):
        return refused
    try:
        resolve_comment(comment, user=request.user, text=request.POST.get("text", ""))
    except DeskError as error:
        return refuse(str(error), 400)
    return JsonResponse({"open": open_comments(comment.translation)})
