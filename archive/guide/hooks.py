"""The guide in the admin's help menu: wiring only."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from archive.guide.screens import guide_of
from archive.guide.views import guide_address, guide_urls

_address = lazy(guide_address, str)


@hooks.register("register_admin_urls")
def guide_addresses() -> list[Any]:
    return guide_urls


class GuideMenuItem(MenuItem):
    """Leads to the part about the screen that one is on."""

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        match = request.resolver_match
        component.url = guide_address(guide_of(match.view_name if match else ""))
        return component


@hooks.register("register_help_menu_item")
def guide_menu_item() -> MenuItem:
    return GuideMenuItem(
        _("Guide to this page"), _address(), name="archive-guide", icon_name="help", order=1
    )


@hooks.register("construct_help_menu")
def leave_out_news_of_wagtail(request: HttpRequest, items: list[MenuItem]) -> None:
    # For developers; and its label is in the language of whoever opened the admin first.
    items[:] = [item for item in items if not item.name.startswith("whats-new-in-wagtail")]
