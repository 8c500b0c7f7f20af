"""No page asks for what the content security policy forbids: the console would say so.

All tests of this folder run under the policy, and none lets a complaint pass: so do those of the
forms, the choosers, the desk and the uploads.
"""

from typing import Any

from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed

from archive.text.language import ENGLISH
from tests.access.kinds import KINDS
from tests.access.newspaper import make_newspaper
from tests.browser import acting
from tests.browser.conftest import OpenTab
from tests.factories import block, make_article
from tests.site.test_players import FRAME, WATCH

POLICY = "content-security-policy"


def look(tab: Page, path: str) -> str:
    """The policy of the page at this address, which is now open; `Witness` hears complaints."""
    answer = tab.goto(path, wait_until="load")
    assert answer is not None
    return answer.headers[POLICY]


def test_readers_pages_need_no_script_or_style_in_the_page(open_tab: OpenTab) -> None:
    make_newspaper()
    tab = open_tab(meets=(404, 503), service_workers="allow")
    one_of_each = {kind.shows: kind for kind in KINDS if kind.status in (200, 404)}
    for kind in one_of_each.values():
        policy = look(tab, kind.address(ENGLISH))
        assert "script-src 'self'; style-src 'self';" in policy, kind
        if kind.awaits:
            expect(tab.locator(kind.awaits)).to_be_visible()


def test_the_admin_may_use_its_own_scripts_but_the_login_is_strict(
    open_tab: OpenTab, admin_user: Any
) -> None:
    story = make_article("Ships")
    assert "unsafe" not in look(open_tab(), "/admin/login/")
    tab = open_tab(admin_user)
    for path in ("/admin/", "/admin/images/", f"/admin/pages/{story.pk}/edit/"):
        assert "script-src-attr 'none'" in look(tab, path)
    acting.preview(tab)


def test_a_player_is_loaded_by_a_click_and_not_before(
    browser: Browser, live_server: LiveServer
) -> None:
    Embed.objects.create(
        url=WATCH, hash=get_embed_hash(WATCH), type="video", title="Ships", html=FRAME
    )
    story = make_article("Harbour", body=[block("embed", {"url": WATCH, "caption": ""})] * 2)
    context = browser.new_context(base_url=live_server.url, service_workers="block")
    asked: list[str] = []

    def play(route: Route) -> None:
        asked.append(route.request.headers["referer"])
        route.fulfill(body="<p>Now playing</p>", content_type="text/html")

    context.route("https://www.youtube.com/**", play)
    tab = context.new_page()
    tab.goto(str(story.get_url()))
    button = tab.get_by_role("button", name="Load the video from youtube.com").first
    button.click(trial=True)
    assert asked == []
    button.click()
    expect(tab.frame_locator("iframe").get_by_text("Now playing")).to_be_visible()
    assert asked == [f"{live_server.url}/"]
    assert tab.locator("iframe").get_attribute("title") == "Ships"
    context.close()
