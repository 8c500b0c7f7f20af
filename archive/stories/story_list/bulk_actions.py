"""What can be done to many stories of the list at once: Wagtail's own actions, and an edit."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import resolve, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions import (
    DeleteBulkAction,
    MoveBulkAction,
    PublishBulkAction,
    UnpublishBulkAction,
)
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.snippets.widgets import AdminSnippetChooser

from archive.entities.models import Entity
from archive.stories.models import ArticlePage, PublicationPage, SectionPage
from archive.stories.policies import papers_for, section_error
from archive.stories.rights import rights_statements
from archive.stories.story_list.edits import StoryEdit, edit_stories, is_seen_at_once
from archive.stories.story_list.filters import SectionField
from archive.stories.story_list.saved_views import LIST
from archive.wagtail_admin import list_errors

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

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> None:
        """It is said with its undo: see `_tell`."""

    def _tell(self) -> None:
        if (entry := self.report.entry) is None:
            return
        count = self.report.count
        message = ngettext("%(count)d story changed.", "%(count)d stories changed.", count)
        message %= {"count": count}
        drafts = self.report.drafts
        note = ngettext(
            "Of %(count)d, only the draft: publish it when it is ready.",
            "Of %(count)d, only the drafts: publish them when they are ready.",
            drafts,
        )
        if drafts:
            message = f"{message} {note % {'count': drafts}}"
        undo = reverse("archive_journal:undo", args=[entry.pk])
        button = messages.button(undo, pgettext("journal", "Undo"))
        messages.success(self.request, message, buttons=[button])

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        self._tell()
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
