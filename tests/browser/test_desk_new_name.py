"""A name or a term added from what is selected in both texts of a segment."""

import pytest
from django.contrib.auth.models import Permission
from playwright.sync_api import Page, expect

from archive.models import GlossaryTerm, Translation
from tests.browser import acting
from tests.browser.acting import FIRST
from tests.factories import block, make_article, make_translator

WORDS = "<p>Zhanjiang waited. Its ecological footprint grew.</p>"


def open_desk(open_tab, *rights: str) -> Page:
    translator = make_translator("li")
    translator.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    page: Page = open_tab(translator)
    article = make_article("Harbour notes", body=[block("paragraph", WORDS, FIRST)])
    acting.edit(page, article.translations.get())
    acting.wait_until_watched(page)
    return page


def select(page: Page, words: str) -> None:
    """Words of the source, as a person drags over them; then all that is typed."""
    source = acting.desk_row(page, FIRST).locator("[data-desk-source] p")
    source.evaluate(
        """(paragraph, words) => {
            const text = paragraph.firstChild, at = text.data.indexOf(words);
            getSelection().setBaseAndExtent(text, at, text, at + words.length);
        }""",
        words,
    )
    page.wait_for_timeout(100)
    acting.target_box(page, FIRST).click()
    page.keyboard.press("ControlOrMeta+a")


def test_words_selected_in_both_texts_fill_in_the_form_of_a_name(open_tab) -> None:
    page = open_desk(open_tab, "add_entity", "change_entity")
    box = acting.target_box(page, FIRST)
    box.click()
    page.keyboard.press("Control+Alt+KeyN")
    expect(page.get_by_text("Select the name or term in the source, then its")).to_be_visible()

    page.keyboard.type("湛江")
    select(page, "Zhanjiang")
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+Alt+KeyN")
    form = opened.value
    expect(acting.field(form, "name_en")).to_have_value("Zhanjiang")
    expect(acting.field(form, "name_zh_hans")).to_have_value("湛江")


@pytest.mark.exhaustive
def test_a_dialog_asks_whether_it_is_a_name_or_a_term(open_tab) -> None:
    page = open_desk(open_tab, "add_entity", "add_glossaryterm")
    acting.target_box(page, FIRST).click()
    page.keyboard.type("生态足迹")
    select(page, "Zhanjiang")
    page.keyboard.press("Control+Alt+KeyN")
    dialog = page.get_by_role("dialog", name="Add to the glossary")
    kind = dialog.get_by_label("Kind")
    expect(kind).to_have_value("name")
    expect(dialog.get_by_label("Definition")).to_be_hidden()
    page.keyboard.press("Escape")

    select(page, "ecological footprint")
    page.keyboard.press("Control+Alt+KeyN")
    expect(kind).to_have_value("term")
    expect(dialog.get_by_label("In the source")).to_have_value("ecological footprint")
    expect(dialog.get_by_label("In the translation", exact=True)).to_have_value("生态足迹")
    dialog.get_by_label("Definition").fill("人所占用的土地。")
    dialog.get_by_label("Forbidden forms in the translation").fill("生态足迹")
    dialog.get_by_label("Forbidden forms in the translation").press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("is also listed as allowed")
    dialog.get_by_label("Forbidden forms in the translation").fill("生态脚印")
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(
        page.get_by_text("Added to the glossary: ecological footprint · 生态足迹")
    ).to_be_visible()
    expect(dialog).to_be_hidden()
    # Known at once: underlined, with its definition, completed and checked.
    term = acting.desk_row(page, FIRST).get_by_role("button", name="Insert 生态足迹 for")
    term.hover()
    said = "(term) => getComputedStyle(term, '::after').content"
    assert "人所占用的土地。" in term.evaluate(said)
    box = acting.target_box(page, FIRST)
    expect(box).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("生")
    expect(page.get_by_role("option", name="生态足迹")).to_be_visible()
    page.keyboard.press("Tab")
    expect(box).to_have_text("生态足迹")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("生态脚印")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("“生态脚印” is forbidden: write 生态足迹.").first).to_be_visible()
    stored = GlossaryTerm.objects.get()
    assert (stored.term_en, stored.forbidden_zh_hans) == ("ecological footprint", "生态脚印")
    assert stored.author.username == "li"
    # The form was never sent by it.
    assert Translation.objects.get().latest_revision.content["saved_by_segment"]
