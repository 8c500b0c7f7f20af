"""Bylines and datelines in their forms."""

import pytest

from archive.contrib.intake.layout.bylines import (
    agencies,
    bare_names,
    desk_editors,
    sign,
    sign_labelled,
)
from archive.contrib.intake.layout.datelines import open_alone, open_story
from tests.contrib.intake.texts import paragraphs, parse

Names = list[tuple[str, str, str | None]]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "By Wang Wei in Beijing and Li Na in New York",
            [("Wang Wei", "reporter", "Beijing"), ("Li Na", "reporter", "New York")],
        ),
        (
            "By WANG WEI and LI NA in Beijing",
            [("WANG WEI", "reporter", "Beijing"), ("LI NA", "reporter", "Beijing")],
        ),
        (
            "By Li Na in Zhanjiang, Guangdong and Wang Wei",
            [("Li Na", "reporter", "Zhanjiang, Guangdong"), ("Wang Wei", "reporter", None)],
        ),
        (
            "By A. J. Smith, Li Na, and Jean de la Cruz",
            [(name, "reporter", None) for name in ("A. J. Smith", "Li Na", "Jean de la Cruz")],
        ),
        ("By WANG WEI East Harbor bureau", [("WANG WEI", "reporter", None)]),
        ("⊙记者 王伟 ○编辑 李娜", [("王伟", "reporter", None), ("李娜", "editor", None)]),
        (
            "By Wang Wei, BBC News, London",
            [("Wang Wei", "reporter", "London")],
        ),
        ("By Wang Wei Our Diplomatic Editor", [("Wang Wei", "reporter", None)]),
        ("編譯王偉明／綜合外電", [("王偉明", "translator", None)]),
        ("採訪．撰文：王偉明", [("王偉明", "reporter", None)]),
        ("By 王伟", [("王伟", "reporter", None)]),
        ("（读者）王伟", [("王伟", "contributor", None)]),
        (
            "[英] 简妮·史密斯 著　王伟 译",
            [("简妮·史密斯", "reporter", None), ("王伟", "translator", None)],
        ),
        ("By Wang Wei (China Daily)", [("Wang Wei", "reporter", None)]),
        ("By Wang Wei for China Daily", [("Wang Wei", "reporter", None)]),
        ("By Wang Wei, Staff Writer", [("Wang Wei", "reporter", None)]),
        ("By Wang Wei, Zhanjiang", [("Wang Wei", "reporter", "Zhanjiang")]),
        ("By Wang Wei @wangwei City Reporter", [("Wang Wei", "reporter", None)]),
        ("By Harbor correspondent Wang Wei", [("Wang Wei", "reporter", None)]),
        ("Wang Wei, Staff writer of The Harbor Monitor", [("Wang Wei", "reporter", None)]),
        ("Wang Wei Harbor correspondent", [("Wang Wei", "reporter", None)]),
        ("Posted by Wang Wei at 09:41 PM", [("Wang Wei", "reporter", None)]),
        (
            "每经记者：王伟    每经编辑：李娜",
            [("王伟", "reporter", None), ("李娜", "editor", None)],
        ),
        ("本报记者 王 伟伟", [("王伟伟", "reporter", None)]),
        ("文‧王伟 圖‧李娜", [("王伟", "reporter", None), ("李娜", "photographer", None)]),
        ("记者 王伟 摄影 李娜", [("王伟", "reporter", None), ("李娜", "photographer", None)]),
        ("【校訊記者王伟報導】", [("王伟", "reporter", None)]),
        ("（海港日报记者 王伟 湛江2月11日电）", [("王伟", "reporter", "湛江")]),
        ("By Wang Wei (Xinhua)", [("Wang Wei", "reporter", None), ("Xinhua", "agency", None)]),
        (
            "By Robert Downing Jr. and Dr. Lin Yao, Ph.D.",
            [("Robert Downing Jr.", "reporter", None), ("Dr. Lin Yao", "reporter", None)],
        ),
        (
            "By Robert Downing, Sr., John Reed III and ANNA REED, JR. in Zhanjiang",
            [
                (name, "reporter", "Zhanjiang")
                for name in ("Robert Downing Sr.", "John Reed III", "ANNA REED JR.")
            ],
        ),
        ("By Xinhua", [("Xinhua", "agency", None)]),
        ("Photos by Li Na", [("Li Na", "photographer", None)]),
        (
            "By LI NA/WANG WEI in San Francisco(China Daily USA)",
            [
                ("LI NA", "reporter", "San Francisco"),
                ("WANG WEI", "reporter", "San Francisco"),
            ],
        ),
        (
            "By Zebulon Quartermain and 赵晓明 in Houston",
            [
                ("Zebulon Quartermain", "reporter", "Houston"),
                ("赵晓明", "reporter", "Houston"),
            ],
        ),
        ("By Jo Smith Of The Gazette", [("Jo Smith", "reporter", None)]),
        ("Jo Smith, Staff Writer", [("Jo Smith", "reporter", None)]),
        (
            "Text by Li Na, photos by Wang Wei",
            [("Li Na", "reporter", None), ("Wang Wei", "photographer", None)],
        ),
        ("Author: Smith, Jo", [("Jo Smith", "reporter", None)]),
        ("Translated by Li Na", [("Li Na", "translator", None)]),
        ("Zhao Lei contributed to this story.", [("Zhao Lei", "additional", None)]),
        ("By Jo Smith, Contributor", [("Jo Smith", "reporter", None)]),
        ("By Jo Smith Staff Writer", [("Jo Smith", "reporter", None)]),
        ("By Jo Smith | For The Star-Ledger", [("Jo Smith", "reporter", None)]),
        ("By Jo Smith for the Daily Mail", [("Jo Smith", "reporter", None)]),
        ("By Jo Smith Updated", [("Jo Smith", "reporter", None)]),
        ("Analysis by Jo Smith", [("Jo Smith", "reporter", None)]),
        (
            "By LI NA | Harbor World",
            [("LI NA", "reporter", None), ("Harbor World", "agency", None)],
        ),
    ],
)
def test_reads_an_english_byline(line: str, names: Names) -> None:
    signature = sign(line)
    assert signature is not None
    assert [(b.name, b.role, b.place) for b in signature.bylines] == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("本报记者 李娜", [("李娜", "reporter", None)]),
        ("本报记者王伟", [("王伟", "reporter", None)]),
        (
            "记者 王　伟 李小娜 湛江报道",
            [("王伟", "reporter", "湛江"), ("李小娜", "reporter", "湛江")],
        ),
        (
            "本报记者 黄伟 自贡报道 汤姆·里德 斯波坎报道",
            [("黄伟", "reporter", "自贡"), ("汤姆·里德", "reporter", "斯波坎")],
        ),
        (
            "新华社记者 王伟、李娜",
            [("新华社", "agency", None), ("王伟", "reporter", None), ("李娜", "reporter", None)],
        ),
        (
            "■ 本报记者 王伟 通讯员 李娜",
            [("王伟", "reporter", None), ("李娜", "contributor", None)],
        ),
        ("文/王伟 图/李娜", [("王伟", "reporter", None), ("李娜", "photographer", None)]),
        ("中国日报记者 李娜 发自湛江", [("李娜", "reporter", "湛江")]),
        ("記者王偉、李娜／台北報導", [("王偉", "reporter", "台北"), ("李娜", "reporter", "台北")]),
        ("【本報記者王偉廣州報道】", [("王偉", "reporter", "廣州")]),
        ("文/图　羊城晚报记者　李娜", [("李娜", "reporter", None)]),
        (
            "撰文：南方日报记者 王伟 通讯员 李娜",
            [("王伟", "reporter", None), ("李娜", "contributor", None)],
        ),
        ("新京报 记者 李娜 编辑 王伟", [("李娜", "reporter", None), ("王伟", "editor", None)]),
        ("（责任编辑：王伟）", [("王伟", "editor", None)]),
        ("编译：约翰·史密斯", [("约翰·史密斯", "translator", None)]),
        (
            "记者◎李  娜　摄影◎王伟",
            [("李娜", "reporter", None), ("王伟", "photographer", None)],
        ),
        (
            "海边日报/大都会·报道：李娜·图片：王伟",
            [("李娜", "reporter", None), ("王伟", "photographer", None)],
        ),
        (
            "晨报记者 王伟 实习生 李小娜/文 晨报记者 李娜/图",
            [
                ("王伟", "reporter", None),
                ("李小娜", "reporter", None),
                ("李娜", "photographer", None),
            ],
        ),
        ("By 記者 李娜／台北報導", [("李娜", "reporter", "台北")]),
        (
            "本报记者  李娜  萨仁其其格",
            [("李娜", "reporter", None), ("萨仁其其格", "reporter", None)],
        ),
    ],
)
def test_reads_a_chinese_byline(line: str, names: Names) -> None:
    signature = sign(line)
    assert signature is not None
    assert [(b.name, b.role, b.place) for b in signature.bylines] == names


@pytest.mark.parametrize(
    "post",
    ["By Wire Services", "By a Staff Reporter", "By Our Correspondent", "By Staff Reports"],
)
def test_a_post_without_a_name_signs_nothing(post: str) -> None:
    assert sign(post) is None


@pytest.mark.parametrize("line", ["据新华社电", "综合新华社报道", "Press Trust of India"])
def test_an_agency_alone_is_one(line: str) -> None:
    assert len(agencies(line)) == 1


@pytest.mark.parametrize("line", ["By land and sea", "By 2020 the port will grow.", "Bye"])
def test_other_english_lines_are_no_bylines(line: str) -> None:
    assert sign(line) is None


@pytest.mark.parametrize("line", ["They contributed to this report.", "By land with ships"])
def test_no_helper_is_without_a_name(line: str) -> None:
    assert sign(line) is None


@pytest.mark.parametrize(
    "line",
    ["湛江打通出海通道", "王伟参与了采访工作。", "王伟 李娜", "记者节到来之际，他说了三点。"],
)
def test_other_chinese_lines_are_no_bylines(line: str) -> None:
    assert sign(line) is None


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Headline\nXinhua\nOne.\nTwo.", "Xinhua"),
        ("Headline\nOne.\nTwo.\nXinhua", "Xinhua"),
        ("Headline\nOne.\nTwo. (Xinhua)", "Xinhua"),
        ("标题\n新华社\n第一段。\n第二段。", "新华社"),
        ("标题\n第一段。\n第二段。（新华社）", "新华社"),
    ],
)
def test_an_agency_signs_a_story(text: str, agency: str) -> None:
    article = parse(text)
    assert [(b.name, b.role) for b in article.bylines] == [(agency, "agency")]
    assert len(paragraphs(article)) == 2
    assert article.captions == ()


def test_the_bylines_paper_counts_where_no_citation_names_one() -> None:
    assert parse("Headline\nBy Li Na (China Daily)\nOne.\nTwo.").publication == "China Daily"


def test_another_papers_name_in_the_byline_is_kept() -> None:
    text = "Headline\nBy Li Na (Global Times)\nOne.\nTwo.\n(China Daily 09/22/2015 page17)"
    article = parse(text)
    assert article.publication == "China Daily"
    assert [b.name for b in article.bylines] == ["Li Na", "Global Times"]


@pytest.mark.parametrize(
    ("line", "dateline", "text"),
    [
        ("ZHANJIANG, Guangdong - The city grows.", "ZHANJIANG, Guangdong", "The city grows."),
        ("BEIJING — China grows.", "BEIJING", "China grows."),
        ("BEIJING, Sept 22 (Xinhua) -- China grows.", "BEIJING, Sept 22", "China grows."),
        ("NEW YORK/BEIJING – Trade grows.", "NEW YORK/BEIJING", "Trade grows."),
        ("ASHPORT, Dec 18: Trade grows.", "ASHPORT, Dec 18", "Trade grows."),
        ("ASHPORT, JUL 21 (PTI) Trade grows.", "ASHPORT, JUL 21", "Trade grows."),
        ("Ashport, 3rd May: Trade grows.", "Ashport, 3rd May", "Trade grows."),
        ("本报湛江9月22日电 （记者 王伟）湛江港扩建。", "本报湛江9月22日电", "湛江港扩建。"),
        ("新华社北京9月22日电 湛江港扩建。", "新华社北京9月22日电", "湛江港扩建。"),
        ("本报讯（通讯员 李娜）湛江港扩建。", None, "湛江港扩建。"),
        ("【海边日报专讯】港口扩建。", None, "港口扩建。"),
    ],
)
def test_a_dateline_opens_the_first_paragraph(line: str, dateline: str | None, text: str) -> None:
    stop = "第二段。" if "电" in line or "讯" in line else "Second."
    article = parse(f"标题或 Headline\n{line}\n{stop}")
    assert article.dateline == dateline
    assert paragraphs(article) == [text, stop]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("湛江——湛江港新码头周一启用，首批两艘货轮靠岸。", "湛江"),
        ("广东湛江——昨日，市长表示，新码头将于下月启用。", "广东湛江"),
        ("臺北──警方周二逮捕兩人。", "臺北"),
        # A person, a word, and places that are the sentence's own beginning.
        ("老王——港口的老船员——周一又出海了。", None),
        ("李娜——码头的人都认识她。", None),
        ("等待——渔民每天都在等待。", None),
        ("春天——渔民开始出海。", None),
        ("湛江——中国大陆最南端的港口城市，正在改变。", None),
        ("湛江——一座因港而兴的城市，正在改变。", None),
        ("湛江——这座城市正在改变。", None),
        ("湛江——是一座港口城市。", None),
        ("湛江——市长表示——将启用新码头。", None),
    ],
)
def test_a_place_before_a_dash_is_a_dateline_where_a_sentence_follows(
    line: str, place: str | None
) -> None:
    article = parse(f"港口启用新码头\n{line}\n港口说，船多了。")
    rest = line.partition("─" if "─" in line else "—")[2][1:] if place else line
    assert (article.dateline, paragraphs(article)[0]) == (place, rest)


def test_places_that_begin_several_paragraphs_are_no_dateline() -> None:
    lines = ["北京——警方周二逮捕两人。", "上海——市长表示，新码头将启用。"]
    article = parse("\n".join(["各地要闻", *lines]))
    assert (article.dateline, paragraphs(article)) == (None, lines)


@pytest.mark.parametrize("line", ["US-China trade - it grows.", "Zhanjiang - the city - grows."])
def test_a_dash_alone_makes_no_dateline(line: str) -> None:
    article = parse(f"Headline\n{line}\nSecond.")
    assert article.dateline is None
    assert paragraphs(article) == [line, "Second."]


def test_only_the_first_paragraph_has_the_dateline() -> None:
    article = parse("Headline\nBEIJING - One.\nTOKYO - Two.")
    assert (article.dateline, paragraphs(article)) == ("BEIJING", ["One.", "TOKYO - Two."])


@pytest.mark.parametrize("line", ["Text: A A A Print", "Share Copied", "COPY LINK SHARE"])
def test_buttons_sign_nothing(line: str) -> None:
    assert sign(line) is None
    assert bare_names(line) == ()


def test_names_in_brackets_end_a_chinese_text() -> None:
    article = parse("标题\n第一段说的是船。\n第二段说的是港。（王伟 李 娜）")
    assert [one.name for one in article.bylines] == ["王伟", "李娜"]


def test_a_reporter_may_open_a_chinese_text() -> None:
    article = parse("标题\n本报记者王伟湛江报道　港口的船多了三成。\n第二段说的是港。")
    assert [(one.name, one.place) for one in article.bylines] == [("王伟", "湛江")]
    assert article.blocks[0].text == "港口的船多了三成。"


@pytest.mark.parametrize("line", ["文化周刊·人物", "文章评论"])
def test_a_word_that_begins_like_a_role_names_nobody(line: str) -> None:
    assert sign(line) is None


def test_who_edited_a_page_in_brackets_signs_no_story() -> None:
    assert desk_editors("（英语角 Helen 编辑）")


@pytest.mark.parametrize(
    ("opening", "names"),
    [
        ("海边讯　记者王伟　通讯员李娜　", ["王伟", "李娜"]),
    ],
)
def test_names_that_open_the_text_sign_it(opening: str, names: list[str]) -> None:
    found = open_story(f"{opening}桥在星期六重新开放，距离洪水已有九年。")
    assert found is not None
    assert [one.name for one in found.bylines] == names


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("本報記者 May Chew／翻譯 周志明", [("May Chew", "reporter"), ("周志明", "translator")]),
        ("（译者：小米 编辑：高琳琳）", [("小米", "translator"), ("高琳琳", "editor")]),
        ("《海边日报》記者葉子豪", [("葉子豪", "reporter")]),
        ("Photos and text by Hong Jianguo", [("Hong Jianguo", "reporter")]),
        ("Additional reporting by Li Na in Harbin", [("Li Na", "additional")]),
        ("(With additional reporting: Li Na)", [("Li Na", "additional")]),
        ("Li Na contributed reporting from Harbin.", [("Li Na", "additional")]),
        ("By Tom Reed, with Li Na in Harbin", [("Tom Reed", "reporter"), ("Li Na", "additional")]),
        (
            "By Tom Reed in Harbin, with additional reporting by Li Na",
            [("Tom Reed", "reporter"), ("Li Na", "additional")],
        ),
        ("本报记者 王伟 参与采写：李娜", [("王伟", "reporter"), ("李娜", "additional")]),
        ("（記者李娜、王偉參與採寫）", [("李娜", "additional"), ("王偉", "additional")]),
        ("本报记者王伟 实习生李娜参与报道", [("王伟", "reporter"), ("李娜", "additional")]),
        ("（实习生李娜对本文亦有贡献）", [("李娜", "additional")]),
        ("【本報訊】記者王偉", [("王偉", "reporter")]),
    ],
)
def test_a_helper_or_a_translator_signs(line: str, people: list[tuple[str, str]]) -> None:
    signature = sign(line)
    assert signature
    assert [(one.name, one.role) for one in signature.bylines] == people


def test_an_agency_signs_its_own_story() -> None:
    text = "Port opens\nXinhua | 2018-09-27 20:41\nURUMQI, Sept. 27 (Xinhua) -- The port opened."
    article = parse(text)
    assert article.publication == "Xinhua"
    assert [(one.name, one.role) for one in article.bylines] == [("Xinhua", "agency")]


def test_names_with_a_blank_in_them_open_a_chinese_story() -> None:
    opening = open_story("【本報記者凌　霄、葉知秋佛山十四日電】鼓點一慢，獅頭便低。")
    assert opening is not None
    assert [one.name for one in opening.bylines] == ["凌霄", "葉知秋"]
    two = open_story("新华社杭州、拉萨9月15日电（记者申屠越、德吉）一把折扇来回三趟。")
    assert two is not None
    assert two.dateline == "新华社杭州、拉萨9月15日电"


def test_a_chinese_dateline_may_have_its_line_alone() -> None:
    alone = open_alone("（中央社記者卓雅筑馬祖26日電）")
    assert alone is not None
    assert ([one.name for one in alone.bylines], alone.dateline) == (["卓雅筑"], "中央社馬祖26日電")
    assert open_alone("（中央社記者卓雅筑攝）") is None


@pytest.mark.parametrize("parting", [", ", " | ", "; ", " "])
def test_a_photographer_may_sign_beside_the_writer(parting: str) -> None:
    article = parse(f"Port opens\nBy Wang Wei{parting}Photo: Wu Gang\nOne.\nTwo.")
    signed = [(one.name, one.role) for one in article.bylines]
    assert signed == [("Wang Wei", "reporter"), ("Wu Gang", "photographer")]


@pytest.mark.parametrize(
    "line", ["Photo: Wu Gang / September 22, 2015", "By Li Na (Photo: Wu Gang)"]
)
def test_a_photographer_is_no_paper(line: str) -> None:
    article = parse(f"Port opens\nOne.\nTwo.\n{line}")
    assert (article.publication, article.bylines[-1].name) == (None, "Wu Gang")
    assert article.bylines[-1].role == "photographer"


@pytest.mark.parametrize(
    "line", ["Editors: Zhang Min, Liu Y. L. Proofreader: Chen Bo.", "编辑：张敏 校对：刘洋。"]
)
def test_a_line_of_editors_is_kept_and_is_no_text(line: str) -> None:
    article = parse(f"Port opens\nBy Wang Wei\nOne.\nTwo.\n{line}")
    assert (paragraphs(article), article.unplaced) == (["One.", "Two."], (line,))


@pytest.mark.parametrize(
    "line", ["Li Na, Rural Affairs Editor", "By Associated Press writer Li Na"]
)
def test_what_else_a_byline_says_is_kept_beside_the_story(line: str) -> None:
    article = parse(f"Port opens\n{line}\nOne.\nTwo.")
    assert ([one.name for one in article.bylines][:1], article.unplaced) == (["Li Na"], (line,))


def test_a_degree_is_kept_in_the_byline_as_printed() -> None:
    text = "Port opens\nBy Anna Reed Jr. and Dr. Lin Yao, Ph.D.\nOne.\nTwo."
    article = parse(text)
    assert [one.name for one in article.bylines] == ["Anna Reed Jr.", "Dr. Lin Yao"]
    assert article.printed_byline == "By Anna Reed Jr. and Dr. Lin Yao, Ph.D."
    assert article.missing == []


LETTER = """Letters to the editor
The bell of the tram

Sir, I refer to your report on the tram.
I have ridden it for thirty years and it was never late until now.
Could the company say why the bell is gone?
"""


@pytest.mark.parametrize(
    "names", ["Tom Reed\nAnna Bell", "Tom Reed\nAnna Bell\nJo Smith\nMary Hart"]
)
def test_none_of_a_list_of_names_below_a_text_signs_it(names: str) -> None:
    article = parse(f"{LETTER}{names}\n")
    assert (article.bylines, article.unplaced) == ((), tuple(names.split("\n")))


def test_a_place_or_a_second_name_below_a_text_is_for_a_person_to_tell() -> None:
    assert sign_labelled("Tom Reed, Anna Bell", is_below=True)[0].bylines == ()
    (one,) = sign_labelled("Tom Reed, Ragama", is_below=True)[0].bylines
    assert (one.name, one.place) == ("Tom Reed", "Ragama")


@pytest.mark.parametrize("line", ["李娜/湛江日报", "李娜／湛江日报", "李娜 / 湛江日报"])
def test_a_name_before_a_papers_signs_for_it(line: str) -> None:
    body = "新航线周一开通，航程缩短两小时。\n航线每天往返四次，旅客反映良好。\n"
    article = parse(f"湛江港开通新航线\n{line}\n{body}")
    assert [(one.name, one.role) for one in article.bylines] == [("李娜", "reporter")]
    assert (article.publication, article.missing) == ("湛江日报", [])


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("洪梅 译", [("洪梅", "translator")]),
        ("（洪梅　译）", [("洪梅", "translator")]),
        ("洪梅/译", [("洪梅", "translator")]),
        ("王伟 文 洪梅 翻译", [("王伟", "reporter"), ("洪梅", "translator")]),
        ("本报记者 王伟 洪梅 编译", [("王伟", "reporter"), ("洪梅", "translator")]),
        ("Translation by Hong Mei", [("Hong Mei", "translator")]),
        ("Translator: Hong Mei", [("Hong Mei", "translator")]),
        ("Translated from the Chinese by Hong Mei", [("Hong Mei", "translator")]),
        (
            "By Wang Wei, translated by Hong Mei",
            [("Wang Wei", "reporter"), ("Hong Mei", "translator")],
        ),
    ],
)
def test_whoever_translated_a_text_is_no_author_of_it(
    line: str, names: list[tuple[str, str]]
) -> None:
    signed = sign(line)
    assert signed
    assert [(one.name, one.role) for one in signed.bylines] == names


@pytest.mark.parametrize(
    "line", ["湛江人", "本报记者 湛江人", "作者：湛江人", "记者 湛江人 李娜", "文/发言人", "老人"]
)
def test_what_somebody_is_signs_nothing_and_stays(line: str) -> None:
    article = parse(
        f"湛江港开通新航线\n{line}\n湛江港周一开通一条新航线。\n港口计划明年新增两个泊位。"
    )
    assert article.bylines == ()
    said = "".join([*article.unplaced, *paragraphs(article), article.standfirst or ""])
    assert line.removeprefix("作者：") in said


def test_a_person_whose_name_ends_so_signs() -> None:
    assert [one.name for one in sign("本报记者 周树人 王建人").bylines] == ["周树人", "王建人"]


def test_who_ends_a_brief_may_say_where_he_works() -> None:
    article = parse("通电话\n\n老岭乡最后两个村子日前装上了电话，线路全长十七里。（邮电局 姜红）")
    assert [(one.name, one.role) for one in article.bylines] == [("姜红", "contributor")]
    assert paragraphs(article) == ["老岭乡最后两个村子日前装上了电话，线路全长十七里。"]


def test_a_note_on_the_author_is_no_text() -> None:
    article = parse(
        "找贖的藝術\n\n文：李娜\n\n街市有個婆婆，找錢從來不看銀包，也從來沒有找錯過。\n\n"
        "第二天我還是帶了二十元，站在那裏等她。\n\n作者簡介：李娜，小學教師，業餘寫作。"
    )
    assert len(paragraphs(article)) == 2


@pytest.mark.parametrize("line", ["[By Telegraph.—Press Association.]", "(Per Press Association.)"])
def test_an_old_telegram_names_its_agency(line: str) -> None:
    assert [one.name for one in agencies(line)] == ["Press Association"]


def test_an_agency_and_its_initials_sign_once() -> None:
    article = parse(
        "Port opens\n\nBy LI NA\nAssociated Press\n\nZHANJIANG, China (AP) — The port opened two "
        "berths on Monday.\n\nShips of all sizes dock there."
    )
    assert [one.name for one in article.bylines] == ["LI NA", "Associated Press"]


def test_a_company_is_nobody_s_name() -> None:
    assert bare_names("Harbor Morning Post Limited") == ()
