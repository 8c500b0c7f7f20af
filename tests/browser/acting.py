"""What people do at the newsroom's screens, whatever language the screens are in."""

import re
import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, Route, expect
from wagtail.users.models import UserProfile

from archive.desk.editor.forms import TARGET, field_name
from archive.stories.blocks import BodyBlock
from archive.text.language import column

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}
PATIENCE_MS, POLL_MS = 30_000, 100
# The paragraphs of the story that the desk's tests translate.
FIRST, SECOND = (f"00000000-0000-4000-8000-{number:012d}" for number in (901, 902))

# Knows when the form has begun to watch what is typed (after two seconds, at times in two steps;
# what it holds by then it takes for what it was loaded with), and which state of it the last
# autosave has saved.
WATCH_FORM = """
    const own = /^(loaded_revision_|overwrite_revision_|comments-|next$|csrf)|-(id|INITIAL_FORMS)$/;
    const state = (data) =>
      JSON.stringify([...data].filter(([name]) => !own.test(name)).map(String));
    addEventListener("w-unsaved:watch-edits", () => {
      clearTimeout(window.watching);
      window.watching = setTimeout(() => { window.formIsWatched = true; }, 500);
    });
    addEventListener("w-autosave:save", (event) => {
      window.sentState = state(event.detail.formData);
    });
    addEventListener("w-autosave:success", () => { window.savedState = window.sentState; });
    window.formIsSaved = () =>
      window.savedState === state(new FormData(document.querySelector("[data-edit-form]")));
"""
# What the desk keeps in this browser.
PASTE = """([html, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", text);
  const pasted = { clipboardData, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", pasted));
}"""
KEPT = "window.ArchiveDesk.kept.under('archive-desk')"
# Draftail hands its text to the form a quarter of a second after the last key.
DRAFTAIL_MS = 300

expect.set_options(timeout=PATIENCE_MS)


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


def edit(page: Page, thing: Any) -> None:
    """Open a page's or a translation's form."""
    if hasattr(thing, "get_edit_url"):
        page.goto(thing.get_edit_url())
    else:
        visit(page, "wagtailadmin_pages:edit", thing.pk)


def wait_until(page: Page, condition: str | Callable[[], object]) -> None:
    """Until this expression is true in the page, or this function says so.

    Playwright's own `wait_for_function` uses `eval`, which the content security policy forbids.
    """
    until = time.monotonic() + PATIENCE_MS / 1000
    while not (condition() if callable(condition) else page.evaluate(condition)):
        assert time.monotonic() < until, condition
        # To ask costs some milliseconds of the processor, here and in the browser.
        page.wait_for_timeout(POLL_MS)


def pause(page: Page, ms: int) -> None:
    """By the page's own clock, after its own timers: a busy machine is late with everything."""
    page.evaluate(f"new Promise((resolve) => setTimeout(resolve, {ms}))")


def wait_for_frames(page: Page) -> None:
    """Until the page is drawn as it stands, and what watches sizes has had its say."""
    frame = "new Promise((resolve) => requestAnimationFrame(resolve))"
    page.evaluate(f"{frame}.then(() => {frame}).then(() => null)")


class Held(list[Route]):
    """Requests to such an address, which wait from now on until the test lets them go on."""

    def __init__(self, page: Page, address: re.Pattern[str]) -> None:
        super().__init__()
        self.page, self.is_over = page, False
        page.route(address, self.take)

    def take(self, route: Route) -> None:
        if self.is_over:
            route.continue_()
        else:
            self.append(route)

    def wait(self) -> None:
        """Until one has been sent."""
        wait_until(self.page, lambda: self)

    def release(self) -> None:
        """These go on, and no later one waits."""
        self.stop()
        for route in self:
            route.continue_()

    def stop(self) -> None:
        """These wait for ever, and no later one does."""
        self.is_over = True


def wait_until_watched(page: Page) -> None:
    """Until the form would autosave what is typed from now on."""
    wait_until(page, "window.formIsWatched || window.ArchiveDesk?.flushAll")


def wait_until_kept(page: Page, *texts: str) -> None:
    """Until the desk has these words on this browser's disk; without any, until it keeps none."""

    def is_kept() -> bool:
        kept = str(page.evaluate(KEPT))
        return all(text in kept for text in texts) if texts else kept == "[]"

    wait_until(page, is_kept)


# The form and its buttons


def choose_tab(page: Page, number: int) -> None:
    """Counted from the left, from 0."""
    page.get_by_role("tab").nth(number).click()


def field(page: Page, name: str) -> Locator:
    """An input by its name in the form."""
    return page.locator(f'[data-edit-form] [name="{name}"]')


def type_into(page: Page, name: str, text: str) -> None:
    """Type key by key, in place of what is there: scripts that follow the keys take part."""
    box = field(page, name)
    box.click()
    box.press("ControlOrMeta+a")
    box.press_sequentially(text)
    box.blur()


def pick_date(page: Page, name: str, day: str) -> None:
    """Type a date, and leave the calendar that pops up."""
    box = field(page, name)
    box.fill(day)
    # It comes a moment after the focus: left before, it would stay open over the form's buttons.
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    expect(calendar).to_be_visible()
    box.press("Tab")
    expect(calendar).to_have_count(0)


def wait_for_autosave(page: Page) -> None:
    """Until the form says that everything typed so far is saved, and it is."""
    pause(page, DRAFTAIL_MS)
    if page.locator("[data-archive-desk]").count():
        expect(desk_says(page, "saved")).to_be_visible()
        return
    wait_until(page, "window.formIsSaved()")
    expect(autosave_says(page, "saved")).to_be_visible()


def autosave_says(page: Page, state: str) -> Locator:
    """Wagtail's word on autosave: "saving", "saved" or "paused"."""
    return page.locator(f".w-autosave-indicator__state--{state}")


def desk_says(page: Page, state: str) -> Locator:
    """The desk's word on all its segments: "saved", "saving", "offline", "conflict"…"""
    return page.locator(f'[data-desk-summary][data-kind="{state}"]')


def press(page: Page, action: str = "") -> None:
    """Save the draft, or "publish", "submit"…; returns once the answer is on the screen."""
    footer = page.locator("footer")
    button = footer.locator(
        f'[name="action-{action}"]' if action else "button.action-save:not([name])"
    )
    # Else it might be this page's own that is awaited below.
    page.wait_for_load_state()
    if not button.is_visible():
        footer.locator('[data-w-dropdown-target="toggle"]').click()
    # Not merely another address: autosave gives a new page's form the one of the saved page.
    with page.expect_event("load"):
        button.click()
        # The desk asks about drafts.
        if (ask := page.locator("[data-desk-drafts-go]")).is_visible():
            ask.click()


def preview(page: Page) -> FrameLocator:
    """Open the panel that shows the page as readers will see it."""
    page.locator('[data-side-panel-toggle="preview"]').click()
    frame = page.frame_locator("[data-side-panel='preview'] iframe").last
    # Another mode that is chosen while the first is on its way gets lost in Wagtail's panel.
    frame.locator("article").wait_for()
    return frame


def messages(page: Page) -> Locator:
    """The bar at the top that tells what came of it."""
    return page.locator(".messages")


def errors(page: Page) -> Locator:
    """What the form says is wrong, at its fields and in its body."""
    return page.locator(":is(.error-message, .help-critical):visible")


# The body's StreamField


def add_block(page: Page, language: str, kind: str, interface: str = "en") -> Locator:
    """Append a block to the body in a language; gives the block."""
    blocks = body_blocks(page, language)
    number = blocks.count()
    stream = page.locator(f'[data-contentpath="{column("body", language)}"]')
    stream.locator("button.c-sf-add-button:visible").last.click()
    with translation.override(interface):
        label = str(BodyBlock().child_blocks[kind].label)
    page.get_by_role("option", name=label, exact=True).click()
    expect(blocks).to_have_count(number + 1)
    return blocks.nth(number)


def body_blocks(page: Page, language: str) -> Locator:
    stream = page.locator(f'[data-contentpath="{column("body", language)}"]')
    return stream.locator("> * [data-streamfield-stream-container] > [data-streamfield-child]")


def editor_in(part: Locator) -> Locator:
    return part.locator(".public-DraftEditor-content").first


def write(editor: Locator, text: str) -> None:
    """Type into a rich text editor, after what is there."""
    editor.click()
    editor.press("ControlOrMeta+End")
    editor.press_sequentially(text)
    expect(editor).to_contain_text(text)


# The translators' desk


def compose(page: Page, letters: str) -> None:
    """An input method composes these, and isn't done."""
    method = page.context.new_cdp_session(page)
    cursor = {"selectionStart": len(letters), "selectionEnd": len(letters)}
    method.send("Input.imeSetComposition", {"text": letters, **cursor})


def desk_row(page: Page, key: str) -> Locator:
    """The row of a segment: its source, its translation, its note."""
    return page.locator(f'[data-desk-row][data-key="{key}"]')


def target_box(page: Page, key: str) -> Locator:
    """Where a segment's translation is typed; an editor starts once it is on the screen."""
    row = desk_row(page, key)
    row.scroll_into_view_if_needed()
    box = row.locator("[data-desk-field] :is(textarea, .public-DraftEditor-content)").first
    box.wait_for()
    return box


def work_in(page: Page, key: str) -> None:
    """Click into a segment's text; returns once what helps with it is on the screen."""
    target_box(page, key).click()
    expect(page.locator("[data-desk-aids]")).not_to_have_attribute("inert", "")


def translate(page: Page, texts: dict[str, str]) -> None:
    """Type translations into the rows of these segments, plain or rich."""
    for key, text in texts.items():
        box = target_box(page, key)
        if desk_row(page, key).locator(".Draftail-Editor").count():
            write(box, text)
        else:
            type_into(page, field_name(TARGET, key), text)


def paste(page: Page, html: str, text: str) -> None:
    """Where the cursor is; "" for a kind that the clipboard hasn't got."""
    page.evaluate(PASTE, [html, text])
