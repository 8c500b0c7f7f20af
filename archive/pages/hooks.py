"""The pages room in Wagtail's admin: wiring only."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from archive.pages.freshness import expect_a_save


@hooks.register("before_edit_page")
def refuse_a_stale_save(request: HttpRequest, page: Page) -> None:
    if request.method == "POST":
        expect_a_save(page)
