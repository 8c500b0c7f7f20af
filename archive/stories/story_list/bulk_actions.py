"""What can be done to many stories of the list at once: Wagtail's own actions, and an edit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.urls import resolve, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.pages.bulk_actions import (
    DeleteBulkAction,
    MoveBulkAction,
    PublishBulkAction,
    UnpublishBulkAction,
)
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.snippets.widgets import AdminSnippetChooser

from archive.entities.models import Entity
from archive.stories.models import ArticleEntity, ArticlePage, PublicationPage, SectionPage
from archive.stories.policies import check_filing, papers_for, section_error
from archive.stories.rights import rights_statements
from archive.stories.stale_save import lock_page
from archive.stories.story_list.filters import SectionField
from archive.stories.story_list.saved_views import LIST
from archive.text.punctuation import labelled
from archive.wagtail_admin import list_errors


@dataclass(frozen=True)
class StoryEdit:
    """What is changed; what is None or "" stays as it is."""

    publication: PublicationPage | None = None
    section: SectionPage | None = None
    rights: str = ""
    rights_statement: str = ""
    entity: Entity | None = None


@dataclass
class EditReport:
    """How many stories have the change, how many of them in a draft alone, and a line for each
    story that was left alone."""

    count: int = 0
    drafts: int = 0
    refused: list[str] = field(default_factory=list)


def edit_stories(stories: Iterable[ArticlePage], edit: StoryEdit, *, user: Any) -> EditReport:
    """Save a version of each story with the change; one that is refused is told, others go on.

    A story that readers see as its newest version says is published anew where the person may;
    of any other the draft alone is changed.
    """
    report = EditReport()
    for story in stories:
        try:
            with transaction.atomic():
                report.drafts += not _edit(story, edit, user)
            report.count += 1
        except ValidationError as error:
            report.refused.append(
                labelled(" ".join(error.messages), story.get_admin_display_title())
            )
    return report


def is_seen_at_once(story: ArticlePage, user: Any) -> bool:
    """Whether readers get an edit of it by the person as soon as it is made."""
    may_publish = story.permissions_for_user(user).can_publish
    return bool(story.live and not story.has_unpublished_changes and may_publish())


def _edit(story: ArticlePage, edit: StoryEdit, user: Any) -> bool:
    """Whether readers get it at once."""
    if story.alias_of_id:
        raise ValidationError(_("It is an alias: edit the story that it shows."))
    lock_page(story)
    # The list may be older than what somebody has saved meanwhile.
    story = ArticlePage.objects.get(pk=story.pk)
    draft = story.get_latest_revision_as_object()
    live = is_seen_at_once(story, user)
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


# How many of the chosen stories the page names, and how many refusals the message.
NAMED = 10


class StoriesBulkAction(PageBulkAction):
    """“All” are those that the list shows with its search and filters, which come along: to
    Wagtail, they would be all pages of the site."""

    models = [ArticlePage]

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        shown: Any = resolve(reverse(LIST)).func
        view = shown.view_class(**shown.view_initkwargs)
        view.setup(self.request)
        return list(view.get_queryset().order_by().values_list("pk", flat=True))

    @cached_property
    def _actionable(self) -> Any:
        stories, refused = super().get_actionable_objects()
        others = refused["items_with_no_access"]
        if others:
            # The titles of drafts that aren't theirs are nobody's business.
            known = ArticlePage.objects.shown_to(self.request.user)
            known = set(
                known.filter(pk__in=[one.pk for one in others]).values_list("pk", flat=True)
            )
            refused["items_with_no_access"] = [one for one in others if one.pk in known]
        self._name_as_known([*stories, *refused["items_with_no_access"]])
        return stories, refused

    def _name_as_known(self, stories: list[ArticlePage]) -> None:
        """A draft's headline is its newsroom's: others know the story by its readers' one."""
        changed = [one for one in stories if one.has_unpublished_changes]
        if changed:
            theirs = ArticlePage.objects.newest_shown_to(self.request.user)
            known = set(
                theirs.filter(pk__in=[one.pk for one in changed]).values_list("pk", flat=True)
            )
            for one in changed:
                if one.pk not in known:
                    one.draft_title = one.title

    def get_actionable_objects(self) -> Any:
        # Wagtail asks for them up to three times in one request.
        return self._actionable

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        items = context["items"]
        return {**context, "named": items[:NAMED], "more_count": max(0, len(items) - NAMED)}


class StoryEditForm(forms.Form):
    publication: Any = forms.ModelChoiceField(
        queryset=PublicationPage.objects.none(),
        required=False,
        empty_label=gettext_lazy("Leave as it is"),
        label=gettext_lazy("Publication"),
    )
    section: Any = SectionField(
        queryset=SectionPage.objects.order_by("path"),
        required=False,
        empty_label=gettext_lazy("Leave as it is"),
        label=gettext_lazy("Section"),
    )
    rights = forms.CharField(max_length=255, required=False, label=gettext_lazy("Rights"))
    rights_statement = forms.ChoiceField(
        choices=lambda: [("", gettext_lazy("Leave as it is")), *rights_statements()],
        required=False,
        label=gettext_lazy("Rights statement"),
    )
    entity: Any = forms.ModelChoiceField(
        queryset=Entity.objects.all(),
        required=False,
        label=gettext_lazy("Names"),
        help_text=gettext_lazy("The stories are about it; names that they have are kept."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["publication"].queryset = papers_for(user)  # type: ignore[attr-defined]
        # Made here, it speaks the language of whoever looks.
        self.fields["entity"].widget = AdminSnippetChooser(Entity)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        if not any(cleaned.values()):
            raise forms.ValidationError(_("Nothing to change: fill in at least one field."))
        if message := section_error(cleaned["publication"], cleaned["section"]):
            self.add_error("section", message)
        return cleaned


class EditStories(StoriesBulkAction):
    display_name = gettext_lazy("Edit…")
    aria_label = gettext_lazy("Edit publication, section, rights and names of selected stories")
    action_type = "edit"
    action_priority = 5
    template_name = "archive/admin/stories/bulk_edit.html"
    form_class = StoryEditForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def check_perm(self, obj: Any) -> bool:
        rights = obj.permissions_for_user(self.request.user)
        return bool(rights.can_edit() and not rights.page_locked())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        seen = sum(is_seen_at_once(one["item"], self.request.user) for one in context["items"])
        return {**context, "seen": seen, "unseen": len(context["items"]) - seen}

    def get_execution_context(self) -> dict[str, Any]:
        return {"self": self, "user": self.request.user}

    @classmethod
    def execute_action(cls, objects: Any, **kwargs: Any) -> tuple[int, int]:
        action = kwargs["self"]
        edit = StoryEdit(**action.cleaned_form.cleaned_data)
        action.report = edit_stories(objects, edit, user=kwargs["user"])
        return action.report.count, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        if not num_parent_objects:
            return None
        count = {"count": num_parent_objects}
        message = ngettext(
            "%(count)d story changed.", "%(count)d stories changed.", num_parent_objects
        )
        drafts = self.report.drafts
        note = ngettext(
            "Of %(count)d, only the draft: publish it when it is ready.",
            "Of %(count)d, only the drafts: publish them when they are ready.",
            drafts,
        )
        return f"{message % count} {note % {'count': drafts}}" if drafts else message % count

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if refused := self.report.refused:
            count = len(refused)
            title = ngettext(
                "%(count)d story not changed.", "%(count)d stories not changed.", count
            )
            more = [_("and %(count)d more") % {"count": count - NAMED}] if count > NAMED else []
            list_errors(self.request, title % {"count": count}, [*refused[:NAMED], *more])
        return response


_WAGTAILS = (MoveBulkAction, DeleteBulkAction, PublishBulkAction, UnpublishBulkAction)
BULK_ACTIONS = (
    EditStories,
    *(type(one.__name__, (StoriesBulkAction, one), {}) for one in _WAGTAILS),
)
