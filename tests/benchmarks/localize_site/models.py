"""One page type for stories, one for the lists that hold them, and tags."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Orderable, Page
from wagtail.search import index


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock()
    caption = blocks.TextBlock()
    credit = blocks.CharBlock()

    class Meta:
        template = "localize_site/picture.html"


class Topic(models.Model):
    name = models.CharField(max_length=160)

    panels = [FieldPanel("name")]

    def __str__(self) -> str:
        return self.name


class ListPage(Page):
    """The home page, and a year's or a day's stories."""

    template = "localize_site/list_page.html"
    subpage_types = ["localize_site.ListPage", "localize_site.StoryPage"]


class StoryPage(Page):
    """A story; its title is its headline."""

    standfirst = models.TextField(blank=True)
    print_date = models.DateField(null=True, blank=True)
    body = StreamField(
        [
            ("paragraph", blocks.RichTextBlock(features=["bold", "italic", "link"])),
            ("subhead", blocks.CharBlock()),
            ("image", PictureBlock()),
        ]
    )

    template = "localize_site/story_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("standfirst"),
        FieldPanel("print_date"),
        FieldPanel("body"),
        InlinePanel("topics"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("body"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "tags": self.topics.select_related("topic")}


class StoryTopic(Orderable):
    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")

    panels = [FieldPanel("topic")]

    def __str__(self) -> str:
        return str(self.topic)
