"""A name added from what is selected in both texts of a segment."""

from django.contrib.auth.models import Permission
from playwright.sync_api import expect

from tests.browser import acting
from tests.browser.acting import FIRST
from tests.factories import block, make_article, make_translator


def test_words_selected_in_both_texts_fill_in_the_form_of_a_name(open_tab) -> None:
    translator = make_translator("li")
    rights = Permission.objects.filter(codename__in=["add_entity", "change_entity"])
    translator.user_permissions.add(*rights)
    body = [block("paragraph", "<p>Zhanjiang waited.</p>", FIRST)]
    page = open_tab(translator)
    acting.edit(page, make_article("Harbour notes", body=body).translations.get())
    acting.wait_until_watched(page)
    box = acting.target_box(page, FIRST)
    box.click()
    page.keyboard.press("Control+Alt+KeyN")
    expect(page.get_by_text("Select the name in the source, then its")).to_be_visible()

    page.keyboard.type("湛江")
    source = acting.desk_row(page, FIRST).locator("[data-desk-source] p")
    source.dblclick(position={"x": 8, "y": 8})
    box.click()
    page.keyboard.press("ControlOrMeta+a")
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+Alt+KeyN")
    form = opened.value
    expect(acting.field(form, "name_en")).to_have_value("Zhanjiang")
    expect(acting.field(form, "name_zh_hans")).to_have_value("湛江")
