"""Forms of new entries that open filled in, from their address; only the editor stores them."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.snippets.views.snippets import CreateView

from archive.text.language import columns


class PrefilledCreateView(CreateView):
    """`?name_en=…&kind=…` fills in the fields that `prefilled` names; `story` says where from."""

    prefilled: tuple[str, ...] = ()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if title := self.story_title():
            message = _("Filled in from “%(story)s”. Nothing is stored before you save.")
            messages.info(request, message % {"story": title})
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        given = {
            name: self.request.GET[name] for name in self.prefilled if name in self.request.GET
        }
        return {**kwargs, "initial": {**kwargs.get("initial", {}), **given}}

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """Without what a field can't show: an address is anybody's."""
        form = super().get_form(*args, **kwargs)
        for name in set(self.prefilled) & form.initial.keys() & form.fields.keys():
            try:
                form.fields[name].clean(form.initial[name])
            except ValidationError:
                del form.initial[name]
        return form

    def story_title(self) -> str:
        """The headline of the story that the address names, if the editor may see its form."""
        story = self.story()
        return story.title if story else ""

    def story(self) -> Any:
        number = self.request.GET.get("story", "")
        if not (number.isascii() and number.isdecimal() and len(number) < 19):
            return None
        pages: type[models.Model] = apps.get_model("archive", "ArticlePage")
        page: Any = pages._default_manager.filter(pk=int(number)).first()
        return page if page and page.permissions_for_user(self.request.user).can_edit() else None


class EntityCreateView(PrefilledCreateView):
    prefilled = ("kind", *columns("name"))
