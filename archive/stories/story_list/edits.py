"""The same change to many stories at once: publication, section, rights, a name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from archive.entities.models import Entity
from archive.stories.models import ArticleEntity, ArticlePage, PublicationPage, SectionPage
from archive.stories.policies import check_filing, section_error
from archive.stories.stale_save import lock_page
from archive.text.punctuation import labelled


@dataclass(frozen=True)
class StoryEdit:
    """What is changed; what is None or "" stays as it is."""

    publication: PublicationPage | None = None
    section: SectionPage | None = None
    rights: str = ""
    rights_statement: str = ""
    entity: Entity | None = None

    def __bool__(self) -> bool:
        texts = self.rights or self.rights_statement
        return bool(self.publication or self.section or texts or self.entity)


@dataclass
class EditReport:
    """How many stories readers see changed, how many have the change in a draft, and a line for
    each story that was left alone."""

    published: int = 0
    drafts: int = 0
    refused: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.published + self.drafts


def edit_stories(stories: Iterable[ArticlePage], edit: StoryEdit, *, user: Any) -> EditReport:
    """Save a version of each story with the change; one that is refused is told, others go on.

    A story that readers see as its newest version says is published anew where the person may;
    of any other the draft alone is changed.
    """
    report = EditReport()
    for story in stories:
        try:
            with transaction.atomic():
                if _edit(story, edit, user):
                    report.published += 1
                else:
                    report.drafts += 1
        except ValidationError as error:
            report.refused.append(
                labelled(" ".join(error.messages), story.get_admin_display_title())
            )
    return report


def _edit(story: ArticlePage, edit: StoryEdit, user: Any) -> bool:
    """Whether readers get it at once."""
    if story.alias_of_id:
        raise ValidationError(_("It is an alias: edit the story that it shows."))
    lock_page(story)
    # The list may be older than what somebody has saved meanwhile.
    story = ArticlePage.objects.get(pk=story.pk)
    draft = story.get_latest_revision_as_object()
    rights = story.permissions_for_user(user)
    live = story.live and not story.has_unpublished_changes and rights.can_publish()
    _apply(draft, edit)
    check_filing(draft, user, live=live)
    if message := section_error(draft.publication, draft.section):
        raise ValidationError({"section": message})
    # A draft may be unfinished; what is published is checked.
    revision = draft.save_revision(user=user, log_action=True, clean=False)
    if live:
        revision.publish(user=user)
    return live


def _apply(draft: ArticlePage, edit: StoryEdit) -> None:
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
    if edit.entity and edit.entity.pk not in tagged:
        draft.entity_tags.add(ArticleEntity(entity=edit.entity, role=ArticleEntity.Role.ABOUT))
