"""What many Wagtail sites have: articles of mixed blocks, with an author and a category."""

from django.db import models
from wagtail import blocks
from wagtail.embeds.blocks import EmbedBlock
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page, TranslatableMixin


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock()
    caption = blocks.CharBlock(required=False)
    attribution = blocks.CharBlock(required=False)


class SayingBlock(blocks.StructBlock):
    text = blocks.TextBlock()
    speaker = blocks.CharBlock(required=False)


class BoxBlock(blocks.StructBlock):
    heading = blocks.CharBlock()
    text = blocks.RichTextBlock()
    style = blocks.ChoiceBlock(choices=[("wide", "Wide")], default="wide")


class NewsBlocks(blocks.StreamBlock):
    heading = blocks.CharBlock()
    text = blocks.RichTextBlock()
    picture = PictureBlock()
    pictures = blocks.ListBlock(PictureBlock())
    quote = SayingBlock()
    video = EmbedBlock()
    box = BoxBlock()
    points = blocks.ListBlock(blocks.CharBlock())
    see_also = blocks.PageChooserBlock()


class Category(TranslatableMixin, models.Model):
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class NewsPage(Page):
    introduction = models.TextField(blank=True)
    date = models.DateField(null=True, blank=True)
    author = models.CharField(max_length=120, blank=True)
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    image = models.ForeignKey(
        get_image_model_string(), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = StreamField(NewsBlocks())
