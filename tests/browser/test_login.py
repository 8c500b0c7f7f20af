"""The admin's front door, in both languages."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer


@pytest.mark.parametrize(("locale", "button"), [("en-GB", "Sign in"), ("zh-CN", "登录")])
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
