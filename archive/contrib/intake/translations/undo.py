"""Takes an imported translation back: the story's other language is as it was before."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry
from wagtail.models import Revision

from archive.contrib.intake.plan import ACTION
from archive.contrib.intake.translations.apply import ROW
from archive.contrib.intake.translations.plan import has_other_words
from archive.desk.models import Translation
from archive.desk.others_work import last_deed, version_work, work_at_translations
from archive.desk.pairs.undo import empty_translation
from archive.desk.policies import may_take_in, policy
from archive.journal.plan import JournalError, OthersWork, told
from archive.journal.rows import stored_values
from archive.journal.undo import give_readers_back, write_columns_back
from archive.stories.marks import TranslationState
from archive.stories.models import ArticlePage
from archive.stories.signals import pages_changed


def row_of(page: ArticlePage) -> dict[str, Any]:
    """What `restore` needs of the translation as it is now; {} where there is none."""
    translation = _of(page)
    return stored_values(translation, ("pk", *ROW)) if translation else {}


def objection(
    page: ArticlePage, revision_id: int | None, *, was_published: bool
) -> OthersWork | None:
    """Why the translation is somebody's work by now; None if it is as it was imported."""
    translation = _of(page)
    if translation is None:
        return OthersWork(_("translated since"))
    if has_other_words(translation, revision_id):
        return version_work(translation, _("translated since"))
    is_as_imported = translation.latest_revision_id == revision_id
    if not is_as_imported or was_published != (translation.live_revision_id == revision_id):
        return last_deed(translation, _("published or taken back since"))
    return OthersWork(_("locked in the editor")) if translation.get_lock() else None


def restore(page: ArticlePage, row: dict[str, Any], *, was_published: bool, user: Any) -> None:
    """Bring back what `row` says; the imported version goes. Raises JournalError where a former
    one was deleted."""
    translation = _of(page)
    if translation is None:
        return
    imported = translation.latest_revision_id
    if was_published:
        give_readers_back(translation, row, user)
        translation = Translation.objects.get(pk=translation.pk)
    registry.get_logs_for_instance(translation).filter(action=ACTION, revision=imported).delete()
    if not row and not page.live:
        translation.delete()
        _write_state(page, TranslationState.NOT_STARTED)
        return
    write_columns_back(translation, row, ROW)
    Revision.objects.filter(pk=imported).delete()
    _write_state(page, row.get("state") or TranslationState.NOT_STARTED)


def part(page: ArticlePage, imported: Any, since: datetime, user: Any) -> None:
    """Leave the story untranslated, also where readers have the translation that was imported.

    Raises JournalError where anybody has worked on it since, beyond publishing it, and
    PermissionDenied.
    """
    translation = Translation.objects.locked().get(article=page, language=page.target_language)
    if not may_take_in(user, page) or (
        translation.live and user and not policy.user_may(user, "publish", translation.language)
    ):
        raise PermissionDenied
    newest = translation.latest_revision
    if imported is None or newest is None or has_other_words(translation, imported.pk):
        raise JournalError(told([version_work(translation, _("translated since"))]))
    works = work_at_translations([page.pk], [newest.pk])[page.pk]
    if works := [one for one in works if one.at and one.at > since]:
        raise JournalError(told(works))
    empty_translation(translation, user)
    Translation.objects.filter(pk=translation.pk).update(
        import_key="", import_digest="", printed={}
    )


def _of(page: ArticlePage) -> Translation | None:
    found = Translation.objects.filter(article=page, language=page.target_language)
    return found.select_related("article").first()


def _write_state(page: ArticlePage, state: str) -> None:
    ArticlePage.objects.filter(pk=page.pk).update(translation_state=state)
    pages_changed.send(ArticlePage, pks=[page.pk])
