"""The panel of suggested names: one key an answer, and nothing that is typed gets lost."""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from archive.contrib.name_suggestions.models import SuggestionDecision
from archive.models import ArticlePage
from archive.text.richtext import without_block_keys
from tests.browser import acting
from tests.factories import make_article, make_body, make_editor, make_entity

SEATTLE = "Ships leave for Seattle. Then Zhanjiang saw Seattle again."


@pytest.fixture
def seattle():
    make_entity()
    return make_entity("seattle", "Seattle", "西雅图", country="US")


def items(page: Page) -> Locator:
    return page.locator("[data-suggestion]")


def item(page: Page, name: str) -> Locator:
    return items(page).filter(has=page.locator("strong", has_text=name))


def draft_of(story: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=story.pk).get_latest_revision_as_object()


def text_of(story: ArticlePage) -> str:
    return without_block_keys(str(draft_of(story).body_en[0].value.source))


def open_panel(page: Page, story: ArticlePage) -> None:
    page.goto(f"{reverse('wagtailadmin_pages:edit', args=[story.pk])}#suggestions")
    expect(items(page).first).to_be_focused()


def test_answers_with_one_key_each(open_tab, seattle):
    story = make_article("Ships", body=make_body(SEATTLE))
    page = open_tab(make_editor())
    open_panel(page, story)
    seen = items(page).count()
    item(page, "Seattle").focus()
    page.keyboard.press("t")
    role = item(page, "Seattle").get_attribute("data-role")
    page.keyboard.press("a")
    # The keys stay in the list, whatever Wagtail does with the row that was added.
    expect(item(page, "Zhanjiang")).to_be_focused()
    page.keyboard.press("r")
    expect(page.locator("[data-said]")).to_contain_text("Zhanjiang is rejected")
    acting.press(page)
    expect(acting.messages(page)).to_contain_text("updated")
    draft = draft_of(story)
    assert [(one.entity, one.role) for one in draft.entity_tags.all()] == [(seattle, role)]
    mark = f'<a linktype="entity" id="{seattle.pk}">Seattle</a>'
    assert text_of(story) == f"<p>{SEATTLE.replace('Seattle', mark, 1)}</p>"
    verdicts = SuggestionDecision.objects.values_list("entity__key", "verdict")
    assert set(verdicts) == {("seattle", "accepted"), ("zhanjiang", "rejected")}
    acting.edit(page, story)
    expect(items(page)).to_have_count(seen - 2)


def test_an_answer_is_undone_without_a_trace(open_tab, seattle):
    story = make_article("Ships", body=make_body(SEATTLE))
    page = open_tab(make_editor())
    open_panel(page, story)
    item(page, "Seattle").get_by_role("button", name="Accept").click()
    page.keyboard.press("u")
    expect(item(page, "Seattle")).to_be_focused()
    acting.press(page)
    draft = draft_of(story)
    assert not draft.entity_tags.all()
    assert text_of(story) == f"<p>{SEATTLE}</p>"
    assert not SuggestionDecision.objects.exists()


@pytest.mark.exhaustive
def test_suggests_for_words_that_are_not_saved_and_keeps_them(open_tab, seattle):
    story = make_article("Ships", body=make_body("Nothing yet. "))
    page = open_tab(make_editor())
    acting.edit(page, story)
    acting.write(acting.editor_in(acting.body_blocks(page, "en").first), "Seattle has a port.")
    new = acting.add_block(page, "en", "paragraph")
    acting.write(acting.editor_in(new), "Zhanjiang too.")
    acting.choose_tab(page, 1)
    page.get_by_role("button", name="Suggest again").click()
    for name in ("Seattle", "Zhanjiang"):
        item(page, name).get_by_role("button", name="Accept").click()
    acting.press(page)
    draft = draft_of(story)
    assert {one.entity.key for one in draft.entity_tags.all()} == {"seattle", "zhanjiang"}
    texts = [str(block.value.source) for block in draft.body_en]
    assert ">Seattle</a> has a port." in texts[0]
    assert ">Zhanjiang</a> too." in texts[1]


@pytest.mark.exhaustive
def test_picks_one_of_several_in_chinese(open_tab):
    make_entity("portland-me", "Portland", "波特兰", country="US", region_zh_hans="缅因州")
    make_entity("portland-or", "Portland", "波特兰", country="US", region_zh_hans="俄勒冈州")
    story = make_article("Ships", body=make_body("Ships leave Portland."))
    page = open_tab(make_editor(), "zh-hans")
    open_panel(page, story)
    picked = items(page).locator("[data-candidate]").nth(1)
    expect(picked).to_contain_text("州")
    page.keyboard.press("2")
    acting.press(page)
    (tag,) = draft_of(story).entity_tags.all()
    assert f'id="{tag.entity_id}"' in text_of(story)
    assert SuggestionDecision.objects.get(subject="question").entity == tag.entity
