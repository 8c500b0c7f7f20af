"""Wagtail as it comes, and the same site with wagtail-localize."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site

from tests.benchmarks.localize_site.models import ListPage, StoryPage, StoryTopic, Topic
from tests.benchmarks.sites.admin import StockAdmin
from tests.benchmarks.sites.base import BenchmarkSite, jpeg
from tests.benchmarks.sites.desk import LocalizeDesk
from tests.benchmarks.sites.memory import LocalizeMemory
from tests.benchmarks.story import Story, seed_story

DAY = date(2015, 9, 22)


class StockSite(BenchmarkSite):
    """One language, all stories in one list."""

    def __init__(self) -> None:
        super().__init__()
        self.admin = StockAdmin(self)

    def lay_out(self, stories: int) -> Sequence[Page]:
        root = Page.objects.get(depth=1)
        self.home = root.add_child(instance=ListPage(title="Newspaper", slug="newspaper"))
        Site.objects.update(root_page=self.home)
        self.issue = self.home.add_child(instance=ListPage(title="22 September", slug="22"))
        image = ContentFile(jpeg(), "port.jpg")
        self.image = get_image_model().objects.create(title="The port", file=image)
        self.topics = {key: Topic.objects.create(name=key.title()) for key in seed_story().tags}
        return [self.issue]

    def new_page(self, story: Story, parent: Page) -> Page:
        page = StoryPage(title=story.headline[0], standfirst=story.standfirst[0], print_date=DAY)
        page.body = StoryPage._meta.get_field("body").to_python(self._body(story))
        page.topics = [StoryTopic(topic=self.topics[key]) for key in story.tags]
        return page

    def translate(self, page: Page, story: Story) -> None:
        """One language it is."""

    def addresses(self) -> dict[str, str]:
        return {"story": self.seed.get_url_parts()[2]}

    def _body(self, story: Story) -> list[dict[str, Any]]:
        blocks = [
            {"type": one.kind, "id": one.id, "value": _marked_up(one.kind, one.english)}
            for one in story.blocks
        ]
        picture = {
            "image": self.image.pk,
            "caption": story.caption[0],
            "credit": "provided to China Daily",
        }
        return [*blocks[:3], {"type": "image", "value": picture}, *blocks[3:]]


class LocalizeSite(StockSite):
    """Two languages, a page for each, kept in step by wagtail-localize."""

    memory = LocalizeMemory()

    def __init__(self) -> None:
        super().__init__()
        self.desk = LocalizeDesk(self)

    def lay_out(self, stories: int) -> Sequence[Page]:
        self.chinese = Locale.objects.get_or_create(language_code="zh-hans")[0]
        return super().lay_out(stories)

    def translate(self, page: Page, story: Story) -> None:
        from wagtail_localize.models import StringTranslation, Translation
        from wagtail_localize.operations import TranslationCreator

        TranslationCreator(None, [self.chinese]).create_translations(page)
        translation = Translation.objects.get(source__object_id=page.translation_key)
        chinese = dict(_strings(story))
        for segment in translation.source.stringsegment_set.select_related("string"):
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=self.chinese,
                context=segment.context,
                defaults={"data": chinese.get(segment.string.data, segment.string.data)},
            )
        translation.save_target(publish=True)

    def addresses(self) -> dict[str, str]:
        translated = self.seed.get_translation(self.chinese)
        return {**super().addresses(), "story in Chinese": translated.get_url_parts()[2]}


def _marked_up(kind: str, text: str) -> str:
    return f"<p>{text}</p>" if kind == "paragraph" else text


def _strings(story: Story) -> list[tuple[str, str]]:
    return [
        story.headline,
        story.standfirst,
        story.caption,
        *((one.english, one.chinese) for one in story.blocks),
    ]
