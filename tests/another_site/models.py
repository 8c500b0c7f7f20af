"""The home page that `wagtail start` writes, and what many sites call their articles."""

from wagtail.models import Page


class HomePage(Page):
    pass


class ArticlePage(Page):
    pass


class SectionPage(Page):
    pass
