"""Saved pages and web archives: what their story becomes, and that no word is lost."""

import base64
import re
import time
from pathlib import Path

import pytest

from archive.contrib.intake.body import compose
from archive.contrib.intake.documents import SourceDocument
from archive.contrib.intake.formats import recognise
from archive.contrib.intake.record_json import restored, stored
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile
from archive.contrib.web_pages.formats import WebArchive, WebPage
from archive.models import ArticlePage
from tests.contrib.intake.files import captioned
from tests.contrib.intake.formats.documents import document, texts
from tests.contrib.intake.formats.reading import stories, story
from tests.contrib.intake.importing import body_of, import_paths, latest
from tests.contrib.intake.test_nothing_is_lost import words
from tests.contrib.web_pages.samples import BODY, CHINESE_PAGE, ENGLISH_PAGE, LIST_PAGE

PICTURE = b"\xff\xd8\xff" + b"x" * 3000
ARCHIVE = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://harbour.example/trade/port.html
Subject: Port opens
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--edge"

----edge
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64
Content-Location: https://harbour.example/trade/port.html

{base64.b64encode(ENGLISH_PAGE.encode()).decode()}
----edge
Content-Type: image/jpeg
Content-Transfer-Encoding: base64
Content-Location: https://harbour.example/trade/port_files/quay.jpg

{base64.b64encode(PICTURE).decode()}
----edge--
"""


def page(text: str | bytes = ENGLISH_PAGE) -> SourceDocument:
    return document(WebPage(), text)


def test_a_page_keeps_its_storys_structure() -> None:
    found = page()
    assert texts(found, "headline", "standfirst") == [
        "Port opens a new route",
        "Ships reach the south a week sooner",
    ]
    assert texts(found, "quote") == ["We have waited ten years for this.", "— Chen Gang, a captain"]
    assert texts(found, "list_item") == ["Berths: two", "Cranes: five"]
    assert texts(found, "table_row") == ["Year\tShips", "2014\t12", "2015\t31"]
    assert texts(found, "caption", "credit") == ["Cranes at the new quay.", "Photo by Zhao Lei"]
    [subhead] = [line for line in found.lines if line.text == "Room for growth"]
    assert (subhead.kind, subhead.is_emphasised) == ("text", True)


NOTE = "An earlier version of this story gave a wrong number of cranes. It is five, not six."


@pytest.mark.parametrize(
    "note",
    [
        f"<p>Correction: {NOTE}</p></article>",
        f'</article><aside class="correction"><h3>Correction</h3><p>{NOTE}</p></aside>',
        f'<div class="corrections"><p>更正</p><p>{NOTE}</p></div></article>',
    ],
)
def test_a_printed_correction_is_one(note: str) -> None:
    article = story(SHORT_PARTS.format(LEAD).replace("</article>", note).encode())
    assert [one.text for one in article.blocks if one.type == "correction"] == [NOTE]
    assert article.missing == []
    assert compose(article)[-1]["value"] == {"text": f"<p>{NOTE}</p>", "date": None, "words": ""}


def test_a_tables_caption_is_the_tables() -> None:
    caption = "<caption>Corals counted in June</caption><tr>"
    article = story(SHORT_PARTS.format(LEAD).replace("<tr>", caption, 1).encode())
    (table,) = [one["value"] for one in compose(article) if one["type"] == "table"]
    assert (table["table_caption"], table["table_header_choice"]) == (caption[9:-14], "row")
    assert [one.caption for one in restored(stored(article)).blocks if one.type == "table"] == [
        caption[9:-14]
    ]


def test_short_lines_in_a_row_are_paragraphs() -> None:
    rows = "".join(f"<p>Berth {number}: {number} ships</p>" for number in range(12))
    found = page(ENGLISH_PAGE.replace("<ul>", f"{rows}<ul>"))
    assert {f"Berth {number}: {number} ships" for number in range(12)} <= set(
        texts(found, "paragraph")
    )


def test_links_and_emphasis_stay() -> None:
    [first] = [line for line in page().lines if line.text.startswith("The port of")]
    assert '<a href="https://example.org/route">new route</a>' in first.markup
    assert "<i>more than a thousand</i>" in first.markup


def test_what_is_not_the_story_is_furniture() -> None:
    furniture = texts(page(), "furniture")
    assert [text[:19] for text in furniture] == [
        "World Trade | We us",
        "Share WeChat",
        "Related reading | F",
    ]
    assert furniture[-1].endswith("All rights reserved by the publisher.")
    assert not any("Zhanjiang" in text for text in furniture)


SHORT_PARTS = """<nav>Home | News</nav><article><h1>Coral nursery gets a night watch</h1>
<p class=byline>By Qin Lan</p>{}<figure><img src="reef.jpg"><figcaption>The nursery. PHOTO BY QIN
LAN</figcaption></figure><blockquote>We count them like sheep.</blockquote><table><tr><th>Year</th>
<th>Corals</th></tr><tr><td>2013</td><td>1,100</td></tr><tr><td>2015</td><td>2,730</td></tr></table>
<p>The bay has 65 kinds of stony coral.</p></article><footer>Copyright</footer>"""
LEAD = "<p>Volunteers at Xuwen watch the coral nursery by night, three at a time.</p>"


# In one the element that holds nearly all the words is the first paragraph itself.
@pytest.mark.parametrize("lead", [LEAD, f"<p>{LEAD[3:-4] * 15}</p>"])
def test_short_parts_of_the_pages_article_are_the_storys(lead: str) -> None:
    found = page(SHORT_PARTS.format(lead))
    assert texts(found, "quote") == ["We count them like sheep."]
    assert texts(found, "table_row") == ["Year\tCorals", "2013\t1,100", "2015\t2,730"]
    assert texts(found, "text")[-1] == "The bay has 65 kinds of stony coral."
    assert texts(found, "furniture")[-1] == "Copyright"


def test_a_sentence_of_the_pages_article_is_never_left_out_without_a_question() -> None:
    below = "<p>Read more of it in the paper that the county sells on Sundays.</p>"
    found = page(SHORT_PARTS.format(LEAD).replace("</article>", f"{below}</article>"))
    assert texts(found, "unplaced") == [below[3:-4]]


@pytest.mark.parametrize("source", [ENGLISH_PAGE, CHINESE_PAGE, LIST_PAGE])
def test_no_word_of_a_page_is_lost(source: str) -> None:
    found = page(source)
    printed = re.sub("<[^>]*>", " ", source.partition("<body>")[2])
    assert not words(printed) - words(found.text)
    assert all(found.text[slice(*line.span)] == line.text for line in found.lines)


def test_a_picture_beside_the_page_comes_with_it() -> None:
    files = {"port_files/quay.jpg": PICTURE}
    source = SourceFile(Path("port.html"), ENGLISH_PAGE.encode(), files.get)
    [story] = recognise(source).parse(source)
    [image] = story.images
    assert (image.name, image.data, image.alt_text) == ("quay.jpg", PICTURE, "Two cranes")
    assert image.url == "https://harbour.example/trade/port_files/quay.jpg"


def test_a_picture_without_an_address_leaves_its_description() -> None:
    found = page(re.sub(r'<img src="[^"]*"', "<img", ENGLISH_PAGE))
    assert texts(found, "unplaced") == ["Two cranes"]


def test_a_web_archive_holds_page_and_pictures() -> None:
    source = SourceFile(Path("port.mht"), ARCHIVE.encode())
    form = recognise(source)
    assert isinstance(form, WebArchive)
    [found] = form.documents(source)
    assert found.images[0].data == PICTURE
    assert found.metadata.headline == "Port opens a new route"
    assert texts(found, "list_item") == texts(page(), "list_item")


def test_a_web_archive_without_a_page_says_so() -> None:
    source = SourceFile(Path("a.mht"), ARCHIVE.replace("text/html", "text/css").encode())
    with pytest.raises(IntakeError, match="holds no page; save the page again"):
        list(WebArchive().documents(source))


@pytest.mark.parametrize("encoding", ["gb2312", "gb18030", "utf-8", "utf-16"])
def test_an_old_page_is_read_in_its_encoding(encoding: str) -> None:
    found = page(CHINESE_PAGE.encode(encoding))
    story = [text for text in texts(found, "text", "paragraph") if text.endswith("。")]
    assert [text[:5] for text in story] == ["本报湛江9", "港口明年年", "市政府预计"]
    assert "前景" in texts(found, "text")
    assert found.metadata.publication == "港口日报"
    assert texts(found, "furniture") == ["首页 国内 国际", "渔船队回港过冬 海峡轮渡恢复通航"]


def test_a_page_of_several_stories_says_so() -> None:
    assert page(LIST_PAGE).warnings == ("The page holds 3 stories: save the page of each story.",)


def test_a_page_without_a_story_keeps_all_its_words_as_text() -> None:
    found = page("<html><body><a href='/a'>World</a><p>Trade</p></body></html>")
    assert texts(found, "text") == ["World", "Trade"]
    assert found.warnings[0].startswith("No story was found on the page")


@pytest.mark.parametrize(
    "text",
    [
        "<!-- saved from url=(0031)https://harbour.example/port.html -->\n<html><p>a",
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html><p>a',
        "<h1>Port</h1><p>a</p>",
        "\ufeff <DIV>a</DIV>",
    ],
)
def test_pages_are_told_by_their_first_tag(text: str) -> None:
    assert isinstance(recognise(SourceFile(Path("a.txt"), text.encode())), WebPage)


@pytest.mark.parametrize("text", ["<nitf><head/></nitf>", "<rss><channel/></rss>", "<3 is a heart"])
def test_other_files_are_no_pages(text: str) -> None:
    assert not WebPage().recognises(SourceFile(Path("a.html"), text.encode()))


PROSE = "<p>The harbour is open again, and the ships leave it one by one for the south."
# What is repeated, and what stands before and behind it.
HOSTILE = {
    "depth": ("", "<div>", PROSE * 5),
    "tables": ("", "<table><tr><td>", PROSE * 5),
    "a table": ("<table>", "<tr><td>1</td><td>word</td></tr>", "</table>" + PROSE * 5),
    "links": ("", "<a href=x>word</a> ", PROSE * 5),
    "breaks": ("", "word word<br>", ""),
    "classes": ('<div class="', "a-", f'">{PROSE}</div>'),
    "comments": (PROSE, "<p>word<!-- x -->", ""),
    "dates": (PROSE, "<time>May 3 2015", ""),
}


def hostile(case: str, size: int) -> float:
    """Seconds for a page of so many characters."""
    before, piece, behind = HOSTILE[case]
    started = time.process_time()
    found = page(f"<html><body>{before}{piece * (size // len(piece))}{behind}</body></html>")
    assert "word" in found.text or "harbour" in found.text
    return time.process_time() - started


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_page_takes_no_more_than_its_length(case: str) -> None:
    assert hostile(case, 50_000) < 5


@pytest.mark.exhaustive
@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_page_of_a_megabyte_is_read(case: str) -> None:
    assert hostile(case, 1_000_000) < 60


pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(
    ("line", "name", "place", "paper"),
    [
        ("来源：中国日报网 2014-10-15 09:12 作者：杨胜男", "杨胜男", None, "中国日报网"),
        ("By Yang Shengnan in Suixi (China Daily)", "Yang Shengnan", "Suixi", "China Daily"),
    ],
)
def test_who_signs_beside_the_day_is_read(line: str, name: str, place: str, paper: str) -> None:
    text = "Farmers in Suixi county have returned to their groves after the typhoon of July. " * 3
    page = (
        '<html><head><title>Farmers return</title><meta name="pubdate" content="2014-10-15 09:12">'
        f'</head><body><h1>Farmers return</h1><div class="info">{line}</div>'
        f'<div class="content"><p>{text}</p><p>{text}</p></div></body></html>'
    )
    article = story(page.encode(), "a.html")
    assert [(one.name, one.place) for one in article.bylines] == [(name, place)]
    assert (article.publication, str(article.published)) == (paper, "2014-10-15")


@pytest.mark.parametrize(
    ("element", "is_caption"),
    [
        ('<section><img src="a.png" style="width:40px"><section>{}</section></section>', False),
        ('<section style="font-size: 18px"><img src="a.png"><span>{}</span></section>', False),
        ('<section><img src="a.png"><strong>{}</strong></section>', False),
        ('<section><img src="a.png" width="640"><span>{}</span></section>', True),
    ],
)
def test_a_subhead_with_an_ornament_is_no_caption(element: str, is_caption: bool) -> None:
    head = element.format("What comes next")
    found = page(ENGLISH_PAGE.replace("<ul>", f"{head}<ul>"))
    assert ("What comes next" in texts(found, "caption")) is is_caption


def test_a_menus_entries_are_told_apart_without_a_space_between_them() -> None:
    menu = "<nav><a href='/'>Home</a><a href='/sport'>Sport</a></nav>"
    found = page(ENGLISH_PAGE.replace("<body>", f"<body>{menu}", 1))
    assert any("Home Sport" in text for text in texts(found, "furniture"))


def test_a_box_of_facts_amid_the_story_waits_whole() -> None:
    box = "<aside class='infobox'><h3>At a glance</h3><p>The port has been open since 1984. </p>"
    links = "<ul><li><a href='/a'>Ships of the south</a></li></ul>"
    amid = BODY.replace("<ul>", f"{box}<ul><li>Two berths</li></ul>{links}</aside><ul>", 1)
    found = page(ENGLISH_PAGE.replace(BODY, amid))
    assert texts(found, "unplaced") == [
        *("At a glance", "The port has been open since 1984.", "Two berths"),
    ]


@pytest.mark.parametrize(
    ("box", "place"),
    [
        (
            "<aside class='factbox'>%s<ul><li>Opened 1984</li><li>Berths: 9</li></ul></aside>",
            "<ul><li>Be",
        ),
        ("<aside class='box'>%s<ul><li>Opened 1984</li><li>9</li></ul></aside>", "</article>"),
        ("<aside>%s<p>Opened 1984</p></aside>", "<ul><li>Be"),
        ("<div class='sidebar'>%s<ul><li>Opened 1984</li></ul></div>", "<ul><li>Be"),
    ],
)
def test_a_box_without_a_sentence_waits_too(box: str, place: str) -> None:
    box = box % "<h3>In figures</h3>"
    found = page(ENGLISH_PAGE.replace(place, f"{box}{place}", 1))
    waits = texts(found, "unplaced")
    assert waits[:2] == ["In figures", "Opened 1984"]
    assert not set(waits) & set(texts(found, "furniture"))


@pytest.mark.parametrize(
    "box",
    [
        "<aside><h3>Latest news</h3><ul><li><a href='/a'>Ships of the south</a></li></ul></aside>",
        "<aside class='ad'><p>Advertisement</p></aside>",
        "<nav><ul><li>Trade</li><li>Weather</li></ul></nav>",
    ],
)
def test_a_box_of_links_or_of_the_pages_own_is_left_out(box: str) -> None:
    found = page(ENGLISH_PAGE.replace("<ul><li>Berths", f"{box}<ul><li>Berths", 1))
    assert texts(found, "unplaced") == []


def test_a_heading_below_the_headline_is_a_deck_and_the_source_is_the_paper() -> None:
    body = "".join(
        f"<p>第{number}座气象站立在某小学的操场上，由易拉罐和旧闹钟拼成，学生每天读数。</p>"
        for number in range(4)
    )
    page = (
        "<html><head><title>易拉罐气象站_某某在线</title></head><body>"
        "<div>当前位置：某某在线 &gt; 教育 &gt; 校园</div><h1>易拉罐气象站</h1>"
        "<h2>孩子写风向，多报了一场冰雹</h2>"
        "<div>2023-11-20 08:40:12　来源：高原科技报　作者：王伟</div>"
        f"<div>{body}</div></body></html>"
    )
    article = stories(page.encode(), "page.html")[0]
    assert (article.standfirst, article.publication, article.section) == (
        *("孩子写风向，多报了一场冰雹", "高原科技报", "校园"),
    )
    assert str(article.published_at) == "08:40:00"


def test_a_forms_heading_is_no_headline_where_the_page_prints_its_own() -> None:
    title = "The ferry goes at noon again"
    text = "".join(
        f"<p>On day {day} the boat left the slip at twelve, and forty people were on board.</p>"
        for day in range(6)
    )
    said = (
        f'<html><head><meta property="og:title" content="{title}"></head><body><h1>Log In</h1>'
        f"<div>{title}</div><article>{text}</article></body></html>"
    )
    assert stories(said.encode(), "page.html")[0].headline == title


def test_an_elements_name_says_the_section() -> None:
    told = "".join(f"<p>The port opened a new route on Monday, its {n}th.</p>" for n in (4, 5, 6))
    page = f'<body><div class="cat">Harbour</div><h1>Port opens a route</h1>{told}</body>'
    assert story(f"<html>{page}</html>".encode(), "port.html").section == "Harbour"


def test_who_took_the_pictures_beside_who_wrote_is_no_caption() -> None:
    told = "".join(f"<p>湛江港星期一开通了今年第{n}条新航线，货物三天可到。</p>" for n in "四五六")
    head = '<div class="by">记者：李娜　摄影：王伟</div><div>发布时间：2016年12月05日 08:30</div>'
    page = f"<html><body><h1>湛江港开新航线</h1>{head}{told}</body></html>"
    article = story(page.encode(), "port.html")
    assert ([one.name for one in article.bylines], article.captions) == (["李娜"], ())
