"""Exports translations and takes them in again: a segment at a time, nobody's words overwritten."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from archive.contrib.exchange.formats import Bundle, bundle, no_stories, read_stories
from archive.contrib.exchange.packages import PackedFile, unpack
from archive.contrib.exchange.plan import Planned, ReplyVerdict, make_plan
from archive.contrib.exchange.report import FileReport, StoryReport
from archive.contrib.exchange.stories import Suggest, own_notes, stories
from archive.contrib.exchange.units import ExchangeError, OutsideText, Reply, StoryReply
from archive.desk.models import SegmentComment, Translation
from archive.desk.notices.actions import notify_of_comment
from archive.desk.policies import as_plain_text, name_of, policy
from archive.desk.saving import draft_of, max_length_of, save_segments
from archive.desk.segments import Row, rows
from archive.sandbox.pool import LimitError, run_limited
from archive.stories.models import ArticlePage

logger = logging.getLogger(__name__)
# In the audit log.
ACTION = "archive.translation.import_file"


def export(
    translations: QuerySet[Translation], format_name: str, *, suggest: Suggest | None = None
) -> Bundle:
    """The translations as one file, oldest paper first."""
    ordered = translations.order_by("article__print_date", "article__print_page", "pk")
    return bundle(stories(ordered, suggest=suggest), format_name)


def import_files(
    files: Iterable[tuple[str, bytes]], *, user: Any = None, dry_run: bool = False
) -> Iterator[FileReport]:
    """A report for each file of (name, data), and for each in a ZIP; one that can't be read doesn't
    stop the others."""
    for name, data in files:
        try:
            upload = run_limited(unpack, name, data)
        except (ExchangeError, LimitError) as error:
            yield FileReport(name, trouble=str(error))
            continue
        for file in upload.files:
            yield _import_file(file, user, dry_run=dry_run)
        if upload.left_out or not upload.files:
            trouble = "" if upload.files else no_stories(name)
            yield FileReport(name, trouble=trouble, left_out=upload.left_out)


def _import_file(file: PackedFile, user: Any, *, dry_run: bool) -> FileReport:
    if file.trouble:
        return FileReport(file.name, trouble=file.trouble)
    try:
        replies = run_limited(read_stories, file.name, file.data)
    except (ExchangeError, LimitError) as error:
        return FileReport(file.name, trouble=str(error))
    reports = import_stories(replies, user=user, file=file.name, dry_run=dry_run)
    return FileReport(file.name, tuple(reports))


def import_stories(
    replies: Iterable[StoryReply], *, user: Any = None, file: str = "", dry_run: bool = False
) -> Iterator[StoryReport]:
    """A report for each story; one that fails stays as it was, and the others go on.

    Without a user, whoever runs a command on the server, only locks stand in the way.
    """
    for reply in replies:
        told = StoryReport(reply.name)
        try:
            translation = _find(reply)
            told = _told(reply, translation, user)
            _refuse(translation, user)
            with transaction.atomic():
                yield _import(reply, translation, told, user, file, dry_run=dry_run)
        except ExchangeError as error:
            yield replace(told, trouble=str(error))
        except Exception as error:  # one story's trouble must not stop the others
            logger.exception("Importing %s failed", reply.name)
            reason = _("Unexpected error (%(error)s): nothing of it was stored.")
            yield replace(told, trouble=reason % {"error": error or repr(error)})


def _told(reply: StoryReply, translation: Translation, user: Any) -> StoryReport:
    """The story as the report names it, to whoever may know of it."""
    story = ArticlePage.objects.shown_to(user).filter(pk=translation.article_id).first()
    if story is None:
        return StoryReport(reply.name)
    url, language = translation.get_edit_url(), translation.language
    return StoryReport(reply.name, story.title, translation.pk, url, language)


def _import(
    reply: StoryReply,
    translation: Translation,
    told: StoryReport,
    user: Any,
    file: str,
    *,
    dry_run: bool,
) -> StoryReport:
    laid_out = rows(draft_of(translation))
    names = translation.article.text_fields
    lengths = {name: max_length_of(translation, name) for name in names}
    limits = {name: most for name, most in lengths.items() if most}
    planned = make_plan(reply.replies, laid_out, limits)
    comments = _new_comments(translation, reply.replies, laid_out, user, file)
    if not dry_run:
        planned = _save(translation, planned, user)
        for comment in SegmentComment.objects.bulk_create(comments):
            notify_of_comment(comment)
    outside = _outside(reply, planned, {row.source.key for row in laid_out})
    report = replace(told, lines=tuple(planned), comments=len(comments), outside=outside)
    if not dry_run and (comments or any(line.change for line in planned)):
        counts = {str(verdict): report.count(verdict) for verdict in ReplyVerdict}
        log(translation, ACTION, user=user, data={"file": file[-200:], **counts})
    return report


def _outside(
    reply: StoryReply, planned: Iterable[Planned], keys: set[str]
) -> tuple[OutsideText, ...]:
    """What the file says that no segment can have."""
    found = list(reply.outside)
    for one, plan in zip(reply.replies, planned, strict=False):
        # A row that is no segment of the story.
        found += () if plan.number else one.words
        found += (OutsideText(note.text, one.place) for note in one.notes if one.key not in keys)
    return tuple(found)


def _find(reply: StoryReply) -> Translation:
    if not reply.ref:
        raise ExchangeError(
            _("This part of the file does not say which story it belongs to: its name was changed.")
        )
    found = Translation.objects.filter(article__translation_key=reply.ref)
    found = found.select_related("article", "latest_revision").order_by("pk")
    translation = found.first()
    if translation is None:
        raise ExchangeError(_("This story is not in the archive."))
    languages = (translation.article.source_language, translation.language)
    named = (reply.source_language, reply.target_language)
    if any(said and said != own for said, own in zip(named, languages, strict=True)):
        reason = _("The file is from %(source)s into %(target)s; the story is not.")
        raise ExchangeError(reason % {"source": named[0], "target": named[1]})
    return translation


def _refuse(translation: Translation, user: Any) -> None:
    if user and not policy.user_has_permission_for_instance(user, "change", translation):
        raise ExchangeError(_("You do not have permission to change this translation."))
    lock = translation.get_lock()
    if lock and (user is None or lock.for_user(user)):
        message = as_plain_text(lock.get_message(user)) if user else ""
        raise ExchangeError(message or _("The translation is locked, or in review."))


def _save(translation: Translation, planned: list[Planned], user: Any) -> list[Planned]:
    """What really happened: somebody may have saved between the look and the save.

    No words go: what the file's take the place of, and what the file says in a conflict, is in the
    history.
    """
    wanted = [one.change for one in planned if one.change]
    given_up = [
        one.answer for one in planned if one.answer and one.verdict is ReplyVerdict.CONFLICT
    ]
    if not (wanted or given_up):
        return planned
    verdicts = {
        "unchanged": ReplyVerdict.UNCHANGED,
        "conflict": ReplyVerdict.CONFLICT,
        "gone": ReplyVerdict.UNKNOWN,
    }
    found = save_segments(translation, wanted, user=user, given_up=given_up, is_version=True)
    outcomes = {outcome.key: outcome for outcome in found}
    saved = []
    for one in planned:
        outcome = outcomes.get(one.key) if one.change else None
        if outcome:
            one = replace(one, stored=outcome.segment.target if outcome.segment else "")
            if outcome.kind != "saved":
                one = replace(one, verdict=verdicts[outcome.kind], change=None)
        elif one.answer in given_up:
            kept = _("The file’s text is kept in the history.")
            one = replace(one, remark=f"{one.remark} {kept}".strip())
        saved.append(one)
    return saved


def _new_comments(
    translation: Translation, replies: Iterable[Reply], laid_out: list[Row], user: Any, file: str
) -> list[SegmentComment]:
    """What translators noted in their tool, and the desk doesn't have yet."""
    places = {row.source.key: row for row in laid_out}
    known = set(SegmentComment.objects.filter(translation=translation).values_list("key", "text"))
    found = []
    for reply in replies:
        notes = reply.notes if reply.key in places else ()
        # Tools drop whose the notes are; the desk's own don't come back as comments.
        own = own_notes(places[reply.key]) if notes else ()
        for note in notes:
            said = (reply.key, note.text)
            if note.text in own or said in known:
                continue
            known.add(said)
            # Of an own one, its author says whose it is; of nobody's, the file's name.
            name = "" if note.author == name_of(user) else note.author or file
            about = {"author": user, "signed_by": name[:255]}
            new = SegmentComment(translation=translation, key=said[0], text=said[1], **about)
            found.append(new)
    return found
