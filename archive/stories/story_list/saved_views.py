"""Ready-made views of the list of stories, and those that people keep for themselves."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import CreateView, DeleteView
from wagtail.admin import messages
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.stories.models.views import SavedView
from archive.wagtail_admin import ScreenMixin

LIST = "stories:index"
LONGEST = 4000
# What the address of a list may hold besides filters and search.
PASSING = ("p", "_w_filter_fragment")
READY_MADE = (
    ("", _("All")),
    ("printed=today", _("Today's issue")),
    ("owner=mine&status=draft", _("My drafts")),
    ("status=review", _("In review")),
    ("status=scheduled", _("Scheduled")),
    ("printed=none", _("Without a date")),
    ("status=live&translation_state=not_started", _("Not translated")),
)


@dataclass(frozen=True)
class ViewLink:
    label: Any
    query: str
    is_current: bool
    # "" for a ready-made one.
    delete_url: str = ""


def normal_query(text: str) -> str:
    """The query without what is empty or only tells where in the list one is, in a fixed order."""
    kept = sorted(
        (name, value)
        for name, values in QueryDict(text).lists()
        for value in values
        if value and name not in PASSING
    )
    return urlencode(kept)


def links_for(request: HttpRequest) -> list[ViewLink]:
    """The views in their order; one query."""
    current = normal_query(request.GET.urlencode())
    own = SavedView.objects.filter(user=request.user.pk)
    ready = [ViewLink(label, query, normal_query(query) == current) for query, label in READY_MADE]
    return ready + [
        ViewLink(
            view.name,
            view.query,
            view.query == current,
            reverse("archive_saved_views:delete", args=[view.pk]),
        )
        for view in own
    ]


class SavedViewForm(forms.ModelForm):
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST)

    class Meta:
        model = SavedView
        fields = ["name"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if SavedView.objects.filter(user=self.instance.user_id, name=name).exists():
            raise forms.ValidationError(
                _("You have a view of this name. Choose another name, or delete that view first.")
            )
        return name

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.instance.query = normal_query(cleaned.get("query", ""))
        if not self.instance.query:
            reason = _("Nothing is filtered. Set a filter or search in the list of stories first.")
            self.add_error("name", reason)
        return cleaned


class OwnViewsMixin(ScreenMixin):
    """For whoever sees the list of stories, and for their own views alone."""

    template_name: str | None = "wagtailadmin/generic/form.html"
    header_icon = "doc-full"
    success_message: Any = ""
    object: Any

    def may_see(self) -> bool:
        rights = {"add", "change", "publish", "bulk_delete", "lock", "unlock"}
        return bool(PagePermissionPolicy().user_has_any_permission(self.request.user, rights))

    def get_way(self) -> list[dict[str, Any]]:
        return [{"url": reverse(LIST), "label": _("Stories")}]

    def get_success_url(self) -> str:
        return f"{reverse(LIST)}?{self.object.query}"

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        messages.success(self.request, self.success_message % {"name": self.object.name})
        return response


class SaveView(OwnViewsMixin, CreateView):
    page_title = _("Save this view")
    form_class = SavedViewForm
    success_message = _("View “%(name)s” saved.")
    extra_context = {"submit_button_label": _("Save")}

    def get_form_kwargs(self) -> dict[str, Any]:
        user: Any = self.request.user
        return {**super().get_form_kwargs(), "instance": SavedView(user=user)}

    def get_initial(self) -> dict[str, Any]:
        return {"query": self.request.GET.urlencode()[:LONGEST]}


class DeleteSavedView(OwnViewsMixin, DeleteView):
    page_title = _("Delete this view")
    template_name = "wagtailadmin/generic/confirm_delete.html"
    success_message = _("View “%(name)s” deleted.")

    def get_queryset(self) -> QuerySet:
        return SavedView.objects.filter(user=self.request.user.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = _("Are you sure you want to delete the view “%(name)s”?")
        self.confirmation_message = question % {"name": self.object.name}
        return super().get_context_data(**kwargs)

    def get_delete_url(self) -> str:
        return self.request.path


saved_view_urls = [
    path("add/", SaveView.as_view(), name="add"),
    path("<int:pk>/delete/", DeleteSavedView.as_view(), name="delete"),
]
