"""Who logs in again in another tab, or is logged out, loses nothing of a form that stands open."""

from urllib.parse import unquote_plus

import pytest
from django.utils.crypto import get_random_string
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.admin.models import EditingSession

from archive.desk.editor.forms import TARGET, field_name
from archive.models import ArticlePage, Translation
from archive.text.language import ENGLISH
from tests.browser import acting
from tests.factories import make_article, make_editor, make_translator, make_user

FORMS = ["translation", "story"]


@pytest.fixture(params=FORMS)
def form(request, open_tab, live_server, translation):
    """A form with a new headline, its person, and what the newest version has of it."""
    is_story = request.param == "story"
    thing = make_article("Old words") if is_story else translation
    name = "headline_en" if is_story else field_name(TARGET, "headline")
    person = make_editor() if is_story else make_translator("li")
    page: Page = open_tab(person, meets=(403,))
    acting.edit(page, thing)
    acting.wait_until_watched(page)

    def stored() -> str:
        if is_story:
            newest = ArticlePage.objects.get(pk=thing.pk).get_latest_revision_as_object()
            return str(newest.source("headline"))
        draft = Translation.objects.get(pk=thing.pk).get_latest_revision_as_object()
        return "".join(one.target for one in draft.segments.all() if one.key == "headline")

    return page, name, person, stored


def log_in_again(page: Page, person: object, address: str) -> None:
    """As in another tab: another session, and another token."""
    page.context.clear_cookies()
    acting.sign_in(page.context, person, ENGLISH, address)
    token = {"name": "csrftoken", "value": get_random_string(32), "url": address}
    page.context.add_cookies([token])


def test_a_form_goes_with_the_token_of_a_later_login(form, live_server):
    page, name, person, stored = form
    log_in_again(page, person, live_server.url)
    acting.type_into(page, name, "New words")
    acting.press(page)
    expect(acting.messages(page)).to_be_visible()
    expect(acting.field(page, name)).to_have_value("New words")
    assert stored() == "New words"


def test_a_form_that_cannot_be_sent_stays_with_its_words(form, live_server):
    page, name, person, stored = form
    page.context.clear_cookies()
    acting.type_into(page, name, "New words")
    save = page.locator("footer button.action-save:not([name])")
    save.click()
    expect(acting.messages(page)).to_contain_text("You are logged out")
    expect(save).to_be_enabled()
    expect(acting.field(page, name)).to_have_value("New words")
    log_in_again(page, person, live_server.url)
    acting.press(page)
    assert stored() == "New words"


@pytest.mark.parametrize("form", ["story"], indirect=True)
def test_an_autosave_without_its_session_says_so(form):
    page, name, _person, _stored = form
    page.context.clear_cookies()
    acting.type_into(page, name, "New words")
    expect(acting.autosave_says(page, "paused")).to_be_visible()
    said = page.locator(".messages, footer")
    expect(said.get_by_text("You are logged out").first).to_be_visible()
    expect(page.get_by_text("A server error occurred")).to_have_count(0)


# Of an app around the archive, of Wagtail's own, of the archive's rows.
SCREENS = {
    "find and replace": ("archive_replacement:replace_in_mine", "find"),
    "new group": ("wagtailusers_groups:add", "name"),
    "term": ("wagtailsnippets_archive_glossaryterm:add", "term_en"),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_no_form_of_the_admin_is_sent_without_its_session(open_tab, live_server, screen: str):
    person = make_user("boss", is_superuser=True)
    page: Page = open_tab(person, meets=(403,))
    name, field = SCREENS[screen]
    acting.visit(page, name)
    box = page.locator(f'main [name="{field}"]')
    box.fill("New words")
    page.context.clear_cookies()
    # However far down one is.
    page.evaluate("document.querySelector('main').style.paddingBottom = '200vh'")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    box.evaluate("box => box.form.requestSubmit()")
    said = page.locator(".messages, footer").get_by_text("You are logged out").first
    expect(said).to_be_in_viewport()
    expect(box).to_have_value("New words")
    acting.sign_in(page.context, person, ENGLISH, live_server.url)
    with page.expect_request(lambda request: request.is_navigation_request()) as sent:
        box.press("Enter")
    assert "New words" in unquote_plus(sent.value.post_data)


def test_wagtails_own_requests_go_with_the_token_of_a_later_login(open_tab, live_server):
    person = make_editor()
    page: Page = open_tab(person)
    with page.expect_response("**/editing-sessions/ping/**"):
        acting.edit(page, make_article("Old words"))
    log_in_again(page, person, live_server.url)
    # As when its person comes back to this tab: Wagtail says who is editing.
    with page.expect_response("**/editing-sessions/ping/**") as pinged:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert pinged.value.status == 200


def test_wagtails_scripts_have_the_archives_words(open_tab):
    page: Page = open_tab(make_editor(), "zh-hans")
    acting.edit(page, make_article("Old words"))
    assert page.evaluate("[gettext('Insert a block'), gettext('Character count:')]") == [
        "插入内容块",
        "字数：",
    ]


def test_what_wagtails_scripts_submit_goes_with_the_token_of_a_later_login(open_tab, live_server):
    person = make_editor()
    page: Page = open_tab(person)
    acting.edit(page, make_article("Old words"))
    log_in_again(page, person, live_server.url)
    # As its dashboard and its lists approve and unlock: a form that no button submits.
    token = page.evaluate(
        """() => {
          const form = document.createElement("form");
          const input = document.createElement("input");
          [input.name, input.value] = ["csrfmiddlewaretoken", "of the former session"];
          form.append(input);
          document.body.append(form);
          return new FormData(form).get("csrfmiddlewaretoken");
        }"""
    )
    assert token == page.evaluate("window.ArchiveSession.token()") != "of the former session"


def test_the_bar_on_readers_pages_opens_without_a_script_error(open_tab, live_server):
    page: Page = open_tab(make_editor())
    page.goto(f"{live_server.url}{make_article().url}")
    page.locator("wagtail-userbar").get_by_role("button").first.click()
    expect(page.locator("wagtail-userbar").get_by_role("menuitem").first).to_be_visible()


def test_a_comment_in_a_window_of_another_user_is_held_back(open_tab, live_server, translation):
    person = make_translator("li")
    page: Page = open_tab(person, meets=(403,))
    acting.edit(page, translation)
    acting.wait_until_watched(page)
    with page.expect_response("**/sidebar/**"):
        acting.target_box(page, acting.FIRST).focus()
    box = page.locator("[data-desk-comment]")
    page.locator(".archive-desk__folded summary").click()
    box.fill("Is it the old port?")
    acting.sign_in(page.context, make_translator("wang"), ENGLISH, live_server.url)
    box.press("Control+Enter")
    expect(page.locator("[data-desk-sidebar] [role=alert]")).to_contain_text("Another user")
    expect(box).to_have_value("Is it the old port?")
    assert not translation.comments.exists()
    acting.sign_in(page.context, person, ENGLISH, live_server.url)
    box.press("Control+Enter")
    expect(box).to_have_value("")
    assert translation.comments.get().author == person


@pytest.mark.parametrize(
    ("locale", "button"),
    [pytest.param("en-GB", "Sign in", marks=pytest.mark.exhaustive), ("zh-CN", "登录")],
)
def test_sign_in_page_speaks_the_browsers_language(
    browser: Browser, live_server: LiveServer, locale: str, button: str
) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/login/")
    expect(page.get_by_role("button", name=button)).to_be_visible()
    context.close()


def test_editor_signs_in(page, live_server: LiveServer, admin_user) -> None:
    page.goto(f"{live_server.url}/admin/login/")
    page.get_by_label("Username").fill(admin_user.get_username())
    page.locator("input[name=password]").fill("password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Dashboard").first).to_be_visible()


def test_a_window_that_was_closed_without_a_line_is_soon_nobodys(open_tab):
    article = make_article("Harbour notes")
    page = open_tab(make_editor("lin"))
    acting.edit(page, article)
    acting.wait_until_watched(page)
    context = page.context
    closed = EditingSession.objects.get()
    other = context.new_page()
    context.set_offline(True)
    page.close()
    context.set_offline(False)
    acting.edit(other, article)
    for _again in range(20):
        if not EditingSession.objects.filter(pk=closed.pk).exists():
            break
        acting.pause(other, 250)
    assert not EditingSession.objects.filter(pk=closed.pk).exists()
    assert EditingSession.objects.count() == 1
