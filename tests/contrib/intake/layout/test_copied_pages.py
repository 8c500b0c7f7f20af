"""A whole page copied from a browser: the site's menus above, other stories' headlines below."""

from tests.contrib.intake.texts import parse

PAGE = """登录后可收藏本站内容
要闻
娱乐
湛江港新航线首航 灯塔为船队亮灯
湛江港新航线首航 灯塔为船队亮灯
2019-09-07 09:59:22　来源：海边网
分享到：
易信
图片默认标题
船队驶出港池。视频截图
海边网报道（记者李娜、王伟 整合）：湛江港的新航线9月6日首航，十二艘货船依次驶出港池。
灯塔守护人说，他二十年来第一次看到这么多船同时出海。
港务局表示，新航线每周开行三班，十月起增至五班。
首航的货船预计九天后抵达对岸，返程时将运回木材和小麦。
（资料来源：海边日报、港口网等）
责任编辑：周敏
1、省里部署秋季渔业生产 要求抓好抓细..
2、港口三期工程动工 市民可登高观看..
3、周末将有阵雨 出海请带雨具
"""


def test_the_story_is_told_from_the_page_around_it() -> None:
    record = parse(PAGE).as_record()
    assert record["headline"] == "湛江港新航线首航 灯塔为船队亮灯"
    assert [one["name"] for one in record["bylines"]] == ["李娜", "王伟"]
    assert record["captions"] == [{"text": "船队驶出港池。", "credit": "视频截图"}]
    texts = [block["text"] for block in record["blocks"]]
    assert [text[:4] for text in texts] == ["湛江港的", "灯塔守护", "港务局表", "首航的货"]
    assert not record["standfirst"] or record["standfirst"] == "图片默认标题"
    for line in (
        "易信",
        "（资料来源：海边日报、港口网等）",
        "1、省里部署秋季渔业生产 要求抓好抓细..",
    ):
        assert line in record["unplaced"]


ENGLISH = """Partner towns swap problems in Tulsa

0 Comment(s)Print E-mail Harbor Daily, August 11, 2015
Adjust font size:

![](https://harbor.example/1.jpg)

Mayors from 14 towns will compare notes on flooded streets when they meet in Tulsa in September.

The gathering is meant to be "less banquet and more homework", said the network's deputy chair.

Guests at a reception for partner towns in Washington on Tuesday.
Shi Yunqin/Harbor Daily

“We asked everyone to bring a problem instead of a gift,” the deputy chair said on Tuesday.

Eleven towns abroad have confirmed, and four more will decide in the spring of next year.
"""


def test_buttons_and_empty_pictures_are_no_part_of_an_english_one() -> None:
    record = parse(ENGLISH).as_record()
    assert record["publication"] == "Harbor Daily"
    assert record["bylines"] == []
    [caption] = record["captions"]
    assert caption["credit"] == "Shi Yunqin/Harbor Daily"
    assert caption["text"].startswith("Guests at a reception")
    assert len([one for one in record["blocks"] if one["type"] == "paragraph"]) == 4
    assert "![](https://harbor.example/1.jpg)" in record["unplaced"]


def test_a_credit_belongs_to_the_line_above_in_a_text_of_both_languages() -> None:
    both = (
        "两国城市互派学生\nCities exchange students\n湛江今年将派二十名学生到对岸的港口学习。\n"
        "Zhanjiang will send twenty students to a port city on the other shore this year.\n"
        "学生们九月启程，在当地家庭住半年，学习航海和渔业。\n[Photo by Li Na/harbor.example]\n"
        "明年春天，对岸的学生将来湛江回访，住在同样的家庭里。\n"
        "The students leave in September and live with families there for half a year.\n"
        "Next spring students from the other shore will come and live with the same families.\n"
    )
    record = parse(both).as_record()
    texts = [block["text"] for part in record["parts"] for block in part["blocks"]]
    assert any(text.startswith("The students leave") for text in texts)


EDITION = """大同公報
A15 中國新聞
2014-04-28
珠江最後一艘水上理髮店靠岸
【本報記者鄔文靜廣州二十七日電】在珠江上漂了六十三年的理髮船昨天靠岸，不再開動。
>>>
何日升今年七十九歲，十六歲隨父親在船上學剃頭，後來在船上教了四十個徒弟。
"""
AGENCY = """Tram conductor keeps job
GDANSK, Poland | Thu Apr 25, 2013 3:06pm EDT
(Reuters) - A tram conductor who sold a ticket to a bear acted correctly, a court ruled on Thursday.
The bear had boarded at the market hall with its trainer, witnesses told the court in the spring.
Page: 1 2 Next
"""


def test_an_editions_line_has_page_and_section_and_a_mark_alone_is_no_subhead() -> None:
    record = parse(EDITION).as_record()
    assert (record["page"], record["section"]) == ("A15", "中國新聞")
    assert [block["type"] for block in record["blocks"]] == ["paragraph", "paragraph"]
    assert ">>>" in record["unplaced"]


def test_an_agency_alone_opens_a_text() -> None:
    record = parse(AGENCY).as_record()
    assert record["blocks"][0]["text"].startswith("A tram conductor who")
    assert {"name": "Reuters", "role": "agency", "place": None} in record["bylines"]
    assert "Page: 1 2 Next" in record["unplaced"]
