"""Notes what was changed: wiring only."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import post_page_move

from archive.pages.caching.stamps import SITE, touch


def connect() -> None:
    from archive.pages.models import HomePage, PublicationPage, SectionPage

    for model in (Site, PageViewRestriction, HomePage, PublicationPage, SectionPage):
        for signal in (post_save, post_delete):
            signal.connect(on_furniture_changed, sender=model)
    for page in (HomePage, PublicationPage, SectionPage):
        post_page_move.connect(on_furniture_changed, sender=page)


def on_furniture_changed(sender: type, **kwargs: Any) -> None:
    touch([SITE])
