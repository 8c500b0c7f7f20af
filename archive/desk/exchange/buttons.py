"""The exchange's buttons: above the list of translations, and above one translation."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from archive.desk.models import Translation
from archive.desk.policies import policy


def export_url(translation: Translation, next_url: str) -> str:
    """The screen that exports this one translation."""
    url = reverse("wagtail_bulk_action", args=["archive", "translation", "export"])
    return f"{url}?{urlencode({'id': translation.pk, 'next': next_url})}"


class ExportButtonMixin:
    """For a translation's own screen."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        own = super().header_more_buttons  # type: ignore[misc]
        view, label = self, _("Export for translation")
        translation, user = view.object, view.request.user  # type: ignore[attr-defined]
        if not policy.user_has_permission_for_instance(user, "change", translation):
            return list(own)
        url = export_url(translation, translation.get_edit_url())
        return [*own, Button(label, url, icon_name="download", priority=60)]


class ImportButtonMixin:
    """For the list of translations."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        own = super().header_more_buttons  # type: ignore[misc]
        if not policy.user_has_permission(self.request.user, "change"):  # type: ignore[attr-defined]
            return list(own)
        url = reverse("archive_exchange:import")
        return [*own, Button(_("Import translations"), url, icon_name="upload", priority=60)]
