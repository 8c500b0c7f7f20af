"""A saved page, a web archive and a feed go in as drafts, with nothing of their stories missing."""

from pathlib import Path

import pytest

from archive.models import ArticlePage
from archive.text.language import column
from tests.intake.files import captioned
from tests.intake.formats.test_feeds import RSS
from tests.intake.formats.test_web_pages import ARCHIVE
from tests.intake.importing import body_of, import_paths, latest
from tests.intake.test_nothing_is_lost import strings, words
from tests.intake.webpages.samples import CHINESE_PAGE, ENGLISH_PAGE

pytestmark = pytest.mark.django_db

ENGLISH = """Port opens a new route. Ships reach the south a week sooner. Cranes at the new quay.
Zhao Lei. The port of Zhanjiang opened a new route on Monday, and two ships left for the south
with more than a thousand containers on board. The harbour master said that the ships would need
a week less than they did before, because they no longer have to call at three other ports on
their way. Room for growth. Two more berths are to be built by the end of next year, and the
railway to the harbour is to have a second track, so that goods need not wait for a train.
We have waited ten years for this. Chen Gang, a captain. Berths: two. Cranes: five.
Year Ships 2014 12 2015 31 The city expects that the route will bring work to some four hundred
people in the harbour and in the warehouses around it within the coming two years."""
CHINESE = """湛江港开通新航线。湛江港星期一开通一条新航线，两艘货轮载着一千多个集装箱驶向南方，
港口负责人说这条航线比原来缩短了一个星期的航程。港口明年年底以前还将建成两个新泊位，
通往港区的铁路也要铺设第二条轨道，货物到港以后不必再等候火车，装卸的速度将会明显提高。前景。
市政府预计，新航线在今后两年内将为港区和周围的仓库带来大约四百个就业岗位，
附近的渔民也可以在港口找到工作，不必再到外地去谋生。"""
FEED = """Port opens a new & short route. Ships reach the south a week sooner. Room for growth.
Two berths. The quay."""
FILES = {
    "page.html": (ENGLISH_PAGE.encode(), ENGLISH),
    "old.htm": (CHINESE_PAGE.encode("gb2312"), CHINESE),
    "page.mht": (ARCHIVE.encode(), ENGLISH),
    "feed.rss": (RSS.encode(), FEED),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_becomes_a_draft_with_all_its_words(tmp_path: Path, name: str) -> None:
    data, expected = FILES[name]
    path = tmp_path / f"2015-09-22 {name}"
    path.write_bytes(data)
    import_paths(path)
    [page] = ArticlePage.objects.exclude(**{column("headline", "en"): "Ferries return"})
    draft = latest(page)
    assert not draft.live
    texts = [draft.source(name) for name in ("headline", "standfirst", "dateline")]
    held = "\n".join(filter(None, [*texts, *strings(body_of(draft))]))
    assert not words(expected) - words(held)
    assert not {"cookies", "world", "share", "首", "渔船队"} & set(words(held))


def test_the_folder_that_a_browser_saves_brings_the_pictures(tmp_path: Path) -> None:
    (tmp_path / "port_files").mkdir()
    (tmp_path / "port_files" / "quay.jpg").write_bytes(captioned(""))
    (tmp_path / "port.html").write_text(ENGLISH_PAGE, encoding="utf-8")
    told = import_paths(tmp_path)
    draft = latest(ArticlePage.objects.get())
    [picture] = [block["value"] for block in body_of(draft) if block["type"] == "image"]
    assert picture["image"], told
    assert (picture["caption"], picture["credit"]) == (
        "Cranes at the new quay.",
        "Photo by Zhao Lei",
    )
    quotes = [block["value"] for block in body_of(draft) if block["type"] == "pull_quote"]
    assert quotes == [
        {"quote": "We have waited ten years for this.", "attribution": "Chen Gang, a captain"}
    ]
