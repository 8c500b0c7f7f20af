"""The story that everything is measured by, line by line as a reader finds it."""

import pytest

from newsroom.demo.stories import DATA, SEED
from tests.seed_story import make_seed_story
from tests.site.reading import address, one, opened_at, words

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture(scope="module")
def pages(make_once):
    return make_once(read_seed_story)


def read_seed_story():
    article = make_seed_story()
    return {code: opened_at(address(article, code)) for code in ("en", "zh-hans")}


# The file has a typewriter's quotation marks.
STRAIGHT = str.maketrans("“”’", '""\'')


def shown(page) -> str:
    return " ".join(page.select_one("main").get_text().translate(STRAIGHT).split())


def test_each_printed_line_is_there_or_said_to_be_left_out(pages) -> None:
    page = pages["en"]
    text = shown(page)
    *lines, caption, source = (DATA / f"{SEED}.txt").read_text(encoding="utf-8").split("\n")
    contact = next(line for line in lines if line.startswith("Contact the writer at"))
    lines.remove(contact)
    lines += caption.strip(" |").split(". ")
    assert [line for line in lines if line not in text] == []
    assert contact.split()[-1] not in text
    assert "was printed below the story" in words(page, ".contact")
    assert source == "(China Daily 09/22/2015 page17)"
    assert words(page, ".citation cite") == "China Daily, 22 September 2015, page 17"


def test_what_stands_in_for_the_printed_picture_says_so_once(pages) -> None:
    said = {}
    for code in pages:
        figure = one(pages[code], "figure")
        assert figure.img
        said[code] = words(figure, ".credit")
    assert said == {
        "en": "Drawing by the archive. The printed picture, provided to China Daily, is not held.",
        "zh-hans": "插图由本资料库绘制。原刊图片系提供给《中国日报》的图片，本资料库未收存。",
    }


def test_the_translations_page_says_what_was_printed_and_who_translated(pages) -> None:
    page = pages["zh-hans"]
    original = page.select_one(".citation cite")
    assert original["lang"] == "en"
    assert original.get_text() == (
        "City builds on long history with US. China Daily, 22 September 2015, page 17"
    )
    assert words(page, ".translation").startswith("译文 本资料库译，")


def test_what_a_story_also_mentions_stands_by_kind(pages) -> None:
    kinds = {
        code: [kind.get_text() for kind in pages[code].select(".names-kind")] for code in pages
    }
    assert kinds == {
        "en": ["Event", "Organisation", "Place", "Topic"],
        "zh-hans": ["事件", "机构", "地点", "主题"],
    }
    places = pages["en"].select(".names-mentioned:has(.names-kind)")[2]
    assert "Seattle" in [name.get_text() for name in places.select("a")]
