"""The main screens of the admin in Chinese: no English but names of products."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Task, Workflow
from wagtail.users.models import UserProfile

from archive.models import ArticlePage, Author, HomePage, PublicationPage, TieEvidence
from archive.text.language import columns
from tests.factories import make_article, make_body, make_entity, make_image, make_tie

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

# Products, formats, keys, a language's name in itself, English that is an example; file endings and
# web addresses.
ALLOWED = re.compile(
    r"Wagtail|GeoNames|Wikidata|OpenRefine|QuickStatements|OpenStreetMap|Markdown|OpenDocument"
    r"|WordPress|Word|Outlook|Natural Earth|English|Ctrl|Alt|Shift|Enter|Esc|Tab|Option|Control"
    r"|Command|Mac|Party chief|chang tan|World = |[\w.-]+\.jpg|https?://[\w./-]+(?:\[my-work\]/)?"
    r"|(?<![A-Za-z])[A-Z][A-Z0-9-]+(?![a-z])|\.[a-z0-9]+(?![A-Za-z])"
)
# Written into Wagtail's templates without gettext, and heard or hidden only.
UNTRANSLATABLE = {
    *(("aria-label", "Actions"), ("value", "Search")),
    *(("text", "True"), ("text", "False"), ("text", "None")),
}
LATIN = re.compile(r"[A-Za-z]{2,}")
SPOKEN = ("title", "aria-label", "placeholder", "alt")
SILENT = ("script", "style", "code", "kbd", "svg", "noscript")


class Seen(HTMLParser):
    """What of a page is read or heard: (where, words)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        self.silent += tag in SILENT
        self.found += [(name, given[name]) for name in SPOKEN if given.get(name)]
        if tag == "input" and given.get("type") in ("submit", "button"):
            self.found.append(("value", given.get("value") or ""))

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.found.append(("text", " ".join(data.split())))


@pytest.fixture
def screens(admin_user: Any, settings: Any) -> list[str]:
    """The addresses of the main screens, with one of each thing on them, in Chinese."""
    settings.WAGTAIL_SITE_NAME = "资料库"
    admin_user.first_name, admin_user.last_name = "静", "林"
    admin_user.username = "1"
    admin_user.save()
    profile = UserProfile.get_for_user(admin_user)
    profile.preferred_language = "zh-hans"
    profile.save()
    names = {**dict.fromkeys(columns("name"), "港口报"), "title": "港口报"}
    for model in (HomePage, PublicationPage):
        model.objects.update(**names)
    Page.objects.update(draft_title="港口报")
    Page.objects.filter(depth=1).update(title="根")
    Task.objects.update(name="审校")
    Workflow.objects.update(name="审校")
    Author.objects.create(name_en="李娜", name_zh_hans="李娜")
    story = make_article("港口开航", language="zh-hans", body=make_body("第一段。"))
    story.save_revision(user=admin_user, log_action=True)
    place, other = (make_entity(f"a{n}", "湛江", "湛江", kind="place") for n in (1, 2))
    tie, image = make_tie(place, other), make_image(title="港口")
    TieEvidence.objects.update(**dict.fromkeys(columns("sentence"), "两市签约。"))
    paper, translation = PublicationPage.objects.get(), story.translations.get()
    page = [reverse(f"wagtailadmin_pages:{name}", args=[story.pk]) for name in PAGES]
    rows = ((one, one._meta.model_name) for one in (translation, place, tie))
    edits = [reverse(f"wagtailsnippets_archive_{name}:edit", args=[one.pk]) for one, name in rows]
    return [
        *page,
        *edits,
        *map(reverse, LISTS),
        reverse("wagtailadmin_explore", args=[story.get_parent().pk]),
        reverse("wagtailadmin_pages:add", args=["archive", "articlepage", paper.pk]),
        reverse("wagtailimages:edit", args=[image.pk]),
        f"/admin/bulk/archive/articlepage/edit/?id={story.pk}",
    ]


PAGES = ("edit", "history", "usage")
LISTS = (
    "wagtailadmin_home",
    "stories:index",
    "stories:choose_parent",
    "archive_import:index",
    "archive_import:new",
    "archive_first_run",
    *(f"wagtailsnippets_archive_{name}:list" for name in ("translation", "entity", "author")),
    "wagtailimages:index",
    "wagtailimages:add_multiple",
    "wagtailadmin_reports:workflow",
)


def menu_of(html: str) -> list[tuple[str, str]]:
    """The labels of the menu, which a script draws."""
    props = re.findall(r'"(?:label|text)": ?("[^"]*")', html)
    return [("menu", json.loads(label)) for label in props]


def english_of(html: str) -> set[tuple[str, str]]:
    seen = Seen()
    seen.feed(html)
    said = {*seen.found, *menu_of(html)} - UNTRANSLATABLE
    return {(where, words) for where, words in said if LATIN.search(ALLOWED.sub("", words))}


def test_the_main_screens_have_no_english(admin_client: Client, screens: list[str]) -> None:
    found: dict[str, set[tuple[str, str]]] = {}
    for path in screens:
        page = admin_client.get(path)
        assert page.status_code == 200, path
        found[path] = english_of(page.content.decode())
    assert len(screens) >= 19
    lines = [f"{path}: {one}" for path, ones in found.items() for one in sorted(ones)]
    assert not lines, "\n".join(lines)


def test_english_would_be_found() -> None:
    page = '<p title="Print date">港口 Wagtail CSV</p><input type="submit" value="Go on">'
    menu = '<script>{"label": "Settings", "text": "Ctrl"}</script><code>Not said</code>'
    found = {("title", "Print date"), ("value", "Go on"), ("menu", "Settings")}
    assert english_of(page + menu) == found
    assert not ArticlePage.objects.exists()
