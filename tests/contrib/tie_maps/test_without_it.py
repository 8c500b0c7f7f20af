"""The archive without the app has ties as lists; another app may show them in its own way."""

from typing import Any

import pytest
from django.test import Client
from django.utils.safestring import mark_safe
from wagtail import hooks

from archive.site.caching.purge import _tie_lists
from archive.site.names.displays import TieDisplay, TieFormat
from archive.stories.form_panels import StoryFormPanel
from archive.stories.models import ArticlePage
from archive.stories.panels import article_edit_handler
from tests.factories import make_home, make_publication
from tests.site.reading import opened_at
from tests.ties.places import tie

pytestmark = pytest.mark.django_db

PAGES = ("/en/ties/", "/en/cities/zhanjiang/", "/en/ties/atlantic-city/zhanjiang/")


@pytest.fixture(autouse=True)
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    make_home()
    tie(since="2005")
    for name in ("tie_display", "story_form_panel"):
        hooks.get_hooks(f"register_archive_{name}")
        monkeypatch.setitem(hooks._hooks, f"register_archive_{name}", [])


class Clock(TieDisplay):
    def pages(self) -> dict[str, str]:
        return {"tie_index": "List", "entity_index": "Clock"}

    def formats(self) -> list[TieFormat]:
        return [TieFormat("txt", "Text", "text/plain", lambda ties: str(len(list(ties))))]

    def of_ties(self, request: Any, ties: Any, page: dict[str, Any]) -> str:
        return mark_safe(f"<p class='clock'>{page['total']}</p>")

    def of_city(self, request: Any, city: Any, lines: Any) -> str:
        return mark_safe(f"<p class='clock'>{len(lines)}</p>")

    def of_pair(self, request: Any, one: Any, two: Any, lines: Any) -> str:
        return mark_safe("<p class='clock'>1</p>")


def test_ties_are_lists_with_a_timeline_and_a_table() -> None:
    for path in PAGES:
        page = opened_at(path)
        assert page.select("main svg") == []
        assert page.select(".tie-views, main .skip") == []
    assert [link.text for link in opened_at(PAGES[0]).select(".downloads a")] == ["CSV"]
    assert Client().get(f"{PAGES[0]}?format=geojson")["Content-Type"].startswith("text/html")
    assert [path.rpartition("/ties")[2] for path in _tie_lists()] == ["/"]
    make_publication()
    assert "timeline" not in Client().get("/sitemap-en-pages-0.xml").getvalue().decode()


def test_an_app_shows_them_in_its_own_way() -> None:
    with hooks.register_temporarily("register_archive_tie_display", Clock):
        for path in PAGES:
            assert [one.text for one in opened_at(path).select(".clock")] == ["1"]
        page = opened_at(PAGES[0])
        assert [link.text for link in page.select(".tie-views a")] == ["List", "Clock"]
        assert Client().get(f"{PAGES[0]}?format=txt").content == b"1"


def test_a_storys_form_has_the_panels_of_apps_below_its_names() -> None:
    def panels() -> list[str]:
        tab = article_edit_handler().bind_to_model(ArticlePage).children[1]
        return [type(one).__name__ for one in tab.children]

    own = panels()
    assert "LocatorMapPanel" not in own
    with hooks.register_temporarily("register_archive_story_form_panel", StoryFormPanel):
        assert panels() == [*own[:1], "StoryFormPanel", *own[1:]]
