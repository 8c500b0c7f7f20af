"""A list may leave out the stories that aren't in the reader's language."""

import pytest

from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_article, make_section, translate
from tests.site.reading import address, one, opened

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("of", ["section", "publication"])
@pytest.mark.parametrize(
    ("language", "headlines"), [(ENGLISH, ["Ships", "Port"]), (CHINESE, ["港口", "山"])]
)
def test_stories_of_the_other_language_are_left_out(
    of: str, language: str, headlines: list[str]
) -> None:
    section = make_section()
    make_article("Ships", section=section, slug="ships")
    translate(make_article("Port", section=section, slug="port"), headline="港口")
    story = make_article("山", section=section, slug="shan", language=CHINESE)
    page = section if of == "section" else story.publication
    link = opened(page, language).select_one('a[href="?only=read"]')
    assert link["rel"] == ["nofollow"]
    narrowed = opened(page, language, "?only=read")
    assert {head.get_text() for head in narrowed.select(".card .headline")} == {*headlines}
    assert not narrowed.select("main .only")
    assert "2" in narrowed.select_one("#stories, .page-head .filing").get_text()
    assert one(narrowed, "meta[name=robots]")["content"] == "noindex, follow"
    assert one(narrowed, "link[rel=canonical]")["href"].endswith(address(page, language))
    # And back.
    assert narrowed.select(f'a[href="{address(page, language)}"], a[href="?"]')


def test_where_all_can_be_read_nothing_is_offered() -> None:
    section = make_section()
    make_article("Ships", section=section)
    assert not opened(section, ENGLISH).select('a[href="?only=read"]')
