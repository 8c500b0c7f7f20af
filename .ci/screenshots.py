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
from datetime import date
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
STORY_DATE = date(2015, 9, 22)
START_SECONDS = 30
SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
WIDTHS = {1280: 900, 390: 844}


@dataclass(frozen=True)
class Shot:
    """A picture: what it shows, in which language, the address, and who is signed in."""

    name: str
    language: str
    path: str
    account: str = ""


def main() -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    shots = [*public_shots(), *admin_shots()]
    with running_site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        for shot in shots:
            for width in WIDTHS:
                file_name = f"{shot.name}-{shot.language}-{width}.jpg"
                take(browser, address, shot, width, TARGET / file_name)
                print(f"docs/screenshots/{file_name}")
        browser.close()
    return 0


def public_shots() -> Iterator[Shot]:
    home = HomePage.objects.live().first()
    story = ArticlePage.objects.get(print_date=STORY_DATE, is_sample=False)
    for language in LANGUAGES:
        with override(language):
            yield Shot("home", language, path_of(home))
            yield Shot("story", language, path_of(story))
            yield Shot("ties", language, reverse("archive:tie_index"))
            yield Shot("city", language, reverse("archive:entity", args=["zhanjiang"]))


def admin_shots() -> Iterator[Shot]:
    """The forms, each in the language of its demo account."""
    story = ArticlePage.objects.get(print_date=STORY_DATE, is_sample=False)
    translation = Translation.objects.get(article=story)
    edit_story = reverse("wagtailadmin_pages:edit", args=[story.pk])
    edit_translation = reverse(
        Translation.snippet_viewset.get_url_name("edit"), args=[translation.pk]
    )
    yield Shot("editor", "en", edit_story, "editor")
    yield Shot("translator", "zh-hans", edit_translation, "translator")


def path_of(page: HomePage | ArticlePage) -> str:
    """The address without its host: a demo of one site."""
    return page.get_url_parts()[2]


@contextmanager
def running_site() -> Iterator[str]:
    """Serve the demo's database on a free port of this machine."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=ROOT, **SILENT) as server:
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


def take(browser: Browser, address: str, shot: Shot, width: int, target: Path) -> None:
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]})
    page = context.new_page()
    if shot.account:
        sign_in(page, address, shot.account)
    response = page.goto(address + shot.path, wait_until="networkidle")
    if not response or not response.ok:
        sys.exit(f"{shot.path} answers {response.status if response else 'nothing'}.")
    page.screenshot(path=target, quality=80)
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
