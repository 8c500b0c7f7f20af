"""A text file with several stories is cut where that is sure, and nowhere else."""

import time

import pytest

from archive.contrib.intake.formats.story_texts import story_texts
from archive.contrib.intake.pasted import read_copied_story
from archive.contrib.intake.record_warnings import say_parted
from archive.contrib.intake.records import ParsedByline
from tests.contrib.intake.batches.values import ANOTHER
from tests.contrib.intake.formats.reading import stories
from tests.contrib.intake.texts import CHINESE, ENGLISH, SEED, paragraphs

SIGNED = """Port opens new route
By Wang Wei
A new route opened on Monday.
"It is faster," said Li Na, who runs the port.
"""
UNCITED = "Rain falls\nIt rains in the south of the country.\n"


@pytest.mark.parametrize("mark", ["-----\n", "\n==========\n\n", "* * *\n*****\n"])
def test_cited_stories_with_marks_between_them_are_stories(mark: str) -> None:
    text = mark.join([ENGLISH, CHINESE, ANOTHER])
    found = stories(text.encode(), "port.txt")
    assert [one.headline for one in found] == [
        *("Port opens new route", "湛江港开通新航线", "Canal bridge closes for repairs"),
    ]
    assert [one.item for one in found] == [1, 2, 3]
    assert "".join(one.text for one in found) == text


@pytest.mark.parametrize("mark", ["-----", "* * *", "———", "＊＊＊", "###", "◆", "……\n~~~"])
def test_signed_stories_with_marks_between_them_are_stories(mark: str) -> None:
    text = f"{SIGNED}{mark}\n{SIGNED.replace('Wang Wei', 'Chen Ming')}"
    found = stories(text.encode(), "port.txt")
    assert [[by.name for by in one.bylines] for one in found] == [["Wang Wei"], ["Chen Ming"]]


@pytest.mark.parametrize("signed", [SIGNED, "港口开通新航线\n本报记者 李娜\n\n新航线周一开通。\n"])
def test_signed_stories_far_apart_are_stories(signed: str) -> None:
    other = signed.replace("Wang Wei", "Chen Ming").replace("李娜", "陈明")
    first, second = stories(f"{signed}\n\n\n{other}".encode(), "port.txt")
    assert first.bylines != second.bylines
    assert first.headline == second.headline == signed.partition("\n")[0]
    # A subhead stands apart, too, and so does the same story in the other language.
    for below in ("The crew\n\nThey sail on Monday.\n", f"\n\n\n{CHINESE}"):
        assert len(story_texts(f"{SIGNED}\n\n\n{below}")) == 1
    assert len(story_texts(f"{signed}\n{other}")) == 1


CARD = """INDEX CARD No. {0}
Paper: China Daily
Date: 1987-03-0{0}
Page: {0}
Head: Ferry number {0} links two ports
By: Wu Jian
Text: A ferry able to take {0}0 lorries has begun daily crossings of the strait.
"""


@pytest.mark.parametrize("between", ["-----\n", "\n", "\n\n\n"])
@pytest.mark.parametrize("below", ["", "See also: card 98\n", "\nSource: 98\n"])
def test_labels_that_begin_again_begin_another_story(below: str, between: str) -> None:
    text = between.join(f"{CARD.format(number)}{below}" for number in (2, 5))
    found = stories(text.encode(), "cards.txt")
    assert [(one.headline, one.page, str(one.published)) for one in found] == [
        ("Ferry number 2 links two ports", "2", "1987-03-02"),
        ("Ferry number 5 links two ports", "5", "1987-03-05"),
    ]
    lorries = "A ferry able to take {}0 lorries has begun daily crossings of the strait."
    assert [[block.text for block in one.blocks] for one in found] == [
        [lorries.format(2)],
        [lorries.format(5)],
    ]


def test_a_part_without_a_head_of_its_own_goes_on_with_its_story() -> None:
    second = SIGNED.replace("Wang Wei", "Chen Ming")
    text = f"{SIGNED}* * *\n{LAST}* * *\n{second}* * *\nCranes.\nPhotos by Li Na\n{LAST}"
    first, other = story_texts(text)
    assert (first, first + other) == (f"{SIGNED}* * *\n{LAST}* * *\n", text)


LAST = "The first ship left for the south on Monday, with 200 containers on board.\n"


@pytest.mark.parametrize(
    "between", ["* * *", "BEIJING - Ministers met on Monday to talk of ports."]
)
def test_a_text_that_may_hold_two_stories_is_not_sure(between: str) -> None:
    head = "Farmers return to the groves\n\nBy Yang Shengnan\n\n"
    whole, parted = (
        stories(f"{head}{GROVES}{middle}\n{BERTH}".encode(), "port.txt")[0].fields["blocks"]
        for middle in ("", f"\n{between}\n")
    )
    assert whole.confidence >= 0.9 > parted.confidence


@pytest.mark.parametrize(
    "below", [LAST, f"Schools reopen\n{LAST}", f"Schools reopen\n\n{LAST}\n{LAST}"]
)
@pytest.mark.parametrize("head", [SIGNED, "Port opens new route\nA route opened on Monday.\n"])
@pytest.mark.parametrize("mark", ["***", "* * *"])
def test_a_section_below_a_line_of_marks_is_asked_about(head: str, mark: str, below: str) -> None:
    text = f"{head}\n{mark}\n\n{below}"
    (imported,) = stories(text.encode(), "port.txt")
    assert imported.fields["blocks"].confidence < 0.9
    assert say_parted() in imported.warnings or LAST.strip() in imported.missing
    assert say_parted() in read_copied_story("", text).warnings


def test_a_headline_above_a_byline_is_no_caption() -> None:
    head = "Farmers return to the groves\n\nBy Yang Shengnan in Suixi\n\n"
    second = "Port adds a berth for large ships\n\nBy Liang Qiwen\n\n"
    text = f"{head}{GROVES}\n{second}{LAST}\nThe berth took two years to build.\n"
    (article,) = stories(text.encode(), "port.txt")
    assert [one.name for one in article.bylines] == ["Yang Shengnan"]
    assert article.captions == ()
    assert article.missing == ["Port adds a berth for large ships", "By Liang Qiwen"]


BERTH = """Zhanjiang port opened a berth for ships of 300,000 tons on Monday, the fourth here.

The berth took two years to build and cost 1.2 billion yuan. It will take iron ore for the works.
"""
GROVES = """ZHANJIANG - Farmers in Suixi county have returned to their groves after the typhoon.

The county lost a third of its groves when the storm came ashore in July. Officials said that \
seedlings were given out to 2,300 households in the autumn.

"We planted day and night," said Chen Yong, who has 40 mu of land near the county seat.
"""


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        (SIGNED, SIGNED.replace("Wang Wei", "Chen Ming"), ("Wang Wei", "By Chen Ming")),
        (
            "湛江港开通新航线\n本报记者 王伟\n湛江港周一开通航线。\n“航程短了。”负责人说。\n",
            "小学增设音乐课\n本报记者 陈明\n一所小学增设音乐课。\n校长说，家长期盼了两年。\n",
            ("王伟", "本报记者 陈明"),
        ),
    ],
)
def test_a_second_storys_writer_is_no_author_of_the_first(
    first: str, second: str, names: tuple[str, str]
) -> None:
    (article,) = stories(f"{first}\n{second}".encode(), "port.txt")
    assert [by.name for by in article.bylines] == [names[0]]
    # It stays a draft until a person has looked.
    assert article.missing == [names[1]]
    assert "Another story may begin in line 5" in article.warnings[0]


@pytest.mark.parametrize(
    ("text", "names", "number"),
    [
        (
            "Build the bridge\n\nWe have waited for the bridge for twenty years.\n\nJohn Miller\n"
            "Great Falls\n\nDo not build the bridge\n\nThe bridge costs more than we have.\n\n"
            "Mary Stone\nBlack Eagle\n",
            ("John Miller", "Mary Stone"),
            5,
        ),
        (
            "新桥应当建\n建桥的决定是对的，我们已等了二十年。\n王建国\n\n"
            "新桥不必建\n建桥花的钱太多，镇上更需要一所学校。\n李秀英\n",
            ("王建国", "李秀英"),
            4,
        ),
    ],
)
def test_two_letters_in_one_file_are_asked_about(
    text: str, names: tuple[str, str], number: int
) -> None:
    (article,) = stories(text.encode(), "letters.txt")
    assert not article.bylines
    assert set(names) <= set(article.missing)
    assert f"Another story may begin in line {number}" in article.warnings[0]


def test_a_databases_documents_are_stories() -> None:
    text = "".join(f"{n} of 2 DOCUMENTS\n\n{UNCITED}\nEnd of Document\n\n" for n in (1, 2))
    assert [one.headline for one in stories(text.encode(), "a.txt")] == ["Rain falls"] * 2
    assert "".join(story_texts(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        f"{ENGLISH}-----\n{UNCITED}",
        f"-----\n{ENGLISH}-----\n",
        f"{ENGLISH}\n{ANOTHER}",
        f"{ENGLISH}\f{ANOTHER}",
        ENGLISH.replace("Room for growth", "----------"),
        SEED.read_text(encoding="utf-8"),
        "\f\f",
        f"{CARD.format(2)}\nPaper: the second edition, too\n",
        f"Paper: a record\nDate: 1987-03-02\nPage: 2\n\n{CARD.format(2)}",
    ],
)
def test_what_may_be_one_story_stays_one(text: str) -> None:
    assert story_texts(text) == [text]


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "line", ["-----\n", "a\n-----\n", "\f", " " * 79 + "\n", "1 of 2 DOCUMENTS\n"]
)
def test_a_megabyte_of_marks_takes_a_moment(line: str) -> None:
    started = time.process_time()
    story_texts(line * (1_000_000 // len(line)))
    assert time.process_time() - started < 3


@pytest.mark.exhaustive
def test_a_page_of_briefs_without_a_blank_line_takes_a_moment() -> None:
    started = time.process_time()
    story_texts("NEWS IN BRIEF\n\n" + "Port opens\n" * 15_000)
    assert time.process_time() - started < 3


LISTED = """慧科搜索 WiseSearch          列印日期：2011-04-20 15:08
────────────────────
1 / 2
南島日報 | A12 | 港聞 | By 林慧珊 | 2011-04-09

果欄最後一夜

油麻地果欄昨日凌晨舉行最後一次夜市開秤，約二百名欄商與街坊到場送別。

租金首年減半，欄商說仍要看看生意。

────────────────────
2 / 2
南島日報 | A14 | 港聞 | 2011-04-10

首季雨量第三少

天文台昨日表示，今年首三個月本港總雨量僅四十一毫米，較正常值少近六成。

水務署指水塘存量仍有七成，暫無需要限制用水。
"""


def test_a_databases_count_cuts_where_each_part_is_cited() -> None:
    found = stories(LISTED.encode(), "wise.txt")
    assert [(one.headline, one.page, str(one.published)) for one in found] == [
        ("果欄最後一夜", "A12", "2011-04-09"),
        ("首季雨量第三少", "A14", "2011-04-10"),
    ]
    assert "慧科搜索 WiseSearch          列印日期：2011-04-20 15:08" in found[0].furniture


LETTERS = """West Somerset Courier                  Friday May 9 1997                     9

LETTERS
Write to: The Editor, West Somerset Courier, 4 The Avenue, Minehead.

It wasn't the scarecrow

SIR – As one who has lived opposite the allotments since 1961, I read with
amazement that the parish council considers scarecrows a distraction to drivers.
   In 36 years I have seen one accident there. The driver was looking at a parish
clerk.
                                                    (Mrs) Beryl Chilcott
                                                    Exmoor Lane, Dunster

Two clergymen and a goose

SIR – Your correspondent Mr Tuck asks who now remembers the Dulverton slip
coach.
   The goose behaved best.
                                                    R. J. Hosegood
                                                    Wiveliscombe
"""
BRIEFS = """Daily Standard-Nation
Wednesday, July 18, 2001
Page 6

COUNTRY BRIEFS

Leopard in the wings
NAIROBI - A leopard that had been living under the stage was caught on Tuesday.
It was driven to Tsavo.

Bikes to sail free
KISUMU - The ferry to Mfangano will carry bicycles free from August 1.

- Compiled from Country Desk reports
"""


def test_letters_are_cut_and_share_the_pages_head() -> None:
    found = stories(LETTERS.encode(), "letters.txt")
    assert [(one.headline, one.bylines) for one in found] == [
        (
            "It wasn't the scarecrow",
            (ParsedByline("Beryl Chilcott", "contributor", "Exmoor Lane, Dunster"),),
        ),
        (
            "Two clergymen and a goose",
            (ParsedByline("R. J. Hosegood", "contributor", "Wiveliscombe"),),
        ),
    ]
    assert {(one.publication, one.section, one.page) for one in found} == {
        ("West Somerset Courier", "LETTERS", "9")
    }
    assert [len(one.blocks) for one in found] == [2, 2]


SIGNED_LETTERS = """Harbour Chronicle                Friday, May 9, 2008                 27

YOUR LETTERS

Brooms in the hold

I was a tally clerk for thirty years. The Chinese crews brought their own brooms.

They left the hold cleaner than our kitchen.

Alf Threlkeld
Marsh Lane, Stanport
{between}
A sign of the times

Why does the sign still list a twin that left us in 2003?

Pat Doyle
By e-mail

Letters may be shortened."""


@pytest.mark.parametrize("between", ["", "\n* * *\n"])
def test_a_letter_without_a_salutation_begins_below_the_writer_of_another(between: str) -> None:
    found = stories(SIGNED_LETTERS.format(between=between).encode(), "letters.txt")
    assert [one.headline for one in found] == ["Brooms in the hold", "A sign of the times"]
    assert [one.bylines[0].name for one in found] == ["Alf Threlkeld", "Pat Doyle"]
    assert {(one.publication, one.page, one.section) for one in found} == {
        ("Harbour Chronicle", "27", "YOUR LETTERS")
    }
    assert [len(paragraphs(one)) for one in found] == [2, 1]


def test_a_chinese_letters_page_is_cut() -> None:
    page = (
        "津沽晚报　1999年7月21日　第7版　读者来信\n\n寻找一位码头工人\n\n"
        "编辑同志：我是一名退休海员，读了贵报的报道，很受感动。\n"
        "1978年我生病，是一位码头工人背我去的医院。\n　　　　　　　　河东区　韩振国\n\n"
        "双语路牌该补漆了\n\n路上的双语路牌掉了漆，已看不清。请有关部门补一补。\n"
        "　　　　　　　　和平区　白洁"
    )
    found = stories(page.encode(), "letters.txt")
    assert [one.headline for one in found] == ["寻找一位码头工人", "双语路牌该补漆了"]
    assert [one.bylines[0].name for one in found] == ["韩振国", "白洁"]


GREETED = """Letters to the editor

Dear Editor,

Your report on the new ferry was welcome. My family has waited for it for ten years.

Yours sincerely,
Li Na
Zhanjiang

Dear Editor,

The bridge repairs have gone on too long. Nobody tells us when it ends.

Yours faithfully,
Tom Reed
Seattle
"""
BULLETED = """Letters to the editor

• Your report on the new ferry was welcome. My family has waited for it for ten years.
Li Na, Zhanjiang

• The bridge repairs have gone on too long. Nobody tells us when it ends.
Tom Reed, Seattle
"""
GREETED_IN_CHINESE = """读者来信

编辑同志：
贵报关于新渡轮的报道很好。我们全家等了十年，今后每个星期都会乘坐。
此致
敬礼
读者 李娜

编辑同志：
大桥维修拖得太久了。没有人告诉我们何时完工。
此致
敬礼！
王伟
"""
BULLETED_IN_CHINESE = """读者来信

● 贵报关于新渡轮的报道很好。我们全家等了十年，今后每个星期都会乘坐。（湛江 李娜）

● 大桥维修拖得太久了。没有人告诉我们何时完工。（霞山 王伟）
"""


@pytest.mark.parametrize(
    ("page", "names", "words"),
    [
        (GREETED, ["Li Na", "Tom Reed"], ["Your report", "The bridge"]),
        (BULLETED, ["Li Na", "Tom Reed"], ["Your report", "The bridge"]),
        (GREETED_IN_CHINESE, ["李娜", "王伟"], ["贵报关于", "大桥维修"]),
        (BULLETED_IN_CHINESE, [], ["贵报关于", "大桥维修"]),
    ],
)
def test_letters_without_headlines_are_cut_at_salutations_and_bullets(
    page: str, names: list[str], words: list[str]
) -> None:
    found = stories(page.encode(), "letters.txt")
    assert [one.name for story in found for one in story.bylines][: len(names)] == names
    assert [
        paragraphs(story)[0][: len(start)] for story, start in zip(found, words, strict=True)
    ] == words
    assert "".join(story_texts(page)) == page


def test_a_list_in_one_letter_is_no_page_of_letters() -> None:
    page = "Letters to the editor\n\nDear Editor,\n\nThe port needs three things, I think.\n"
    page += "• Ships. They come too seldom.\n• Cranes. They are too old.\nLi Na\n"
    assert len(stories(page.encode(), "letters.txt")) == 1


SIGNED_BRIEFS = """A4 | TUESDAY, JUNE 2, 1998 | THE ELLERY STANDARD

NEWS IN BRIEF

LIBRARY
Overdue atlas comes home

An atlas that was due back in 1931 was left in the return slot on Sunday night.

The library has waived the fine.

-- Joan Tillis

HARBOR
Seal moves into police launch

The police launch can't go to sea because a seal has had a pup in it.

-- Staff reports
"""


def test_a_brief_begins_below_the_name_of_the_one_above() -> None:
    found = stories(SIGNED_BRIEFS.encode(), "briefs.txt")
    assert [one.headline for one in found] == [
        "Overdue atlas comes home",
        "Seal moves into police launch",
    ]
    assert [[byline.name for byline in one.bylines] for one in found] == [["Joan Tillis"], []]
    assert [len(paragraphs(one)) for one in found] == [2, 1]
    assert {one.page for one in found} == {"A4"}


def test_a_brief_begins_above_an_agencys_dateline() -> None:
    page = (
        "【海州晚报 2009年2月24日 A02 简讯】\n\n老站台改作花市\n\n"
        "本报讯（记者 鲍宇）停用三年的货运站台，昨天卖出了第一盆花。\n\n"
        "站台的钟也重新走了起来。\n\n旧暖瓶换新瓶\n\n"
        "本报讯（通讯员 顾红梅）市妇联举办旧暖瓶换新活动，一共换了四百一十二只。"
    )
    found = stories(page.encode(), "briefs.txt")
    assert [one.headline for one in found] == ["老站台改作花市", "旧暖瓶换新瓶"]
    assert [one.bylines[0].name for one in found] == ["鲍宇", "顾红梅"]
    assert {(one.publication, one.page, one.section) for one in found} == {
        ("海州晚报", "A02", "简讯")
    }


def test_the_rows_of_a_register_are_stories() -> None:
    register = (
        "文献室　旧报登记册\n\n序号｜报名｜日期｜版次｜题目｜撰文｜备注\n"
        "41｜新界时报｜1966年5月7日｜2｜墟期改日　猪贩叫苦｜何志坚｜复印\n"
        "42｜新界时报｜1966年5月21日｜4｜太和桥头补鞋匠拾金不昧｜不详｜原件\n"
    )
    first, second = stories(register.encode(), "register.txt")
    assert (first.headline, first.publication, first.page) == (
        "墟期改日　猪贩叫苦",
        "新界时报",
        "2",
    )
    assert [one.name for one in first.bylines] == ["何志坚"]
    assert (second.headline, str(second.published)) == ("太和桥头补鞋匠拾金不昧", "1966-05-21")


def test_what_is_continued_from_another_page_is_no_story() -> None:
    page = (
        "The Creek Citizen        Sunday, August 10, 2003        A1\n\nDry lake gives back a town"
        "\n\nBy Andrea Locke\n\nThe first thing that came up was the cross, in June.\n\n"
        "See TOWN, Page A8\n\n--------------------\n\n"
        "A8   The Creek Citizen   Sunday, August 10, 2003\n\nContinued from A1\n\n"
        "The bureau doesn't want visitors.\n"
    )
    (story,) = stories(page.encode(), "jump.txt")
    assert story.headline == "Dry lake gives back a town"
    assert "The bureau doesn't want visitors." in paragraphs(story)


@pytest.mark.parametrize("head", ["THE BALLOON AT COLT'S FIELD.", "THE BALLOON AT\nTHE FIELD."])
def test_an_old_headline_has_a_stop(head: str) -> None:
    (story,) = stories(
        f"THE COUNTY ADVERTISER, THURSDAY, OCTOBER 16, 1879.      3\n\n{head}\n\n"
        "   An ascent which had been announced for Saturday last was attended by a con-\ncourse of "
        "nearly three thousand persons.\n\n   The Professor descended at dusk.\n".encode(),
        "ocr.txt",
    )
    assert story.headline == " ".join(head.split())
    assert len(paragraphs(story)) == 2


def test_briefs_are_cut_where_the_page_calls_itself_so() -> None:
    found = stories(BRIEFS.encode(), "briefs.txt")
    assert [(one.headline, one.dateline, str(one.published)) for one in found] == [
        ("Leopard in the wings", "NAIROBI", "2001-07-18"),
        ("Bikes to sail free", "KISUMU", "2001-07-18"),
    ]
    assert "".join(story_texts(BRIEFS)) == BRIEFS
    assert len(story_texts(BRIEFS.replace("COUNTRY BRIEFS", "Country"))) == 1


NUMBERED = """Cuttings of the week

{0} Port opens new route
Harbour Times, 3 May 2013, page B2
By Wang Wei

A new route opened on Monday.

{1} Rain falls
Valley Echo, 4 May 2013, page 7

It rains in the south of the country.
{2}
"""


@pytest.mark.parametrize("form", ["{}.", "{})", "ITEM {}:", "[{}]"])
def test_stories_whose_headlines_are_numbered_are_cut(form: str) -> None:
    text = NUMBERED.format(form.format(1), form.format(2), "")
    first, second = stories(text.encode(), "cuttings.txt")
    assert (first.headline, first.publication, first.page) == (
        *("Port opens new route", "Harbour Times", "B2"),
    )
    assert (second.headline, second.publication) == ("Rain falls", "Valley Echo")
    assert first.furniture == ("Cuttings of the week", form.format(1))


def test_numbered_lines_without_a_day_below_are_one_story() -> None:
    text = NUMBERED.replace("3 May 2013", "").replace("4 May 2013", "")
    assert len(story_texts(text.format("1.", "2.", ""))) == 1


def test_what_stands_between_rulers_with_a_day_at_its_head_is_a_story() -> None:
    parts = [
        f"{number}.\n某报 | 2014-04-2{number}\n第{number}次渡口停航\n\n渡口昨日停航。\n"
        for number in (1, 2)
    ]
    text = "===========\n".join(["数据库\n", *parts, "版权所有\n"])
    assert [one.headline for one in stories(text.encode(), "export.txt")] == [
        *("第1次渡口停航", "第2次渡口停航"),
    ]


@pytest.mark.parametrize(
    ("page", "read"),
    [
        (
            "Business briefs\n\nSTERLING STEEL: The company will reopen its mill in May.\n\n"
            "HALE & SONS: The store will close after Christmas, its owners said.\n\n"
            "Lakeport Evening Star, Nov. 13, 1973, Page 22\n",
            [("STERLING STEEL", None, "1973-11-13"), ("HALE & SONS", None, "1973-11-13")],
        ),
        (
            "清河晚报 2007年4月9日 第2版\n\n今日快讯\n\n【新桥通车】"
            "昨日，横跨清水河的三号桥通车。\n\n"
            "◆ 【停水通知】明日八时至十六时，城西片区停水检修。（记者 罗平）\n",
            [("新桥通车", None, "2007-04-09"), ("停水通知", None, "2007-04-09")],
        ),
        (
            "THE LOCKHAVEN RECORD, THURSDAY, MARCH 9, 1978, PAGE 3\n\nAround the County\n\n"
            "LOCKHAVEN — A truck carrying 4,000 chickens overturned. No one was hurt.\n\n"
            "PINE GROVE — The library will be closed while its boiler is replaced.\n",
            [("", "LOCKHAVEN", "1978-03-09"), ("", "PINE GROVE", "1978-03-09")],
        ),
    ],
)
def test_a_brief_may_open_with_its_headline_or_its_dateline(
    page: str, read: list[tuple[str, str | None, str]]
) -> None:
    found = stories(page.encode(), "briefs.txt")
    assert [(one.headline, one.dateline, str(one.published)) for one in found] == read
    assert all(len(paragraphs(one)) == 1 for one in found)


def test_numbers_of_briefs_are_no_words_of_their_headlines() -> None:
    page = (
        "WORLD ROUNDUP\nThe Paxton Globe, Friday, Aug. 3, 1990, p. 2\n\n1. Volcano wakes\nJATANG, "
        "Aug. 2 — A volcano threw ash into the air.\n\n2. Strike ends\nVELDEN, Aug. 2 — Drivers "
        "went back to work.\n"
    )
    found = stories(page.encode(), "briefs.txt")
    assert [one.headline for one in found] == ["Volcano wakes", "Strike ends"]


def test_a_writer_of_a_letter_lives_behind_the_comma() -> None:
    page = (
        "LETTERS TO THE EDITOR\n\nNoise at the mill\n\nEditor:\nI wish the council would come and "
        "sleep on Mill Lane.\n\n(Mrs.) Edith Cropper, Mill Lane\n\nPraise\n\nSir: The band was "
        "good on Monday.\n\nArthur Penhaligon\nLower Fenwick\n"
    )
    found = stories(page.encode(), "letters.txt")
    assert [[by.name for by in one.bylines] for one in found] == [
        *(["Edith Cropper"], ["Arthur Penhaligon"]),
    ]


def test_briefs_whose_lines_all_stand_apart_are_cut_at_their_headlines() -> None:
    text = (
        "FENLAND MERCURY      Friday, November 19, 2004      Page 2\n\nNEWS IN BRIEF\n\n"
        "Swan stops play\n\nA swan sat down on the bypass on Wednesday. Nobody was hurt.\n\n"
        "Ringers wanted\n\nThe church looks for three ringers.\n\nPractice is on Tuesdays.\n"
    )
    found = stories(text.encode(), "briefs.txt")
    assert [(one.headline, one.page, len(one.blocks)) for one in found] == [
        ("Swan stops play", "2", 1),
        ("Ringers wanted", "2", 2),
    ]
    whole = text.replace("Practice is on Tuesdays.", "On Tuesdays\n\nAnd on Fridays")
    assert len(stories(whole.encode(), "briefs.txt")) == 1


@pytest.mark.parametrize(
    ("name", "foot"), [("AREA BRIEFS", "\nFrom staff reports\n"), ("CORRECTIONS", "")]
)
def test_wrapped_items_whose_parts_stand_apart_are_cut_at_their_headlines(
    name: str, foot: str
) -> None:
    text = (
        f"FENLAND MERCURY      Friday, November 19, 2004      Page 2\n\n{name}\n\nSwan stops play"
        "\n\n   A swan sat down on the bypass on Wednesday, police at\nMarch said. Nobody was hurt."
        "\n\nRingers wanted\n\n   The church looks for three ringers who have the time to\n"
        "practise.\n\n   They meet on Tuesdays, and the tower has ninety steps to\nclimb.\n" + foot
    )
    found = stories(text.encode(), "items.txt")
    assert [(one.headline, one.page, one.section, len(paragraphs(one))) for one in found] == [
        ("Swan stops play", "2", name, 1),
        ("Ringers wanted", "2", name, 2),
    ]
    assert "".join(story_texts(text)) == text
    whole = text.replace(name, "The swan and the tower")
    assert len(stories(whole.encode(), "items.txt")) == 1


def test_a_letter_in_a_databases_record_is_one_story() -> None:
    record = (
        "Title: THE PRIZE EWE\nNewspaper Title: The Holland Intelligencer\n"
        "Date: Thursday, Sept. 14, 1871\nPage Number: 3\nSection: Letters to the Editor\n\n"
        "Full Text:\n\nTo the Editor of the Intelligencer.\n\n"
        "Sir,--The ewe of Mr. Lambert is a two-shear, as I beg leave to state.\n\n"
        "I am, Sir, yours obediently,\nA. J. THIRKETTLE.\n"
    )
    (only,) = stories(record.encode(), "gale.txt")
    assert (only.headline, only.page) == ("THE PRIZE EWE", "3")


@pytest.mark.parametrize("brackets", ["〖〗", "《》", "『』", "〈〉"])
def test_labels_may_have_any_brackets(brackets: str) -> None:
    text = "".join(
        f"〖标　题〗{title}\n〖来　源〗塞北商报\n〖日　期〗2012年11月09日\n"
        f"〖正　文〗\n　　{title}，村里人说。\n\n"
        for title in ("土豆下窖", "今夜停水")
    )
    text = text.replace("〖", brackets[0]).replace("〗", brackets[1])
    found = stories(text.encode(), "records.txt")
    assert [(one.headline, one.publication, str(one.published)) for one in found] == [
        ("土豆下窖", "塞北商报", "2012-11-09"),
        ("今夜停水", "塞北商报", "2012-11-09"),
    ]


def test_chinese_briefs_open_with_a_bullet_their_headline_and_a_wide_blank() -> None:
    text = (
        "《榆关日报》　1986年12月5日　第二版\n\n简　讯\n\n"
        "△学校开设夜班　铁路学校从本月起开设夜班，招收工人八十名。（丁一鸣）\n\n"
        "△废渣铺成路　市玻璃厂用废渣铺成路面一千米。（柴士林）\n"
    )
    found = stories(text.encode(), "简讯.txt")
    assert [(one.headline, one.publication, one.section) for one in found] == [
        ("学校开设夜班", "榆关日报", "简讯"),
        ("废渣铺成路", "榆关日报", "简讯"),
    ]
    assert [[one.name for one in story.bylines] for story in found] == [["丁一鸣"], ["柴士林"]]


def test_a_page_of_letters_below_its_papers_name_has_that_paper_and_day() -> None:
    text = (
        "The Wessex Standard\nSaturday, 11 May 1996                              Page 18\n\n"
        "LETTERS TO THE EDITOR\n\nLetters should be brief and carry an address.\n\n"
        "Signal failure\n\nSir - Mr Tidmarsh asks why the train is held. It waits.\n\n"
        "R. G. Vickery\nCrewkerne\n\nCuckoo counted\n\n"
        "Sir - I heard the first cuckoo of the year on April 29.\n\nJean Abbiss\nBeaminster\n"
    )
    found = stories(text.encode(), "letters.txt")
    assert [(one.headline, one.publication, str(one.published), one.page) for one in found] == [
        ("Signal failure", "The Wessex Standard", "1996-05-11", "18"),
        ("Cuckoo counted", "The Wessex Standard", "1996-05-11", "18"),
    ]
    assert [one.dateline for one in found] == [None, None]


@pytest.mark.parametrize(
    ("signature", "name", "place"),
    [
        ("Hattie Long, Tianjin", "Hattie Long", "Tianjin"),
        ("Hattie Long, Newton Abbot", "Hattie Long", "Newton Abbot"),
        ("(Mrs) Hattie Long\nBury St Edmunds", "Hattie Long", "Bury St Edmunds"),
        ("Hattie Long\nBy e-mail", "Hattie Long", None),
        ("河东区　韩振国", "韩振国", "河东区"),
    ],
)
def test_a_letters_signature_says_where_its_writer_lives(
    signature: str, name: str, place: str | None
) -> None:
    text = (
        "LETTERS TO THE EDITOR\n\nKeep the bus\n\nSir - The bus is the only way to the port.\n\n"
        f"{signature}\n\nOn ibises\n\nSir - The ibis is back at the lake.\n\nLi Na\n"
    )
    first, second = stories(text.encode(), "letters.txt")
    assert [(one.name, one.role, one.place) for one in first.bylines] == [
        (name, "contributor", place)
    ]
    assert first.printed_byline == signature.splitlines()[0]
    assert [(one.name, one.place) for one in second.bylines] == [("Li Na", None)]


@pytest.mark.parametrize(
    ("signature", "place"),
    [("建设路 一〇三号 温德厚", "建设路 一〇三号"), ("退休职工 车德厚", None)],
)
def test_a_chinese_letters_signature_may_say_where_or_what_its_writer_is(
    signature: str, place: str | None
) -> None:
    text = (
        "北塬晚报　1994年6月8日　第七版\n读者来信\n\n路灯坏了\n\n编辑同志：\n"
        "　　路灯从春节坏到现在。\n"
        f"　　　　　　　　　　{signature}\n\n奶箱的钥匙\n\n编辑同志：\n　　钥匙都是一样的。\n"
        "　　　　　　　　　　纺织厂 冉淑芬\n"
    )
    first, _second = stories(text.encode(), "letters.txt")
    assert [(one.name[1:], one.place) for one in first.bylines] == [("德厚", place)]


def test_a_databases_summary_of_the_search_is_no_story() -> None:
    text = (
        f"Factiva\n\n{UNCITED}\nDocument HRBR000020060221e22m0001x\n\nSearch Summary\nText\tport\n"
    )
    (only,) = stories(text.encode(), "a.txt")
    assert only.headline == "Rain falls"
    assert "Search Summary" in only.furniture


WRAPPED_BRIEFS = """The Northern Packet, Tuesday 20 February 1996                       page 2

IN BRIEF

Goats to clear bank
HEXWORTH: Sixty goats will eat the brambles on the
railway bank at Hexworth, Network West said. They start
on Monday, and finish by
Whitsun.

Chess team stranded
Six members of the county chess team spent Saturday
night in a signal box after snow stopped their train.
They drew lots for the chair.
"""
CLOSE_BRIEFS = """天山农垦报
2018年4月4日  星期三  第2版

■ 简明新闻

棉农领到水表
　　本报奎屯4月2日电 （记者 阿依古丽）一千六百户棉农今天领到智能水表。

驼奶粉通过检验
　　本报塔城4月3日电 （通讯员 王军 李燕）首批驼奶粉昨天通过检验。

怪石峪修步道
　　本报讯　博乐市怪石峪景区将新修步道五公里，预计八月完工。
"""
ANSWERED = """沅水晚报 1997年4月6日 第七版 读者来信

路灯为何白天亮？

    编辑同志：我家门口的路灯，自从去年换了新灯以后，白天亮，晚上不亮。
                              北正街 谭玉珍

    {}

末班车能否晚一点

    上月起，末班车由九点半改为八点五十，加班的人只好走路回家。
                              纺织厂职工 廖明
"""
OBITUARIES = """The Channel Courant – Thursday, 15 January 2015 – p. 27

Obituaries

Renée Blanchard
Baker to eleven mayors

Renée Blanchard, who baked the cake for every mayor since 1961, has died, aged 90.

She never told anyone what was in it.

Pierre Le Sueur

———

Walter Jessop
He heard lamp-posts

Walter Jessop, a tuner of pianos who could not read a note, has died, aged 77.

His wife, Olive, survives him.

Hilary Noon
"""
RULED = """4       THE MARSH OBSERVER, FRIDAY, MARCH 7, 1913.

   THE PUMP AND THE PARISH.
        --------
   HALF TO BE PAID.

  The Council on Monday had be-
fore it a letter on the pump.
  It was resolved to pay half.
        --------
   A CARRIER AFLOAT.

  A mishap befell Mr. Hock, who
forded the stream on Saturday.
        --------

  . '   |
  DOBB'S TONIC.--"Worth a
  guinea a spoonful."
"""
MARKED = """浦江早報　　中華民國二十四年六月十二日　星期三　　第三張

{0}借傘會盛行
　　會員月納四十銅元

　　近日忽盛行一種借傘會，晴後歸還。
　　發起人為葛君，渠謂去秋一次驟雨，遂生此念。

{0}鸚鵡拒賊

　　任阿大蓄一鸚鵡，大呼「啥人」，賊遁。

{0}徵求　教英文、簿記，夜間，薪面議。函郵局三十七號箱。
"""


@pytest.mark.parametrize(
    ("page", "headlines", "shared"),
    [
        (
            RULED,
            ["THE PUMP AND THE PARISH.", "A CARRIER AFLOAT."],
            ("THE MARSH OBSERVER", "4", None),
        ),
        *(
            (MARKED.format(mark), ["借傘會盛行", "鸚鵡拒賊"], ("浦江早報", "3", None))
            for mark in "◎▲●■※"
        ),
        (
            WRAPPED_BRIEFS,
            ["Goats to clear bank", "Chess team stranded"],
            ("The Northern Packet", "2", "IN BRIEF"),
        ),
        (
            CLOSE_BRIEFS,
            ["棉农领到水表", "驼奶粉通过检验", "怪石峪修步道"],
            ("天山农垦报", "2", "简明新闻"),
        ),
        (
            ANSWERED.format("【回音】该灯的光控开关装反，已经更换。"),
            ["路灯为何白天亮？", "末班车能否晚一点"],
            ("沅水晚报", "7", "读者来信"),
        ),
        (
            ANSWERED.format("编者按：该灯的光控开关装反，已经更换。"),
            ["路灯为何白天亮？", "末班车能否晚一点"],
            ("沅水晚报", "7", "读者来信"),
        ),
        (
            OBITUARIES,
            ["Renée Blanchard", "Walter Jessop"],
            ("The Channel Courant", "27", "Obituaries"),
        ),
        (
            OBITUARIES.replace("Obituaries", "Books").replace("Baker to eleven mayors\n", ""),
            ["Renée Blanchard", "Walter Jessop"],
            ("The Channel Courant", "27", "Books"),
        ),
    ],
)
def test_a_page_is_cut_where_the_frame_of_all_its_items_repeats(
    page: str, headlines: list[str], shared: tuple[str, str, str]
) -> None:
    found = stories(page.encode(), "page.txt")
    assert [one.headline for one in found] == headlines
    assert {(one.publication, one.page, one.section) for one in found} == {shared}
    assert "".join(story_texts(page)) == page


@pytest.mark.parametrize(
    "page",
    [
        # A paragraph's first line has no room for the next word.
        WRAPPED_BRIEFS.replace("Goats to clear bank\n", "").replace("Chess team stranded\n", ""),
        # A part below a rule has no headline in capitals.
        RULED.replace("   A CARRIER AFLOAT.\n", "   A carrier afloat.\n"),
        # A headline above the marks may be that of all.
        MARKED.format("■").replace("\n\n■", "\n\n海上奇聞\n\n■", 1),
        # The marked lines are a list, or not all the same.
        MARKED.format("■").replace("　　任阿大蓄一鸚鵡，大呼「啥人」，賊遁。", ""),
        MARKED.format("■").replace("■鸚", "●鸚"),
        # One part has no signature.
        OBITUARIES.replace("Pierre Le Sueur\n", ""),
        OBITUARIES.replace("\nHilary Noon\n", ""),
        # One part has no headline.
        OBITUARIES.replace("Walter Jessop\nHe heard lamp-posts\n\n", ""),
    ],
)
def test_a_page_whose_parts_lack_the_frame_stays_one(page: str) -> None:
    assert story_texts(page) == [page]


@pytest.mark.parametrize(("again", "marks"), [("    {}\n", "###"), ("", "=="), ("", "※※")])
def test_titles_between_two_marks_begin_stories(again: str, marks: str) -> None:
    text = "".join(
        f"{marks}{title}{marks}\n1962-03-28\n第2版\n\n"
        f"{again.format(title)}　　{title}，农民很满意。\n\n"
        for title in ("炉子搬到田头", "开水炉要修好")
    )
    found = stories(text.encode(), "disc.txt")
    assert [(one.headline, str(one.published), one.page, len(one.blocks)) for one in found] == [
        ("炉子搬到田头", "1962-03-28", "2", 1),
        ("开水炉要修好", "1962-03-28", "2", 1),
    ]
    assert "".join(story_texts(text)) == text


def test_what_a_page_of_letters_says_of_itself_is_no_letter() -> None:
    page = (
        "THE FENLAND TIMES-LEADER\nWednesday, May 20, 1998  -  Opinion  -  Page 6A\n\n"
        "YOUR VIEWS\n\n"
        "Letters of 200 words or fewer are most likely to be printed. Include a daytime\n"
        "telephone number.\n\n\nA coat is an answer\n\nTo the Editor:\n\n"
        "Your editorial asks what we ever got. I can answer, as I am wearing it, and it is\n"
        "warm.\n\nDOROTHY KLINE\nFairmont\n\n\nLook up\n\nTo the Editor:\n\n"
        "The budget is $6,200 a year, of which $4,800 goes to flags, as anyone may read, who\n"
        "asks.\n\nAmy Petrosky, age 10\nHolloway\n\n\nEditorials represent our view.\n"
    )
    found = stories(page.encode(), "letters.txt")
    assert [(one.headline, one.publication, one.page) for one in found] == [
        ("A coat is an answer", "THE FENLAND TIMES-LEADER", "6A"),
        ("Look up", "THE FENLAND TIMES-LEADER", "6A"),
    ]
    assert [[(by.name, by.place) for by in one.bylines] for one in found] == [
        [("DOROTHY KLINE", "Fairmont")],
        [("Amy Petrosky", "Holloway")],
    ]


def test_briefs_may_end_with_several_lines_that_are_none() -> None:
    page = (
        "LARKIN DAILY REPUBLICAN          Tuesday, June 9, 2009          A5\n\nAROUND LARKIN\n\n"
        "Quilt goes abroad\n  A quilt of 84 squares, one for each block, was mailed\n"
        "Monday to Baoding.\n\n"
        "Trash talks continue\n  Officials from two cities spent a second day on the\n"
        "question of lids.\n\n"
        "— Compiled by Steve Orr\n\nHave a brief? E-mail briefs@larkinrep.example\n"
    )
    found = stories(page.encode("utf-16"), "briefs.txt")
    assert [one.headline for one in found] == ["Quilt goes abroad", "Trash talks continue"]


def test_briefs_that_indent_their_paragraphs_have_headlines_at_the_margin() -> None:
    page = (
        "The Evening Record                  Tuesday, March 26, 1996    B2\n\n"
        "                         AREA BRIEFS\n\n"
        "Bus fares to rise in May\n\n   Riders on the crosstown lines will pay more from May 1,\n"
        "a dime more than now.\n\n"
        "Man pulled from quarry\n\n   A fisherman was in fair condition on Monday after four\n"
        "hours on a ledge.\n\n   His hat was recovered.\n\n"
        "School closed by odor\n\n   The school sent 410 children home on Monday because of a\n"
        "smell.\n"
    )
    found = stories(page.encode(), "page.txt")
    assert [(one.headline, len(paragraphs(one))) for one in found] == [
        ("Bus fares to rise in May", 1),
        ("Man pulled from quarry", 2),
        ("School closed by odor", 1),
    ]


def test_halves_of_characters_in_utf_16_are_no_telegrams_marks() -> None:
    text = "丁家食堂开门\n新桥日报 2015年3月4日\n\n丁家食堂昨天开门，价钱不贵。\n"
    (only,) = stories(text.encode("utf-16"), "a.txt")
    assert (only.headline, only.publication) == ("丁家食堂开门", "新桥日报")


def test_the_republics_whole_name_before_a_year_is_no_section() -> None:
    text = "借傘會盛行\n浦江早報　中華民國二十四年六月十二日　第三張\n\n近日忽盛行，晴後歸還。\n"
    (only,) = stories(text.encode(), "a.txt")
    assert (str(only.published), only.section, only.unplaced) == ("1935-06-12", None, ())
