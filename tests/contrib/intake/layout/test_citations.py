"""Citation lines in their English and Chinese variants."""

from datetime import date

import pytest

from archive.contrib.intake.layout import citations
from archive.contrib.intake.layout.citations import Citation
from archive.contrib.intake.layout.lines import Line
from tests.contrib.intake.texts import parse

DAY = date(2015, 9, 22)


def read_citation(text: str) -> Citation | None:
    return citations.read_citation(Line(1, text))


def day_of(citation: Citation) -> date | None:
    return citation.stamps[0].day if citation.stamps else None


@pytest.mark.parametrize(
    ("line", "publication", "page"),
    [
        ("(China Daily 09/22/2015 page17)", "China Daily", "17"),
        ("(China Daily 09/22/2015 page B8)", "China Daily", "B8"),
        ("(China Daily 09/22/2015 Page b8)", "China Daily", "B8"),
        ("(China Daily USA 09/22/2015 page8)", "China Daily USA", "8"),
        ("(China Daily 09/22/2015 USA page8)", "China Daily USA", "8"),
        ("(USA 09/22/2015 page8)", "USA", "8"),
        ("(China Daily European Weekly 09/22/2015 page 1)", "China Daily European Weekly", "1"),
        ("European Weekly 09/22/2015 page 1", "European Weekly", "1"),
        ("(HK Edition 09/22/2015 page01)", "HK Edition", "1"),
        ("Source: China Daily, 09/22/2015, pages 17-18", "China Daily", "17-18"),
        ("China Daily 2015-09-22 p3", "China Daily", "3"),
        ("(China Daily, September 22, 2015, page 4)", "China Daily", "4"),
        ("(China Daily, Sept. 22, 2015)", "China Daily", None),
        ("(China Daily 22 Sept 2015 page 4)", "China Daily", "4"),
        ("(09/22/2015 page3)", None, "3"),
        ("（中国日报 2015年09月22日 第17版）", "中国日报", "17"),
        ("（中国日报 2015年９月２２日　第１７版）", "中国日报", "17"),
        ("《人民日报》（2015年09月22日 17版）", "人民日报", "17"),
        ("《 人民日报 》（ 2015年09月22日   第 01 版）", "人民日报", "1"),
        ("（《人民日报》2015年9月22日 第 03 版）", "人民日报", "3"),
        ("（来源：中国日报 2015年9月22日 17版）", "中国日报", "17"),
        ("人民日报海外版（2015年09月22日第A03版）", "人民日报海外版", "A03"),
        ("（人民日报 2015年9月22日 星期二 第十七版）", "人民日报", "17"),
        ("（人民日报 2015年9月22日头版）", "人民日报", "1"),
        ("中国日报2015-09-22 第二十版", "中国日报", "20"),
        ("THE ASHPORTER, TUESDAY, SEPTEMBER 22, 2015      9", "THE ASHPORTER", "9"),
        ("海边都市报　2015年09月22日　版次：GB16", "海边都市报", "GB16"),
        ("* The Harbor Times, Tuesday 22 September 2015", "The Harbor Times", None),
    ],
)
def test_reads_a_citation(line: str, publication: str | None, page: str | None) -> None:
    citation = read_citation(line)
    assert citation is not None
    assert (citation.publication, day_of(citation), citation.page) == (publication, DAY, page)
    assert citation.left == []


@pytest.mark.parametrize(
    ("line", "publication", "page"),
    [
        ("The Harbor Times (Ashport)", "The Harbor Times (Ashport)", None),
        ("海边晚报　A2　要闻", "海边晚报", "A2"),
        ("海边周刊 2006年第31期 | 封面故事", "海边周刊", None),
        ("原创 王其多 青石故事 2022-11-03 20:30 发表于浙江", "青石故事", None),
        ("HBRD 海边日报", "HBRD 海边日报", None),
        ("The Ashport Beacon (Ashport, NT : 1921 - 1954), 14 March 1931, page 7",
         "The Ashport Beacon", "7"),
        ("The star. [volume] (Ashport, Utah) 1902-1911, April 19, 1908, Page 3", "The star", "3"),
        ("Ashport Tidings (OR) - Wednesday, May 3, 2006", "Ashport Tidings", None),
        ("\"A Bridge.\" Ashport Times, 5 Mar. 1936, p. 14. An Archive.", "Ashport Times", "14"),
    ],
)  # fmt: skip
def test_reads_a_papers_other_lines(line: str, publication: str | None, page: str | None) -> None:
    citation = read_citation(line)
    assert citation is not None
    assert (citation.publication, citation.page) == (publication, page)


@pytest.mark.parametrize("line", ["上 / 下一篇新聞", "Staff Reporter"])
def test_navigation_posts_and_agencies_are_no_papers(line: str) -> None:
    citation = read_citation(line)
    assert citation is None or citation.publication is None


@pytest.mark.parametrize(
    "line",
    [
        "The port opened on 09/22/2015.",
        "(Photo taken 2015-09-22)",
        "He came to China on September 22, 2015",
        "2015年9月22日，湛江市举行会议。",
        "（2015年9月22日摄）",
        "See page 17",
    ],
)
def test_a_date_alone_is_no_citation(line: str) -> None:
    assert read_citation(line) is None


@pytest.mark.parametrize(
    "name", ["China Daily", "People's Daily", "中国日报", "《人民日报》"[1:-1]]
)
def test_a_papers_name_in_brackets_cites_it_without_a_date(name: str) -> None:
    citation = read_citation(f"({name})")
    assert citation is not None
    assert (citation.publication, day_of(citation)) == (name, None)


def test_a_european_date_is_read_with_a_doubt() -> None:
    citation = read_citation("(China Daily 22/09/2015 page 4)")
    assert citation is not None
    assert day_of(citation) == DAY
    assert citation.stamps[0].is_day_first


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("(China Daily 13/33/2015 page 4)", "13/33/2015"),
        ("（中国日报 2015年2月30日 第4版）", "2015年2月30日"),
    ],
)
def test_a_date_that_does_not_exist_is_kept_for_the_editor(line: str, kept: str) -> None:
    citation = read_citation(line)
    assert citation is not None
    assert (day_of(citation), citation.page, citation.left) == (None, "4", [kept])


def test_words_after_the_chinese_page_are_the_section() -> None:
    citation = read_citation("（人民日报 2015年09月22日 第17版：要闻）")
    assert citation is not None
    assert (citation.page, citation.section) == ("17", "要闻")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("He agreed. (China Daily 09/22/2015 page17)", "He agreed."),
        ("他同意。（中国日报 2015年09月22日 第17版）", "他同意。"),
    ],
)
def test_a_citation_ends_a_paragraph(line: str, text: str) -> None:
    split = citations.split_citation(Line(1, line))
    assert split is not None
    assert (split[0].text, split[2].page) == (text, "17")


@pytest.mark.parametrize("line", ["The dynasty (1644-1911)", "He agreed (in 2015).", "他（李娜）"])
def test_other_brackets_end_a_paragraph_uncut(line: str) -> None:
    assert citations.split_citation(Line(1, line)) is None


@pytest.mark.parametrize(
    ("line", "page", "section"),
    [
        ("报章 | A12 | 经济观察 | By 石未央", "A12", "经济观察"),
    ],
)
def test_a_page_stands_beside_a_section(line: str, page: str, section: str | None) -> None:
    found = read_citation(line)
    assert found is not None
    assert (found.page, found.section) == (page, section)


@pytest.mark.parametrize("name", ["Sister Cities Sampler", "Harbour Life"])
def test_what_follows_who_signs_names_the_paper_of_a_dated_page(name: str) -> None:
    found = read_citation(f"By Peter Lindqvist / {name}, Aug 18, 2014, page 5")
    assert found is not None
    assert (found.publication, found.page, found.section) == (name, "5", None)
    assert [one.name for one in found.signatures] == ["Peter Lindqvist"]


@pytest.mark.parametrize(
    ("citation", "section"),
    [
        ("Harbour Daily, 22 September 2015, page 17, Harbour Life", "Harbour Life"),
        ("(Harbour Daily 09/22/2015 page17, Harbour Life)", "Harbour Life"),
        ("《海边日报》（2015年9月22日 第17版：海港生活）", "海港生活"),
        ("Harbour Daily, 22 September 2015, page 17, as printed on Sunday", None),
    ],
)
def test_the_words_behind_a_page_name_the_papers_own_section(
    citation: str, section: str | None
) -> None:
    found = citations.read_citation(Line(1, citation))
    assert found
    assert (found.page, found.section) == ("17", section)


@pytest.mark.parametrize("line", ["June 31, 2012", "(China Daily June 31, 2012)"])
def test_a_day_that_no_calendar_has_waits_as_it_was_printed(line: str) -> None:
    text = f"Port opens\n\nBy Li Na\n\nThe port is new.\n\nTwo ships left.\n\n{line}\n"
    article = parse(text)
    assert (article.unplaced, article.missing) == ((line,), [line])
    assert "The date of the citation does not exist: June 31, 2012." in article.warnings


@pytest.mark.parametrize(
    ("line", "section", "page"),
    [
        ("CITY, Page 5", "CITY", "5"),
        ("Page B3, Harbor Life", "Harbor Life", "B3"),
        ("第12版　影像", "影像", "12"),
    ],
)
def test_a_name_beside_a_page_s_number_is_its_section(line: str, section: str, page: str) -> None:
    citation = read_citation(line)
    assert citation is not None
    assert (citation.section, citation.page) == (section, page)


@pytest.mark.parametrize("line", ["as it says on page 5", "第12版的广告登错了地方", "李娜 第12版"])
def test_other_words_beside_a_page_are_no_section(line: str) -> None:
    citation = read_citation(line)
    assert citation is None or citation.section is None


def test_who_signs_may_stand_beside_the_section() -> None:
    citation = read_citation("OPINION | Li Na")
    assert citation is not None
    assert (citation.section, [one.name for one in citation.signatures]) == ("OPINION", ["Li Na"])


def test_a_count_of_comments_is_no_section() -> None:
    citation = read_citation("2015-09-22 10:17　来源：海边晚报　　评论(26)")
    assert citation is not None
    assert (citation.publication, citation.section) == ("海边晚报", None)


@pytest.mark.parametrize(
    ("line", "publication"),
    [
        (
            "This article appears in print on Sept. 22, 2015, Page 17 of the City edition of The "
            "Harbor Times with the headline: Route.",
            "The Harbor Times",
        ),
        (
            'Grange, Li. "Who owns a kettle?" Harbor Telegraph [Bristol, England], 22 Sept. 2015, '
            "p. 17. Some Database. Accessed 6 May 2020.",
            "Harbor Telegraph",
        ),
        ("[1]李娜.江豚回来了[N].海边日报,2015-09-22(017).", "海边日报"),
    ],
)
def test_a_reference_says_where_a_story_was_in_print(line: str, publication: str) -> None:
    citation = read_citation(line)
    assert citation is not None
    assert (citation.publication, day_of(citation), citation.page) == (publication, DAY, "17")


def test_a_databases_reference_names_who_signs_before_the_paper() -> None:
    line = "Gunn, Fiona; Hay, Peter. Harbor Argus; Oban (UK) [Oban]. 22 Sep 2015: 5."
    citation = read_citation(line)
    assert citation is not None
    assert (citation.publication, day_of(citation), citation.page) == ("Harbor Argus", DAY, "5")
    assert [one.name for one in citation.signatures] == ["Fiona Gunn", "Peter Hay"]


def test_a_pictures_number_is_no_page_with_a_section() -> None:
    assert read_citation("Laserphoto PX2") is None


def test_a_number_between_dots_is_the_page_and_a_post_in_capitals_no_name() -> None:
    found = read_citation(
        "Amble Daily Mail · 17 Nov 2022 · 9 · HEALTH · By Rosalind Keane HEALTH REPORTER"
    )
    assert found is not None
    assert (found.publication, found.page, found.section) == ("Amble Daily Mail", "9", "HEALTH")
    assert [one.name for one in found.signatures] == ["Rosalind Keane"]


def test_words_in_columns_behind_a_page_name_its_section() -> None:
    found = read_citation("2013-07-05  星期五  2版  今日看点")
    assert found is not None
    assert (found.page, found.section) == ("2", "今日看点")
