"""Stories in Wagtail's API."""

from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "archive.contrib.api"
    label = "archive_api"
    verbose_name = _("API")
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        super().import_models()
        # Wagtail reads `api_fields` when the first app is ready, which may be before this one.
        apps.lazy_model_operation(_add_story_field, ("archive", "articlepage"))

    def ready(self) -> None:
        if find_spec("wagtail.api.v3"):
            # Wagtail 8 has it, and it imports models.
            from archive.contrib.api.v3 import add_stories

            add_stories()


def _add_story_field(model: type) -> None:
    # Django REST framework asks for apps that are there.
    from archive.contrib.api.fields import add_story_field

    add_story_field(model)
