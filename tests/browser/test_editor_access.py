"""The editor's screens by WCAG 2.2 AA: no fault in the archive's own markup, light and dark.

What Wagtail's own markup lacks is Wagtail's to mend, such as the names of text editors in blocks.
"""

from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.auth.models import User
from playwright.sync_api import Page

from archive.models import PublicationPage
from archive.text.language import CHINESE, ENGLISH
from tests.browser.acting import NARROW, WIDE
from tests.browser.conftest import OpenTab
from tests.factories import make_article, make_section

# Elements whose classes or ids are the archive's own, with all below them.
OWN = "[class*='archive-'], [id^='archive-'], [data-archive-label], [data-archive-language]"
VIOLATIONS = """async (own) => {
  if (!document.querySelector(own)) return [];
  const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
  const include = [...document.querySelectorAll(own)];
  const exclude = [".Draftail-Editor", "[data-streamfield-child]"];
  const found = await axe.run({ include, exclude }, rules);
  return found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]);
}"""
IS_TOO_WIDE = "document.documentElement.scrollWidth > innerWidth + 1"
STILL_MS = 600


def screens(story: Any) -> list[str]:
    add = f"/admin/pages/add/archive/articlepage/{PublicationPage.objects.get().pk}/"
    return [
        "/admin/",
        "/admin/stories/",
        "/admin/stories/?status=live&source_language=en",
        "/admin/stories/choose_parent/",
        "/admin/stories/views/add/?status=live",
        f"/admin/bulk/archive/articlepage/edit/?id={story.pk}",
        "/admin/archive-setup/",
        "/admin/guide/editor/",
        "/admin/import/new/",
        f"{add}?template=feature&language=en",
        f"/admin/pages/{story.pk}/edit/",
        f"/admin/pages/{story.pk}/history/",
        "/admin/unfiled/",
    ]


def faults(tab: Page, path: str, scheme: str) -> list[str]:
    tab.emulate_media(color_scheme=scheme)
    tab.wait_for_timeout(STILL_MS)
    found = tab.evaluate(VIOLATIONS, OWN)
    return [f"{path} ({scheme}): {rule}: {nodes[:2]}" for rule, nodes in found]


@pytest.mark.exhaustive
@pytest.mark.parametrize("interface", [ENGLISH, CHINESE])
def test_the_editors_screens_are_open_to_everyone(open_tab: OpenTab, interface: str) -> None:
    story = make_article(section=make_section())
    story.save_revision()
    admin = User.objects.create_superuser("ada", "ada@example.org", "password")
    tab = open_tab(admin, interface, viewport=WIDE, bypass_csp=True)
    found: list[str] = []
    for path in screens(story):
        response = tab.goto(path)
        assert response is not None
        assert response.status == 200, path
        tab.evaluate(AXE_SCRIPT)
        for scheme in ("light", "dark"):
            found += faults(tab, path, scheme)
        tab.set_viewport_size(NARROW)
        tab.wait_for_timeout(STILL_MS)
        found += [f"{path}: too wide"] if tab.evaluate(IS_TOO_WIDE) else []
        tab.set_viewport_size(WIDE)
    assert not found, "\n".join(found)
