"""The one Django app of the archive; connects signals, system checks, readers' views and forms."""

import sys

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "archive"
    label = "archive"
    verbose_name = _("Archive")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        if not apps.is_installed("modeltranslation"):
            # Without it no model has its fields, and what fails first says nothing of that.
            if "archive_setup" in sys.argv:
                return
            raise ImproperlyConfigured(
                "The archive's settings are incomplete: run “manage.py archive_setup --write”."
            )
        # Models can be imported only once every app is there; importing `checks` registers them.
        from archive import checks, signals  # noqa: F401
        from archive.desk.pairs.lock import bind_joined_lock
        from archive.setup import checks as setup_checks  # noqa: F401
        from archive.site import page_views
        from archive.stories.form_views import bind_comment_mails, bind_story_views
        from archive.stories.panels import bind_forms
        from archive.wagtail_admin import bind_comment_label, bind_full_name, bind_refusal

        signals.connect()
        page_views.register()
        bind_forms()
        bind_joined_lock()
        bind_full_name()
        bind_comment_label()
        bind_comment_mails()
        bind_story_views()
        bind_refusal()
