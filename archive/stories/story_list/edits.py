"""Edits of many stories at once, and what takes them back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import log

from archive.entities.models import Entity
from archive.journal.kinds import JournalKind
from archive.journal.models import JOURNAL, JournalEntry
from archive.journal.plan import OthersWork, UndoPlan
from archive.journal.recording import Change, Recording, recording
from archive.journal.rows import lacks_target
from archive.stories.models import ArticleEntity, ArticlePage, PublicationPage, SectionPage
from archive.stories.policies import check_filing, section_error
from archive.stories.rights import rights_statements
from archive.stories.stale_save import lock_page, version_token
from archive.stories.story_list.saved_views import LIST
from archive.text.punctuation import in_sentences, labelled

EDITED, TAKEN_BACK = "archive.edit_many", "archive.edit_many_undone"
# The columns that an edit may change, by their attnames.
_COLUMNS = ("publication_id", "section_id", "rights", "rights_statement")


@dataclass(frozen=True)
class StoryEdit:
    """What is changed; what is None or "" stays as it is."""

    publication: PublicationPage | None = None
    section: SectionPage | None = None
    rights: str = ""
    rights_statement: str = ""
    entity: Entity | None = None

    def __str__(self) -> str:
        """What is set to what, in the active language."""
        statements = {code: str(label) for code, label in rights_statements()}
        said = {
            _("Publication"): self.publication,
            _("Section"): self.section,
            _("Rights"): self.rights,
            _("Rights statement"): statements.get(self.rights_statement),
            _("Names"): self.entity,
        }
        return in_sentences(labelled(value, label) for label, value in said.items() if value)


@dataclass
class EditReport:
    """How many stories have the change, how many of them in a draft alone, and a line for each
    story that was left alone; `entry` is what takes the change back."""

    count: int = 0
    drafts: int = 0
    refused: list[str] = field(default_factory=list)
    entry: JournalEntry | None = None


@transaction.atomic
def edit_stories(stories: Iterable[ArticlePage], edit: StoryEdit, *, user: Any) -> EditReport:
    """Save a version of each story with the change; one that is refused is told, others go on.

    A story that readers see as its newest version says is published anew where the person may;
    of any other the draft alone is changed.
    """
    report, chosen, done = EditReport(), list(stories), list[ArticlePage]()
    if not chosen:
        return report
    with recording(EditKind.name, chosen[0], str(edit), user=user) as record:
        for story in chosen:
            try:
                with transaction.atomic():
                    report.drafts += not _edit(story, edit, record, user)
                done.append(story)
            except ValidationError as error:
                report.refused.append(
                    labelled(" ".join(error.messages), story.get_admin_display_title())
                )
    report.count = len(done)
    if done:
        report.entry = record.entry
        for story in done:
            # Each story's history leads to the undo of all.
            log(story, EDITED, user=user, data={JOURNAL: record.entry.pk})
    return report


def is_seen_at_once(story: ArticlePage, user: Any) -> bool:
    """Whether readers get an edit of it by the person as soon as it is made."""
    may_publish = story.permissions_for_user(user).can_publish
    return bool(story.live and not story.has_unpublished_changes and may_publish())


def _edit(story: ArticlePage, edit: StoryEdit, record: Recording, user: Any) -> bool:
    """Whether readers get it at once."""
    if story.alias_of_id:
        raise ValidationError(_("It is an alias: edit the story that it shows."))
    lock_page(story)
    # The list may be older than what somebody has saved meanwhile.
    story = ArticlePage.objects.get(pk=story.pk)
    draft = story.get_latest_revision_as_object()
    before = {name: getattr(draft, name) for name in _COLUMNS}
    live, title = is_seen_at_once(story, user), story.get_admin_display_title()
    tagged = _apply(draft, edit)
    after = {name: getattr(draft, name) for name in _COLUMNS}
    _save(draft, user, live=live)
    record.note(
        "edit",
        story,
        title=title,
        state=_state(story.pk),
        before={name: value for name, value in before.items() if value != after[name]},
        tagged=tagged,
    )
    return live


def _save(draft: ArticlePage, user: Any, *, live: bool) -> None:
    """A version, and with `live` what readers have."""
    check_filing(draft, user, live=live)
    if message := section_error(draft.publication, draft.section):
        raise ValidationError({"section": message})
    # A draft may be unfinished; what is published is checked.
    revision = draft.save_revision(user=user, log_action=True, clean=False)
    if live:
        revision.publish(user=user)


def _apply(draft: ArticlePage, edit: StoryEdit) -> int | None:
    """The key of the name that it has from now on, if it hadn't."""
    if edit.publication and edit.publication.pk != draft.publication_id:
        draft.publication = edit.publication
        # Sections are a publication's own.
        draft.section = None
    if edit.section:
        draft.section = edit.section
    if edit.rights:
        draft.rights = edit.rights
    if edit.rights_statement:
        draft.rights_statement = edit.rights_statement
    tagged = {tag.entity_id for tag in draft.entity_tags.all()}
    if not edit.entity or edit.entity.pk in tagged:
        return None
    draft.entity_tags.add(ArticleEntity(entity=edit.entity, role=ArticleEntity.Role.ABOUT))
    return int(edit.entity.pk)


def _state(pk: int) -> list[Any]:
    """Which version is the newest, and which one readers have: other ones are somebody's work."""
    story = ArticlePage.objects.select_related("latest_revision").get(pk=pk)
    assert story.latest_revision  # noqa: S101
    seen = (story.live_revision_id or 0) if story.live else None
    return [version_token(story.latest_revision), seen]


class EditKind(JournalKind):
    """What was set in many stories; a story gets back what it had where nobody has saved, published
    or withdrawn it since. A change names the story as it was then, and says its `state` since."""

    name, label = "edit_stories", gettext_lazy("Edit stories")
    in_parts = True

    def may_undo(self, user: Any, entry: JournalEntry) -> bool:
        return bool(entry.made_by_id == user.pk)

    def foresee(self, entry: JournalEntry, plan: UndoPlan, user: Any) -> None:
        self._go_through(entry, plan, user, is_done=False)

    def revert_all(self, entry: JournalEntry, plan: UndoPlan, user: Any) -> None:
        self._go_through(entry, plan, user, is_done=True)

    def _go_through(self, entry: JournalEntry, plan: UndoPlan, user: Any, *, is_done: bool) -> None:
        for change in entry.changes:
            if work := _work_since(change, user):
                plan.stay[str(ArticlePage._meta.verbose_name_plural)] += 1
                plan.stay_for.append(work)
                continue
            try:
                if is_done:
                    _take_back(change, user)
                plan.restored += 1
            except ValidationError as error:
                plan.stay[str(ArticlePage._meta.verbose_name_plural)] += 1
                plan.stay_for.append(OthersWork(_named(change, " ".join(error.messages))))

    def get_url(self, entry: JournalEntry) -> str:
        return reverse(LIST)


def _named(change: Change, reason: str) -> str:
    return labelled(reason, change["title"])


def _work_since(change: Change, user: Any) -> OthersWork | None:
    """Why the story has to stay as it is; None where it can have what it had."""
    story = ArticlePage.objects.select_related("latest_revision__user").filter(pk=change["pk"])
    found = story.first()
    if found is None:
        return OthersWork(_named(change, _("deleted")))
    if _state(found.pk) != change["state"]:
        newest = found.latest_revision.user if found.latest_revision else None
        who = get_user_display_name(newest) if newest else ""
        return OthersWork(_named(change, _("changed since")), who)
    rights = found.permissions_for_user(user)
    if not rights.can_edit() or rights.page_locked():
        return OthersWork(_named(change, _("locked, or no longer yours to edit")))
    was_published = change["state"][1] == found.latest_revision_id
    if was_published and not rights.can_publish():
        return OthersWork(_named(change, _("you may not publish it")))
    if lacks_target(ArticlePage, change["before"]):
        return OthersWork(_named(change, _("what it had was deleted since")))
    return None


@transaction.atomic
def _take_back(change: Change, user: Any) -> None:
    """Raises ValidationError where the story can't be published, or filed, as it was."""
    lock_page(apps.get_model(change["model"])(pk=change["pk"]))
    story = ArticlePage.objects.get(pk=change["pk"])
    draft = story.get_latest_revision_as_object()
    for name, value in change["before"].items():
        setattr(draft, name, value)
    if change["tagged"]:
        added = [tag for tag in draft.entity_tags.all() if tag.entity_id == change["tagged"]]
        draft.entity_tags.remove(*added)
    # Readers have that version, so they get the former values back, too.
    _save(draft, user, live=change["state"][1] == story.latest_revision_id)
    log(story, TAKEN_BACK, user=user)
