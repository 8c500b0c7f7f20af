"""An editor writes stories."""

import pytest
from playwright.sync_api import expect

from archive.models import ArticlePage
from archive.pages.actions import issue_for
from tests.browser import acting
from tests.factories import DAY, make_editor, make_publication


@pytest.mark.parametrize("interface", ["en", "zh-hans"])
def test_a_story_written_under_autosave_is_published_at_its_address(open_tab, interface):
    issue = issue_for(make_publication(), DAY)
    page = open_tab(make_editor(), interface)
    acting.visit(page, "wagtailadmin_explore", issue.pk)
    page.pause
    page.locator(f'a[href*="/pages/add/archive/articlepage/{issue.pk}/"], a[href*="/pages/{issue.pk}/add_subpage/"]').first.click()
    acting.type_into(page, "headline_en", "City builds on history")
    acting.wait_for_autosave(page)
    print(page.url)
    page.screenshot(path=f"/tmp/e2e/t-{interface}.png")
