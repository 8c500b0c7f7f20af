"""*Write a story*: the publication, the language and the kind, then the form."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.base_page import Page
from archive.stories.models import PublicationPage
from archive.stories.policies import may_file, papers_for
from archive.stories.story_templates import LANGUAGE, TEMPLATE, story_templates
from archive.text.language import LABELS, supported
from archive.wagtail_admin import ScreenMixin

NEW = "stories:choose_parent"


def place_of(paper: PublicationPage, user: Any) -> Page:
    """Where in the publication the person may begin a story: the paper, or a year or issue of it.

    `paper` is one of `papers_for(user)`.
    """
    if may_file(user, paper, live=False):
        return paper
    grants = PagePermissionPolicy().get_cached_permissions_for_user(user)
    inside = (
        grant.page
        for grant in grants
        if grant.permission.codename == f"add_{Page._meta.model_name}"
        and grant.page.path.startswith(paper.path)
    )
    return next(inside, paper)


class NewStoryForm(forms.Form):
    template = forms.ChoiceField(widget=forms.RadioSelect, label=_("Template"))
    publication = forms.ModelChoiceField(
        queryset=PublicationPage.objects.none(), empty_label=None, label=_("Publication")
    )
    language = forms.ChoiceField(
        choices=list(LABELS.items()), widget=forms.RadioSelect, label=_("Written in")
    )

    def __init__(self, *args: Any, papers: QuerySet[PublicationPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["publication"].queryset = papers  # type: ignore[attr-defined]
        self.templates = story_templates()
        choices = [(key, template.name) for key, template in self.templates.items()]
        self.fields["template"].choices = choices  # type: ignore[attr-defined]


class NewStoryView(ScreenMixin, FormView):
    template_name = "archive/admin/stories/new.html"
    page_title = _("Write a story")
    header_icon = "doc-full"
    form_class = NewStoryForm
    # Given by the viewset, which makes it its page for choosing a parent.
    model: Any = None
    index_url_name = ""
    add_url_name = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "papers": papers_for(self.request.user)}

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        return {
            TEMPLATE: asked.get(TEMPLATE) or next(iter(story_templates()), ""),
            LANGUAGE: asked.get(LANGUAGE) or supported(get_language()),
            "publication": papers_for(self.request.user).values_list("pk", flat=True).first(),
        }

    def get_way(self) -> list[dict[str, Any]]:
        return [{"url": reverse(self.index_url_name), "label": _("Stories")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return {
            **context,
            "has_papers": bool(form.fields["publication"].queryset),
            "choices": list(zip(form["template"], form.templates.values(), strict=True)),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        place = place_of(form.cleaned_data["publication"], self.request.user)
        url = reverse("wagtailadmin_pages:add", args=["archive", "articlepage", place.pk])
        asked = {name: form.cleaned_data[name] for name in (TEMPLATE, LANGUAGE)}
        return redirect(f"{url}?{urlencode(asked)}")
