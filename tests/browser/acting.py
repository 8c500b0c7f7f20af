"""What people do at the newsroom's screens, and what they notice there."""

import re
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect
from wagtail.users.models import UserProfile

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}

# The browser tells of every refused request; the requests themselves are watched already.
_TOLD_TWICE = re.compile(r"Failed to load resource")
# What a form answers when it refuses to save.
_REFUSALS = (400, 409)


class Witness:
    """Notes what should not happen on any screen: script errors, dead links, foreign hosts."""

    def __init__(self, address: str) -> None:
        self.own = (address, "data:", "blob:", "about:")
        self.complaints: list[str] = []

    def watch(self, tab: Page) -> None:
        tab.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        tab.on("console", self._hear)
        tab.on("request", self._see_request)
        tab.on("response", self._see_response)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _TOLD_TWICE.search(message.text):
            self.complaints.append(f"console: {message.text}")

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith(self.own):
            self.complaints.append(f"foreign host: {request.url}")

    def _see_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in _REFUSALS:
            self.complaints.append(f"{response.status}: {response.url}")


def sign_in(context: BrowserContext, user: User, interface: str, address: str) -> None:
    """A session without the login form, in this interface language."""
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = interface
    profile.save()
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])


def visit(page: Page, name: str, *args: Any) -> None:
    """Go to a view by its name."""
    page.goto(reverse(name, args=args))


# The form and its buttons


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def box(page: Page, name: str) -> Locator:
    """A plain input by its name in the form."""
    return page.locator(f'[data-edit-form] [name="{name}"]')


def type_into(page: Page, name: str, text: str) -> None:
    """Type as one does, key by key: scripts that follow the keys take part."""
    field = box(page, name)
    field.click()
    field.press("Control+a")
    field.press_sequentially(text)
    field.blur()


def wait_for_autosave(page: Page) -> None:
    """Until the form says that everything typed so far is saved."""
    expect(indicator(page, "saved")).to_be_visible()
    expect(page.locator("[data-edit-form]")).not_to_have_attribute("data-w-unsaved-has-edits-value", "true")


def indicator(page: Page, state: str) -> Locator:
    """Wagtail's word on autosave: "saving", "saved" or "paused"."""
    return page.locator(f".w-autosave-indicator__state--{state}")


def press(page: Page, action: str = "") -> None:
    """Save (no action), or "publish", "submit"…, from the menu if it is there; waits for the answer."""
    button = page.locator(f'button[name="action-{action}"]' if action else "button.action-save")
    if not button.is_visible():
        page.locator("footer .w-dropdown-button [data-w-dropdown-target='toggle']").click()
    with page.expect_navigation():
        button.click()


def messages(page: Page) -> Locator:
    return page.locator(".messages")


# The body's StreamField


def add_block(page: Page, body: Locator, name: str) -> Locator:
    """Append a block by its label; gives the block."""
    body.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=name, exact=True).click()
    return body.locator("[data-streamfield-child]").last


def editor_in(block: Locator) -> Locator:
    return block.locator(".public-DraftEditor-content").first


def write(editor: Locator, text: str) -> None:
    """Type into a rich text editor, after what is there."""
    editor.click()
    editor.press("Control+End")
    editor.press_sequentially(text)
