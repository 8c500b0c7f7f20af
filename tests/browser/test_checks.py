"""The checks beside a story's form, which Wagtail's scripts run in its preview."""

import pytest
from playwright.sync_api import expect

from archive.text.language import CHINESE, ENGLISH
from tests.browser import acting
from tests.factories import make_article, make_body, make_editor, translate

LONG = {ENGLISH: "Long paragraph", CHINESE: "段落过长"}


@pytest.mark.exhaustive
@pytest.mark.parametrize("interface", [ENGLISH, CHINESE])
def test_a_long_paragraph_is_found_in_either_language_s_preview(open_tab, interface):
    article = make_article(body=make_body("The port grows. " * 100))
    translate(article, headline="港口", **{article.source("body")[0].id: "<p>短。</p>"})
    page = open_tab(make_editor(), interface)
    acting.edit(page, article)
    page.click("[data-side-panel-toggle=checks]")
    names = page.locator("[data-side-panel=checks] [data-checks-panel] [data-content-checker-name]")
    expect(names).to_have_text([LONG[interface]])
    page.click("[data-side-panel-toggle=preview]")
    page.select_option("#id_preview_mode", CHINESE)
    page.click("[data-side-panel-toggle=checks]")
    expect(names).to_have_count(0)
