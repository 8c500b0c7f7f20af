"""What stands beside an old version of a translation is about that one, not about the newest."""

import bs4
import pytest

from tests.desk.helpers import Person, again, translation_of
from tests.factories import make_article, make_body, make_translator

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
RIGHT, WRONG = "来了40艘船。", "来了50艘船。"


def test_an_old_translation_has_its_own_findings_and_page(li: Person) -> None:
    def words(url: str) -> str:
        return bs4.BeautifulSoup(li.client.get(url).content, "html.parser").text

    translation = translation_of(make_article(body=make_body("There came 40 ships.")))
    form = li.edits(translation)
    key = form.keys()[1]
    form.put(key, WRONG).save()
    old = again(translation).latest_revision
    Person(make_translator("wang")).edits(translation).put(key, RIGHT).save()
    shown = bs4.BeautifulSoup(li.reverts(translation, old).response.content, "html.parser")
    desk = shown.select_one("[data-archive-desk]")
    assert WRONG in shown.select_one(".archive-findings-panel").text
    assert WRONG in words(desk["data-findings-url"])
    assert WRONG in words(desk["data-page-url"])
    assert WRONG in words(f"{desk['data-sidebar-url']}&key={key}")
    newest = desk["data-sidebar-url"].partition("?")[0]
    assert WRONG not in words(f"{newest}?key={key}")
