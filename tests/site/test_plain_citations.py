"""Citations in words, beside what the styles' own examples of newspapers are.

GB/T 7714—2025: 陈缮真. 探索微观世界的无穷奥秘（科技大观）[N/OL]. 人民日报，2022-08-16（17）.
http://…; of a page: [EB/OL]. （2021-04-21）[2023-05-02]. http://…. GB/T 7714—2015: 刘裕国, 杨柳,
张洋, 等. 雾霾来袭, 如何突围[N/OL]. 人民日报, 2013-01-12(4)[2013-11-06]. http://…; names in
Pinyin: LI Jiangning. Chicago: Emmet Oliver, “Aer Lingus to Strengthen Fleet,” Irish Times, February
10, 2006, 14. APA 7: Harlan, C. (2013, April 2).
North Korea vows to restart … The Washington Post, A1, A4. With the day on which the text was read,
since the archive corrects its texts; in the standard of 2025 only what has no page in print has it.
"""

from dataclasses import replace

import pytest
from lxml import etree

from archive.site.citations.records import CitationRecord, CitedName, name_in_parts
from archive.site.citations.styles import (
    APA7,
    GBT7714,
    SHEETS,
    ChicagoNote,
    CSLStyle,
    GBT7714of2015,
    headline_capitals,
    plain_citations,
)
from tests.site.records import (
    ACCESSED,
    CHINESE_ORIGINAL,
    CHINESE_STORY,
    ENGLISH_STORY,
    ENGLISH_TRANSLATION,
    LI_NA,
    REED,
    SAMPLE,
)

VANS = (name_in_parts("Vincent van Gogh"), name_in_parts("Lena van der Berg"))


PEOPLE = tuple(name_in_parts(f"Ann {letter}lark") for letter in "BCDE")


def words(record: CitationRecord, style: type[CSLStyle]) -> str:
    html = etree.fromstring(f"<p>{style().cite(record, ACCESSED)}</p>")
    return str(html.xpath("string()"))


@pytest.mark.parametrize(
    ("style", "record", "expected"),
    [
        (
            GBT7714,
            ENGLISH_STORY,
            "Li Na. City builds on long history with US[N/OL]. China Daily（USA），"
            "2015-09-22（17）. https://archive.example/s/1h2/en/.",
        ),
        (
            GBT7714,
            CHINESE_ORIGINAL,
            "李娜. 木制玩具出港[N/OL]. 中国日报，1998-05-03（4）. https://archive.example/s/2k3/zh/.",
        ),
        (
            GBT7714of2015,
            ENGLISH_STORY,
            "LI Na. City builds on long history with US[N/OL]. China Daily(USA), "
            "2015-09-22(17)[2026-11-25]. https://archive.example/s/1h2/en/",
        ),
        (
            ChicagoNote,
            ENGLISH_STORY,
            "Li Na, “City Builds on Long History with US,” China Daily (USA), September 22, 2015, "
            "17, accessed November 25, 2026, https://archive.example/s/1h2/en/.",
        ),
        (
            ChicagoNote,
            CHINESE_ORIGINAL,
            "李娜, “木制玩具出港” [Wooden Toys Leave the Port], 中国日报, May 3, 1998, 4, "
            "accessed November 25, 2026, https://archive.example/s/2k3/zh/.",
        ),
        (
            APA7,
            ENGLISH_STORY,
            "Li, N. (2015, September 22). City builds on long history with US. China Daily (USA), "
            "17. Retrieved November 25, 2026, from https://archive.example/s/1h2/en/",
        ),
    ],
)
def test_a_story_is_cited_by_its_printed_page(
    style: type[CSLStyle], record: CitationRecord, expected: str
) -> None:
    assert words(record, style) == expected


@pytest.mark.parametrize(
    ("style", "record", "expected"),
    [
        (
            GBT7714,
            CHINESE_STORY,
            "李娜. 湛江续写百年对美交往新篇[EB/OL]. 王芳，译. 报刊资料库（2026-10-08）"
            "[2026-11-25]. https://archive.example/s/1h2/zh/. 译自：Li Na. City builds on "
            "long history with US[N]. China Daily（USA），2015-09-22（17）.",
        ),
        (
            GBT7714of2015,
            CHINESE_STORY,
            "李娜. 湛江续写百年对美交往新篇[EB/OL]. 王芳, 译. 报刊资料库(2026-10-08)[2026-11-25]. "
            "https://archive.example/s/1h2/zh/ (译自: LI Na. City builds on long history with "
            "US[N]. China Daily(USA), 2015-09-22(17))",
        ),
        (
            ChicagoNote,
            CHINESE_STORY,
            "李娜, “湛江续写百年对美交往新篇,” trans. 王芳, 报刊资料库, October 8, 2026, accessed "
            "November 25, 2026, https://archive.example/s/1h2/zh/. Translated from: Li Na, “City "
            "Builds on Long History with US,” China Daily (USA), September 22, 2015, 17.",
        ),
        (
            ChicagoNote,
            ENGLISH_TRANSLATION,
            "Li Na, “Wooden Toys Leave the Port,” trans. Newsroom Archive, October 8, 2026, "
            "accessed November 25, 2026, https://archive.example/s/2k3/en/. Translated from: 李娜, "
            "“木制玩具出港” [Wooden Toys Leave the Port], 中国日报, May 3, 1998, 4.",
        ),
        (
            APA7,
            ENGLISH_TRANSLATION,
            "Li, N. (2026, October 8). Wooden toys leave the port (Newsroom Archive, Trans.). "
            "Newsroom Archive. Retrieved November 25, 2026, from https://archive.example/s/2k3/en/ "
            "(Translated from: 李娜. (1998, May 3). 木制玩具出港 [Wooden toys leave the port]. "
            "中国日报, 4.)",
        ),
    ],
)
def test_a_translation_is_the_archives_and_names_what_was_printed(
    style: type[CSLStyle], record: CitationRecord, expected: str
) -> None:
    assert words(record, style) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "The first ships: a look at what's to come in",
            "The First Ships: A Look at What's to Come In",
        ),
        ("“sister-city” ties of St. Paul", "“Sister-City” Ties of St. Paul"),
        ("What iPhone makers do in the US", "What iPhone Makers Do in the US"),
    ],
)
def test_chicagos_titles_have_headline_capitals(title: str, expected: str) -> None:
    assert headline_capitals(title) == expected


@pytest.mark.parametrize(
    ("style", "beginning"),
    [
        (GBT7714, "City builds on long history with US[N/OL]. China Daily（USA），2015"),
        (ChicagoNote, "“City Builds on Long History with US,” China Daily (USA), September"),
        (APA7, "City builds on long history with US. (2015, September 22). China Daily (USA), 17."),
    ],
)
def test_a_story_that_nobody_signs_begins_with_its_headline(
    style: type[CSLStyle], beginning: str
) -> None:
    assert words(replace(ENGLISH_STORY, authors=()), style).startswith(beginning)


@pytest.mark.parametrize(
    ("style", "authors", "beginning"),
    [
        (GBT7714, (LI_NA, REED), "Li Na，Reed T J. City"),
        (GBT7714, (name_in_parts("Jean-Luc Godard"),), "Godard J-L. City"),
        (GBT7714, PEOPLE, "Blark A，Clark A，Dlark A，et al. City"),
        (GBT7714of2015, (LI_NA, REED), "LI Na, REED T J. City"),
        (GBT7714of2015, PEOPLE, "BLARK A, CLARK A, DLARK A, et al. City"),
        (ChicagoNote, (LI_NA, REED), "Li Na and Tom J. Reed, “City"),
        (ChicagoNote, PEOPLE, "Ann Blark et al., “City"),
        (APA7, (LI_NA, REED), "Li, N., & Reed, T. J. (2015"),
        (APA7, (CitedName(literal="Xinhua"),), "Xinhua. (2015"),
        (APA7, VANS, "van Gogh, V., & van der Berg, L. (2015"),
        (GBT7714of2015, VANS, "VAN GOGH V, VAN DER BERG L. City"),
        (ChicagoNote, VANS, "Vincent van Gogh and Lena van der Berg, “City"),
    ],
)
def test_authors_are_named_as_the_style_names_them(
    style: type[CSLStyle], authors: tuple[CitedName, ...], beginning: str
) -> None:
    assert words(replace(ENGLISH_STORY, authors=authors), style).startswith(beginning)


def test_chinese_authors_beyond_three_are_deng() -> None:
    authors = tuple(CitedName(literal=name) for name in ("刘裕国", "杨柳", "张洋", "李娜"))
    record = replace(CHINESE_STORY, authors=authors, translators=authors)
    text = words(record, GBT7714)
    assert text.startswith("刘裕国，杨柳，张洋，等. 湛江续写")
    assert "[EB/OL]. 刘裕国，杨柳，张洋，等，译. 报刊" in text


@pytest.mark.parametrize(
    ("style", "title", "part"),
    [
        (APA7, "Who pays?", "Who pays? China Daily"),
        (ChicagoNote, "Who pays?", "“Who Pays?,” China Daily"),
        (ChicagoNote, "A “smart” city", "“A ‘Smart’ City,” China Daily"),
        (GBT7714, "A <b>bold</b> & new city", "A <b>bold</b> & new city[N/OL]."),
    ],
)
def test_a_headlines_own_marks_are_respected(style: type[CSLStyle], title: str, part: str) -> None:
    assert part in words(replace(ENGLISH_STORY, title=title), style)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (GBT7714, "US[EB/OL]. Newsroom Archive[2026-11-25]. https://archive.example/s/1h2/en/."),
        (ChicagoNote, "US,” Newsroom Archive, accessed November 25, 2026, https://"),
        (APA7, "Archive project. (n.d.). City builds on long history with US. Newsroom Archive."),
    ],
)
def test_what_was_never_printed_is_cited_as_a_page_of_the_archive(
    style: type[CSLStyle], expected: str
) -> None:
    assert expected in words(SAMPLE, style)


def test_a_translation_of_what_was_never_printed_names_two_pages_of_the_archive() -> None:
    text = words(replace(CHINESE_STORY, original=SAMPLE), GBT7714)
    assert text.endswith(
        "译自：Archive project. City builds on long history with US[EB/OL]. Newsroom "
        "Archive[2026-11-25]. https://archive.example/s/1h2/en/."
    )


def test_what_is_chinese_in_an_english_citation_says_so() -> None:
    by_style = {one.style: one.html for one in plain_citations(ENGLISH_TRANSLATION, ACCESSED, "en")}
    assert '<span lang="zh-Hans">木制玩具出港</span>' in by_style["chicago-note"]
    english = plain_citations(ENGLISH_STORY, ACCESSED, "zh-hans")[0].html
    assert "（USA），" in english
    assert "lang=" not in english


def test_readers_of_each_language_find_their_own_style_first() -> None:
    first = [plain_citations(ENGLISH_STORY, ACCESSED, reader)[0] for reader in ("en", "zh-hans")]
    assert [one.style for one in first] == ["chicago-note", "gb-t-7714"]
    assert "<i>China Daily</i>" in first[0].html


@pytest.mark.parametrize("path", sorted(SHEETS.glob("*.csl")), ids=lambda path: path.stem)
def test_the_styles_keep_to_the_schema(path: object) -> None:
    import citeproc

    schema = etree.RelaxNG(etree.parse(citeproc.SCHEMA_PATH))
    schema.assertValid(etree.parse(str(path)))


@pytest.mark.parametrize(
    ("text", "chinese", "in_order"),
    [
        ("Li Na", "李娜", "Li, Na"),
        ("Na Li", "李娜", "Li, Na"),
        ("Ouyang Xiu", "欧阳修", "Ouyang, Xiu"),
        ("Zhang Xiaoming", "", "Zhang, Xiaoming"),
        ("Mei Lanfen", "", "Mei, Lanfen"),
        ("Lanfen Mei", "", "Mei, Lanfen"),
        ("Mei Lin", "", "Lin, Mei"),
        ("Dan Lane", "", "Lane, Dan"),
        ("Zeng Xiaoyu", "曾小雨", "Zeng, Xiaoyu"),
        ("LIANG QIWEN", "", "LIANG, QIWEN"),
        ("LIANG QIWEN", "梁绮雯", "LIANG, QIWEN"),
        ("Tom J. Reed", "汤姆·里德", "Reed, Tom J."),
        ("Han Solomon", "", "Solomon, Han"),
        ("Vincent van Gogh", "", "van Gogh, Vincent"),
        ("Lena van der Berg", "", "van der Berg, Lena"),
        ("Robert Downing Jr.", "", "Robert Downing Jr."),
        ("Martin King, Jr.", "", "Martin King, Jr."),
        ("李娜", "李娜", "李娜"),
        ("汤姆·里德", "汤姆·里德", "汤姆·里德"),
        ("Xinhua", "新华社", "Xinhua"),
    ],
)
def test_a_name_is_sorted_by_its_family(text: str, chinese: str, in_order: str) -> None:
    assert name_in_parts(text, chinese=chinese).sorted == in_order


@pytest.mark.parametrize(
    ("text", "chinese", "written"),
    [
        ("Li Na", "李娜", "Li Na"),
        ("Na Li", "李娜", "Li Na"),
        ("Tom Reed", "汤姆·里德", "Tom Reed"),
    ],
)
def test_only_chinese_people_are_named_family_first(text: str, chinese: str, written: str) -> None:
    assert str(name_in_parts(text, chinese=chinese)) == written
