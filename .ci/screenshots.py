"""Takes pictures of the demo for the documentation: run it through `make screenshots`."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.dev"
django.setup()

from django.urls import reverse  # noqa: E402
from django.utils.translation import override  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from archive.models import ArticlePage, HomePage, Translation  # noqa: E402
from archive.text.language import LANGUAGES  # noqa: E402
from newsroom.demo.people import ACCOUNTS  # noqa: E402
from tests.browser.chromium import FLAGS, find_chromium  # noqa: E402
from tests.services.postgres import free_port  # noqa: E402

TARGET = ROOT / "docs" / "screenshots"
STORY = "zhanjiang-2015-09-22"
START_SECONDS = 30
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Shot:
    """A picture: its file's name, the address, the window, and who is signed in."""

    name: str
    path: str
    viewport: dict[str, int]
    account: str = ""


def main() -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    shots = [*public_shots(), *admin_shots()]
    with running_site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        for shot in shots:
            take(browser, address, shot)
            print(f"docs/screenshots/{shot.name}.png")
        browser.close()
    return 0


def public_shots() -> Iterator[Shot]:
    home = HomePage.objects.live().first()
    story = ArticlePage.objects.get(slug=STORY)
    for language in LANGUAGES:
        with override(language):
            yield Shot(f"front-page-{language}", path_of(home), WIDE)
            yield Shot(f"story-{language}", path_of(story), WIDE)
            yield Shot(f"story-{language}-phone", path_of(story), NARROW)
            yield Shot(f"ties-{language}", reverse("archive:tie_index"), WIDE)
            place = reverse("archive:entity", args=["zhanjiang"])
            yield Shot(f"city-{language}", place, WIDE)


def admin_shots() -> Iterator[Shot]:
    story = ArticlePage.objects.get(slug=STORY)
    translation = Translation.objects.get(article=story)
    edit_story = reverse("wagtailadmin_pages:edit", args=[story.pk])
    edit_translation = reverse(
        Translation.snippet_viewset.get_url_name("edit"), args=[translation.pk]
    )
    yield Shot("admin-story", edit_story, WIDE, "editor")
    yield Shot("admin-translation", edit_translation, WIDE, "translator")


def path_of(page: HomePage | ArticlePage) -> str:
    """The address without its host: a demo of one site."""
    return page.get_url_parts()[2]


@contextmanager
def running_site() -> Iterator[str]:
    """Serve the demo's database on a free port of this machine."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(f"{address}/admin/login/")
            yield address
        finally:
            server.terminate()


def wait_for(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310
            return
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


def take(browser: Browser, address: str, shot: Shot) -> None:
    context = browser.new_context(viewport=shot.viewport, locale="en-GB")
    page = context.new_page()
    if shot.account:
        sign_in(page, address, shot.account)
    response = page.goto(address + shot.path, wait_until="networkidle")
    if not response or not response.ok:
        sys.exit(f"{shot.path} answers {response.status if response else 'nothing'}.")
    page.screenshot(path=TARGET / f"{shot.name}.png")
    context.close()


def sign_in(page: Page, address: str, username: str) -> None:
    account = next(account for account in ACCOUNTS if account.username == username)
    page.goto(f"{address}/admin/login/")
    page.locator("input[name=username]").fill(account.username)
    page.locator("input[name=password]").fill(account.password)
    page.locator("button[type=submit]").click()
    page.wait_for_url(f"{address}/admin/")


if __name__ == "__main__":
    sys.exit(main())
