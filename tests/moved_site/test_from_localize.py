"""A site's pages of two languages, as wagtail-localize keeps them, become stories.

Run by `make test-move`, with the environment that has wagtail-localize.
"""

import io
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.models import Image
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import TranslationCreator

from archive.models import ArchiveImage, ArticlePage, MemoryUnit
from archive.stories.body import raw
from tests.factories import make_home, make_image
from tests.moved_site.models import Category, NewsPage

pytestmark = pytest.mark.django_db

CHINESE = {
    "Port opens": "港口启用",
    "It takes large ships.": "可停靠大船。",
    "The quay opened.": "码头启用了。",
    "It cost <b>much</b>.": "造价<b>很高</b>。",
    "Costs": "造价",
    "The quay": "码头",
    "We are glad.": "我们很高兴。",
    "Li Na": "李娜",
    "Two cranes": "两台起重机",
    "One slipway": "一座船台",
    "In figures": "数字",
    "Depth: 20 m": "水深20米",
}


def text(kind: str, value: Any, number: int) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": f"00000000-0000-4000-8000-{number:012d}"}


@pytest.fixture
def page() -> NewsPage:
    make_home()
    Locale.objects.get_or_create(language_code="zh-hans")
    home = Page.objects.get(depth=1).add_child(instance=Page(title="Site", slug="site"))
    Site.objects.update(root_page=home)
    image = make_image(credit="Harbour Post", rights="© Harbour Post")
    body = [
        text("text", "<p>The quay opened.</p><p>It cost <b>much</b>.</p>", 1),
        text("heading", "Costs", 2),
        text("picture", {"image": image.pk, "caption": "The quay", "attribution": "AFP"}, 3),
        text("quote", {"text": "We are glad.", "speaker": "Li Na"}, 4),
        text("points", [text("item", "Two cranes", 51), text("item", "One slipway", 52)], 5),
        text("box", {"heading": "In figures", "text": "<p>Depth: 20 m</p>", "style": "wide"}, 6),
        text("see_also", home.pk, 7),
    ]
    page = NewsPage(
        title="Port opens",
        slug="port-opens",
        introduction="It takes large ships.",
        date=date(2015, 9, 22),
        author="By Li Na and Wang Wei",
        category=Category.objects.create(name="City", locale=Locale.get_default()),
        body=NewsPage._meta.get_field("body").to_python(body),
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    return NewsPage.objects.get(pk=page.pk)


def localize(page: NewsPage, words: dict[str, str] = CHINESE) -> None:
    """Translate the page in wagtail-localize, as its editor does."""
    chinese = Locale.objects.get(language_code="zh-hans")
    TranslationCreator(None, [chinese]).create_translations(page)
    translation = Translation.objects.get(source__object_id=page.translation_key)
    for segment in translation.source.stringsegment_set.select_related("string"):
        if segment.string.data in words:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=chinese,
                context=segment.context,
                defaults={"data": words[segment.string.data], "translation_type": "manual"},
            )
    translation.save_target()


def move(**options: Any) -> str:
    out = io.StringIO()
    given = {"model": "moved_site.NewsPage", "publication": "Harbour Post", **options}
    try:
        call_command("archive_from_localize", stdout=out, stderr=out, **given)
    except CommandError as error:
        out.write(f"ended with: {error}")
    return out.getvalue()


def words(body: Any) -> list[str]:
    return [f"{block['type']}: {block['value']}" for block in raw(body)]


def test_both_trees_become_one_published_story(page: NewsPage) -> None:
    localize(page)
    out = move()
    story = ArticlePage.objects.get()
    assert "headline = title" in out
    assert "1 story: 1 taken over" in out
    assert story.languages() == ["en", "zh-hans"]
    assert story.headline_zh_hans == "港口启用"
    assert story.standfirst_zh_hans == "可停靠大船。"
    assert [one["type"] for one in raw(story.body_en)] == [
        *("paragraph", "paragraph", "subhead", "image", "pull_quote", "list"),
        *("subhead", "paragraph", "paragraph"),
    ]
    assert "造价<b>很高</b>" in words(story.body_zh_hans)[1]
    assert "李娜" in words(story.body_zh_hans)[4]
    assert "一座船台" in words(story.body_zh_hans)[5]
    assert [one.author.name for one in story.bylines.all()] == ["Li Na", "Wang Wei"]
    assert story.section.name_en == "City"


def test_what_the_archive_has_no_block_for_is_kept_and_reported(page: NewsPage) -> None:
    localize(page)
    out = move()
    assert "block see_also (PageChooserBlock): no block of the archive" in out
    assert "setting style (ChoiceBlock): left out" in out
    assert "Site" in words(ArticlePage.objects.get().body_en)[-1]


def test_the_desk_has_the_pairs_and_the_memory_the_strings(page: NewsPage) -> None:
    localize(page)
    out = move()
    translation = ArticlePage.objects.get().translations.get()
    assert translation.live
    assert {one.state for one in translation.segments.all() if one.target} == {"confirmed"}
    assert MemoryUnit.objects.filter(text_en="Costs", text_zh_hans="造价").exists()
    assert "Translation memory: " in out


def test_old_addresses_lead_to_the_story(page: NewsPage) -> None:
    localize(page)
    move()
    paths = set(Redirect.objects.values_list("old_path", flat=True))
    assert {"/en/port-opens", "/zh-hans/port-opens"} == paths


def test_a_second_run_changes_nothing(page: NewsPage) -> None:
    localize(page)
    move()
    before = ArticlePage.objects.get().latest_revision_id
    units = MemoryUnit.objects.count()
    assert "1 story: 1 unchanged" in move()
    assert ArticlePage.objects.get().latest_revision_id == before
    assert MemoryUnit.objects.count() == units


def test_a_page_that_nobody_translated_is_a_story_in_one_language(page: NewsPage) -> None:
    chinese = Locale.objects.get(language_code="zh-hans")
    page.copy_for_translation(chinese, copy_parents=True, alias=True)
    move()
    assert ArticlePage.objects.get().languages() == ["en"]


def test_an_unpublished_translation_is_a_draft_at_the_desk(page: NewsPage) -> None:
    localize(page)
    page.get_translation(Locale.objects.get(language_code="zh-hans")).unpublish()
    move()
    story = ArticlePage.objects.get()
    assert story.languages() == ["en"]
    draft = story.translations.get().get_latest_revision_as_object()
    assert draft.segments.get(key="headline").target == "港口启用"


def test_a_half_translated_page_leaves_the_rest_open(page: NewsPage) -> None:
    localize(page, {"Port opens": "港口启用", "Costs": "造价"})
    move()
    segments = ArticlePage.objects.get().translations.get().segments.all()
    assert {one.target for one in segments if one.target} == {"港口启用", "造价", "AFP", "Li Na"}


def test_a_machines_words_are_marked_as_such(page: NewsPage) -> None:
    localize(page)
    StringTranslation.objects.filter(data="造价").update(translation_type="machine")
    move()
    segments = ArticlePage.objects.get().translations.get().segments.all()
    assert [one.target for one in segments if one.origin == "machine"] == ["造价"]


def test_pictures_of_another_table_are_copied(page: NewsPage) -> None:
    ours = ArchiveImage.objects.get()
    theirs = Image(pk=ours.pk + 70, title="Quay", description="Cranes")
    theirs.file.save("quay.jpg", ours.file)
    theirs.save()
    body = raw(page.body)
    body[2]["value"]["image"] = theirs.pk
    page.body = NewsPage._meta.get_field("body").to_python(body)
    page.save_revision().publish()
    ours.delete()
    move(image_model="wagtailimages.Image", credit="Harbour Post", rights="© Harbour Post")
    copied = ArchiveImage.objects.get()
    chooser = NewsPage._meta.get_field("body").stream_block.child_blocks["picture"].child_blocks
    assert chooser["image"].model_class is ArchiveImage  # The site's blocks are as before.
    assert (copied.title, copied.alt_text_en) == ("Quay", "Cranes")
    assert raw(ArticlePage.objects.get().body_en)[3]["value"]["image"] == copied.pk


def test_a_page_without_a_date_waits_as_a_draft_and_the_others_go_in(page: NewsPage) -> None:
    NewsPage.objects.filter(pk=page.pk).update(date=None, latest_revision_created_at=None)
    other = page.copy(update_attrs={"slug": "other", "title": "Other"})
    NewsPage.objects.filter(pk=other.pk).update(date=date(2016, 1, 1))
    assert "2 stories: 2 taken over" in move()
    assert [one.live for one in ArticlePage.objects.order_by("print_date")].count(True) == 1
    assert not ArticlePage.objects.get(print_date=None).live
