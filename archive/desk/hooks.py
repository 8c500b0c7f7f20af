"""The desk in Wagtail's admin: wiring only."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from archive.desk.models import Translation
from archive.desk.policies import register_policy
from archive.desk.viewsets import TranslationViewSet
from archive.pages.freshness import expect_a_save

register_policy()
register_snippet(TranslationViewSet)


@hooks.register("before_edit_snippet")
def refuse_a_stale_save(request: HttpRequest, instance: Any) -> None:
    if request.method == "POST" and isinstance(instance, Translation):
        expect_a_save(instance)
