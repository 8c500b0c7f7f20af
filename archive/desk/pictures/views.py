"""The screen for a picture's texts: reached from a segment of it, and from the other texts."""

from itertools import product
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError
from wagtail.log_actions import log

from archive.desk.policies import languages_of_texts
from archive.text.language import column, other
from archive.wagtail_admin import KeepsSavedMixin, ScreenMixin


class PictureTextsForm(KeepsSavedMixin, forms.Form):
    """A field for each text and language; it overwrites nothing that it didn't show."""

    def __init__(self, image: Any, languages: list[str], data: Any = None) -> None:
        self.instance = image
        super().__init__(data)
        # By field, the other language and what the picture says in it.
        self.originals: dict[str, tuple[str, str]] = {}
        for language, name in product(languages, image.translated_fields):
            key, there = column(name, language), other(language)
            self.initial[key] = getattr(image, key)
            self.fields[key] = self._field(name, language)
            self.originals[key] = there, getattr(image, column(name, there))

    def _field(self, name: str, language: str) -> forms.CharField:
        field = self.instance._meta.get_field(name)
        return forms.CharField(
            required=False,
            max_length=field.max_length,
            label=capfirst(self.instance.label_in(name, language)),
            help_text=field.help_text,
            widget=AdminAutoHeightTextInput(attrs={"lang": language}),
        )

    @property
    def texts(self) -> list[dict[str, Any]]:
        """Each text's field, and the text in the other language."""
        return [
            {"field": self[key], "lang": language, "original": text}
            for key, (language, text) in self.originals.items()
        ]

    def save(self) -> list[str]:
        """Write the changed texts into the image; returns the names of those. Does not save it."""
        typed = {key: self.plain(key, self.cleaned_data[key]) for key in self.originals}
        written = [key for key in typed if typed[key] != self.plain(key, self.initial[key])]
        for key in written:
            setattr(self.instance, key, typed[key])
        return written


_SIZE = "max-800x600"


class PictureTextsView(ScreenMixin, TemplateView):
    """The picture, what is known of it, and its texts in the languages that are the user's."""

    template_name = "archive/admin/picture_texts.html"
    page_title = gettext_lazy("Texts of the picture")
    header_icon = "image"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self._form(get_image_model().objects.select_related("collection"))
        return super().get(request, *args, **kwargs)

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Whoever saves it at this moment is waited for, and seen.
        self.form = self._form(get_image_model().objects.select_for_update(), request.POST)
        if not self.form.is_valid():
            messages.error(
                request, _("The texts are not saved yet: see what stands at the fields.")
            )
            return self.render_to_response(self.get_context_data())
        image = self.form.instance
        if self.form.save():
            image.save()
            log(image, "wagtail.edit", user=request.user)
        messages.success(request, _("The texts of “%(picture)s” were saved.") % {"picture": image})
        return redirect(self.next_url)

    def _form(self, images: Any, data: Any = None) -> PictureTextsForm:
        image = get_object_or_404(images, pk=self.kwargs["pk"])
        languages = languages_of_texts(self.request.user, image)
        if not languages:
            raise PermissionDenied
        return PictureTextsForm(image, languages, data)

    @property
    def next_url(self) -> str:
        """Where the user came from, or the list of other texts."""
        came_from = get_valid_next_url_from_request(self.request)
        return came_from or reverse("archive_translation:other_texts")

    def get_page_subtitle(self) -> str:
        return str(self.form.instance)

    def get_way(self) -> list[dict[str, Any]]:
        return [{"url": reverse("archive_translation:other_texts"), "label": _("Other texts")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        image = self.form.instance
        try:
            picture = image.get_rendition(_SIZE)
        except SourceImageIOError:
            picture = None
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "image": image,
            "picture": picture,
            "next": self.next_url,
        }
