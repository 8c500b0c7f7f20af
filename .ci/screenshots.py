"""Takes pictures of the demo: `screenshots.py [page …]`.

Serves a copy of the demo on a free port, looks at each page in both languages at two or three
widths, and writes docs/screenshots/<page>-<language>-<width>.jpg. A story's ways of reading are
also looked at in the dark (…-dark) and as they are printed (…-print). None of these is in git; of
those that the README shows, the upper part is also written, small, to docs/screenshots/readme.
"""

import atexit
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.dev"
# Playwright's event loop runs in this thread, and Django would refuse to query beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def use_a_copy() -> None:
    """The scenes at the desk change stories: those of a copy of the demo's SQLite file."""
    from django.conf import settings

    original = Path(str(settings.DATABASES["default"]["NAME"]))
    folder = tempfile.mkdtemp(prefix="newsroom-screenshots-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    copy = Path(folder) / original.name
    with sqlite3.connect(original) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    settings.DATABASES["default"]["NAME"] = str(copy)
    os.environ["DATABASE_URL"] = f"sqlite:///{copy}"


use_a_copy()
django.setup()

from desk_scenes import leave_names_untagged, scenes, show_suggestions  # noqa: E402
from django.urls import reverse  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright  # noqa: E402
from wagtail.users.models import UserProfile  # noqa: E402

from archive.models import ArticlePage, IssuePage, Translation  # noqa: E402
from newsroom.demo.people import ACCOUNTS  # noqa: E402
from tests.browser.chromium import FLAGS, find_chromium  # noqa: E402
from tests.services.postgres import free_port  # noqa: E402

FOLDER = Path(os.environ.get("SCREENSHOTS", ROOT / "docs" / "screenshots"))
LANGUAGES = ("en", "zh-hans")
SIZES = ((1280, 900), (390, 844))
# The desk's least width for a day's work is a tablet's.
DESK_SIZES = (*SIZES, (768, 1024))
QUALITY = 70
# What the README shows: pages and languages, and the size and weight of those pictures.
README = {
    ("home", "zh-hans"), ("story", "en"), ("translator", "zh-hans"), ("editor", "en"),
}  # fmt: skip
README_SIZE, README_BYTES = (900, 633), 100_000
DARK, PRINT = "dark", "print"
# Reading has a layout of its own for a tablet.
READING = ("story", "story-both", "story-reveal")
# A4 less its margins, in CSS pixels.
PAPER = ((658, 986),)
# What is typed into the search box of a page, key by key, before it is looked at.
TYPED = {"search-typed": "zhan"}
START_SECONDS = 60
# Of these pages, and in the dark and on paper, the pictures show so many pixels from the top.
LONG, TOP = {"ties", "timeline", "story-both", "story-reveal"}, 1500
STORY = "china-daily/2015/09/22/city-builds-on-long-history-with-us/"
PUBLIC = {
    "home": "",
    "story": STORY,
    "story-both": f"{STORY}?view=both",
    "story-reveal": f"{STORY}?view=reveal",
    "issue": "sister-cities-sampler/2015/10/24/",
    "year": "sister-cities-sampler/2015/",
    "section": "sister-cities-sampler/city-diplomacy/",
    "entity": "entities/zhanjiang/",
    "ties": "ties/",
    "browse": "browse/",
    "calendar": "browse/2015/10/",
    "paper-page": "browse/2015/10/24/sister-cities-sampler/1/",
    "timeline": "ties/timeline/",
    "charts": "ties/overview/",
    "pair": "ties/atlantic-city/zhanjiang/",
    "city": "cities/chicago/",
    "search": "search/?q=%E6%B9%9B%E6%B1%9F",
    "search-facets": "search/?q=port&year=2015&place=zhanjiang",
    "search-mended": "search/?q=Zhanjang",
    "search-typed": "search/",
    "untranslated": "sister-cities-sampler/1986/11/15/baltimore-xiamen-return-visit/",
}


@dataclass(frozen=True)
class Shot:
    """A page to look at; an admin page is seen as `account` sees it, as far as the window shows."""

    name: str
    path: str
    account: str = ""
    sizes: tuple[tuple[int, int], ...] = SIZES
    # DARK, PRINT, or as a page is by itself.
    look: str = ""
    # What somebody does there before the picture is taken.
    act: Callable[[Page], None] | None = None

    def end(self, width: int) -> str:
        """Of the picture's name; paper has one width only."""
        return {DARK: f"{width}-{DARK}", PRINT: PRINT}.get(self.look, str(width))


def reveal_some(page: Page) -> None:
    """As a reader leaves the page after a minute."""
    for number in (0, 2, 4):
        page.locator("details.reveal > summary").nth(number).click()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.mouse.move(0, 0)


OPENED = {"story-reveal": reveal_some}


def main(names: list[str]) -> None:
    program = find_chromium()
    if program is None:
        sys.exit("No Chromium or Chrome was found; name one with CHROMIUM=/path/to/it.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_site() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        # One after the other: what a scene at the desk changes, the next one's pictures show.
        for shot in all_shots():
            for language in LANGUAGES:
                for size in shot.sizes if not names or shot.name in names else ():
                    picture = take(browser, base, shot, language, size)
                    print(picture.name, flush=True)
                    if (shot.name, language) in README and (size, shot.look) == (SIZES[0], ""):
                        shrink(picture, FOLDER / "readme" / f"{shot.name}-{language}.jpg")
        browser.close()


def all_shots() -> Iterator[Shot]:
    yield from public_shots()
    yield from admin_shots()
    story = ArticlePage.objects.get(slug="city-builds-on-long-history-with-us")
    for name, path, act in scenes(story):
        yield Shot(name, path, "translator", DESK_SIZES, act)
    leave_names_untagged(story)
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    yield Shot("suggestions", edit, "editor", act=show_suggestions)


def public_shots() -> Iterator[Shot]:
    for name, path in PUBLIC.items():
        act = OPENED.get(name)
        yield Shot(name, path, sizes=DESK_SIZES if name in READING else SIZES, act=act)
        if name in READING:
            yield Shot(name, path, sizes=DESK_SIZES, look=DARK, act=act)
            yield Shot(name, path, sizes=PAPER, look=PRINT)


def admin_shots() -> Iterator[Shot]:
    story = ArticlePage.objects.get(slug="city-builds-on-long-history-with-us")
    issue = IssuePage.objects.get(print_date="2015-10-24")
    translation = Translation.objects.get(article=story)
    snippet = Translation.snippet_viewset
    yield Shot("editor", reverse("wagtailadmin_pages:edit", args=[story.pk]), "editor")
    yield Shot("explorer", reverse("wagtailadmin_explore", args=[issue.pk]), "editor")
    edit = reverse(snippet.get_url_name("edit"), args=[translation.pk])
    yield Shot("translator", f"{edit}#row-4", "translator", DESK_SIZES)
    yield Shot("translations", reverse(snippet.get_url_name("list")), "translator")


@contextmanager
def running_site() -> Iterator[str]:
    """The demo's database on a free port of this machine, until the pictures are taken."""
    port = free_port()
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/admin/login/")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def wait_for(address: str) -> None:
    for _attempt in range(START_SECONDS * 2):
        try:
            urllib.request.urlopen(address, timeout=30)  # noqa: S310
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
        else:
            return
    sys.exit(f"The demo doesn't answer at {address}: does `make demo` work?")


def log_in(context: BrowserContext, base: str, username: str, language: str) -> None:
    """Sign in, with the account's own interface language set."""
    UserProfile.objects.filter(user__username=username).update(preferred_language=language)
    password = next(account.password for account in ACCOUNTS if account.username == username)
    page = context.new_page()
    page.goto(f"{base}/admin/login/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_load_state()
    page.close()


def take(browser: Browser, base: str, shot: Shot, language: str, size: tuple[int, int]) -> Path:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if shot.look == DARK else "light",
    )
    path = shot.path if shot.account else f"/{language}/{shot.path}"
    if shot.account:
        log_in(context, base, shot.account, language)
    page = context.new_page()
    page.goto(f"{base}{path}", wait_until="load")
    # Wagtail's editors are built by scripts after the page has loaded.
    page.wait_for_timeout(1500 if shot.account else 200)
    if not shot.account:
        # Pictures further down are loaded when a reader comes near them.
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(400)
        page.evaluate("window.scrollTo(0, 0)")
    if typed := TYPED.get(shot.name):
        page.locator("[name=q]").first.press_sequentially(typed)
        page.get_by_role("option").first.wait_for()
    if shot.act:
        shot.act(page)
    if shot.look == PRINT:
        page.emulate_media(media="print")
    target = FOLDER / f"{shot.name}-{language}-{shot.end(size[0])}.jpg"
    # A long list looks the same all the way down.
    is_cut = shot.look or shot.name in LONG
    top = {"x": 0, "y": 0, "width": size[0], "height": TOP} if is_cut else None
    page.screenshot(
        path=target,
        full_page=not shot.account,
        clip=top,  # type: ignore[arg-type]
        type="jpeg",
        quality=QUALITY,
    )
    context.close()
    return target


def shrink(picture: Path, target: Path) -> None:
    """Write the upper part at the README's size, at the best quality that is light enough."""
    target.parent.mkdir(exist_ok=True)
    width, height = README_SIZE
    with Image.open(picture) as image:
        part = image.crop((0, 0, image.width, image.width * height // width))
        small = part.resize(README_SIZE, Image.Resampling.LANCZOS)
    for quality in range(85, 25, -5):
        small.save(target, quality=quality, optimize=True, progressive=True)
        if target.stat().st_size <= README_BYTES:
            return
    raise ValueError(f"{target} stays above {README_BYTES} bytes.")


if __name__ == "__main__":
    main(sys.argv[1:])
